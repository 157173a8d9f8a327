"""A Persian page that names داعش must not enter an archive of the Arabic press; an Iraqi one full of گ must."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.extract import extract
from pipelines.extract.language import detect

Build = Callable[..., bytes]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أعلن التحالف الدولي أن وزراء الخارجية سيجتمعون في واشنطن لبحث الحملة على التنظيم.", "ar"),
        ("قتل خمسة أشخاص في هجوم.", "ar"),
        ("اعلن فى القاهره ان الوزير سيزور بغداد الاسبوع المقبل على راس وفد كبير من الوزاره", "ar"),
        ("التقى الوزير ماكگورك محافظ كركوك وبحث معه ملف چمچمال وگرميان مع القيادي پيشرو.", "ar"),
        (
            "وزیر خارجه ایران گفت که نشست ائتلاف بین‌المللی علیه داعش در واشنگتن برگزار می‌شود و این نشست برای منطقه مهم است.",
            "fa",
        ),
        (
            "وزير خارجه ايران گفت كه نشست ائتلاف عليه داعش در واشنگتن برگزار مي شود و اين نشست براي منطقه مهم است.",
            "fa",
        ),
        (
            "وزیر خارجہ نے کہا ہے کہ داعش کے خلاف اتحاد کا اجلاس واشنگٹن میں ہو گا اور اس میں کئی ملک شریک ہوں گے۔",
            "ur",
        ),
        (
            "وەزیری دەرەوە ڕایگەیاند کە کۆبوونەوەی هاوپەیمانان دژی داعش لە واشنتۆن بەڕێوە دەچێت و ئەم کۆبوونەوەیە گرنگە بۆ هەرێمی کوردستان.",
            "ckb",
        ),
        (
            "The foreign ministers of the coalition will meet in Washington on Wednesday, the State Department said.",
            "en",
        ),
        (
            "Les ministres des Affaires étrangères de la coalition se réunissent à Washington pour une réunion sur la lutte.",
            "fr",
        ),
        (
            "Koalisyonun dışişleri bakanları Washington'da bir toplantı yapacak ve bu toplantı için hazırlıklar sürüyor.",
            "tr",
        ),
        ("12345 ... 67", "und"),
        ("", "und"),
    ],
)
def test_a_text_is_told_by_its_letters_and_small_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_an_english_article_under_an_arabic_menu_is_english(page: Build) -> None:
    paragraphs = (
        "The foreign ministers of the coalition will meet in Washington on Wednesday to review the campaign, officials said.",
        "It is the first meeting of all members since the new administration took office, and it will last for two days.",
    )
    html = page(
        "<article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>",
        heading="<h1>Coalition ministers to meet</h1>",
        title="Coalition ministers to meet",
    )
    assert extract(html, "https://nahr.example/en/1").language == "en"

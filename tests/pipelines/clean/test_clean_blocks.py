"""Titles of other articles inside the text would be read as claims of this one."""

from __future__ import annotations

import pytest

from pipelines.clean import clean, restore

FIRST = "أعلن التحالف أن وزراء خارجية الدول الأعضاء سيجتمعون في العاصمة الأميركية يوم الثاني والعشرين من الشهر الجاري."
LAST = "وختم المتحدث بالقول إن الحملة ستستمر حتى هزيمة التنظيم."


@pytest.mark.parametrize(
    "block",
    [
        "اقرأ أيضاً\nمقتل قيادي في التنظيم بغارة على الموصل\nالتحالف يعلن حصيلة ضرباته في شهر",
        "اقرأ أيضاً: مقتل قيادي في التنظيم بغارة على الموصل",
        "إقرأ أيضا:\nمقتل قيادي في التنظيم بغارة على الموصل",
        "اقرأ ايضا مقتل قيادي في التنظيم بغارة على الموصل",
        "» مواضيع ذات صلة:\n- مقتل قيادي في التنظيم بغارة على الموصل",
        "شاهد أيضاً: بالفيديو لحظة وصول الوزراء",
        "شارك\nفيسبوك\nتويتر\nواتساب",
        "شارك على فيسبوك تويتر واتساب نسخ الرابط",
        "Share on Facebook Tweet Print",
        "طباعة إرسال حفظ",
        "تابعونا على تلغرام للحصول على آخر الأخبار",
        "Next Previous",
    ],
)
def test_a_block_of_the_page_goes_and_the_article_closes_over_it(block: str) -> None:
    text = f"{FIRST}\n{block}\n{LAST}"
    cleaned = clean(text)
    assert cleaned.text == f"{FIRST}\n{LAST}"
    assert restore(cleaned) == text


@pytest.mark.parametrize(
    "line",
    [
        "خطوط عريضة",
        "تويتر",
        "المزيد من الضربات متوقع في الأيام المقبلة بحسب المتحدث.",
        "شارك في الاجتماع وزراء خارجية ثماني وستين دولة.",
        "ونشر المتحدث تغريدة على تويتر قال فيها إن الحملة مستمرة.",
        "وقال الوزير إن تصريحات النائب لا تعبر عن رأي الحكومة.",
        "آخر الأخبار الواردة من الموصل تتحدث عن معارك عنيفة في المدينة القديمة.",
        "تابعوا باهتمام ما جرى في واشنطن.",
    ],
)
def test_prose_and_headings_that_share_a_word_with_one_stay(line: str) -> None:
    text = f"{FIRST}\n{line}\n{LAST}"
    assert clean(text).text == text


def test_a_share_bar_that_runs_into_the_first_sentence_is_cut_off_there() -> None:
    cleaned = clean(f"شارك من خلال تويتر فيسبوك جوجل بلس اكتب رأيك {FIRST}")
    assert cleaned.text == FIRST


@pytest.mark.parametrize(
    "tail", [" سمات التحالف العراق داعش", "...المزيد", " اقرأ أيضا: مقتل قيادي في التنظيم بغارة"]
)
def test_what_is_glued_to_the_last_paragraph_goes_alone(tail: str) -> None:
    assert clean(f"{FIRST}\n{LAST}{tail}").text.rstrip(".") == f"{FIRST}\n{LAST}".rstrip(".")


def test_a_notice_behind_prose_on_the_same_line_leaves_the_prose() -> None:
    cleaned = clean(f"{FIRST}\n{LAST} رابط الخبر بصحيفة النهر: وزراء التحالف يجتمعون")
    assert cleaned.text == f"{FIRST}\n{LAST}"

"""If a removal could not be put back, nobody could check what was taken out of a quotation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.clean import clean, clean_title, restore

SHARED = Path(__file__).resolve().parents[4] / "shared"
PIECES = (
    *(
        "&",
        "&amp;",
        "&nbsp;",
        "&nbsp",
        "&amp;nbsp;",
        "&#38;nbsp;",
        "nbsp;",
        "&#160;",
        "&lt;b&gt;",
        "&lt;br&gt;",
        "\u00a0",
        "\u200f",
        "\ufeff",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "ـ",
        "التحـــالف",
        "قال الوزير إن الاجتماع سيعقد في واشنطن",
        ".",
        "؟",
        "«",
        "»",
        ":",
    ),
    *(
        "لندن",
        "إيلاف من لندن:",
        "واشنطن - رويترز",
        "(أ ف ب)",
        "--(بترا)",
        "اقرأ أيضاً",
        "اقرأ أيضا: عنوان آخر طويل",
        "شارك",
        "فيسبوك",
    ),
    *(
        "تويتر",
        "شارك من خلال تويتر فيسبوك",
        "تم إضافة تعليقك",
        "المصدر: رويترز",
        "سمات داعش العراق",
        "...المزيد",
        "AT&T",
        "?a=1&b=2",
    ),
    *(
        "<p>",
        "</div>",
        "&laquo;",
        "&#x62F;",
        "&#99999999;",
        "&#xD800;",
        "\ud800",
        "\x00",
        "\x85",
        "\u2028",
        "😀\u200d😀",
        "صدى النهر",
    ),
)
pressed = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(st.one_of(pressed, st.text(max_size=200)))
@example("\xa0 &\xa0& \n&amp;&\n\xa0")
@example("لندن:&nbsp;\n&")
def test_putting_the_removals_back_gives_the_input_exactly(text: str) -> None:
    assert restore(clean(text)) == text
    assert restore(clean_title(text)) == text


@given(pressed)
def test_removals_cut_out_what_they_say_in_order_and_apart(text: str) -> None:
    end = 0
    for row in clean(text).removed:
        assert text[row.start : row.end] == row.text
        assert row.start >= end
        assert row.reason
        end = row.end


@given(pressed)
def test_no_entity_and_no_odd_white_space_is_left(text: str) -> None:
    left = clean(text).text
    assert "nbsp;" not in left.lower()
    assert "\u00a0" not in left
    assert "  " not in left
    assert "\n\n\n" not in left
    assert left == left.strip()


@pytest.mark.skipif(
    not (SHARED / "seed").is_dir(), reason="the shared material lies beside the checkout only at work"
)
def test_the_seed_loses_its_three_strays_and_its_dateline() -> None:
    text = next((SHARED / "seed").glob("*.txt")).read_text("utf-8")
    cleaned = clean(text)
    strays = [row for row in cleaned.removed if row.reason == "stray_ampersand"]
    assert [row.text for row in strays] == ["&", "&", "&"]
    assert "&" not in cleaned.text
    assert (cleaned.dateline, cleaned.agency) == ("لندن", "إيلاف")
    assert cleaned.text.startswith("تستعد العاصمة الأميركية واشنطن")
    assert restore(cleaned) == text


@pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the shared material lies beside the checkout only at work"
)
def test_real_articles_come_back_and_hold_no_stray_entity() -> None:
    read = 0
    for path in sorted((SHARED / "data" / "texts").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            cleaned = clean(text)
            assert restore(cleaned) == text
            assert "nbsp" not in cleaned.text
            assert "&" not in cleaned.text
            read += 1
    assert read > 600

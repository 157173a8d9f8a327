"""A reader who sees «&nbsp;» or «&» in an article stops trusting the archive; one who misses «AT&T» should too."""

from __future__ import annotations

import pytest

from pipelines.clean import clean, clean_title, restore


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("انتهى الاجتماع.&", "انتهى الاجتماع."),
        ("انتهى الاجتماع. &", "انتهى الاجتماع."),
        ("انتهى الاجتماع.&\n\nثم غادر الوزير.&", "انتهى الاجتماع.\n\nثم غادر الوزير."),
        ("&\nانتهى الاجتماع.", "انتهى الاجتماع."),
        ("انتهى الاجتماع.\n&", "انتهى الاجتماع."),
        ("انتهى الاجتماع.\n\n& &\n\nثم غادر.", "انتهى الاجتماع.\n\nثم غادر."),
        ("& انتهى الاجتماع.", "انتهى الاجتماع."),
        ("&انتهى الاجتماع.", "انتهى الاجتماع."),
        ("انتهى الاجتماع.& ثم غادر الوزير.", "انتهى الاجتماع. ثم غادر الوزير."),
        ("انتهى الاجتماع.&amp;", "انتهى الاجتماع."),
        ("قال «كفى»& ثم غادر.", "قال «كفى» ثم غادر."),
        ("انتهى && ثم غادر.", "انتهى ثم غادر."),
    ],
)
def test_a_stray_ampersand_goes_and_is_recorded_as_such(text: str, wanted: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == wanted
    assert "stray_ampersand" in {row.reason for row in cleaned.removed}
    assert restore(cleaned) == text


@pytest.mark.parametrize(
    "text",
    [
        "قالت شركة AT&T إنها ستستثمر في المنطقة.",
        "خفضت S&P التصنيف.",
        "افتتحت سي & تي فرعها.",
        "جونسون & جونسون",
        "الأبحاث والتطوير (R&D) أولوية.",
        "https://press.example/read?id=7&page=2",
        "https://press.example/read?id=7&copy=2&nbsp=1&lt=3",
        "الموقع press.example/?a=1&b=2 متاح.",
        "Q&A",
    ],
)
def test_an_ampersand_that_joins_something_stays(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == text
    assert cleaned.removed == ()


@pytest.mark.parametrize(
    "leftover",
    [
        *(
            "&nbsp;",
            "&nbsp",
            "&NBSP;",
            "&Nbsp;",
            "&amp;nbsp;",
            "&#38;nbsp;",
            "&#x26;nbsp;",
            "&amp;amp;nbsp;",
            "& nbsp;",
            "&nbsp ;",
            "&amp; nbsp;",
            "nbsp;",
            "amp;nbsp;",
        ),
        *(
            "&#160;",
            "&#160",
            "&#xA0;",
            "&#xa0;",
            "&#XA0;",
            "&amp;#160;",
            "&amp;#xA0;",
            "\u00a0",
            "\u202f",
            "&ensp;",
            "&emsp;",
            "&thinsp;",
        ),
    ],
)
def test_every_spelling_of_a_no_break_space_becomes_a_space(leftover: str) -> None:
    text = f"قال الوزير{leftover} إن الاجتماع مهم"
    cleaned = clean(text)
    assert cleaned.text == "قال الوزير إن الاجتماع مهم"
    assert restore(cleaned) == text


def test_a_no_break_space_glued_between_words_parts_them() -> None:
    assert clean("قال&nbspالوزير").text == "قال الوزير"
    assert clean("قال\u00a0الوزير").text == "قال الوزير"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("&laquo;داعش&raquo;", "«داعش»"),
        ("&amp;quot;داعش&amp;quot;", '"داعش"'),
        ("&quotداعش&quot", '"داعش"'),
        ("الحرب &ndash; والسلم", "الحرب – والسلم"),
        ("&#1583;&#1575;&#1593;&#1588;", "داعش"),
        ("&#x62F;&#x627;عش", "داعش"),
        ("داعش&#8217;", "داعش’"),
        ("داعش&#146;", "داعش’"),
        ("&lt;strong&gt;عاجل&lt;/strong&gt; من بغداد", "عاجل من بغداد"),
        ("سطر أول<br />سطر ثان", "سطر أول\nسطر ثان"),
        ("شركة AT&amp;T", "شركة AT&T"),
        ("داعش&rlm;&lrm;&zwnj; في العراق", "داعش في العراق"),
    ],
)
def test_entities_become_the_characters_they_stand_for(text: str, wanted: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == wanted
    assert restore(cleaned) == text


def test_invisible_marks_go_and_the_word_stays_whole() -> None:
    text = "الت\u200dحال\u200fف\u200b الدو\u00adلي\u202c\ufeff"
    cleaned = clean(text)
    assert cleaned.text == "التحالف الدولي"
    assert {row.reason for row in cleaned.removed} == {"zero_width"}


def test_tatweel_goes_where_it_only_stretches_a_word() -> None:
    assert clean_title("التحـــالف في الـ 23 من الشهر").text == "التحالف في الـ 23 من الشهر"
    assert clean_title("عام 1438 هـ").text == "عام 1438 هـ"
    assert clean_title("قال لـ«صدى النهر»: لن ننسحب").text == "قال لـ«صدى النهر»: لن ننسحب"


def test_white_space_keeps_the_kind_of_paragraph_break_it_had() -> None:
    assert clean("أ  ب\t ج \nد\n \n\n\nهـ\r\nو").text == "أ ب ج\nد\n\nهـ\nو"


def test_a_title_is_one_line() -> None:
    cleaned = clean_title("  وزراء التحالف&nbsp;يجتمعون\n في واشنطن& ")
    assert cleaned.text == "وزراء التحالف يجتمعون في واشنطن"
    assert restore(cleaned) == "  وزراء التحالف&nbsp;يجتمعون\n في واشنطن& "

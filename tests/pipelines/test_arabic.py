"""The one folding: what it joins, what it keeps apart, and that every offset leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.arabic import MARKS, arabic_share, fold, fold_text, sentences, tokens

ARABIC = st.text(
    st.sampled_from("التحالف ضد داعش أإآىةؤئ\u064b\u0651\u0670\u0640\u200f\u200b٢٣ .،\n«»AZ09"), max_size=80
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("التّحالُفُ", "التحالف"),
        ("التحـــالف", "التحالف"),
        ("أعضاء", "اعضاء"),
        ("الأميركيّة", "الاميركيه"),
        ("مستشفى", "مستشفي"),
        ("٢٣ مارس ۲۰۱۷", "23 مارس 2017"),
        ("الکویت", "الكويت"),
        ("\u200fدا\u200cعش\u202c", "داعش"),
        ("هٰذا", "هذا"),
    ],
)
def test_spellings_of_one_word_become_equal(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


def test_different_words_stay_apart() -> None:
    words = ["يونيو", "يوليو", "آذار", "أيار", "عقد", "عقدت", "سنة", "سنوات"]
    assert len({fold_text(word) for word in words}) == len(words)


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text) == fold(text).text


@given(ARABIC)
def test_every_folded_span_cuts_its_own_spelling_out_of_the_original(text: str) -> None:
    folded = fold(text)
    for token in tokens(folded.text):
        start, end = folded.span(token.start, token.end)
        assert fold_text(text[start:end]) == token.text
        assert text[start] not in MARKS


@given(ARABIC, st.data())
def test_spans_keep_their_order(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    length = len(folded.text)
    at = data.draw(st.integers(0, length))
    to = data.draw(st.integers(at, length))
    if to > at:
        start, end = folded.span(at, to)
        assert 0 <= start < end <= len(text)


def test_marks_inside_a_span_belong_to_it_and_marks_before_it_do_not() -> None:
    text = "قالَ التّحالُفُ"
    folded = fold(text)
    start, end = folded.span(folded.text.index("التحالف"), len(folded.text))
    assert text[start:end] == "التّحالُف"


def test_sentences_are_cut_at_marks_and_line_ends_but_not_inside_numbers() -> None:
    text = "ارتفع العدد 2.5 في المئة. وقال الوزير: «انتهى الاجتماع.» ثم غادر؟\nفقرة ثانية بلا نقطة"
    assert [text[a:b] for a, b in sentences(text)] == [
        "ارتفع العدد 2.5 في المئة.",
        "وقال الوزير: «انتهى الاجتماع.»",
        "ثم غادر؟",
        "فقرة ثانية بلا نقطة",
    ]


def test_sentence_that_ends_with_a_year_ends_there() -> None:
    text = "عقد الاجتماع في 17 نوفمبر 2016. وحضره الوزراء."
    assert [text[a:b] for a, b in sentences(text)] == ["عقد الاجتماع في 17 نوفمبر 2016.", "وحضره الوزراء."]


def test_initials_do_not_end_a_sentence() -> None:
    text = "نقلت وكالة أ. ف. ب. عن الوزير قوله"
    assert len(sentences(text)) == 1


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("123 !", 0.0), ("abc", 0.0), ("داعش", 1.0), ("داعش ISIS", 0.5)]
)
def test_arabic_share_counts_letters_only(text: str, share: float) -> None:
    assert arabic_share(text) == share


def test_folding_a_megabyte_gives_every_offset_back() -> None:
    text = "التّحالُفُ الدوليّ " * 50_000
    folded = fold(text)
    last = folded.text.rindex("التحالف")
    start, end = folded.span(last, last + 7)
    assert text[start:end] == "التّحالُف"

"""Every sample of the seventeen phenomena again, written as other outlets write it: the values stay.

Arabic-Indic and Persian digits, tatweel and diacritics inside words, hamza left out, a clitic before the sentence, and
the date at the very end or the very beginning of what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipelines.arabic import fold_text
from pipelines.dates import tag_dates
from tests.pipelines.dates.test_dates_phenomena import CASES, PUBLISHED

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
WORD = re.compile(r"[ء-ي]{4,}")


def stretched(text: str) -> str:
    """Put a tatweel and a shadda into every longer word: «الشّـهر»; the first letters stay, they tell آب from أب."""
    return WORD.sub(lambda word: f"{word[0][:2]}\u0640{word[0][2]}\u0651{word[0][3:]}", text)


def without_hamza(text: str) -> str:
    """Leave hamzas out as careless keyboards do, but not in short words, where they tell words apart."""
    return WORD.sub(lambda word: word[0].translate(str.maketrans("أإ", "اا")), text)


WRITINGS: dict[str, Callable[[str], str]] = {
    "Arabic-Indic digits": lambda text: text.translate(ARABIC_INDIC),
    "Persian digits": lambda text: text.translate(PERSIAN),
    "tatweel and marks": stretched,
    "no hamza": without_hamza,
    "a clitic before": lambda text: "و" + text,
    "bidi marks": lambda text: f"\u200f{text}\u200f",
}


def fits(writing: str, text: str) -> bool:
    """Tell whether a writing makes sense of a text: «و» stands before a word that has no clitic of its own."""
    return writing != "a clitic before" or re.match(r"[\d٠-٩۰-۹]|[وف]", text) is None


VARIATIONS = [
    pytest.param(WRITINGS[writing](str(case.values[0])), case.values[1], id=f"{writing}, {case.id}")
    for case in CASES
    for writing in WRITINGS
    if fits(writing, str(case.values[0]))
]


@pytest.mark.parametrize(("written", "want"), VARIATIONS)
def test_another_writing_has_the_same_dates(written: str, want: list[tuple[str, str | None]]) -> None:
    found = tag_dates(written, PUBLISHED)
    assert [(fold_text(m.text), m.value) for m in found] == [
        (fold_text(words), value) for words, value in want
    ]
    assert all(written[m.start : m.end] == m.text for m in found)

"""Numbers of members and participants: «68 دولة», «ثمانية وستين عضوا», «الدول الـ68», «العضو السابع والستين»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.arabic import fold_text
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.words import rx, word

_NOW = word(lexicon.COUNTED_NOW, "[وف]?")
MIN_COUNT, MAX_COUNT = 4, 130  # fewer are hosts or chairs, more are people
_NUMBER_WORDS = {fold_text(k): v for k, v in {**lexicon.UNITS, **lexicon.TENS}.items()}
_NUMBER_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:(?P<digits>\d{{1,3}})|(?P<words>(?:{_NUMBER_WORD})(?: و?(?:{_NUMBER_WORD})){{0,2}}))"
_THE_NUMBER = rf"(?:{lexicon.BEFORE_NUMBER}?(?P<digits>\d{{2,3}})|(?P<words>ال(?:{_NUMBER_WORD})(?: وال(?:{_NUMBER_WORD}))?))"
# How much a count of this kind yields to another: members before states, states before ministers and delegations.
_COUNTS = (
    (0, rx(rf"(?<![\w.,])(?:و|ب|ل|لل)?{_NUMBER} {lexicon.COUNTED_MEMBERS}(?!\w)")),
    (
        0,
        rx(
            rf"(?<!\w)[وفبل]?(?:{lexicon.COUNTED_FIRST})(?: (?!(?:{lexicon.OTHER_CIRCLE})(?!\w))\w+){{0,3}} {_THE_NUMBER}(?!\w)(?! (?:{lexicon.NOT_A_COUNT}|{lexicon.COUNTED}))"
        ),
    ),
    (
        0,
        rx(
            rf"(?<!\w)[وفبل]?(?:{lexicon.NUMBER_OF})(?: (?!(?:إلى|في|يوم)(?!\w))\w+){{0,3}}? (?:إلى )?{_NUMBER}(?!\w)(?! (?:{lexicon.NOT_A_COUNT}|{lexicon.COUNTED}))"
        ),
    ),
    (60, rx(rf"(?<![\w.,])(?:و|ب|ل|لل)?{_NUMBER} {lexicon.COUNTED_STATES}(?!\w)")),
    (150, rx(rf"(?<![\w.,])(?:و|ب|ل|لل)?{_NUMBER} {lexicon.COUNTED}(?!\w)")),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and whether they are said to be members («عضوا») or only states and people who came."""

    value: int
    members: bool
    current: bool = False  # said in the present: «يضم», «بات عددهم»


@dataclass(frozen=True, slots=True)
class Counted:
    """A number where it stands."""

    start: int
    end: int
    value: int
    members: bool
    current: bool
    cost: int  # how much it yields to a count of another kind


def counts_in(source: str, start: int, end: int) -> Iterator[Counted]:
    """Yield every number of members, states or people in a stretch of folded text, as large as the coalition can be."""
    for cost, pattern in _COUNTS:
        for match in pattern.finditer(source, start, end):
            value = _number(match)
            if MIN_COUNT <= value <= MAX_COUNT:
                lead = source[max(start, match.start() - 30) : match.start()]
                yield Counted(
                    match.start(), match.end(), value, cost == 0, _NOW.search(lead) is not None, cost
                )


def _number(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    values = [_value(word) for word in re.findall(r"\w+", match["words"])]
    if len(values) == 2 and values[1] == 10:  # «خمس عشرة»
        return values[0] + 10
    return sum(values)


def _value(number_word: str) -> int:
    for form in (
        number_word,
        number_word.removeprefix("و"),
        number_word.removeprefix("و").removeprefix("ال"),
    ):
        if form in _NUMBER_WORDS:
            return _NUMBER_WORDS[form]
    return 0

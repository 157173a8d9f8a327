"""The one folding: spellings of one Arabic word made equal, always with offsets back to the original.

Tagger, search index and site use this and nothing else, so that what one finds the others find.
The letters that are joined follow Unicode's Arabic block and the usual practice of Arabic retrieval (alef and hamza
carriers, final ya, ta marbuta, Persian keyboard letters); what that practice leaves to choice is a parameter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

# Combining marks (harakat, Koranic signs, superscript alef), tatweel, zero-width characters, bidi controls, soft hyphen.
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff"
INVISIBLE = "\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DROPPED = re.compile(f"[{MARKS}{INVISIBLE}]+")

_SAME_LENGTH = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېۍےۓﻱﻲ", "ي"),
    "ئ": "ي",
    **dict.fromkeys("ؤۄۆۇۈۋ", "و"),
    **dict.fromkeys("ةۀەہۂۃھ", "ه"),
    **dict.fromkeys("کڪګﻙ", "ك"),
    "گ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ژ": "ز",
    "ڤ": "ف",
    **{chr(0x660 + n): str(n) for n in range(10)},
    **{chr(0x6F0 + n): str(n) for n in range(10)},
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "٫": ".",
    "٬": ",",
    "٪": "%",
}
_TABLE = str.maketrans(_SAME_LENGTH)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that still knows where each of its characters stood."""

    text: str
    _starts: tuple[
        int, ...
    ] = ()  # folded index at which a run of kept characters begins; () when nothing was dropped
    _shifts: tuple[int, ...] = ()  # how many characters were dropped before that run

    def original(self, index: int) -> int:
        """Give the original offset of the folded character at `index`."""
        if not self._starts:
            return index
        run = bisect_left(self._starts, index + 1) - 1
        return index + self._shifts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original span of a folded one; marks inside it belong to it, marks around it don't.

        >>> fold("قال التّحالُفُ اليوم").span(4, 11)
        (4, 14)
        """
        if end <= start:
            at = self.original(start)
            return at, at
        return self.original(start), self.original(end - 1) + 1


def fold(text: str) -> Folded:
    """Fold `text` for matching: «الـتّحالف» and «التحالف», «أمريكا» and «امريكا», «٢٢» and «22» become equal.

    Case, punctuation and word boundaries stay, so the number of words is unchanged. Linear in the length.
    """
    if not _DROPPED.search(text):
        return Folded(text.translate(_TABLE))
    pieces: list[str] = []
    starts: list[int] = [0]
    shifts: list[int] = [0]
    at = kept = dropped = 0
    for match in _DROPPED.finditer(text):
        pieces.append(text[at : match.start()])
        kept += match.start() - at
        dropped += match.end() - match.start()
        if starts[-1] == kept:
            shifts[-1] = dropped
        else:
            starts.append(kept)
            shifts.append(dropped)
        at = match.end()
    pieces.append(text[at:])
    return Folded("".join(pieces).translate(_TABLE), tuple(starts), tuple(shifts))


def fold_text(text: str) -> str:
    """Fold `text` when the offsets don't matter: a search key, a lexicon entry.

    >>> fold_text("سُوريّة ٢٠١٧")
    'سوريه 2017'
    """
    return _DROPPED.sub("", text).translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text, with its offsets there."""

    start: int
    end: int
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and numbers of `text` in order, punctuation left out."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match.group())


# A sentence ends at its mark, or at a line's end; a full stop inside a number or an abbreviation of one letter doesn't count.
_SENTENCE_END = re.compile(r"(?:(?<![\d\W].)|(?<=\d))[.!?؟۔…]+[»\"”’)\]]*(?=\s|$)|\n+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences of `text`, in order, without surrounding white space.

    >>> [("وصل الوزير. ثم غادر"[a:b]) for a, b in sentences("وصل الوزير. ثم غادر")]
    ['وصل الوزير.', 'ثم غادر']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        _append_stripped(spans, text, start, match.end())
        start = match.end()
    _append_stripped(spans, text, start, len(text))
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append((start + left, start + right))


def arabic_share(text: str) -> float:
    """Give the share of Arabic letters among all letters of `text`, 0 to 1; 0 when it has no letters."""
    letters = arabic = 0
    for char in text:
        if char.isalpha():
            letters += 1
            arabic += (
                "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" or "\ufb50" <= char <= "\ufefc"
            )
    return arabic / letters if letters else 0.0

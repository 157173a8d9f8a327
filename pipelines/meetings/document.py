"""An article laid out for the meeting tagger: one folded text with its sentences, bodies, places and dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from crawler.items import DateMention
from pipelines.arabic import Folded, fold, sentences
from pipelines.bodies import COALITION, ISIS, RIVAL, UNDECIDED, BodyMention, find_bodies
from pipelines.lexicon.meetings import IN
from pipelines.places import PlaceMention, find_places

LONGEST_SENTENCE = 1500  # characters
_LONGEST_HEADING = 30
_LONGEST_DATELINE = 40
_DATELINE_ENDS = re.compile(r"\s*(?:\([^)]*\)|\))?\s*[-–—:)]|\)")


@dataclass(frozen=True, slots=True)
class PlacedDate:
    """A date mention with its span in the folded document."""

    start: int
    end: int
    mention: DateMention


@dataclass(frozen=True, slots=True)
class Document:
    """Title and text as one folded text; every offset but those of `mention`s is an offset in it."""

    text: str  # title, a line break, text
    shift: int  # where the text begins in it
    folded: Folded
    sentences: tuple[tuple[int, int], ...]
    bodies: tuple[BodyMention, ...]
    places: tuple[PlaceMention, ...]
    dates: tuple[PlacedDate, ...]
    published: date | None
    dateline: PlaceMention | None  # the city the report comes from

    @property
    def source(self) -> str:
        """Give the folded text itself."""
        return self.folded.text

    @property
    def names_coalition(self) -> bool:
        """Tell whether the article names the coalition at all, in full or by its bare noun."""
        return any(body.body == COALITION for body in self.bodies)

    @property
    def names_isis(self) -> bool:
        """Tell whether the article names ISIS, be it in the coalition's own name: «التحالف الدولي ضد داعش»."""
        return any(body.body == ISIS or "against_isis" in body.flags for body in self.bodies)

    def bodies_in(self, start: int, end: int) -> list[BodyMention]:
        """Give the alliances and organisations named in a span; ISIS is a purpose there, not a convener."""
        return [b for b in _within(self.bodies, start, end) if b.body != ISIS]

    def isis_in(self, start: int, end: int) -> list[BodyMention]:
        """Give the namings of ISIS that begin in a span."""
        return [b for b in _within(self.bodies, start, end) if b.body == ISIS]

    def dates_in(self, start: int, end: int) -> Sequence[PlacedDate]:
        """Give the dates that begin in a span."""
        return _within(self.dates, start, end)

    def places_in(self, start: int, end: int) -> Sequence[PlaceMention]:
        """Give the places that begin in a span."""
        return _within(self.places, start, end)

    def is_in(self, place: PlaceMention) -> bool:
        """Tell whether a place stands after «في» or «ب»."""
        return place.preposition == "ب" or self.source.endswith(IN, 0, place.start)

    @property
    def lead(self) -> int:
        """Give where the text's first sentence begins."""
        return next((start for start, _ in self.sentences if not self.in_title(start)), 0)

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Give the sentence in which an offset of the folded document lies."""
        return self.sentences[max(0, bisect_left(self.sentences, offset + 1, key=lambda s: s[0]) - 1)]

    def in_title(self, offset: int) -> bool:
        """Tell whether an offset of the folded document lies in the title."""
        return self.folded.original(offset) < self.shift

    def span_in_text(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the article's own text; (0, 0) stands for words of the title."""
        a, b = self.folded.span(start, end)
        return (a - self.shift, b - self.shift) if a >= self.shift else (0, 0)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


P = TypeVar("P", bound=_Placed)


def _within(mentions: Sequence[P], start: int, end: int) -> Sequence[P]:
    return mentions[bisect_left(mentions, start, key=_start) : bisect_left(mentions, end, key=_start)]


def _start(mention: _Placed) -> int:
    return mention.start


def is_ours(body: BodyMention) -> bool:
    """Tell whether a naming means the coalition against ISIS."""
    return body.body == COALITION


def is_rival(body: BodyMention) -> bool:
    """Tell whether a naming means another alliance or organisation."""
    return body.body.startswith(RIVAL)


def is_undecided(body: BodyMention) -> bool:
    """Tell whether a bare «التحالف» that nothing in the article decides."""
    return body.body == UNDECIDED


def lay_out(
    title: str,
    text: str,
    published: date | None,
    dates: Callable[[], tuple[Sequence[DateMention], Sequence[DateMention]]],
    dateline: str | None = None,
) -> Document | None:
    """Lay out an article, or give None when it names neither the coalition nor ISIS and so can tell of no meeting of ours.

    `dates` gives the date mentions of the title and of the text, and is asked only when they are needed.
    """
    whole = f"{title}\n{text}" if title else text
    shift = len(title) + 1 if title else 0
    folded = fold(whole)
    bodies = tuple(find_bodies(folded))
    if not any(is_ours(body) or is_undecided(body) or body.body == ISIS for body in bodies):
        return None
    title_dates, text_dates = dates()
    places = tuple(find_places(folded, whole))
    spans = [
        piece
        for start, end in _with_their_headings(folded.text, sentences(folded.text))
        for piece in _bounded(folded.text, start, end)
    ]
    starts = _Starts(folded)
    placed = [_placed(mention, 0, starts) for mention in title_dates]
    placed += [_placed(mention, shift, starts) for mention in text_dates]
    return Document(
        text=whole,
        shift=shift,
        folded=folded,
        sentences=tuple(spans),
        bodies=bodies,
        places=places,
        dates=tuple(sorted(placed, key=_start)),
        published=published,
        dateline=_city_of(dateline) if dateline else _dateline(folded, shift, places),
    )


def _city_of(dateline: str) -> PlaceMention | None:
    return next((p for p in find_places(fold(dateline), dateline) if p.as_city), None)


def _dateline(folded: Folded, shift: int, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """Find the city before the text's first dash, colon or bracket: «(روما) اختتم», «نيويورك – التقى»."""
    start = bisect_left(range(len(folded.text)), shift, key=folded.original)
    for place in _within(places, start, start + _LONGEST_DATELINE):
        tail = folded.text[place.end : start + 2 * _LONGEST_DATELINE]
        opened = folded.text[start : place.start].strip(" (\n") == ""
        if place.as_city and opened and _DATELINE_ENDS.match(tail):
            return place
    return None


def _with_their_headings(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join what stands before two dots to the sentence it opens: «الاثنين.. الرياض تستضيف …»."""
    heading: int | None = None
    for start, end in spans:
        begin = start if heading is None else heading
        if (
            end - start <= _LONGEST_HEADING
            and text[start:end].rstrip().endswith("..")
            and text[end : end + 1] != "\n"
        ):
            heading = begin
            continue
        heading = None
        yield begin, end
    if heading is not None:
        yield heading, len(text)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that no writer would write at its spaces, so that work on a sentence stays bounded."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


class _Starts:
    """The way back from an original offset to the folded one; `Folded` only knows the way there."""

    def __init__(self, folded: Folded) -> None:
        self._length = len(folded.text)
        self._original = folded.original

    def folded(self, original: int) -> int:
        return bisect_left(range(self._length), original, key=self._original)


def _placed(mention: DateMention, shift: int, starts: _Starts) -> PlacedDate:
    return PlacedDate(starts.folded(mention.start + shift), starts.folded(mention.end + shift), mention)

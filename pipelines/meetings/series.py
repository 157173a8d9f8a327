"""Split one naming of several meetings: «اجتماعين، الأول في روما … والثاني …», «لقاءات في بروكسل في 2014 وفي روما في 2016»."""

from __future__ import annotations

from dataclasses import replace

from pipelines.lexicon import meetings as lexicon
from pipelines.lexicon import places as place_lexicon
from pipelines.meetings.claims import Sighting
from pipelines.meetings.convening import ON_SYRIA
from pipelines.meetings.document import Document, PlacedDate
from pipelines.meetings.level import RANKS, features_in
from pipelines.meetings.slots import Place, Slots
from pipelines.meetings.words import rx, word
from pipelines.places import PlaceMention

_FIRST = word(lexicon.FIRST_OF_TWO, "[وف]?")
_SECOND = word(lexicon.SECOND_OF_TWO, "")
_WITHIN_A_PAIR = rx(rf"\W*(?:(?:{lexicon.WITHIN_A_PAIR}) ?)*\W*[بل]?")
_BETWEEN_PAIRS = rx(rf"\W*(?:{lexicon.AND_LASTLY})?\W*[وف]?(?:{lexicon.IN}|ب)?(?:{lexicon.PLACE_WORDS} )?")

Pair = tuple[PlaceMention, PlacedDate]


def split(document: Document, sighting: Sighting, territory: tuple[int, int], slots: Slots) -> list[Sighting]:
    """Give the meetings that one naming tells of, itself alone when it is one."""
    if sighting.head.dual:
        return _split_dual(document, sighting, territory, slots)
    pairs = _pairs(document, sighting.head.end, territory[1])
    if len(pairs) < 2 or len({date.mention.first for _, date in pairs}) < len(pairs):
        return [sighting]
    return [
        replace(
            sighting,
            day=date,
            place=Place(place.as_city, place.country, place.doubt),
            other=n > 0,
            previous=sighting.previous and n == 0,
            counts=sighting.counts if n == 0 else (),
        )
        for n, (place, date) in enumerate(pairs)
    ]


def _pairs(document: Document, start: int, end: int) -> list[Pair]:
    """Find the longest run of places that each have a day beside them, with nothing but «و» and «في» between."""
    items: list[PlaceMention | PlacedDate] = [
        *(
            p
            for p in document.places_in(start, end)
            if p.as_city and p.as_city not in place_lexicon.BATTLEFIELDS
        ),
        *(d for d in document.dates_in(start, end) if d.mention.first),
    ]
    items.sort(key=lambda item: item.start)
    runs: list[list[Pair]] = [[]]
    at, last_end = 0, -1
    while at + 1 < len(items):
        one, two = items[at], items[at + 1]
        pair = _pair(one, two)
        if pair is None or not _WITHIN_A_PAIR.fullmatch(document.source, one.end, two.start):
            at += 1
            continue
        if last_end >= 0 and not _BETWEEN_PAIRS.fullmatch(document.source, last_end, one.start):
            runs.append([])
        runs[-1].append(pair)
        last_end = two.end
        at += 2
    return max(runs, key=len)


def _pair(one: PlaceMention | PlacedDate, two: PlaceMention | PlacedDate) -> Pair | None:
    if isinstance(one, PlaceMention) and isinstance(two, PlacedDate):
        return one, two
    if isinstance(one, PlacedDate) and isinstance(two, PlaceMention):
        return two, one
    return None


def _split_dual(
    document: Document, sighting: Sighting, territory: tuple[int, int], slots: Slots
) -> list[Sighting]:
    head, end = sighting.head, territory[1]
    first = _FIRST.search(document.source, head.end, end)
    second = _SECOND.search(document.source, first.end() if first else head.end, end)
    if first is None or second is None:
        return [sighting]
    shared = features_in(document.source[territory[0] : first.start()])
    halves = []
    for start, stop in ((first.end(), second.start()), (second.end(), end)):
        if ON_SYRIA.search(document.source, start, stop):
            continue
        half = replace(head, start=start, end=start, outer=start)
        place = slots.place(half, (start, stop))
        said = features_in(document.source[start:stop])
        halves.append(
            replace(
                sighting,
                day=slots.day(half, (start, stop)) or sighting.day,
                place=place if place.country else sighting.place,
                features=(said if said & RANKS else said | shared),
                other=True,
            )
        )
    return halves

"""Find every place of an article that names a meeting of ours, and lend each what its neighbours say for it."""

from __future__ import annotations

from datetime import date

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.claims import Sighting
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.convening import GROUP, Ownership
from pipelines.meetings.document import Document, PlacedDate
from pipelines.meetings.heads import Head, find_heads
from pipelines.meetings.level import RANKS
from pipelines.meetings.owners import EXPLICIT, find_owners, is_landmark, is_on_the_margin, neighbours
from pipelines.meetings.sentence import IN_SERIES, read_sighting
from pipelines.meetings.series import split
from pipelines.meetings.slots import Place, Slots
from pipelines.meetings.weekdays import settle_weekday
from pipelines.meetings.words import rx, word

_ALL_IN = rx(rf"(?<!\w){lexicon.ALL_IN}")
_COORDINATED = rx(lexicon.AND_THEN)
_OWN_VERB = word("|".join((lexicon.FUTURE, lexicon.PRESENT, lexicon.PAST)), "[وف]?")
_RELATIVE = rx(rf" {lexicon.RELATIVE}")
_TELLING = RANKS | {"ministerial", "small"}
_THESE_DAYS = 7


def find_sightings(document: Document) -> list[Sighting]:
    """Find the places of an article, in order, that name a meeting of the coalition or take one up."""
    heads = find_heads(document)
    if not heads:
        return []
    clauses = Clauses(document)
    owned = find_owners(document, heads, clauses)
    slots = Slots(document, clauses)
    found: list[Sighting] = []
    umbrella: dict[int, Place] = {}  # sentence -> where «سلسلة لقاءات في واشنطن» puts all its meetings
    roof: Place | None = None  # the same for the sentences that follow
    for index, (head, ownership) in enumerate(owned):
        if ownership.owner not in ("ours", "anaphor"):
            roof = _host_city(document, head, slots) or roof
            if head.plural and head.definite and ownership.owner == "none":
                umbrella.setdefault(head.sentence, slots.place(head, document.sentences[head.sentence]))
            continue
        before, after = neighbours(document, clauses, owned, index)
        territory = clauses.territory(head, before, after)
        if ownership.owner == "anaphor" and is_on_the_margin(document, head):
            territory = (head.outer, _phrase_end(document, head, territory[1]))
        elif is_landmark(document, head):
            territory = (head.outer, head.end + len(document.source[head.end : territory[1]].split("،")[0]))
        sighting = read_sighting(document, head, ownership, territory, clauses, slots)
        if head.plural or head.dual:
            place = slots.place(head, territory)
            roof = place if place.city else roof
        if sighting is None or _is_umbrella(sighting, owned[index + 1 : index + 12]):
            umbrella.setdefault(head.sentence, slots.place(head, territory))
            continue
        if found and found[-1].head.sentence == head.sentence:
            sighting.day = _beside(document, sighting, found[-1])
        if sighting.place.country is None:
            sighting.place = _of_them_all(document, head)
        if sighting.place.country is None:
            sighting.place = umbrella.get(head.sentence) or _shared_place(document, found, head)
        if (
            sighting.place.country is None
            and roof is not None
            and _is_of_these_days(sighting, document.published)
        ):
            sighting.place = roof
        if (
            not sighting.features & _TELLING
            and found
            and (head.definite or ownership.reason.startswith("a meeting called"))
        ):
            sighting.features |= _of_the_series(document, sighting, found)
        found += split(document, sighting, territory, slots)
    return found


def _beside(document: Document, sighting: Sighting, before: Sighting) -> PlacedDate | None:
    """Settle a weekday by the meeting before it in the sentence: «اجتماع … غدا، ثم الاجتماع الوزاري [الخميس]»."""
    if sighting.day is None or before.days is None or document.published is None:
        return sighting.day
    return settle_weekday(document, sighting.day, 1 if before.days[1] >= document.published else -1)


def _of_them_all(document: Document, head: Head) -> Place:
    """Read where a sentence puts all its meetings at its end: «…، [وكلها في واشنطن]»."""
    start, end = document.sentences[head.sentence]
    all_in = _ALL_IN.search(document.source, max(start, head.end), end)
    places = [p for p in document.places_in(all_in.start(), end) if p.as_city] if all_in else []
    return Place(places[0].as_city, places[0].country, places[0].doubt) if places else Place(None, None)


def _phrase_end(document: Document, head: Head, end: int) -> int:
    """Give where the words of «على هامش الاجتماع في روما» end and what happened beside it begins."""
    tail = document.source[head.end : end].split("،")[0]
    verb = _OWN_VERB.search(tail)
    relative = _RELATIVE.match(tail)
    return head.end + (verb.start() if verb and not relative else len(tail))


def _host_city(document: Document, head: Head, slots: Slots) -> Place | None:
    """Give the city that receives people in a sentence of its own: «تستقبل واشنطن هذا الأسبوع ممثلي 72 دولة»."""
    if head.kind != "hosting" or not GROUP.search(document.source, head.end, head.end + 45):
        return None
    place = slots.place(head, document.sentences[head.sentence])
    return place if place.city else None


def _is_of_these_days(sighting: Sighting, published: date | None) -> bool:
    days = sighting.days
    return bool(days and published and abs((days[0] - published).days) <= _THESE_DAYS)


def _of_the_series(document: Document, sighting: Sighting, found: list[Sighting]) -> frozenset[str]:
    """Give the rank of the meetings before to one that is counted in their series: «[الاجتماع العاشر] عقد بالرياض»."""
    head = sighting.head
    counted = IN_SERIES.match(document.source[head.end : head.end + 30]) or sighting.confidence < EXPLICIT
    return (
        next(
            (s.features - {"full"} for s in found if s.features & RANKS or "ministerial" in s.features),
            frozenset(),
        )
        if counted
        else frozenset()
    )


def _shared_place(document: Document, found: list[Sighting], head: Head) -> Place:
    """Share the place of a coordinated pair: «تستضيف الرياض غدا الاجتماع الثامن عشر …، وبعد غد [الاجتماع الوزاري]»."""
    if found and found[-1].head.sentence == head.sentence:
        between = document.source[found[-1].head.end : head.outer]
        if (head.conjoined or _COORDINATED.search(between)) and not _OWN_VERB.search(between):
            return found[-1].place
    return Place(None, None)


def _is_umbrella(sighting: Sighting, later: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a plural only announces the meetings that the sentence then names: «لقاءات هذا الأسبوع، فتجتمع …»."""
    head, placed = sighting.head, sighting.day
    vague = placed is None or placed.mention.grain not in ("day", "days")
    return vague and head.plural and any(h.sentence == head.sentence and o.owner == "ours" for h, o in later)

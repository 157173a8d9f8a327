"""Read one place of an article that names a meeting of ours: what its own sentence says about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.claims import Sighting
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.convening import Ownership, group_features
from pipelines.meetings.counts import Count
from pipelines.meetings.document import Document, PlacedDate
from pipelines.meetings.heads import Head
from pipelines.meetings.level import RANKS, features_in, has_theme, names_level, phrase_end, rank_of_peers
from pipelines.meetings.slots import Slots
from pipelines.meetings.status import Tense, fate, speaks_of_fate, tense_of
from pipelines.meetings.weekdays import Direction, settle_weekday
from pipelines.meetings.words import rx, word

_GENERIC = word(lexicon.GENERIC, "[وفب]?")
_PREVIOUS = word(lexicon.LAST, "[وف]?[بل]?")
_ANOTHER = rx(rf"^\W*(?:\w+ )?(?:{lexicon.ANOTHER})(?!\w)")
_CALLED_FOR = word(lexicon.CALLED_FOR, "[وف]?")
IN_SERIES = rx(rf" (?:\w+ )?(?:{lexicon.SERIES})(?!\w)")
_INVITED = word(lexicon.INVITED, "[وف]?")
_NEGATED = rx(rf"(?<!\w)[وف]?(?:{lexicon.NEGATED})(?: (?!{lexicon.EXCEPT}(?!\w))\w+){{0,3}} ?$")
_NOT_HELD = rx(rf"(?<!\w)[وف]?{lexicon.NOT_HELD}(?: \w+){{0,3}} ?(?:ل|لل)?$")
_DENIED = rx(rf"(?<!\w)[وف]?{lexicon.DENIED}")
RECENT_DAYS = 60
_QUALIFIERS = frozenset({"small", "full", "regional", "joint"})
_OF_MINISTERS = frozenset({"foreign", "defence", "hint_foreign", "hint_defence"})
_NEAR = 60
_THEME_WITHIN = 60
# Where a weekday lies from the day of the report, by the tense of its meeting.
_DIRECTION: dict[Tense, Direction] = {"future": 1, "present": 1, "began": -1, "past": -1, "none": 0}


def read_sighting(
    document: Document,
    head: Head,
    ownership: Ownership,
    territory: tuple[int, int],
    clauses: Clauses,
    slots: Slots,
) -> Sighting | None:
    """Read day, place, rank, number, host and tense of `head` from its stretch of the sentence.

    None when the words speak of meetings in general («لقاءات على نحو متكرر») or deny one («لم يعقد أي اجتماع»).
    """
    source = document.source
    if ownership.owner == "ours":
        head = replace(head, name_end=min(ownership.name_end, territory[1]))
    placed = slots.day(head, territory)
    spoken = slots.spoken_from(head, territory[0])
    tense = _tense(source, head, territory, spoken)
    if placed is not None:
        ahead = slots.is_still_to_come(head, placed, territory[0])
        direction: Direction = 1 if ahead else -1 if spoken is not None else _DIRECTION[tense]
        placed = settle_weekday(document, placed, direction, sure=spoken is not None)
    clause_start, clause_end = clauses.around(head)
    statement = (max(territory[0], clause_start), min(territory[1], clause_end))
    lead = source[max(statement[0], head.outer - 160) : head.outer]
    tail = source[head.end : statement[1]]
    vague = placed is None or placed.mention.grain == "year"
    if vague and _is_generic(head, lead, tail, dated=placed is not None):
        return None
    fated = fate(source[territory[0] : head.outer], source[head.end : territory[1]])
    if placed is None and head.kind == "audience":
        return None
    not_held = (_NOT_HELD if head.definite else _NEGATED).search(lead[-35:]) is not None
    denied = not head.definite and _DENIED.search(lead) is not None and not speaks_of_fate(lead)
    if (not_held or denied) and fated is None:  # «لن يعقد …، فقد تقرر تأجيله» is no denial
        return None
    start = ownership.name_start if ownership.name_start is not None else head.start
    name_end = max(head.end, min(ownership.name_end, territory[1]))
    if ownership.owner == "anaphor" or name_end == head.end:
        name_end = phrase_end(source, head.end, min(head.end + 40, territory[1])) or head.end
    called = (
        _CALLED_FOR.search(lead[-_NEAR:]) is not None
        and not _INVITED.search(lead[-25:])
        and not head.definite
    )
    place = slots.place(head, territory)
    if place.country is None and placed is not None and spoken is not None and placed.start < territory[0]:
        place = slots.place(head, document.sentence_of(placed.start))
    if place.country is None and spoken is not None:
        place = slots.place_of_saying(head, territory[0])
    return Sighting(
        head=head,
        start=start,
        end=name_end,
        anaphor=ownership.owner == "anaphor",
        day=placed,
        place=place,
        features=_features(document, head, territory, statement, (start, name_end), ownership.subject)
        | _of_the_noun(head)
        | _theme(source, start, name_end, statement[1]),
        named=features_in(source[start:name_end]),
        counts=_counts_of_then(slots.counts(head, territory), placed, document.published),
        host=slots.host(head, territory),
        tense=tense,
        fate=fated,
        previous=_PREVIOUS.search(lead[-12:] + " • " + tail[:40].split("،")[0]) is not None,
        other=_ANOTHER.search(tail) is not None and not head.definite,
        called_for=called,
        in_series=head.kind != "noun" or not head.definite or IN_SERIES.match(tail) is not None,
        in_title=document.in_title(head.start),
        confidence=ownership.confidence,
    )


def _tense(source: str, head: Head, territory: tuple[int, int], spoken: int | None) -> Tense:
    """Read the tense round a meeting; what was said at it has a tense of its own."""
    start = territory[0] if spoken is None else spoken
    tense = tense_of(
        source[start : head.end if head.kind != "noun" else head.outer], source[head.end : territory[1]]
    )
    return "past" if spoken is not None and tense == "none" else tense


def _counts_of_then(
    counts: tuple[Count, ...], day: PlacedDate | None, published: date | None
) -> tuple[Count, ...]:
    """Drop a number told in the present of a meeting long past: it is the coalition's size now, not then."""
    if day is None or published is None or day.mention.last is None:
        return counts
    return tuple(
        count for count in counts if not count.current or (published - day.mention.last).days <= RECENT_DAYS
    )


def _of_the_noun(head: Head) -> frozenset[str]:
    return frozenset({"leaders"}) if head.lemma == "summit" else frozenset()


def _theme(source: str, start: int, name_end: int, end: int) -> frozenset[str]:
    told = has_theme(source[start : min(end, name_end + _THEME_WITHIN)])
    return frozenset({"theme"}) if told else frozenset()


def _features(
    document: Document,
    head: Head,
    territory: tuple[int, int],
    statement: tuple[int, int],
    name: tuple[int, int],
    subject: tuple[int, int] | None,
) -> frozenset[str]:
    """Read the rank from the words that name the meeting, else from its own stretch, its subject, or «المجموعة».

    «دعت إلى إنشاء مجموعة عمل خلال [اجتماع وزراء خارجية التحالف]» is of ministers, whatever else the sentence speaks of.
    """
    source = document.source
    start = document.sentences[head.sentence][0]
    peers = rank_of_peers(source, *statement)
    if peers is not None:
        return peers
    said = features_in(source[slice(*territory)])
    convened_by = features_in(source[slice(*subject)]) if subject else frozenset()
    if convened_by & RANKS and not names_level(source[slice(*territory)]):
        return convened_by | (said & _QUALIFIERS)
    named = features_in(source[slice(*name)])
    is_named = head.kind == "noun" and named & (RANKS | {"ministerial"})
    if is_named and not names_level(source[slice(*territory)]):
        return named | (said & (_QUALIFIERS if named & RANKS else _QUALIFIERS | _OF_MINISTERS))
    if said & (RANKS | {"ministerial", "small", "full"}):
        return said | (group_features(source, *territory) & {"small"})
    return said | group_features(source, start, territory[1]) or said | features_in(
        source[start : head.outer]
    )


def _is_generic(head: Head, lead: str, tail: str, *, dated: bool) -> bool:
    """Tell whether a meeting without a day is one in general: «لقاءات على نحو متكرر», «كان يجتمع بوتيرة أسرع عام 2016»."""
    if dated:
        return head.kind == "verb" and _GENERIC.search(tail[:_NEAR]) is not None
    if _GENERIC.search(lead[-30:]) or _GENERIC.search(tail[:120]):
        return True
    return head.plural and head.lemma != "talks"

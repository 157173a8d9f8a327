"""Where outlets differ about one meeting: one row for each value of a field, with who says it and in which sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from crawler.items import Level
from pipelines.meetings.link import DAY_GRAINS, NEAR
from pipelines.meetings.model import Claim, Disagreement, Meeting

# Two descriptions of one gathering, no contradiction: a joint ministerial is one of foreign and of defence ministers, a
# working group may sit as political directors, a Small Group ministerial is a meeting of foreign ministers.
SAME_GATHERING = (
    frozenset({"ministerial_joint", "ministerial_foreign_full"}),
    frozenset({"ministerial_joint", "ministerial_defence"}),
    frozenset({"ministerial_foreign_full", "ministerial_foreign_small_group"}),
    frozenset({"political_directors", "working_group"}),
)
# «بمشاركة 68 دولة» may count the members or those who came; farther than this below the greatest number, those who came.
SAME_COUNT_WITHIN = 10


def disagreements_of(meeting: Meeting, claims: Iterable[Claim]) -> list[Disagreement]:
    """List every value of every field in which claims differ from each other or from the known meeting.

    A known value that no outlet gives stands as a row without outlets. Announced and later held is no disagreement.
    """
    claims = list(claims)
    rows = _rows(meeting, "date", _dates(meeting, claims))
    rows += _rows(meeting, "city", _cities(meeting, claims))
    rows += _rows(meeting, "level", _levels(meeting, claims))
    sizes = _sizes(meeting, claims)
    known = meeting.member_count if meeting.known else None
    rows += _rows(meeting, "member_count", _numbers(claims, sizes, known))
    rows += _rows(meeting, "participants", _numbers(claims, _attendances(claims, sizes)))
    rows += _rows(meeting, "status", _statuses(claims))
    return rows


Values = dict[str, list[Claim]]


def _rows(meeting: Meeting, field: str, values: Values) -> list[Disagreement]:
    return [
        Disagreement(
            meeting.id,
            field,
            value,
            tuple(sorted({claim.outlet for claim in said})),
            tuple(sorted({claim.mention.sentence for claim in said})),
        )
        for value, said in sorted(values.items())
        if len(values) > 1
    ]


def _collect(claims: Iterable[Claim], value: Callable[[Claim], str | None]) -> Values:
    values: Values = {}
    for claim in claims:
        said = value(claim)
        if said is not None:
            values.setdefault(said, []).append(claim)
    return values


def _dates(meeting: Meeting, claims: list[Claim]) -> Values:
    """Compare days; a day within the known days, or a month round them, differs from nothing."""
    known = _interval(meeting.first, meeting.last)

    def value(claim: Claim) -> str | None:
        m = claim.mention
        if m.first is None or m.last is None or meeting.first is None or meeting.last is None:
            return None
        if m.first <= meeting.last and meeting.first <= m.last:
            return known if m.grain in DAY_GRAINS else None
        return _interval(m.first, m.last)

    values = _collect(claims, value)
    if meeting.known and any(said != known for said in values):
        values.setdefault(known, [])
    return values


def _interval(first: object, last: object) -> str:
    return str(first) if first == last else f"{first}/{last}"


def _cities(meeting: Meeting, claims: list[Claim]) -> Values:
    def value(claim: Claim) -> str | None:
        city = claim.mention.city
        return meeting.city if city and frozenset({city, meeting.city}) in NEAR else city

    values = _collect(claims, value)
    if meeting.known and meeting.city and any(said != meeting.city for said in values):
        values.setdefault(meeting.city, [])
    return values


def _levels(meeting: Meeting, claims: list[Claim]) -> Values:
    def value(claim: Claim) -> str | None:
        level: Level = claim.mention.level
        if level == "unknown" or "other" in (level, meeting.level):
            return None
        return meeting.level if frozenset({level, meeting.level}) in SAME_GATHERING else level

    values = _collect(claims, value)
    if meeting.known and any(said != meeting.level for said in values):
        values.setdefault(meeting.level, [])
    return values


def _sizes(meeting: Meeting, claims: list[Claim]) -> dict[str, int]:
    """Give by claim the number that speaks of the coalition's size.

    Members stated do; «بمشاركة 68 دولة» does where it comes near the greatest number told or known, else it counts those
    who came.
    """
    told = {c.id: c.mention.member_count for c in claims if c.mention.member_count is not None}
    stated = {c.id for c in claims if c.mention.member_count != c.mention.participants}
    known = meeting.member_count if meeting.known else None
    greatest = max((*told.values(), known or 0), default=0)
    return {
        claim: number
        for claim, number in told.items()
        if claim in stated or greatest - number <= SAME_COUNT_WITHIN
    }


def _attendances(claims: list[Claim], sizes: Mapping[str, int]) -> dict[str, int]:
    """Give by claim how many take part, where that is another number than the coalition's size."""
    return {
        c.id: c.mention.participants
        for c in claims
        if c.mention.participants is not None and sizes.get(c.id) != c.mention.participants
    }


def _numbers(claims: list[Claim], numbers: Mapping[str, int], known: int | None = None) -> Values:
    values = _collect(claims, lambda claim: str(numbers[claim.id]) if claim.id in numbers else None)
    if known is not None and values:
        values.setdefault(str(known), [])
    told = sorted(map(int, values))
    return {said: those for said, those in values.items() if not _rounds_another(int(said), told)}


def _rounds_another(number: int, numbers: list[int]) -> bool:
    """Tell whether a round number only rounds a finer one: «أكثر من ثمانين» is said of 84."""
    return number % 10 == 0 and any(number < other < number + 10 for other in numbers)


def _statuses(claims: list[Claim]) -> Values:
    values = _collect(claims, lambda claim: claim.mention.status)
    return (
        {s: said for s, said in values.items() if s in ("held", "cancelled")}
        if {"held", "cancelled"} <= set(values)
        else {}
    )

"""From claims to meetings: pure, deterministic, and the same whatever order the claims come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypedDict, TypeVar

from crawler.items import Level, MeetingMention
from pipelines.lexicon.meetings import IN_AR, LEVEL_NAMES_AR
from pipelines.meetings.disagree import disagreements_of
from pipelines.meetings.known import KnownMeeting, load_known
from pipelines.meetings.link import NEAR, Decision, link
from pipelines.meetings.model import Claim, Disagreement, Meeting, Resolution
from pipelines.places import arabic_name

# How an id and a name call a level.
KIND: dict[Level, str] = {
    "leaders": "leaders",
    "ministerial_foreign_full": "ministerial",
    "ministerial_foreign_small_group": "small-group",
    "ministerial_joint": "joint-ministerial",
    "ministerial_defence": "defence",
    "chiefs_of_defence": "chiefs-of-defence",
    "political_directors": "political-directors",
    "working_group": "working-group",
    "ambassadors": "ambassadors",
    "other": "meeting",
    "unknown": "meeting",
}
NAME: dict[Level, str] = {
    "leaders": "Leaders' summit",
    "ministerial_foreign_full": "Foreign ministers",
    "ministerial_foreign_small_group": "Small Group foreign ministers",
    "ministerial_joint": "Foreign and defence ministers",
    "ministerial_defence": "Defence ministers",
    "chiefs_of_defence": "Chiefs of defence",
    "political_directors": "Political directors",
    "working_group": "Working group",
    "ambassadors": "Ambassadors",
    "other": "Meeting",
    "unknown": "Meeting",
}
T = TypeVar("T")


class _Tally(TypedDict):
    claims: int
    articles: int
    outlets: int
    first_report: str | None


@dataclass(slots=True)
class _Group:
    """Claims about one meeting."""

    claims: list[Claim] = field(default_factory=list)

    def accepts(self, claim: Claim) -> bool:
        return all(_agree(claim.mention, mine.mention) for mine in self.claims)


def resolve(claims: Sequence[Claim], known: Sequence[KnownMeeting] | None = None) -> Resolution:
    """Resolve an archive's claims into meetings, the meeting of each claim, and where outlets disagree.

    A claim goes to a known meeting when `pipelines.meetings.link` says so (it is asked anew, so an edited table counts);
    the others with a resolved day make meetings of their own. An undated claim makes none. `known` defaults to the
    project's table.
    """
    table = {meeting.id: meeting for meeting in (load_known() if known is None else known)}
    by_known: dict[str, list[Claim]] = {}
    free: list[Claim] = []
    decisions: dict[str, Decision] = {}
    for claim in sorted(claims, key=_order):
        decision = decisions[claim.id] = link(claim.mention, tuple(table.values()))
        if decision.known_id is not None:
            by_known.setdefault(decision.known_id, []).append(claim)
        elif claim.mention.first is not None:
            free.append(claim)
    meetings: list[Meeting] = []
    disagreements: list[Disagreement] = []
    meeting_of: dict[str, str] = {}
    for identity, group in sorted(by_known.items()):
        meetings.append(_known_meeting(table[identity], group))
        disagreements += disagreements_of(meetings[-1], group)
        meeting_of.update({claim.id: identity for claim in group})
    for meeting, group in _press_only(free, taken=set(table)):
        meetings.append(meeting)
        disagreements += disagreements_of(meeting, group)
        meeting_of.update({claim.id: meeting.id for claim in group})
    meetings.sort(key=lambda meeting: meeting.id)
    return Resolution(
        tuple(meetings),
        tuple(disagreements),
        MappingProxyType(dict(sorted(meeting_of.items()))),
        MappingProxyType(decisions),
    )


def _order(claim: Claim) -> tuple[date, str, str, str]:
    return (claim.published or date.min, claim.outlet, claim.article, claim.id)


def _known_meeting(known: KnownMeeting, claims: list[Claim]) -> Meeting:
    return Meeting(
        id=known.id,
        name=known.name_en,
        first=known.first,
        last=known.last,
        city=known.city,
        country=known.country,
        level=known.level,
        status=claims[-1].mention.status,
        member_count=known.member_count or _latest(c.mention.member_count for c in claims),
        host=known.host,
        known=True,
        name_ar=_name_ar(known.level, known.city),
        participants=_latest(c.mention.participants for c in claims),
        **_tally(claims),
    )


def _name_ar(level: Level, city: str | None) -> str:
    where = arabic_name(city) if city else None
    return f"{LEVEL_NAMES_AR[level]}{IN_AR}{where}" if where else LEVEL_NAMES_AR[level]


def _tally(claims: list[Claim]) -> _Tally:
    dated = [claim for claim in claims if claim.published is not None]
    return {
        "claims": len(claims),
        "articles": len({claim.article for claim in claims}),
        "outlets": len({claim.outlet for claim in claims}),
        "first_report": dated[0].article if dated else None,
    }


def _latest(values: Iterable[T | None]) -> T | None:
    last = None
    for value in values:
        last = value if value is not None else last
    return last


def _press_only(claims: list[Claim], taken: set[str]) -> list[tuple[Meeting, list[Claim]]]:
    """Group what no known meeting explains, the claims that say most first, so that the order of arrival plays no part."""
    groups: list[_Group] = []
    for claim in sorted(claims, key=_telling):
        fitting = [group for group in groups if group.accepts(claim)]
        vague = claim.mention.grain not in ("day", "days")
        if fitting and not (vague and len(fitting) > 1):
            fitting[0].claims.append(claim)
        else:
            groups.append(_Group([claim]))
    made: list[tuple[Meeting, list[Claim]]] = []
    for group in groups:
        meeting = _press_meeting(sorted(group.claims, key=_order), taken)
        taken.add(meeting.id)
        made.append((meeting, sorted(group.claims, key=_order)))
    return made


def _telling(claim: Claim) -> tuple[int, bool, bool, date, str, str, tuple[date, str, str, str]]:
    mention = claim.mention
    first, last = mention.first or date.min, mention.last or date.max
    return (
        (last - first).days,
        mention.city is None,
        mention.level == "unknown",
        first,
        mention.city or "",
        mention.level,
        _order(claim),
    )


def _agree(one: MeetingMention, other: MeetingMention) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    if one.first > other.last or other.first > one.last:
        return False
    near = frozenset({one.city, other.city}) in NEAR
    if one.city and other.city and one.city != other.city and not near:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    return one.level == other.level or "unknown" in (one.level, other.level)


def _press_meeting(claims: list[Claim], taken: set[str]) -> Meeting:
    chief = min(claims, key=_telling).mention
    said = [claim.mention.level for claim in claims if claim.mention.level != "unknown"]
    level: Level = said[0] if said else "unknown"
    city = next((c.mention.city for c in claims if c.mention.city), None)
    country = next((c.mention.country for c in claims if c.mention.country), None)
    return Meeting(
        id=_free_id(f"{_day_for_id(chief)}-{_slug(city or 'unknown place')}-{KIND[level]}", taken),
        name=", ".join(part for part in (NAME[level], city or country, _day_for_id(chief)) if part),
        first=chief.first,
        last=chief.last,
        city=city,
        country=country,
        level=level,
        status=claims[-1].mention.status,
        member_count=_latest(c.mention.member_count for c in claims),
        host=_latest(claim.mention.host for claim in claims),
        known=False,
        name_ar=_name_ar(level, city),
        participants=_latest(c.mention.participants for c in claims),
        **_tally(claims),
    )


def _day_for_id(mention: MeetingMention) -> str:
    """Give a day, month or year as an id begins with it, no finer than the claim."""
    assert mention.first is not None
    if mention.grain == "year":
        return f"{mention.first:%Y}"
    return (
        f"{mention.first:%Y-%m}"
        if mention.grain in ("month", "months", "quarter", "half")
        else mention.first.isoformat()
    )


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower().replace("'", "")).strip(
        "-"
    )


def _free_id(wanted: str, taken: set[str]) -> str:
    number, identity = 2, wanted
    while identity in taken:
        identity, number = f"{wanted}-{number}", number + 1
    return identity

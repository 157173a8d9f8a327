"""Link a claim to a known meeting, or say why not: day, level, place and host decide together, a day alone never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from crawler.items import Level, MeetingMention
from pipelines.meetings.known import KnownMeeting

INFERRED_SLACK = timedelta(days=1)  # a day that a source only implies may be one off
DAY_GRAINS = frozenset({"day", "days"})

# Places that reports name for one another: a base outside the capital, a palace outside the city.
NEAR = (
    frozenset({"Washington", "Joint Base Andrews"}),
    frozenset({"Washington", "Fort Belvoir"}),
    frozenset({"Rabat", "Skhirat"}),
)
# Levels that outlets give for one another in the reference's own cases: 23 March 2017 («مجموعة عمل», political directors),
# July 2016 (foreign ministers at a joint ministerial), November 2019 (a Small Group reported as «وزراء دول التحالف»).
LOOSE = (
    frozenset({"ministerial_joint", "ministerial_foreign_full"}),
    frozenset({"ministerial_joint", "ministerial_defence"}),
    frozenset({"ministerial_foreign_full", "ministerial_foreign_small_group"}),
    frozenset({"political_directors", "working_group"}),
    frozenset({"political_directors", "ministerial_foreign_small_group"}),
    frozenset({"other", "ministerial_foreign_full"}),
    frozenset({"other", "chiefs_of_defence"}),
)
# Levels at which the coalition has one meeting a day: for these another city is a contradiction, not another meeting.
ONE_A_DAY = frozenset(
    {
        "leaders",
        "ministerial_foreign_full",
        "ministerial_foreign_small_group",
        "ministerial_joint",
        "ministerial_defence",
    }
)
# Two of these in one month are told apart by nothing but their day: then several fit equally, and none is taken.
ONE_A_MONTH = frozenset({"political_directors", "chiefs_of_defence"})
# Months whose names are taken for one another, besides neighbours: آذار/أيار, كانون الأول/كانون الثاني of one year.
CONFUSABLE_MONTHS = (frozenset({3, 5}), frozenset({1, 12}))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a claim was linked to, and why in words."""

    known_id: str | None
    link: Literal["known", "disagrees", "none"]
    reason: str


def link(claim: MeetingMention, known: Sequence[KnownMeeting]) -> Decision:
    """Link `claim` to one of `known`; deterministic, and independent of the table's order.

    «known» when interval, level, place and host allow exactly one best meeting; «disagrees» when the claim fits none but is
    one digit, one month, one confusable month name or one city away from one; else «none». Nothing is corrected.
    """
    if claim.first is None or claim.last is None:
        return Decision(None, "none", "the claim has no resolved day")
    targets = sorted((k for k in known if k.status != "related"), key=lambda k: k.id)
    fitting = [(_score(claim, k), k) for k in targets if _same_time(claim, k) and _fits(claim, k)]
    if fitting:
        best = max(score for score, _ in fitting)
        top = [k for score, k in fitting if score == best]
        if len(top) == 1:
            return Decision(top[0].id, "known", _why(claim, top[0]))
        return Decision(None, "none", "several known meetings fit equally: " + ", ".join(k.id for k in top))
    return _near_miss(claim, targets) or Decision(None, "none", _why_none(claim, targets))


def _same_time(claim: MeetingMention, known: KnownMeeting) -> bool:
    assert claim.first is not None and claim.last is not None  # noqa: PT018 — link() has seen to it
    slack = INFERRED_SLACK if known.precision == "inferred" else timedelta(0)
    return claim.first <= known.last + slack and known.first - slack <= claim.last


def _fits(claim: MeetingMention, known: KnownMeeting) -> bool:
    place = _place(claim, known)
    level = _level(claim.level, known.level)
    if (
        place == "no"
        or level == "no"
        or (level == "loose" and place == "unsaid" and not _day_fits(claim, known))
    ):
        return False
    if place == "unsaid" and claim.level == "unknown":
        return False  # a date alone never decides
    if claim.level == "unknown" and not _day_fits(claim, known):
        return False
    vague = known.precision in ("month", "year") or not _day_fits(claim, known)
    placeless = _nowhere(known) or _is_the_months(claim, known)
    if vague and (level != "same" or place == "near" or (place == "unsaid" and not placeless)):
        return False
    if place == "unsaid" and claim.host and known.host:
        return claim.host in known.host.split("; ")
    return True


def _nowhere(known: KnownMeeting) -> bool:
    """Tell whether the table knows no place, so that the same level in the same month is all there is to compare."""
    return known.country is None and known.precision == "month"


def _is_the_months(claim: MeetingMention, known: KnownMeeting) -> bool:
    """Tell whether a claim that says a month and no place names a level of which a month hardly sees two."""
    return claim.grain == "month" and known.level in ONE_A_DAY | ONE_A_MONTH


def _day_fits(claim: MeetingMention, known: KnownMeeting) -> bool:
    return claim.grain in DAY_GRAINS and known.precision in ("day", "inferred")


def _place(claim: MeetingMention, known: KnownMeeting) -> Literal["same", "near", "country", "unsaid", "no"]:
    if claim.city and known.city:
        if claim.city == known.city:
            return "same"
        return "near" if frozenset({claim.city, known.city}) in NEAR else "no"
    if claim.country and known.country:
        return "country" if claim.country == known.country else "no"
    return "unsaid"


def _level(claim: Level, known: Level) -> Literal["same", "loose", "unknown", "no"]:
    if claim == known:
        return "same"
    if "unknown" in (claim, known):
        return "unknown"
    return "loose" if frozenset({claim, known}) in LOOSE else "no"


def _score(claim: MeetingMention, known: KnownMeeting) -> tuple[int, int, int, int]:
    place = {"same": 3, "near": 2, "country": 1, "unsaid": 0, "no": 0}[_place(claim, known)]
    level = {"same": 3, "loose": 2, "unknown": 1, "no": 0}[_level(claim.level, known.level)]
    day = {"day": 2, "inferred": 1}.get(known.precision, 0)
    host = int(bool(claim.host and known.host and claim.host in known.host.split("; ")))
    return (level + place, day, int(_exact(claim, known)), host)


def _exact(claim: MeetingMention, known: KnownMeeting) -> bool:
    return (claim.first, claim.last) == (known.first, known.last)


def _why(claim: MeetingMention, known: KnownMeeting) -> str:
    parts = ["same day" if _exact(claim, known) or claim.grain in DAY_GRAINS else "its days overlap"]
    if known.precision in ("month", "year"):
        parts = [f"within the {known.precision} known"]
    place = _place(claim, known)
    parts.append(
        {"same": "same city", "near": f"{claim.city} stands for {known.city}", "country": "same country"}.get(
            place, "no place to compare"
        )
    )
    level = _level(claim.level, known.level)
    parts.append(
        {"same": "same level", "unknown": "level not said"}.get(
            level, f"{claim.level} goes with {known.level}"
        )
    )
    return ", ".join(parts)


def _why_none(claim: MeetingMention, targets: Sequence[KnownMeeting]) -> str:
    there = [k for k in targets if _same_time(claim, k)]
    if not there:
        return "no known meeting on these days"
    return "known meetings on these days differ in level or place: " + ", ".join(k.id for k in there[:4])


def _near_miss(claim: MeetingMention, targets: Sequence[KnownMeeting]) -> Decision | None:
    """Find the one known meeting a claim is a slip away from, the likelier kind of slip first."""
    if claim.level == "unknown" or claim.grain not in DAY_GRAINS:
        return None
    found: list[tuple[int, str, str]] = []
    for known in targets:
        if known.precision != "day" or _level(claim.level, known.level) not in ("same", "loose"):
            continue
        slip = _slip(claim, known)
        if slip is not None:
            loose = 0 if claim.level == known.level else 1
            found.append((slip[0] * 2 + loose, known.id, slip[1]))
    if not found:
        return None
    best = min(rank for rank, _, _ in found)
    top = [(identity, reason) for rank, identity, reason in found if rank == best]
    return Decision(top[0][0], "disagrees", top[0][1]) if len(top) == 1 else None


def _slip(claim: MeetingMention, known: KnownMeeting) -> tuple[int, str] | None:
    assert claim.first is not None
    there = f"{known.id} was on {known.first}"
    place = _place(claim, known)
    if place == "no":
        if (
            claim.level in ONE_A_DAY
            and claim.level == known.level
            and _exact(claim, known)
            and claim.city
            and known.city
        ):
            return 4, f"same day and level, but {known.id} was in {known.city}, not {claim.city}"
        return None
    if place != "same":
        return None
    a, b = claim.first, known.first
    if claim.last != claim.first and (claim.last or a) - a != known.last - known.first:
        return None
    return _date_slip(a, b, there)


def _date_slip(a: date, b: date, there: str) -> tuple[int, str] | None:
    """Say what slip turns day `b` into day `a`: one month, one digit of the day, one digit of the year; None if none does."""
    if a.year == b.year and a.day == b.day:
        if abs(a.month - b.month) == 1:
            return 1, f"{there}: same day of the month, one month away"
        if frozenset({a.month, b.month}) in CONFUSABLE_MONTHS:
            return 1, f"{there}: same day of two months whose names are confused"
    if (
        a.year == b.year
        and a.month == b.month
        and (abs(a.day - b.day) == 1 or _one_digit(f"{a.day:02}", f"{b.day:02}"))
    ):
        return 2, f"{there}: one digit of the day away"
    if a.day == b.day and a.month == b.month and _one_digit(str(a.year), str(b.year)):
        return 3, f"{there}: same day and month, one digit of the year away"
    return None


def _one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) == 1

"""What a mention is read against, and the form of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.items import Grain
from pipelines.dates.interval import Interval
from pipelines.dates.lexicon import Unit
from pipelines.dates.tense import Tense

NO_REFERENCE = "the day of writing is not known"
NO_EARLIER = "the text gives no earlier date to look back to"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention is read against: the day of writing, the text's last date, the tense of the clause."""

    day: date | None
    source: str  # published, dateline
    previous: Interval | None = None
    month: Interval | None = None  # what «الشهر نفسه» and «منه» look back to
    tense: Tense | None = None

    @property
    def anchor(self) -> str | None:
        """Name the day of writing and where it comes from."""
        return f"{self.source} {self.day.isoformat()}" if self.day else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days of a mention and how they were found."""

    days: Interval | None
    grain: Grain
    rule: str
    anchor: str | None
    review: str | None = None
    modifier: str | None = None


def unresolved(grain: Grain, rule: str, reason: str, anchor: str | None = None) -> Resolved:
    """Give an answer that stays open, with the reason."""
    return Resolved(None, grain, rule, anchor, reason)


def earlier(ref: Reference, unit: Unit) -> Interval | None:
    """Give the date that «اليوم التالي» or «الشهر نفسه» looks back to; for a month, the last that was named with one."""
    return ref.month if unit == "month" else ref.previous


def previous_anchor(days: Interval | None) -> str:
    """Name the text's earlier date as an anchor."""
    return f"previous date {days.value}" if days else ""


GRAINS: dict[str, Grain] = {"hour": "day", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century"}  # fmt: skip


MANY_GRAINS: dict[str, Grain] = {
    "day": "days",
    "week": "days",
    "month": "months",
    "year": "years",
    "decade": "years",
    "century": "years",
}

"""When an outlet is due again, from what its last run showed: pure functions of what runs and sources left behind.

A feed shows the latest items only. When most of them are new to us, others came and went unseen between two polls;
when all of them are known, poll after poll, we ask more often than anybody writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapy.settings import BaseSettings

TOO_RARE = 1 / 3  # share of items known from earlier polls under which something may have been missed
TOO_FREQUENT = 0.9
FULL_POLLS = 3  # polls in a row that showed next to nothing new, after which the pause grows
FASTER, SLOWER = 0.5, 1.5
LONGEST_PENANCE = timedelta(days=1)  # between two tries of an outlet that fails


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often an outlet may be polled."""

    usual: timedelta  # until something is known of it
    shortest: timedelta
    longest: timedelta

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Bounds:
        """Take SWEEP_INTERVAL, SWEEP_SHORTEST and SWEEP_LONGEST, in seconds."""
        names = ("SWEEP_INTERVAL", "SWEEP_SHORTEST", "SWEEP_LONGEST")
        return cls(*(timedelta(seconds=settings.getfloat(name)) for name in names))


@dataclass(frozen=True, slots=True)
class Pace:
    """How often an outlet is polled."""

    every: timedelta
    full_polls: int = 0  # in a row that showed next to nothing new


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run decided about the next one."""

    pace: Pace
    due: datetime


def next_pace(pace: Pace | None, overlap: float | None, bounds: Bounds, least: float = TOO_RARE) -> Pace:
    """Choose the pause before the next poll.

    `pace`: the one before, None at first; `overlap`: the share of its feed's items that were known before this run,
    None when that can't be told; `least`: the share under which polls are too rare.
    """
    every, full = (pace.every, pace.full_polls) if pace else (bounds.usual, 0)
    if overlap is not None and overlap < least:
        every, full = every * FASTER, 0
    elif overlap is not None and overlap >= TOO_FREQUENT:
        full += 1
        if full >= FULL_POLLS:
            every, full = every * SLOWER, 0
    elif overlap is not None:
        full = 0
    return Pace(min(max(every, bounds.shortest), bounds.longest), full)


def next_run(
    pace: Pace,
    bounds: Bounds,
    started: datetime,
    failures: int = 0,
    *,
    revisit: datetime | None = None,
    asked_to_wait: datetime | None = None,
) -> datetime:
    """Return when an outlet is due again.

    `failures`: runs in a row that failed, this one included: each doubles the pause, up to a day. `revisit`: when the
    first of its articles is to be looked at again: after a run that did well the next one comes forward for it, down
    to the shortest pause. `asked_to_wait`: until when its server wants to be left alone.
    """
    if failures:
        due = started + min(pace.every * (1 << min(failures, 10)), max(LONGEST_PENANCE, pace.every))
    else:
        due = started + pace.every
        if revisit is not None:
            due = min(due, max(revisit, started + bounds.shortest))
    return max(due, asked_to_wait) if asked_to_wait else due

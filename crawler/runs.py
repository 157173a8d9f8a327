"""One run of one outlet: what it counted, what that means, and its row in `crawls`.

A run that yields nothing because something went wrong is never green, and what went wrong has a word: an outage is the
server's, being blocked is its will, broken is ours to mend; quiet is no fault at all.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from crawler.outlets.model import Outlet

RunStatus = Literal["running", "healthy", "quiet", "outage", "blocked", "broken", "interrupted", "killed"]
FEW_ASTRAY = (
    3  # soft 404s and redirects to the front page are usual in ones and twos; more of them are a wall
)
FAILED: frozenset[RunStatus] = frozenset({"outage", "blocked", "broken", "interrupted"})


@dataclass(slots=True)
class Tally:
    """What a run has met so far; the only mutable thing here."""

    found: int = 0  # new addresses
    listed: int = 0  # different articles the sources named, known ones too
    fetched: int = 0  # pages handed on
    unchanged: int = 0  # articles that answered 304
    gone: int = 0
    skipped: int = 0
    failed: int = 0
    blocked: int = 0
    astray: int = 0  # of those gone or skipped: soft 404s and redirects to the front page
    read: int = 0  # sources read in full
    same: int = 0  # sources that answered 304
    out: list[str] = field(default_factory=list)  # sources that did not answer, with the reason
    refused: list[str] = field(default_factory=list)  # sources that refused us
    wrong: list[str] = field(default_factory=list)  # sources that answered with something else
    errors: list[str] = field(default_factory=list)  # exceptions in our own code
    walls: list[str] = field(default_factory=list)  # what came instead of pages, each time


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    status: RunStatus
    reason: str = ""

    @property
    def is_failure(self) -> bool:
        """Say whether nobody may take this run for a success."""
        return self.status in FAILED


def judge(outlet: Outlet, tally: Tally, closed: str) -> Outcome:
    """Judge a finished run by its counts.

    `closed`: the reason Scrapy gives for closing the spider; "finished" is the usual one.
    """
    troubles = [*tally.wrong, *tally.refused, *tally.out]
    more = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
    trouble = f"{troubles[0]}{more}" if troubles else ""
    pages = tally.fetched + tally.unchanged
    if tally.errors:
        return Outcome("broken", tally.errors[0])
    if closed == "shutdown":
        return Outcome("interrupted", "stopped before it was done; what was in flight is fetched next time")
    if not tally.read + tally.same and troubles:
        return Outcome("broken" if tally.wrong else "blocked" if tally.refused else "outage", trouble)
    if tally.read and not tally.same and not tally.listed and not pages:
        return Outcome("broken", trouble or "the sources answered, but named no article: is `article` right?")
    none = f"none of {tally.failed + tally.blocked} pages could be fetched"
    away = tally.blocked + (tally.astray if tally.astray >= FEW_ASTRAY else 0)
    met = pages + tally.gone + tally.skipped + tally.failed + tally.blocked
    if away * 2 > met:
        wall = f"{away} of {met} pages were refused or led elsewhere" if pages + tally.gone else none
        if tally.walls:
            wall += f"; {Counter(tally.walls).most_common(1)[0][0]}"
        return Outcome("blocked", trouble if tally.refused else wall)
    if tally.failed + tally.blocked and not pages + tally.gone:
        return Outcome("outage", trouble or none)
    if not pages:
        return Outcome("quiet", trouble or "nothing new")
    if not tally.same and outlet.expect.articles and tally.listed < outlet.expect.articles[0]:
        least = outlet.expect.articles[0]
        return Outcome("quiet", f"the sources named {tally.listed} articles; at least {least} are expected")
    return Outcome("healthy", trouble)


def open_run(connection: sqlite3.Connection, outlet: str, now: datetime) -> int:
    """Begin the row of a run and return its id; runs that never ended are marked as killed."""
    connection.execute(
        "UPDATE crawls SET status = 'killed' WHERE outlet = ? AND status = 'running'", (outlet,)
    )
    row = connection.execute(
        "INSERT INTO crawls (outlet, started, status) VALUES (?, ?, 'running') RETURNING id",
        (outlet, now.isoformat(timespec="seconds")),
    ).fetchone()
    return int(row[0])


def close_run(
    connection: sqlite3.Connection, run: int, tally: Tally, outcome: Outcome, now: datetime
) -> None:
    """Finish the row of a run."""
    connection.execute(
        """UPDATE crawls SET finished = ?, status = ?, found = ?, fetched = ?, unchanged = ?, failed = ?, reason = ?
           WHERE id = ?""",
        (
            now.isoformat(timespec="seconds"),
            outcome.status,
            tally.found,
            tally.fetched,
            tally.unchanged,
            tally.failed + tally.blocked,
            outcome.reason or None,
            run,
        ),
    )


def is_due(connection: sqlite3.Connection, outlet: str, now: datetime, every: float) -> bool:
    """Say whether an outlet's last finished run began longer ago than `every` seconds, or there was none."""
    row = connection.execute(
        "SELECT max(started) FROM crawls WHERE outlet = ? AND finished IS NOT NULL", (outlet,)
    ).fetchone()
    return row[0] is None or (now - datetime.fromisoformat(row[0])).total_seconds() >= every

"""The rows of `crawls`: one a run, with what it came to and when the outlet is due again."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from crawler.figures import figures
from crawler.outlets.model import Outlet
from crawler.overlap import Overlap
from crawler.runs import Outcome, Tally
from crawler.schedule import TOO_RARE, Bounds, Pace, Plan, next_pace, next_run


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
    connection: sqlite3.Connection, run: int, tally: Tally, outcome: Outcome, plan: Plan, now: datetime
) -> None:
    """Finish the row of a run."""
    seen = figures(tally.looks)
    row = {
        "finished": now.isoformat(timespec="seconds"),
        "status": outcome.status,
        "found": tally.found,
        "fetched": tally.fetched,
        "unchanged": tally.unchanged,
        "failed": tally.failed + tally.blocked,
        "reason": outcome.reason or None,
        "pages": seen.pages,
        "titled": seen.title,
        "dated": seen.date,
        "with_text": seen.body,
        "length": seen.length,
        "arabic": seen.arabic,
        "newest": tally.newest.isoformat() if tally.newest else None,
        "overlap": tally.overlap.share if tally.overlap else None,
        "every": round(plan.pace.every.total_seconds()),
        "full_polls": plan.pace.full_polls,
        "next_due": plan.due.isoformat(timespec="seconds"),
    }
    sets = ", ".join(f"{name} = ?" for name in row)
    connection.execute(f"UPDATE crawls SET {sets} WHERE id = ?", (*row.values(), run))  # noqa: S608


def plan_next(
    connection: sqlite3.Connection,
    outlet: Outlet,
    overlap: Overlap | None,
    outcome: Outcome,
    started: datetime,
    bounds: Bounds,
    *,
    revisit: datetime | None,
    asked_to_wait: datetime | None,
) -> Plan:
    """Decide how often an outlet is polled from now on, and when next; a run that somebody stopped is due at once."""
    least = outlet.expect.overlap or TOO_RARE
    pace = next_pace(last_pace(connection, outlet.id), overlap.share if overlap else None, bounds, least)
    if outcome.status == "interrupted":
        return Plan(pace, started)
    if outcome.is_failure:
        failures = failures_in_a_row(connection, outlet.id) + 1
        return Plan(pace, next_run(pace, bounds, started, failures, asked_to_wait=asked_to_wait))
    return Plan(pace, next_run(pace, bounds, started, revisit=revisit))


def last_pace(connection: sqlite3.Connection, outlet: str) -> Pace | None:
    """Return how often an outlet is polled by what its last run decided; None when none has."""
    row = connection.execute(
        "SELECT every, full_polls FROM crawls WHERE outlet = ? AND every IS NOT NULL ORDER BY id DESC LIMIT 1",
        (outlet,),
    ).fetchone()
    return Pace(timedelta(seconds=row[0]), row[1]) if row else None


def failures_in_a_row(connection: sqlite3.Connection, outlet: str) -> int:
    """Count the runs of an outlet that failed since one did not; those that did not end by themselves are passed over."""
    query = """SELECT count(*) FROM crawls WHERE outlet = :outlet AND status IN ('outage', 'blocked', 'broken')
               AND id > (SELECT coalesce(max(id), 0) FROM crawls
                         WHERE outlet = :outlet AND status IN ('healthy', 'quiet'))"""
    return int(connection.execute(query, {"outlet": outlet}).fetchone()[0])


def is_due(connection: sqlite3.Connection, outlet: str, now: datetime, usual: timedelta) -> bool:
    """Say whether an outlet is due: by what its last finished run decided, or, before there was one that did, `usual`."""
    row = connection.execute(
        "SELECT started, next_due FROM crawls WHERE outlet = ? AND finished IS NOT NULL ORDER BY id DESC LIMIT 1",
        (outlet,),
    ).fetchone()
    if row is None:
        return True
    due = datetime.fromisoformat(row[1]) if row[1] else datetime.fromisoformat(row[0]) + usual
    return now >= due

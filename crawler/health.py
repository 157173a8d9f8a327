"""The health of each outlet, from the rows of `crawls`: which of them need a person, and for what.

One outage passes by itself, and so does a refusal; several in a row do not. Silence is judged too: an outlet that has
had nothing new for a week, and a schedule that no longer runs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

PATIENCE = 3  # outages, refusals or broken-off runs in a row before a person is asked
SILENCE = timedelta(days=7)  # without a new address
STALE = timedelta(days=2)  # without a run
GREEN = ("healthy", "quiet")


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `crawls`."""

    outlet: str
    started: datetime  # aware, UTC
    status: str
    found: int  # new addresses
    fetched: int
    failed: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How an outlet is doing."""

    outlet: str
    status: str  # of its last run that ended, or "never"
    last_run: datetime | None = None
    in_a_row: int = 0  # runs that ended so, the last one included
    last_green: datetime | None = None
    last_new: datetime | None = None  # when a run last found a new address
    found: int = 0
    fetched: int = 0
    failed: int = 0
    reason: str = ""
    needs: str | None = None  # what a person should look at; None when nobody is needed


def read_runs(connection: sqlite3.Connection) -> dict[str, list[Run]]:
    """Read the runs of every outlet, the latest first; those still under way are left out."""
    runs: dict[str, list[Run]] = {}
    rows = connection.execute(
        """SELECT outlet, started, status, found, fetched, failed, coalesce(reason, '') FROM crawls
           WHERE status <> 'running' ORDER BY started DESC, id DESC"""
    )
    for outlet, started, *rest in rows:
        runs.setdefault(outlet, []).append(Run(outlet, datetime.fromisoformat(started), *rest))
    return runs


def assess(outlet: str, runs: Sequence[Run], now: datetime, *, sample: bool = False) -> Health:
    """Judge an outlet by its runs, the latest first.

    `sample`: an invented outlet, which may be silent for as long as it likes.
    """
    if not runs:
        return Health(outlet, "never", reason="not collected yet")
    last = runs[0]
    in_a_row = next((number for number, run in enumerate(runs) if run.status != last.status), len(runs))
    last_new = next((run.started for run in runs if run.found), None)
    return Health(
        outlet=outlet,
        status=last.status,
        last_run=last.started,
        in_a_row=in_a_row,
        last_green=next((run.started for run in runs if run.status in GREEN), None),
        last_new=last_new,
        found=last.found,
        fetched=last.fetched,
        failed=last.failed,
        reason=last.reason,
        needs=_failing(last, in_a_row) or (None if sample else _silent(runs, last_new, now)),
    )


def _failing(last: Run, in_a_row: int) -> str | None:
    if last.status == "broken":
        return "mend it: the declaration, or our code, no longer fits what the outlet sends"
    if last.status not in GREEN and in_a_row >= PATIENCE:
        return f"{last.status} {in_a_row} times in a row"
    return None


def _silent(runs: Sequence[Run], last_new: datetime | None, now: datetime) -> str | None:
    if now - runs[0].started > STALE:
        return f"no run since {runs[0].started:%Y-%m-%d %H:%M} UTC: does the schedule still run?"
    since = last_new or runs[-1].started
    if now - since > SILENCE:
        return f"nothing new since {since:%Y-%m-%d}: has the outlet moved?"
    return None


def table(healths: Iterable[Health]) -> list[str]:
    """Lay healths out as lines of text, those that need a person first."""
    rows: list[tuple[str, ...]] = [
        ("outlet", "status", "last run (UTC)", "new", "fetched", "failed", "last new", "what and why")
    ]
    for one in sorted(healths, key=lambda health: (health.needs is None, health.outlet)):
        why = "; ".join(part for part in (one.needs and f"! {one.needs}", one.reason) if part)
        rows.append(
            (
                one.outlet,
                f"{one.status} ×{one.in_a_row}" if one.in_a_row > 1 else one.status,
                f"{one.last_run:%Y-%m-%d %H:%M}" if one.last_run else "—",
                *(str(number) if one.last_run else "—" for number in (one.found, one.fetched, one.failed)),
                f"{one.last_new:%Y-%m-%d}" if one.last_new else "—",
                why,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def as_json(health: Health) -> Mapping[str, str | int | None]:
    """Turn a health into plain values; moments are ISO 8601."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(health).items()
    }

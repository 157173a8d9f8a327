"""The health of each outlet, from the rows of `crawls`: which of them need a person, and for what.

One outage passes by itself, and so does a refusal; several in a row do not. Silence is judged too: an outlet that has
had nothing new for a week, a feed that shows more between two polls than we see of it, a schedule that no longer runs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from crawler.figures import percent
from crawler.outlets.model import Outlet
from crawler.schedule import TOO_RARE

PATIENCE = 3  # outages, refusals or broken-off runs in a row before a person is asked
SILENCE = timedelta(days=7)  # without a new address, unless the declaration says otherwise
STALE = timedelta(days=2)  # without a run
FINE = ("healthy", "quiet")  # nobody is needed; only the first of them is green


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `crawls`; shares are 0 to 1, and what was not known then is None."""

    outlet: str
    started: datetime  # aware, UTC
    status: str
    found: int  # new addresses
    fetched: int
    failed: int
    reason: str = ""
    pages: int | None = None  # read in full, which the shares behind it are of
    titled: float | None = None
    dated: float | None = None
    with_text: float | None = None
    length: int | None = None  # median characters
    arabic: float | None = None
    newest: str | None = None  # the day of the newest item that was new
    overlap: float | None = None  # of what its feed showed, the share that was known
    next_due: str | None = None  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Health:
    """How an outlet is doing."""

    outlet: str
    status: str  # of its last run that ended, or "never"
    last_run: datetime | None = None
    in_a_row: int = 0  # runs that ended so, the last one included
    last_green: datetime | None = None  # when a run last brought something, and what was expected
    last_new: datetime | None = None  # when a run last found a new address
    last: Run | None = None  # with the figures
    reason: str = ""
    needs: str | None = None  # what a person should look at; None when nobody is needed


def read_runs(connection: sqlite3.Connection) -> dict[str, list[Run]]:
    """Read the runs of every outlet, the latest first; those still under way are left out."""
    runs: dict[str, list[Run]] = {}
    rows = connection.execute(
        """SELECT outlet, started, status, found, fetched, failed, coalesce(reason, ''), pages, titled, dated,
             with_text, length, arabic, newest, overlap, next_due FROM crawls
           WHERE status <> 'running' ORDER BY started DESC, id DESC"""
    )
    for outlet, started, *rest in rows:
        runs.setdefault(outlet, []).append(Run(outlet, datetime.fromisoformat(started), *rest))
    return runs


def assess(outlet: Outlet, runs: Sequence[Run], now: datetime) -> Health:
    """Judge an outlet by its runs, the latest first. A sample outlet may be silent for as long as it likes."""
    if not runs:
        return Health(outlet.id, "never", reason="not collected yet")
    last = runs[0]
    in_a_row = next((number for number, run in enumerate(runs) if run.status != last.status), len(runs))
    last_new = next((run.started for run in runs if run.found), None)
    return Health(
        outlet=outlet.id,
        status=last.status,
        last_run=last.started,
        in_a_row=in_a_row,
        last_green=next((run.started for run in runs if run.status == "healthy"), None),
        last_new=last_new,
        last=last,
        reason=last.reason,
        needs=_failing(last, in_a_row)
        or _missing(outlet, runs)
        or (None if outlet.sample else _silent(outlet, runs, last_new, now)),
    )


def _failing(last: Run, in_a_row: int) -> str | None:
    if last.status == "broken":
        return "mend it: the declaration, or our code, no longer fits what the outlet sends"
    if last.status not in FINE and in_a_row >= PATIENCE:
        return f"{last.status} {in_a_row} times in a row"
    return None


def _missing(outlet: Outlet, runs: Sequence[Run]) -> str | None:
    """Say so when polls have become as frequent as they may, and most items still are new each time."""
    told = [run.overlap for run in runs if run.overlap is not None][:PATIENCE]
    least = outlet.expect.overlap or TOO_RARE
    if len(told) == PATIENCE and all(share < least for share in told):
        return f"polls are too rare, {PATIENCE} times in a row: lower SWEEP_SHORTEST, or declare a sitemap"
    return None


def _silent(outlet: Outlet, runs: Sequence[Run], last_new: datetime | None, now: datetime) -> str | None:
    due = runs[0].next_due
    late = max(datetime.fromisoformat(due), runs[0].started) if due else runs[0].started
    if now - late > STALE:
        return f"no run since {runs[0].started:%Y-%m-%d %H:%M} UTC: does the schedule still run?"
    since = last_new or runs[-1].started
    patience = timedelta(days=outlet.expect.newest) if outlet.expect.newest else SILENCE
    if now - since > patience:
        return f"nothing new since {since:%Y-%m-%d}: has the outlet moved?"
    return None


_HEAD = ("outlet", "status", "last run (UTC)", "new", "fetched", "failed", "title/date/text", "length", "Arabic",
         "known", "last new", "next (UTC)", "what and why")  # fmt: skip


def table(healths: Iterable[Health]) -> list[str]:
    """Lay healths out as lines of text, those that need a person first."""
    ordered = sorted(healths, key=lambda health: (health.needs is None, health.outlet))
    rows = [_HEAD, *(_row(one) for one in ordered)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def _row(one: Health) -> tuple[str, ...]:
    why = "; ".join(part for part in (one.needs and f"! {one.needs}", one.reason) if part)
    run = one.last
    if run is None:
        return (one.outlet, one.status, *("—" for _ in _HEAD[2:-1]), why)
    shares = [run.titled, run.dated, run.with_text]
    due = datetime.fromisoformat(run.next_due) if run.next_due else None
    return (
        one.outlet,
        f"{one.status} ×{one.in_a_row}" if one.in_a_row > 1 else one.status,
        f"{run.started:%Y-%m-%d %H:%M}",
        *(str(number) for number in (run.found, run.fetched, run.failed)),
        "—" if None in shares else "/".join(_percent(share) for share in shares),
        str(run.length or "—"),
        _percent(run.arabic),
        _percent(run.overlap),
        f"{one.last_new:%Y-%m-%d}" if one.last_new else "—",
        f"{due:%m-%d %H:%M}" if due else "—",
        why,
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else percent(share).replace(" ", "")


def as_json(health: Health) -> Mapping[str, str | int | float | None]:
    """Turn a health into plain values, the figures of the last run among them; moments are ISO 8601."""
    own = asdict(health)
    figures = own.pop("last") or dict.fromkeys(Run.__dataclass_fields__)
    del figures["started"]  # it is last_run
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in (figures | own).items()
    }

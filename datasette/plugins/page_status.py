"""The state of collecting: each outlet's last run beside its usual ones, what became of the pages, and a badge as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

USUAL = 20  # earlier runs that say what is usual for an outlet
FINE = ("healthy", "quiet")
STATES = (
    "broken",
    "outage",
    "blocked",
    "other",
    "low",
    "high",
    "fine",
    "never",
    "off",
)  # those that need somebody first
# Shares that a newer crawler notes with each run (crawler/runs.py): shown where they are there.
FILLED = ("titled", "dated", "with_text", "arabic")
_OUTLETS = "select id, name_ar, name_en, crawl, crawl_reason from outlets order by name_ar, id"
_RUNS = """
select * from (select *, row_number() over (partition by outlet order by id desc) as back
  from crawls where status <> 'running')
where back <= :usual + 1 order by outlet, back
"""
_DATED = "select outlet, count(*) as articles, count(published_day) as dated from articles group by outlet"
_PAGES = "select state, verdict, count(*) as pages from urls group by state, verdict order by pages desc"
_FAILURES = "select * from failures order by seen desc limit 50"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /status and /status.json."""
    return [(r"^/status$", status), (r"^/status\.json$", status_json)]


async def status(request: Request, datasette: Datasette) -> Response:
    """Show how collecting goes."""
    db = datasette.get_database()
    rows = await _rows(db)
    context = {
        "rows": rows,
        "summary": _summary(rows),
        "usual": USUAL,
        "filled": [name for name in FILLED if any(row[name] is not None for row in rows)],
        "pages": (await db.execute(_PAGES)).rows,
        "failures": (await db.execute(_FAILURES)).rows,
    }
    return Response.html(await datasette.render_template("status.html", context, request=request))


async def status_json(datasette: Datasette) -> Response:
    """Give the same as JSON, with the four keys that shields.io reads for a badge."""
    rows = await _rows(datasette.get_database())
    summary = _summary(rows)
    fine, collected = summary["fine"], summary["collected"]
    badge = {
        "schemaVersion": 1,
        "label": "outlets",
        "message": f"{fine} of {collected} healthy" if collected else "not collected yet",
        "color": "lightgrey"
        if not collected
        else "green"
        if fine == collected
        else "orange"
        if fine
        else "red",
    }
    names = (
        "id",
        "status",
        "state",
        "finished",
        "found",
        "least",
        "most",
        "fetched",
        "failed",
        "reason",
        *FILLED,
    )
    outlets = [{name: row[name] for name in names} for row in rows]
    return Response.json(
        {**badge, **summary, "outlets": outlets}, headers={"access-control-allow-origin": "*"}
    )


async def _rows(db: Database) -> list[dict[str, Any]]:
    """Give each outlet with its last run, what is usual for it, and what its articles are filled with."""
    runs: dict[str, list[Mapping[str, Any]]] = {}
    for run in (await db.execute(_RUNS, {"usual": USUAL})).rows:
        runs.setdefault(run["outlet"], []).append(dict(run))
    dated = {row["outlet"]: row for row in (await db.execute(_DATED)).rows}
    rows = [
        {
            **_judged(dict(outlet), runs.get(outlet["id"], [])),
            **dict(outlet),
            **_filled(dated.get(outlet["id"])),
        }
        for outlet in (await db.execute(_OUTLETS)).rows
    ]
    return sorted(rows, key=lambda row: STATES.index(row["state"]))


def _judged(outlet: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say how the last run went beside the usual ones.

    `state` is one of STATES: other is interrupted or killed, low found less than any of the runs before it that went
    well, high more than twice the most of them; never was not collected yet, off never will be.
    """
    empty = dict.fromkeys(
        ("status", "started", "finished", "found", "fetched", "unchanged", "failed", "reason", *FILLED)
    )
    if not runs:
        return {**empty, "state": "never" if outlet["crawl"] else "off", "least": None, "most": None}
    last, before = runs[0], [run["found"] for run in runs[1:] if run["status"] in FINE]
    # The first run of an outlet finds all that its sources still name, so that two runs say nothing usual yet.
    least, most = (min(before), max(before)) if len(before) > 2 else (None, None)
    state = last["status"] if last["status"] in ("broken", "outage", "blocked") else "other"
    if last["status"] in FINE:
        state = "fine"
        if least is not None and most is not None:
            state = "low" if last["found"] < least else "high" if last["found"] > 2 * most else "fine"
    return {**empty, **last, "state": state, "least": least, "most": most}


def _filled(row: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give how many articles an outlet has, and the share whose day is known (None without articles)."""
    if row is None:
        return {"articles": 0, "dated_share": None}
    return {"articles": row["articles"], "dated_share": row["dated"] / row["articles"]}


def _summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Count the outlets that were collected, those whose last run went well, and name the others."""
    collected = [row for row in rows if row["status"]]
    ill = [row["id"] for row in collected if row["state"] in ("broken", "outage", "blocked", "other")]
    until = max((row["finished"] for row in collected if row["finished"]), default=None)
    return {"collected": len(collected), "fine": len(collected) - len(ill), "ill": ill, "until": until}

"""The meetings as a list, a calendar or a timeline: one filter, all of it in the address, and the same rows as CSV."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines.csvtext import csv_answer

VIEWS = ("list", "calendar", "timeline")
FILTERS = ("level", "host", "city", "year", "status", "disputed")
LONGEST = 14  # days; a meeting said to last longer has a month or a year, not a day
COLUMNS = ("id", "first", "last", "city", "country", "level", "status", "host", "member_count", "outlets", "articles",
           "claims", "disagreements")  # fmt: skip
_MEETINGS = """
select m.*, (select count(distinct field) from disagreements d where d.meeting = m.id) as disagreements
from meetings m
where (:level = '' or m.level = :level) and (:status = '' or m.status = :status)
  and (:year = '' or substr(m.first, 1, 4) = :year) and (:city = '' or m.city = :city)
  and (:host = '' or instr('; ' || m.host || ';', '; ' || :host || ';'))
  and (:disputed = '' or exists (select 1 from disagreements d where d.meeting = m.id))
order by m.first is null, m.first desc, m.id limit 1000
"""
_CHOICES = {
    "year": "select distinct substr(first, 1, 4) from meetings where first is not null order by 1 desc",
    "level": "select distinct level from meetings order by 1",
    "city": "select distinct city from meetings where city is not null order by 1",
    "status": "select distinct status from meetings order by 1",
    "host": "select distinct trim(one.value) from meetings, json_each('[\"' || replace(host, ';', '\",\"') || '\"]') as one"
            " where host is not null order by 1",
}  # fmt: skip


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /meetings and its CSV."""
    return [(r"^/meetings$", meetings), (r"^/meetings\.csv$", meetings_csv)]


async def meetings(request: Request, datasette: Datasette) -> Response:
    """Show the meetings that the filter leaves; ?view= is one of VIEWS, the others are FILTERS."""
    asked = _asked(request)
    view = request.args.get("view") or ""
    view = view if view in VIEWS else VIEWS[0]
    db = datasette.get_database()
    rows = await _found(db, asked)
    context = {
        "view": view,
        "asked": asked,
        "filtered": any(asked.values()),
        "found": len(rows),
        "meetings": rows,
        "choices": {name: [row[0] for row in (await db.execute(sql)).rows] for name, sql in _CHOICES.items()},
        "address": lambda path="/meetings", **change: _address(path, {**asked, "view": view, **change}),
        "years": [(year, list(of)) for year, of in groupby(rows, key=lambda row: (row["first"] or "")[:4])],
        "database": db.name,
    }
    if view == "calendar":
        context |= _calendar(rows, asked["year"], context["choices"]["year"])
    if view == "timeline":
        context |= _timeline(rows)
    return Response.html(await datasette.render_template("meetings.html", context, request=request))


async def meetings_csv(request: Request, datasette: Datasette) -> Response:
    """Give the meetings that the filter leaves as CSV."""
    return Response(
        **csv_answer("meetings.csv", COLUMNS, await _found(datasette.get_database(), _asked(request)))
    )


def _asked(request: Request) -> dict[str, str]:
    return {name: (request.args.get(name) or "").replace("\0", "").strip() for name in FILTERS}


async def _found(db: Database, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [dict(row) for row in (await db.execute(_MEETINGS, asked)).rows]


def _address(path: str, values: dict[str, str]) -> str:
    kept = {name: value for name, value in values.items() if value and (name, value) != ("view", VIEWS[0])}
    return f"{path}?{urlencode(kept)}" if kept else path


def _calendar(rows: Sequence[dict[str, Any]], year: str, every: Sequence[str]) -> dict[str, Any]:
    """Lay out the months of one year that have meetings: the year asked for, else the last one that has any.

    `every`: all years that have meetings, whatever the filter.
    """
    years = sorted(every) if year else sorted({row["first"][:4] for row in rows if row["first"]})
    shown = year or (years[-1] if years else "")
    at = years.index(shown) if shown in years else -1
    here = [row for row in rows if row["first"] and row["first"][:4] <= shown <= row["last"][:4]]
    months = sorted({month for row in here for month in _months(row) if month[:4] == shown})
    return {
        "shown_year": shown,
        "before_year": years[at - 1] if at > 0 else "",
        "after_year": years[at + 1] if 0 <= at < len(years) - 1 else "",
        "months": [_month(month, [row for row in here if month in _months(row)]) for month in months],
        "undated": [row for row in rows if not row["first"]],
    }


def _months(row: dict[str, Any]) -> set[str]:
    """Name the months a meeting belongs to; one of an unknown month belongs to that in which its time begins."""
    days = _days(row)
    return {day.isoformat()[:7] for day in days} if days else {row["first"][:7]}


def _days(row: dict[str, Any]) -> list[date]:
    """Give the days of a meeting, or none where its day isn't known."""
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"] or row["first"])
    count = (last - first).days + 1
    return [first + timedelta(days=n) for n in range(count)] if count <= LONGEST else []


def _month(month: str, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Give a month's weeks of seven days (from Saturday, as most Arab countries count them: CLDR weekData)."""
    rows = sorted(rows, key=lambda row: (row["first"], row["id"]))
    of_day: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        for day in _days(row):
            of_day.setdefault(day, []).append(row)
    weeks = calendar.Calendar(firstweekday=calendar.SATURDAY).monthdatescalendar(
        int(month[:4]), int(month[5:])
    )
    return {
        "month": month,
        "weeks": [
            [
                {"day": day, "inside": day.isoformat()[:7] == month, "meetings": of_day.get(day, [])}
                for day in week
            ]
            for week in weeks
        ],
        "meetings": rows,
        "loose": [row for row in rows if not _days(row)],
    }


def _timeline(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give a lane for each level, its meetings at the middle of their days."""
    dated = sorted((row for row in rows if row["first"]), key=lambda row: (row["first"], row["id"]))
    lanes: dict[str, list[dict[str, Any]]] = {}
    for row in dated:
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"] or row["first"])
        lanes.setdefault(row["level"], []).append({**row, "day": first + (last - first) / 2})
    spans = [mark["day"] for marks in lanes.values() for mark in marks]
    return {
        "lanes": sorted(lanes.items(), key=lambda lane: -len(lane[1])),
        "span": (min(spans), max(spans)) if spans else None,
        "undated": [row for row in rows if not row["first"]],
    }

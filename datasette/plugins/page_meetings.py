"""The list of meetings, by year, with filters that are all in the address."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

_MEETINGS = """
select m.*, (select count(distinct field) from disagreements d where d.meeting = m.id) as disagreements
from meetings m
where (:level = '' or m.level = :level) and (:status = '' or m.status = :status)
  and (:year = '' or substr(m.first, 1, 4) = :year) and (:city = '' or m.city = :city)
  and (:disputed = '' or exists (select 1 from disagreements d where d.meeting = m.id))
order by m.first is null, m.first desc, m.id limit 1000
"""
_CHOICES = {
    "year": "select distinct substr(first, 1, 4) from meetings where first is not null order by 1 desc",
    "level": "select distinct level from meetings order by 1",
    "city": "select distinct city from meetings where city is not null order by 1",
    "status": "select distinct status from meetings order by 1",
}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /meetings."""
    return [(r"^/meetings$", meetings)]


async def meetings(request: Request, datasette: Datasette) -> Response:
    """List the meetings; ?level=, ?year=, ?city=, ?status= and ?disputed=1 narrow them."""
    asked = {name: (request.args.get(name) or "").strip() for name in (*_CHOICES, "disputed")}
    db = datasette.get_database()
    rows = (await db.execute(_MEETINGS, asked)).rows
    choices = {name: [row[0] for row in (await db.execute(sql)).rows] for name, sql in _CHOICES.items()}
    context = {
        "years": [(year, list(of)) for year, of in groupby(rows, key=lambda row: (row["first"] or "")[:4])],
        "found": len(rows),
        "asked": asked,
        "choices": choices,
    }
    return Response.html(await datasette.render_template("meetings.html", context, request=request))

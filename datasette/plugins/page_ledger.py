"""The ledger: which outlet reported which known meeting, whose silence counts, and what was not crawled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.coverage import FRESH, NEAR
from pipelines.languages import ENGLISH, language

_CELLS = """
select c.*, k.first, k.last, k.precision, k.city, k.level, substr(k.first, 1, 4) as year,
  exists(select 1 from meetings m where m.id = c.meeting) as has_page
from coverage c join known_meetings k on k.id = c.meeting
where (:year = '' or substr(k.first, 1, 4) = :year) and (:level = '' or k.level = :level)
  and (:outlet = '' or c.outlet = :outlet)
order by k.first desc, k.id, c.outlet
"""
# More cells than this are a page nobody can load on a phone: the years then say their totals, and open one by one.
LARGEST = 1500
_OUTLETS = "select id, name_ar, name_en from outlets order by name_ar, id"
_CHOICES = {
    "year": "select distinct substr(first, 1, 4) from known_meetings order by 1 desc",
    "level": "select distinct level from known_meetings order by 1",
}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /coverage/meetings."""
    return [(r"^/coverage/meetings$", ledger)]


async def ledger(request: Request, datasette: Datasette) -> Response:
    """Show the ledger, a table a year; ?year=, ?level= and ?outlet= narrow it."""
    asked = {name: (request.args.get(name) or "").strip() for name in (*_CHOICES, "outlet")}
    db = datasette.get_database()
    # An archive that an older version made has no ledger until the next crawl or reread.
    made = not await db.table_exists("archive") or await db.table_exists("coverage")
    cells = (await db.execute(_CELLS, asked)).rows if made else []
    outlets = (await db.execute(_OUTLETS)).rows
    names = {
        row["id"]: (row["name_en"] if language() == ENGLISH else None) or row["name_ar"] for row in outlets
    }
    years = [_year(year, list(of), names) for year, of in groupby(cells, key=lambda cell: cell["year"])]
    context = {
        "years": years,
        "folded": len(years) > 1 and sum(len(y["outlets"]) * len(y["meetings"]) for y in years) > LARGEST,
        "asked": asked,
        "choices": {name: [row[0] for row in (await db.execute(sql)).rows] for name, sql in _CHOICES.items()},
        "outlets": names,
        "totals": Counter(cell["state"] for cell in cells),
        "near": NEAR.days,
        "fresh": FRESH.days,
        "around": _around,
    }
    return Response.html(await datasette.render_template("ledger.html", context, request=request))


def _year(year: str, cells: Sequence[Any], names: dict[str, str]) -> dict[str, Any]:
    """Give a year's meetings with their cells; outlets that were not crawled for any of them stand apart."""
    crawled = {cell["outlet"] for cell in cells if cell["state"] != "not_crawled"}
    shown = [outlet for outlet in names if outlet in crawled]
    there = {cell["outlet"] for cell in cells}
    return {
        "year": year,
        "totals": Counter(cell["state"] for cell in cells),
        "outlets": [(outlet, names[outlet]) for outlet in shown],
        "apart": [(outlet, names[outlet]) for outlet in names if outlet in there - crawled],
        "meetings": [
            _meeting(list(of), shown) for _, of in groupby(cells, key=lambda cell: str(cell["meeting"]))
        ],
    }


def _meeting(cells: Sequence[Any], shown: Iterable[str]) -> dict[str, Any]:
    of = {cell["outlet"]: cell for cell in cells}
    row = [of[outlet] for outlet in shown]
    return {
        "about": cells[0],
        "cells": row,
        "nobody": all(cell["state"] == "not_crawled" for cell in row),
    }


def _around(first: str, last: str) -> tuple[str, str]:
    """Give the days between which an article shows that its outlet was collected at a meeting's time."""
    return (
        (date.fromisoformat(first) - NEAR).isoformat(),
        (date.fromisoformat(last) + NEAR).isoformat(),
    )

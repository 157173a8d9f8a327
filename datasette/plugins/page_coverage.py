"""The coverage grid: how much each outlet published in each month, where an empty cell is a silence, and where it isn't."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines.csvtext import csv_answer

ALL = "all"
SHARES = ("count", "share")
COLUMNS = ("outlet", "name_ar", "name_en", "time", "state", "collected", "articles", "main", "share")
_MONTHS = """
select c.outlet, o.name_ar, o.name_en, c.month as time, c.state, c.state <> 'not_crawled' as collected, c.articles, c.main
from coverage_months c join outlets o on o.id = c.outlet where c.month between :first and :last
order by o.name_ar, o.id, c.month
"""
# A year is a silence only as far as its months are: `collected` says how many of them were.
_YEARS = """
select c.outlet, o.name_ar, o.name_en, substr(c.month, 1, 4) as time, sum(c.state <> 'not_crawled') as collected,
  sum(c.articles) as articles, sum(c.main) as main,
  case when sum(c.articles) then 'published' when sum(c.state = 'silent') then 'silent' else 'not_crawled' end as state
from coverage_months c join outlets o on o.id = c.outlet group by c.outlet, 4 order by o.name_ar, o.id, 4
"""
_OF_YEARS = (
    "select substr(month, 1, 4) as year, sum(articles) as articles from coverage_months group by 1 order by 1"
)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /coverage and its CSV."""
    return [(r"^/coverage$", coverage), (r"^/coverage\.csv$", coverage_csv)]


async def coverage(request: Request, datasette: Datasette) -> Response:
    """Show the grid of a year's months (?year=2017) or of all years (?year=all), in numbers or in shares (?show=share)."""
    db = datasette.get_database()
    years = await _years(db)
    year = _year(request, years)
    show = request.args.get("show") or ""
    cells = await _cells(db, year)
    times = list(dict.fromkeys(cell["time"] for cell in cells))
    context = {
        "years": years,
        "year": year,
        "show": show if show in SHARES else SHARES[0],
        "times": times,
        "totals": [sum(cell["articles"] for cell in cells if cell["time"] == time) for time in times],
        **_rows(cells),
    }
    return Response.html(await datasette.render_template("coverage.html", context, request=request))


async def coverage_csv(request: Request, datasette: Datasette) -> Response:
    """Give the same cells as CSV, one a line."""
    db = datasette.get_database()
    year = _year(request, await _years(db))
    return Response(**csv_answer(f"coverage-{year or 'none'}.csv", COLUMNS, await _cells(db, year)))


async def _years(db: Database) -> list[Any]:
    # An archive that an older version made has no grid until the next crawl or reread.
    older = await db.table_exists("archive") and not await db.table_exists("coverage_months")
    return [] if older else (await db.execute(_OF_YEARS)).rows


def _year(request: Request, years: Sequence[Any]) -> str:
    """Give the year asked for, else the one with the most articles, the latest of several."""
    asked = request.args.get("year") or ""
    if asked == ALL and years:
        return ALL
    known = {row["year"]: row["articles"] for row in years}
    return asked if asked in known else max(known, key=lambda year: (known[year], year), default="")


async def _cells(db: Database, year: str) -> list[dict[str, Any]]:
    if not year:
        return []
    key = {"first": f"{year}-01", "last": f"{year}-12"}
    rows = await (db.execute(_YEARS) if year == ALL else db.execute(_MONTHS, key))
    cells = [dict(row) for row in rows.rows]
    whole: dict[str, int] = {}
    for cell in cells:
        whole[cell["outlet"]] = whole.get(cell["outlet"], 0) + cell["articles"]
    return [
        {**cell, "share": round(100 * cell["articles"] / whole[cell["outlet"]], 1) if cell["articles"] else 0}
        for cell in cells
    ]


def _rows(cells: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give a row for each outlet that was collected at all in the time shown; the others stand apart."""
    rows: dict[str, dict[str, Any]] = {}
    for cell in cells:
        row = rows.setdefault(cell["outlet"], {**cell, "cells": [], "articles": 0, "collected": 0})
        row["cells"].append(cell)
        row["articles"] += cell["articles"]
        row["collected"] += cell["collected"]
    return {
        "outlets": [row for row in rows.values() if row["collected"]],
        "apart": [row for row in rows.values() if not row["collected"]],
    }

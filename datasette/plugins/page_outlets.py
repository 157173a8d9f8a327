"""The outlets: who they are, why one is not collected, what each gave and what is missing; and one page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines.csvtext import csv_answer

SHOWN = 100  # articles on an outlet's page
COLUMNS = ("id", "name_ar", "name_en", "country", "affiliation", "crawl", "crawl_reason", "mirror_of", "articles", "first",
           "last", "status", "finished")  # fmt: skip
_OUTLETS = """
select o.*, coalesce(n.articles, 0) as articles, n.first, n.last, c.status, c.finished
from outlets o left join crawls c on c.id = (select max(id) from crawls where outlet = o.id)
left join (select outlet, count(*) as articles, min(published_day) as first, max(published_day) as last
  from articles where relevance <> 'no' group by outlet) n on n.outlet = o.id
order by n.articles is null, n.articles desc, o.name_ar
"""
_OUTLET = "select * from outlets where id = :id"
_ARTICLES = """
select a.id, a.label, a.published, a.relevance,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles a where a.outlet = :id and a.relevance <> 'no' order by a.published_day desc, a.id limit :limit
"""
_UNDATED = "select count(*) from articles where outlet = :id and published_day is null and relevance <> 'no'"
_CRAWLS = "select * from crawls where outlet = :id order by id desc limit 10"
_CHANGED = "select max(finished) from crawls where outlet = :id and fetched > unchanged"
_SOURCES = "select * from sources where outlet = :id order by kind, url limit 50"
_URLS = "select state, count(*) as pages from urls where outlet = :id group by state order by pages desc"
_MONTHS = "select month, state, reach, articles, main from coverage_months where outlet = :id order by month"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /outlets, /outlet/<id>, and both as CSV."""
    return [
        (r"^/outlets$", outlets),
        (r"^/outlets\.csv$", outlets_csv),
        (r"^/outlet/(?P<id>[^/]+)\.csv$", outlet_csv),
        (r"^/outlet/(?P<id>[^/]+)$", outlet),
    ]


async def outlets(request: Request, datasette: Datasette) -> Response:
    """List the outlets."""
    rows = (await datasette.get_database().execute(_OUTLETS)).rows
    return Response.html(await datasette.render_template("outlets.html", {"outlets": rows}, request=request))


async def outlets_csv(datasette: Datasette) -> Response:
    """Give the list as CSV."""
    rows = (await datasette.get_database().execute(_OUTLETS)).rows
    return Response(**csv_answer("outlets.csv", COLUMNS, [dict(row) for row in rows]))


async def outlet(request: Request, datasette: Datasette) -> Response:
    """Show one outlet."""
    key = {"id": request.url_vars["id"], "limit": SHOWN}
    db = datasette.get_database()
    row = await _outlet(db, request.url_vars["id"])
    months = await _months(db, key)
    context = {
        "outlet": row,
        "articles": (await db.execute(_ARTICLES, key)).rows,
        "total": sum(month["articles"] for month in months),
        "undated": (await db.execute(_UNDATED, key)).first()[0],
        "crawls": (await db.execute(_CRAWLS, key)).rows,
        "changed": (await db.execute(_CHANGED, key)).first()[0],
        "sources": (await db.execute(_SOURCES, key)).rows,
        "urls_of": (await db.execute(_URLS, key)).rows,
        "months": months,
        "drawn": _active(months),
        "years": _by_year(months),
        "missing": [month for month in months if month["state"] == "not_crawled"],
        "shown": SHOWN,
    }
    return Response.html(await datasette.render_template("outlet.html", context, request=request))


async def outlet_csv(request: Request, datasette: Datasette) -> Response:
    """Give an outlet's months as CSV."""
    db = datasette.get_database()
    row = await _outlet(db, request.url_vars["id"])
    months = await _months(db, {"id": row["id"]})
    return Response(**csv_answer(f"{row['id']}.csv", ("month", "state", "reach", "articles", "main"), months))


async def _outlet(db: Database, name: str) -> Any:  # noqa: ANN401  # a row of Datasette's
    row = (await db.execute(_OUTLET, {"id": name})).first()
    if row is None:
        raise NotFound("outlet")
    return row


async def _months(db: Database, key: Mapping[str, Any]) -> list[dict[str, Any]]:
    # An archive that an older version made has no months until the next crawl or reread.
    if not await db.table_exists("coverage_months"):
        return []
    return [dict(row) for row in (await db.execute(_MONTHS, key)).rows]


def _active(months: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Give the months from the first that has articles to the last: a drawing needs no empty ends."""
    busy = [n for n, month in enumerate(months) if month["articles"]]
    return months[busy[0] : busy[-1] + 1] if busy else ()


def _by_year(months: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lay the months out by year, twelve cells each; a month outside the archive's time is None."""
    years = []
    for year, of in groupby(months, key=lambda month: month["month"][:4]):
        cells = {int(month["month"][5:]): month for month in of}
        years.append({"year": year, "cells": [cells.get(n) for n in range(1, 13)]})
    return years

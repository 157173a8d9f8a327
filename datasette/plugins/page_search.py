"""The search page: folded and stemmed words find articles, and the original spelling is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines.search import fold_query, query_terms

PAGE = 20
LONGEST = 400  # characters of a query
_TITLE_WEIGHT = 6.0  # a word in the title says more about an article than one in its text
# Articles are long rows: they are looked at only when a filter or a date asks for it.
_MATCH = "from articles_fts where articles_fts match :match"
# Each is answered by an index of its own.
_FILTERS = {
    "outlet": "select rowid from articles where outlet = :outlet",
    "year": "select rowid from articles where published_day >= :year and published_day < :next_year",
}
_DAY = "(select published_day from articles where articles.rowid = articles_fts.rowid)"
_ORDER = {
    "relevance": f"bm25(articles_fts, {_TITLE_WEIGHT}, 1.0), rowid",
    "date": f"{_DAY} desc, rowid",
    "oldest": f"{_DAY} is null, {_DAY}, rowid",
}
# Snippets are made for one page's rows only: made before the limit, they would be made for every hit.
_ROWS = """
select a.rowid as row, a.id, a.label, a.outlet, a.published, a.relevance, o.name_ar,
  highlight(articles_fts, 0, char(57344), char(57345)) as title,
  snippet(articles_fts, 1, char(57344), char(57345), '…', 40) as snippet,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles_fts join articles a on a.rowid = articles_fts.rowid join outlets o on o.id = a.outlet
where articles_fts match :match and articles_fts.rowid in (select value from json_each(:rows))
"""
_OUTLETS = (
    "select distinct o.id, o.name_ar from outlets o join articles a on a.outlet = o.id order by o.name_ar"
)
_YEARS = "select distinct substr(published_day, 1, 4) from articles where published_day is not null order by 1 desc"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /search."""
    return [(r"^/search$", search)]


async def search(request: Request, datasette: Datasette) -> Response:
    """Find articles; ?q=, ?outlet=, ?year=, ?sort= and ?page= are the whole state."""
    q = " ".join((request.args.get("q") or "").replace("\0", " ").split())
    asked = {
        "q": q[:LONGEST],
        "outlet": request.args.get("outlet") or "",
        "year": _whole(request.args.get("year")),
        "sort": request.args.get("sort") if request.args.get("sort") in _ORDER else "relevance",
    }
    page = max(1, min(int(_whole(request.args.get("page")) or 1), 10_000))
    terms = query_terms(q[:LONGEST])
    db = datasette.get_database()
    total, rows = await _find(db, asked, page) if terms else (0, [])
    context = {
        "asked": asked,
        "cut": len(q) > LONGEST,
        "terms": terms,
        "total": total,
        "rows": rows,
        "page": page,
        "pages": -(-total // PAGE),
        "first": (page - 1) * PAGE + 1,
        "address": lambda **change: _address({**asked, **change}),
        "outlets": (await db.execute(_OUTLETS)).rows,
        "years": [row[0] for row in (await db.execute(_YEARS)).rows],
        "database": db.name,
    }
    return Response.html(await datasette.render_template("search.html", context, request=request))


async def _find(db: Database, asked: dict[str, Any], page: int) -> tuple[int, list[Any]]:
    year = asked["year"]
    values = {
        "match": fold_query(asked["q"]),
        "outlet": asked["outlet"],
        "year": year,
        "next_year": f"{int(year or 0) + 1:04}",
    }
    # The + keeps SQLite from asking the index once for each row of the filter.
    filters = [f" and +rowid in ({sql})" for name, sql in _FILTERS.items() if asked[name]]
    found_in = _MATCH + "".join(filters)
    total = (await db.execute(f"select count(*) {found_in}", values)).first()[0]
    order = _ORDER[asked["sort"]]
    page_sql = f"select rowid {found_in} order by {order} limit :limit offset :offset"
    bounds = {"limit": PAGE, "offset": (page - 1) * PAGE}
    keys = [row[0] for row in (await db.execute(page_sql, {**values, **bounds})).rows]
    if not keys:
        return total, []
    found = (await db.execute(_ROWS, {"match": values["match"], "rows": str(keys)})).rows
    return total, sorted(found, key=lambda row: keys.index(row["row"]))


def _whole(value: str | None) -> str:
    return value if value and value.isascii() and value.isdigit() and len(value) < 9 else ""


def _address(values: dict[str, Any]) -> str:
    kept = {name: value for name, value in values.items() if value and (name, value) != ("sort", "relevance")}
    return "/search?" + urlencode(kept)

"""The search page and its files: what was found, when it was published, and what else it was searched as."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines import found
from pipelines.find import LONGEST, Part, Search

PAGE = 20
MOST_ROWS = 5000  # of a file
_BATCH = 250  # rows whose snippets one query makes, within its time limit
_COLUMNS = ("id", "outlet", "outlet_name", "published", "title", "title_html", "snippet", "snippet_html", "meetings",
            "url")  # fmt: skip
_CHOICES = {
    "outlets": "select distinct o.id, o.name_ar, o.name_en from outlets o join articles a on a.outlet = o.id order by o.name_ar",
    "years": "select distinct substr(published_day, 1, 4) from articles where published_day is not null order by 1 desc",
    "places": "select distinct city from mentions where city is not null order by 1",
    "levels": "select distinct level from mentions where level <> 'unknown' order by 1",
}
_MEETING = "select id, level, city, first, last from meetings where id = :id"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /search, and the same search as JSON and CSV."""
    return [(r"^/search$", page), (r"^/search\.json$", as_json), (r"^/search\.csv$", as_csv)]


async def page(request: Request, datasette: Datasette) -> Response:
    """Find articles; the arguments of `Search.asked` and ?page= are the whole state."""
    search = _search(request)
    db = datasette.get_database()
    parts = search.parts()
    total = await _total(db, search) if parts else 0
    pages = -(-total // PAGE)
    number = max(1, min(_page(request), pages))
    context = {
        "search": search,
        "cut": len(" ".join((request.args.get("q") or "").split())) > LONGEST,
        "parts": [_said(part) for part in parts],
        "total": total,
        "rows": await _rows(db, search, PAGE, (number - 1) * PAGE) if total else [],
        "page": number,
        "pages": pages,
        "address": lambda **change: "/search?" + search.address(**change),
        "query": search.address(),
        "bars": await _bars(db, search) if total else [],
        "alone": [] if total else await _alone(db, search, parts),
        "meeting": (await db.execute(_MEETING, {"id": search.meeting})).first() if search.meeting else None,
        "choices": {name: (await db.execute(sql)).rows for name, sql in _CHOICES.items()},
        "most_rows": MOST_ROWS,
    }
    return Response.html(await datasette.render_template("search.html", context, request=request))


async def as_json(request: Request, datasette: Datasette) -> Response:
    """Give one page of the search as JSON: ?page=, and ?size= up to 1000."""
    search = _search(request)
    db = datasette.get_database()
    size = max(1, min(int(_whole(request.args.get("size")) or PAGE), 1000))
    total = await _total(db, search)
    number = max(1, min(_page(request), -(-total // size)))
    rows = await _rows(db, search, size, (number - 1) * size) if total else []
    body = {
        "q": search.q, "mode": search.mode, "searched_as": [_said(part) for part in search.parts()], "total": total,
        "page": number, "pages": -(-total // size), "results": [_record(row) for row in rows],
    }  # fmt: skip
    headers = {"access-control-allow-origin": "*"}
    return Response(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8", headers=headers
    )


async def as_csv(request: Request, datasette: Datasette) -> Response:
    """Give the whole search as CSV, the first 5,000 rows of it."""
    search = _search(request)
    rows = await _rows(datasette.get_database(), search, MOST_ROWS, 0)
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    writer.writerows({**record, "meetings": " ".join(record["meetings"])} for record in map(_record, rows))
    headers = {"content-disposition": 'attachment; filename="search.csv"'}
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


async def _total(db: Database, search: Search) -> int:
    sql, values = search.found()
    return int((await db.execute(f"select count(*) {sql}", values)).first()[0])


async def _rows(db: Database, search: Search, limit: int, offset: int) -> list[dict[str, Any]]:
    """Give the rows of one page in order, each with the meetings its article speaks of."""
    keys = [row[0] for row in (await db.execute(*search.page(limit, offset))).rows]
    of: dict[int, dict[str, Any]] = {}
    for at in range(0, len(keys), _BATCH):
        values = {"match": search.match(), "rows": json.dumps(keys[at : at + _BATCH])}
        for row in (await db.execute(found.rows(search), values)).rows:
            of[row["row"]] = {**dict(row), "meetings": []}
        for meeting in (await db.execute(found.MEETINGS, {"rows": values["rows"]})).rows:
            of[meeting["row"]]["meetings"].append(meeting)
    return [of[key] for key in keys if key in of]


async def _bars(db: Database, search: Search) -> list[dict[str, Any]]:
    """Give the months or years of what was found, for the drawing and its table."""
    counts = [(row[0], row[1]) for row in (await db.execute(*found.months(search))).rows if row[0]]
    bars = [{"key": key, "articles": n} for key, n in found.timeline(counts)]
    for bar in bars:
        narrower = (
            {"month": bar["key"], "year": ""} if "-" in bar["key"] else {"year": bar["key"], "month": ""}
        )
        bar["href"] = "/search?" + search.address(**narrower) if bar["articles"] else None
    return bars if len(bars) > 1 else []


async def _alone(db: Database, search: Search, parts: Iterable[Part]) -> list[tuple[str, int, str]]:
    """Say for each part of a search that found nothing how many articles have it, alone and unfiltered."""
    whole = []
    for part in list(parts)[:8]:
        one = Search(part.typed if len(part.words) == 1 else f'"{part.typed}"', mode=search.mode)
        whole.append((part.typed, await _total(db, one), "/search?" + one.address()))
    return whole


def _search(request: Request) -> Search:
    return Search.asked({name: request.args.get(name) or "" for name in request.args.keys()})  # noqa: SIM118  # no dict


def _said(part: Part) -> list[str]:
    return [part.typed, *(way.written for way in part.others)]


def _record(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"], "outlet": row["outlet"], "outlet_name": row["name_ar"], "published": row["published"],
        "title": row["label"], "title_html": found.marked_html(row["title"] or row["label"]),
        "snippet": found.unmarked(row["snippet"]), "snippet_html": found.marked_html(row["snippet"]),
        "meetings": [meeting["id"] for meeting in row["meetings"]], "url": row["url"],
    }  # fmt: skip


def _page(request: Request) -> int:
    return int(_whole(request.args.get("page")) or 1)


def _whole(value: str | None) -> str:
    return value if value and value.isascii() and value.isdigit() and len(value) < 9 else ""

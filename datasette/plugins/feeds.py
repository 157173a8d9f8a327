"""Calendars and Atom feeds of what the pages show, with the pages' own query strings: meetings, a search, what is new."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import BadRequest

from crawler.items import BadUseError
from pipelines.bounded import within_limit
from pipelines.exports import FORMATS
from pipelines.exports.answers import LARGEST, answer_search
from pipelines.feeds import records
from pipelines.feeds.atom import write_atom
from pipelines.feeds.calendar import write_calendar
from pipelines.feeds.model import Entry, Feed
from pipelines.find import Search

NEWEST = 100  # entries of a feed: a reader that comes once a day misses nothing
_SEARCH_FILES = "|".join(FORMATS[form].suffix.replace(".", r"\.") for form in ("excel-csv", "xlsx"))
_ALL_MEETINGS = "select id from meetings order by first, id"
_IDS = "select a.id from json_each(:rows) asked join articles a on a.rowid = asked.value order by asked.key"
_DISPUTED = "select distinct meeting from disagreements order by 1"


# Before the pages: /meeting/<id> would take the ending for a part of the id.
@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the calendars, the feeds and the files of a search."""
    return [
        (r"^/meetings\.ics$", meetings_ics),
        (r"^/meeting/(?P<id>[^/]+)\.ics$", meeting_ics),
        (r"^/meetings\.atom$", meetings_atom),
        (r"^/disagreements\.atom$", disagreements_atom),
        (r"^/changes\.atom$", changes_atom),
        (r"^/search\.atom$", search_atom),
        (rf"^/search(?P<suffix>{_SEARCH_FILES})$", search_file),
    ]


async def meetings_ics(request: Request, datasette: Datasette) -> Response:
    """Give the calendar of the meetings that /meetings shows for the same query string."""
    meetings = await _listed(request, datasette)
    return await _calendar(request, datasette, meetings, "meetings.ics")


async def meeting_ics(request: Request, datasette: Datasette) -> Response:
    """Give one meeting as a calendar."""
    meeting = request.url_vars["id"]
    found = await datasette.get_database().execute("select 1 from meetings where id = ?", [meeting])
    if found.first() is None:
        raise NotFound("meeting")
    return await _calendar(request, datasette, [meeting], f"{meeting}.ics")


async def meetings_atom(request: Request, datasette: Datasette) -> Response:
    """Give the meetings that /meetings shows for the same query string, those with the newest reports first."""
    meetings = await _listed(request, datasette)
    return await _feed(
        request,
        datasette,
        "meetings",
        "/meetings",
        lambda c, site: records.meeting_entries(c, meetings, site),
    )


async def disagreements_atom(request: Request, datasette: Datasette) -> Response:
    """Give what outlets disagree about, the newest first."""

    def entries(connection: sqlite3.Connection, site: str) -> list[Entry]:
        meetings = [row[0] for row in connection.execute(_DISPUTED)]
        found: list[Entry] = records.disagreement_entries(connection, meetings, site)
        return found

    return await _feed(request, datasette, "disagreements", "/meetings?disputed=1", entries)


async def changes_atom(request: Request, datasette: Datasette) -> Response:
    """Give the newest versions of articles: what was added, and what was edited after publication."""
    return await _feed(
        request, datasette, "changes", "/changes", lambda c, site: records.change_entries(c, site, NEWEST)
    )


async def search_atom(request: Request, datasette: Datasette) -> Response:
    """Give the articles that /search finds for the same query string, those collected last first."""
    search = Search.asked(_arguments(request))

    def entries(connection: sqlite3.Connection, site: str) -> list[Entry]:
        rows = json.dumps(_found(connection, search))
        articles = [row[0] for row in connection.execute(_IDS, {"rows": rows})]
        found: list[Entry] = records.article_entries(connection, articles, site)
        return found

    return await _feed(request, datasette, "search", "/search", entries, query=search.q)


async def search_file(request: Request, datasette: Datasette) -> Response:
    """Give the articles that /search finds for the same query string as a workbook, or as CSV for one; all of them."""
    search, suffix, site = (
        Search.asked(_arguments(request)),
        request.url_vars["suffix"],
        _site(request, datasette),
    )
    try:
        file = await within_limit(
            datasette, lambda connection: answer_search(connection, _found(connection, search), suffix, site)
        )
    except BadUseError as error:
        raise BadRequest(str(error)) from error
    return _file(file.body, file.media_type, file.filename, attached=True)


def _found(connection: sqlite3.Connection, search: Search) -> Sequence[int]:
    sql, values = search.page(LARGEST)
    return [row[0] for row in connection.execute(sql, values)]


async def _listed(request: Request, datasette: Datasette) -> list[str]:
    """Ask the list of meetings itself what it shows for this query string: one filter, in one place."""
    if not request.query_string:
        return [row[0] for row in await datasette.get_database().execute(_ALL_MEETINGS)]
    path = datasette.urls.path("/meetings.csv")
    answer = await datasette.client.get(f"{path}?{request.query_string}")
    answer.raise_for_status()
    return [row["id"] for row in csv.DictReader(io.StringIO(answer.text))]


async def _calendar(
    request: Request, datasette: Datasette, meetings: Sequence[str], filename: str
) -> Response:
    site = _site(request, datasette)
    found, _ = await within_limit(datasette, lambda connection: records.events(connection, meetings, site))
    body = write_calendar(found, records.words()["calendar"])
    return _file(body, FORMATS["ics"].media_type, filename, attached=True)


async def _feed(
    request: Request,
    datasette: Datasette,
    name: str,
    page: str,
    read: Callable[[sqlite3.Connection, str], list[Entry]],
    query: str = "",
) -> Response:
    """Answer with a feed; its id and its own address hold the query string, so that each filter is a feed of its own."""
    site = _site(request, datasette)
    entries = await within_limit(datasette, lambda connection: read(connection, site))
    asked = f"?{request.query_string}" if request.query_string else ""
    said = records.words()
    feed = Feed(
        id=records.tag(f"feed/{name}{asked}"),
        title=said["titles"][name].format(query=query),
        link=f"{site}/{name}.atom{asked}",
        page=f"{site}{page}{asked if '?' not in page else ''}",
        author=said["author"],
    )
    body = write_atom(feed, records.newest_first(entries, NEWEST))
    return _file(body, FORMATS["atom"].media_type, f"{name}.atom", attached=False)


def _arguments(request: Request) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in request.args}


def _site(request: Request, datasette: Datasette) -> str:
    return str(datasette.absolute_url(request, datasette.urls.path("/"))).rstrip("/")


def _file(body: bytes, media_type: str, filename: str, *, attached: bool) -> Response:
    kind = "attachment" if attached else "inline"
    disposition = {"content-disposition": f'{kind}; filename="{filename}"'}
    return Response(body, headers=disposition, content_type=media_type)

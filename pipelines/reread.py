"""Run extraction and tagging again over what is captured, with no network: better rules reach the whole archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from crawler.items import Capture, Captured, DateCandidate, Page, Read, Reading
from crawler.outlets.model import Outlet
from pipelines.archive import open_archive, transaction
from pipelines.capture import COLUMNS, from_row, load, warc_folder
from pipelines.derive import derive
from pipelines.read import article_id, read_page
from pipelines.store import delete_article, put_outlets, write
from pipelines.take_down import apply_takedowns
from pipelines.warc import WarcError

_CAPTURES = f"select {COLUMNS} from captures order by url, fetched, id"  # noqa: S608


@dataclass(slots=True)
class Reread:
    """What a reread came to."""

    pages: int = 0
    articles: int = 0
    problems: list[str] = field(default_factory=list)


def reread(
    archive: Path, outlets: Mapping[str, Outlet], report: Callable[[str, Reading], None] | None = None
) -> Reread:
    """Read every captured page of `archive` again, oldest state first, and link all claims anew.

    A URL that was kept although it doesn't concern the coalition stays kept. Raises ArchiveError; a capture whose
    bytes are gone is a line in `problems`, and its article stays as it was.
    """
    connection = open_archive(archive, None)
    done = Reread()
    try:
        apply_takedowns(connection, archive, datetime.now(UTC))
        known = {row[0] for row in connection.execute("select id from outlets")}
        put_outlets(connection, [outlet for outlet in outlets.values() if outlet.id in known])
        rows = connection.execute(_CAPTURES).fetchall()
        for url, states in groupby(rows, key=itemgetter(1)):
            _reread_url(connection, warc_folder(archive), url, list(states), outlets, done, report)
        derive(connection)
    finally:
        connection.close()
    return done


def _reread_url(
    connection: sqlite3.Connection,
    folder: Path,
    url: str,
    states: list[tuple[object, ...]],
    outlets: Mapping[str, Outlet],
    done: Reread,
    report: Callable[[str, Reading], None] | None,
) -> None:
    outlet = str(states[0][2])
    article = article_id(outlet, url)
    try:
        captured = [_captured(folder, row) for row in states]
    except WarcError as error:
        done.problems.append(str(error))
        return
    captured = _in_order_of_visits(connection, article, captured)
    kept = connection.execute("select relevance = 'no' from articles where id = ?", (article,)).fetchone()
    declaration = outlets.get(outlet)
    reads = [Read(one, read_page(one.page, declaration, keep_all=bool(kept and kept[0]))) for one in captured]
    with transaction(connection):
        delete_article(connection, article)
        for read in reads:
            write(connection, read)
    for read in reads:
        done.pages += 1
        done.articles += read.reading.article is not None
        if report:
            report(url, read.reading)


def _in_order_of_visits(
    connection: sqlite3.Connection, article: str, captured: list[Captured]
) -> list[Captured]:
    """Put a state of a page once more where the page came back to it: it has one capture, but several versions."""
    by_id = {one.capture.id: one for one in captured}
    versions = connection.execute("select capture, seen from versions where article = ?", (article,))
    returns = [
        replace(by_id[capture], page=replace(by_id[capture].page, fetched=datetime.fromisoformat(seen)))
        for capture, seen in versions
        if capture in by_id and datetime.fromisoformat(seen) > by_id[capture].page.fetched
    ]
    return sorted([*captured, *returns], key=lambda one: one.page.fetched)


def _captured(folder: Path, row: tuple[object, ...]) -> Captured:
    kept = from_row(row)
    return Captured(as_captured(load(folder, kept), kept), kept)


def as_captured(page: Page, kept: Capture) -> Page:
    """Give the page as it was fetched: what the row knows of it is surer than what the WARC tells."""
    hints = tuple(DateCandidate(hint.source, hint.raw, None) for hint in page.hints)
    return Page(
        kept.url, kept.outlet, page.body, kept.status, kept.fetched, kept.content_type, page.headers,
        page.found_by, hints, header(page, "etag"), header(page, "last-modified"),
        page.archived, page.keep,
    )  # fmt: skip


def header(page: Page, name: str) -> str | None:
    """Give the value of a response's header, by its name in lower case."""
    return next((value for key, value in page.headers if key.lower() == name), None)

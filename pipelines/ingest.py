"""Read saved pages into the archive, offline, through the same stages as a crawl."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from crawler.items import BadUseError, Page, Read, Reading
from crawler.outlets.model import Outlet, bare_host
from pipelines.archive import open_archive
from pipelines.capture import capture, warc_folder
from pipelines.derive import derive
from pipelines.read import read_page
from pipelines.saved import Given, Saved
from pipelines.store import put_outlets, put_undeclared, save
from pipelines.take_down import apply_takedowns
from pipelines.takedowns import is_taken_down
from pipelines.warc import WarcFile

UNKNOWN_OUTLET = "unknown"


@dataclass(slots=True)
class Ingested:
    """What an ingest came to: a line a page, and what could not be read."""

    pages: list[tuple[str, Reading]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Say in a line how many pages came to what."""
        counts = Counter(reading.outcome for _, reading in self.pages)
        read = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common())
        return f"{len(self.pages)} pages read: {read or 'none'}"

    @property
    def failed(self) -> bool:
        """Say whether something that was asked for could not be read."""
        return bool(self.problems) or any(reading.stage for _, reading in self.pages)


def ingest(
    archive: Path,
    paths: Sequence[Path],
    outlets: Mapping[str, Outlet],
    *,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
    keep_all: bool = False,
    canonical: Callable[[str], str | None] = str,
    now: datetime | None = None,
    report: Callable[[str, Reading], None] | None = None,
) -> Ingested:
    """Read the pages at `paths` into `archive`, capture first; give what became of each.

    `canonical` brings an address to the form the crawler's ledger knows it by, so that a saved page and a crawled one
    are the same article. `outlet`, `url` and `published` are what the caller says of all of them. Raises BadUseError
    on bad use and ArchiveError when the archive can't be written; a page that breaks the reader is a row in `failures`.
    """
    given = Given(outlet, url, published)
    _check(paths, outlets, given)
    moment = now or datetime.now(UTC)
    connection = open_archive(archive, "real")
    put_outlets(connection, outlets.values())
    apply_takedowns(connection, archive, moment)
    warc = WarcFile(warc_folder(archive), f"ingest-{moment:%Y%m%d%H%M%S}.warc.gz")
    saved = Saved(moment, given, [], [])
    done = Ingested(problems=saved.problems, left_out=saved.left_out)
    try:
        for path in paths:
            for name, page in saved.pages(path):
                known_as = replace(page, url=canonical(page.url) or page.url)
                if is_taken_down(connection, known_as.url):
                    done.left_out.append(f"{name}: {known_as.url} was taken down")
                    continue
                reading = _store(connection, warc, known_as, outlets, keep_all=keep_all)
                done.pages.append((name, reading))
                if report:
                    report(name, reading)
        derive(connection)
    finally:
        warc.close()
        connection.close()
    return done


def _check(paths: Sequence[Path], outlets: Mapping[str, Outlet], given: Given) -> None:
    for path in paths:
        if not path.exists():
            raise BadUseError(f"{path}: no such file or folder")
    if given.outlet and given.outlet not in outlets:
        near = get_close_matches(given.outlet, outlets, 3)
        raise BadUseError(
            f"no outlet is called {given.outlet!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
        )
    if given.published:
        try:
            date.fromisoformat(given.published[:10])
        except ValueError:
            raise BadUseError(f"--published {given.published!r}: not a date such as 2017-03-10") from None


def _store(
    connection: sqlite3.Connection,
    warc: WarcFile,
    page: Page,
    outlets: Mapping[str, Outlet],
    *,
    keep_all: bool,
) -> Reading:
    outlet = outlet_of(page, outlets)
    if outlet not in outlets:
        put_undeclared(connection, outlet)
    captured = capture(replace(page, outlet=outlet, keep=keep_all), warc, connection)
    reading = read_page(captured.page, outlets.get(outlet), keep_all=keep_all)
    save(connection, Read(captured, reading))
    return reading


def outlet_of(page: Page, outlets: Mapping[str, Outlet]) -> str:
    """Decide whose page this is: the outlet it is said to be of, else the declaration with its host, else the host."""
    if page.outlet in outlets:
        return page.outlet
    host = bare_host(urlsplit(page.url).hostname or "")
    for outlet in outlets.values():
        if host in outlet.hosts:
            return outlet.id
    named = re.sub(r"[^a-z0-9]+", "_", page.outlet.lower()).strip("_")
    return named or host or UNKNOWN_OUTLET

"""Raw first: what the server sent is kept, with its SHA-256, before anything is parsed.

A capture is one state of one page. A state that is known already gets a WARC revisit record and no second copy.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.items import Capture, Captured, Page
from pipelines.warc import WarcError, WarcFile, read_at

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

COLUMNS = 'id, url, outlet, fetched, sha256, warc, "offset", length, status, content_type'


def warc_folder(archive: Path) -> Path:
    """Give the folder of an archive's WARC files: `archive.db` has `archive.warc/` beside it."""
    return archive.with_suffix(".warc")


def capture_id(url: str, sha256: str) -> str:
    """Give the stable id of one state of one page: sixteen hex digits."""
    return hashlib.sha256(f"{url}\n{sha256}".encode()).hexdigest()[:16]


def capture(page: Page, warc: WarcFile, connection: sqlite3.Connection) -> Captured:
    """Keep the bytes of `page` in `warc` and give it back with its capture. Raises WarcError when the disk refuses."""
    sha256 = hashlib.sha256(page.body).hexdigest()
    key = capture_id(page.url, sha256)
    known = find_capture(connection, key)
    offset = warc.write(page, sha256, known.fetched if known else None)
    new = Capture(
        id=key,
        url=page.url,
        outlet=page.outlet,
        fetched=page.fetched,
        sha256=sha256,
        warc=warc.name,
        offset=offset,
        length=len(page.body),
        status=page.status,
        content_type=page.content_type,
    )
    return Captured(page, known or new)


def find_capture(connection: sqlite3.Connection, key: str) -> Capture | None:
    """Find a capture by its id, or None."""
    row = connection.execute(f"select {COLUMNS} from captures where id = ?", (key,)).fetchone()  # noqa: S608
    return from_row(row) if row else None


def put_capture(connection: sqlite3.Connection, captured: Captured) -> None:
    """Write a capture's row; a state that is known already stays as it was first seen."""
    one = captured.capture
    connection.execute(
        'insert or ignore into captures (id, url, outlet, fetched, sha256, found_by, warc, "offset", length, status,'
        " content_type, archived) values (?,?,?,?,?,?,?,?,?,?,?,?)",
        (one.id, one.url, one.outlet, one.fetched.isoformat(), one.sha256, captured.page.found_by, one.warc,
         one.offset, one.length, one.status, one.content_type, captured.page.archived),
    )  # fmt: skip


def from_row(row: tuple[object, ...]) -> Capture:
    """Make a capture of a row of `captures`, read in the order of COLUMNS."""
    fetched = datetime.fromisoformat(str(row[3]))
    return Capture(*row[:3], fetched, *row[4:])  # type: ignore[call-arg, arg-type]  # as the schema has them


def load(folder: Path, kept: Capture) -> Page:
    """Read the page that `kept` points to, and check its bytes against their SHA-256.

    Raises WarcError when the file or the record is gone or another one: a capture without its bytes is damage.
    """
    path = folder / kept.warc
    page = read_at(path, kept.offset)
    if page is None or hashlib.sha256(page.body).hexdigest() != kept.sha256:
        raise WarcError(f"{path}: offset {kept.offset} does not hold the bytes captured from {kept.url}")
    return page


class CapturePipeline:
    """Scrapy's door to `capture`: one WARC file a spider and run."""

    def __init__(self, archive: Path, name: str) -> None:
        self._warc = WarcFile(warc_folder(archive), name)
        self._connection = sqlite3.connect(archive)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CapturePipeline:
        """Take the archive from the settings and name the file for outlet and moment."""
        spider = crawler.spider.name if crawler.spider else "crawl"
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        return cls(Path(crawler.settings["ARCHIVE"]), f"{spider}-{moment}-{os.getpid()}.warc.gz")

    def process_item(self, item: Page) -> Captured:
        """Capture one page."""
        return capture(item, self._warc, self._connection)

    def close_spider(self) -> None:
        """Close the WARC file."""
        self._warc.close()
        self._connection.close()

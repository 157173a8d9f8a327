"""What crawl tests use in place of the reading rooms: pages go into a table of the archive, as bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from scrapy.crawler import Crawler

from crawler.items import Page
from crawler.outlets.model import Outlet


def put_outlets(connection: sqlite3.Connection, outlets: Iterable[Outlet]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO outlets (id, name_ar, name_en) VALUES (?, ?, ?)",
        [(outlet.id, outlet.name_ar, outlet.name_en) for outlet in outlets],
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, body BLOB, hint TEXT, found_by TEXT, archived TEXT)"
    )


def derive(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS derived (n)")
    connection.execute("INSERT INTO derived VALUES (1)")


class KeepPipeline:
    """Keeps a page and settles its address in one transaction, as the real store does."""

    def __init__(self, archive: Path) -> None:
        self.connection = sqlite3.connect(archive, isolation_level=None, timeout=30)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepPipeline:
        return cls(Path(crawler.settings["ARCHIVE"]))

    async def process_item(self, item: Page) -> Page:
        if b"BREAK THE READER" in item.body:
            raise RuntimeError("the reader broke")
        hint = " ".join(f"{one.source} {one.raw}" for one in item.hints)
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)",
            (item.url, item.body, hint, item.found_by, item.archived),
        )
        self.connection.execute(
            "UPDATE urls SET state = 'done', etag = ?, last_modified = ?, http_status = ?, fetched = ? WHERE url = ?",
            (item.etag, item.last_modified, item.status, item.fetched.isoformat(), item.url),
        )
        self.connection.execute("COMMIT")
        return item

    def close_spider(self) -> None:
        self.connection.close()

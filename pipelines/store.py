"""Put what was read into the archive: upserts with stable keys, one transaction a page, versions appended.

The page's capture, its article with every tag, and its state in the ledger are one transaction: a crawl killed
between two of them does not exist.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.items import Article, Capture, Captured, Page, Read, Reading
from crawler.outlets.model import Outlet
from pipelines.actors import article_rows, put_actors
from pipelines.archive import iso, open_archive, transaction
from pipelines.capture import put_capture
from pipelines.grouping import forget
from pipelines.search import index_article, unindex_article
from pipelines.takedowns import is_taken_down, settle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LABEL_LENGTH = 70
_CHILDREN = ("removals", "evidence", "published_candidates", "dates", "mentions", "article_actors")


# The columns of `urls` that a page's reading writes, and how they change in a row that is there.
_LEDGER = (
    "url", "outlet", "found_by", "state", "attempts", "etag", "last_modified", "http_status", "verdict", "reason",
    "title", "length", "first_seen", "fetched", "published", "changed",
)  # fmt: skip
_SETTLED_SINCE = "urls.fetched > excluded.fetched and urls.state in ('gone', 'blocked', 'skipped')"
_LEDGER_CHANGES = ", ".join(
    [
        *(f"{name} = excluded.{name}" for name in ("verdict", "title", "length", "etag", "last_modified")),
        *(
            f"{name} = case when {_SETTLED_SINCE} then urls.{name} else excluded.{name} end"
            for name in ("state", "attempts", "http_status", "reason")
        ),
        f"next_due = case when {_SETTLED_SINCE} then urls.next_due end",
        "fetched = max(coalesce(urls.fetched, ''), excluded.fetched)",
        "published = coalesce(excluded.published, urls.published)",
        "changed = coalesce(excluded.changed, urls.changed)",
    ]
)


def save(connection: sqlite3.Connection, read: Read) -> None:
    """Store one page that was read, in a transaction of its own."""
    with transaction(connection):
        write(connection, read)


def write(connection: sqlite3.Connection, read: Read) -> None:
    """Write a page's capture, article or verdict, ledger row and failure within the caller's transaction.

    Of a page that was taken down nothing is written but that.
    """
    page, reading = read.captured.page, read.reading
    if is_taken_down(connection, page.url):
        settle(connection, page.url, page.outlet, page.fetched.isoformat())
        return
    put_capture(connection, read.captured)
    changed = False
    if reading.article is not None:
        changed = _save_article(connection, reading.article, read.captured)
    _save_ledger(connection, page, reading, changed=changed)
    _save_failure(connection, page, reading)


def put_outlets(connection: sqlite3.Connection, outlets: Iterable[Outlet]) -> None:
    """Write the declarations of `outlets` into their table, so that the site can name them."""
    with transaction(connection):
        for one in outlets:
            _upsert(connection, "outlets", "id", {
                "id": one.id, "name_ar": one.name_ar, "name_en": one.name_en, "home": one.home,
                "country": one.country, "timezone": one.timezone, "affiliation": one.affiliation,
                "crawl": int(one.crawl), "crawl_reason": one.reason, "mirror_of": one.mirror_of,
                "sample": int(one.sample), "declared": 1,
            })  # fmt: skip


def put_undeclared(connection: sqlite3.Connection, outlet: str) -> None:
    """Make a row for an outlet that saved pages name and no declaration describes."""
    connection.execute(
        "insert or ignore into outlets (id, name_ar, name_en, crawl, crawl_reason, declared)"
        " values (?, ?, ?, 0, 'no declaration: known from saved pages only', 0)",
        (outlet, outlet, outlet),
    )


def _upsert(connection: sqlite3.Connection, table: str, key: str, row: dict[str, object]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
    connection.execute(
        f"insert into {table} ({columns}) values ({marks}) on conflict({key}) do update set {sets}",  # noqa: S608
        list(row.values()),
    )


def _insert_all(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(
        f"insert or replace into {table} ({columns}) values ({marks})",  # noqa: S608
        [list(row.values()) for row in rows],
    )


def _save_article(connection: sqlite3.Connection, article: Article, captured: Captured) -> bool:
    """Write an article and all that hangs on it; say whether it is known and its text is another one now."""
    before = connection.execute(
        "select rowid, title, text from articles where id = ?", (article.id,)
    ).fetchone()
    _upsert(connection, "articles", "id", _article_row(article, captured.capture))
    if before is not None:
        unindex_article(connection, *before)
    rowid = connection.execute("select rowid from articles where id = ?", (article.id,)).fetchone()[0]
    index_article(connection, rowid, article.title, article.text)
    changed = _append_version(connection, article, captured)
    for table in _CHILDREN:
        connection.execute(f"delete from {table} where article = ?", (article.id,))  # noqa: S608
    put_actors(connection, article.actors)
    for table, rows in zip(_CHILDREN, _child_rows(article), strict=True):
        _insert_all(connection, table, rows)
    return changed


def delete_article(connection: sqlite3.Connection, article: str) -> None:
    """Take an article and all that hangs on it out of the archive: a later reading found that it is none."""
    row = connection.execute("select rowid, title, text from articles where id = ?", (article,)).fetchone()
    if row is None:
        return
    unindex_article(connection, *row)
    for table in (*_CHILDREN, "versions"):
        connection.execute(f"delete from {table} where article = ?", (article,))  # noqa: S608
    forget(connection, article)
    connection.execute("update meetings set first_report = null where first_report = ?", (article,))
    connection.execute("delete from coverage where ? in (first_report, last_report)", (article,))
    connection.execute("delete from articles where id = ?", (article,))


def _article_row(article: Article, capture: Capture) -> dict[str, object]:
    published = article.published
    day = (published.date() if isinstance(published, datetime) else published) if published else None
    return {
        "id": article.id,
        "outlet": article.outlet,
        "url": article.url,
        "title": article.title,
        "label": article.title or article.text[:_LABEL_LENGTH].rsplit(" ", 1)[0] + "…",
        "text": article.text,
        "extracted": article.extracted,
        "author": article.author,
        "dateline": article.dateline,
        "dateline_city": article.dateline_city,
        "agency": article.agency,
        "published": published.isoformat() if published else None,
        "published_day": day.isoformat() if day else None,
        "year": day.year if day else None,
        "month": day.isoformat()[:7] if day else None,
        "published_source": article.published_source,
        "language": article.language,
        "relevance": article.verdict.label,
        "relevance_score": round(article.verdict.score, 3),
        "characters": len(article.text),
        "capture": capture.id,
    }


def _append_version(connection: sqlite3.Connection, article: Article, captured: Captured) -> bool:
    """Append a version when title or text is another than the last one's; say whether there was one before it.

    It was seen when the page was fetched: a text that came back has a capture from long before.
    """
    sha256 = hashlib.sha256(f"{article.title}\n{article.text}".encode()).hexdigest()
    last = connection.execute(
        "select n, sha256 from versions where article = ? order by n desc limit 1", (article.id,)
    ).fetchone()
    if last is not None and last[1] == sha256:
        return False
    connection.execute(
        "insert into versions (article, n, seen, title, text, sha256, capture) values (?,?,?,?,?,?,?)",
        (article.id, (last[0] if last else 0) + 1, captured.page.fetched.isoformat(), article.title, article.text,
         sha256, captured.capture.id),
    )  # fmt: skip
    return last is not None


def _child_rows(article: Article) -> tuple[list[dict[str, object]], ...]:
    removals: list[dict[str, object]] = [
        {"article": article.id, "field": name, "start_char": r.start, "end_char": r.end, "text": r.text,
         "replacement": r.replacement, "reason": r.reason}
        for name, found in (("text", article.removed), ("title", article.title_removed))
        for r in found
    ]  # fmt: skip
    evidence: list[dict[str, object]] = [
        {"article": article.id, "field": e.where, "start_char": e.start, "end_char": e.end, "text": e.text,
         "side": e.side, "reason": e.reason}
        for e in article.verdict.evidence
    ]  # fmt: skip
    candidates: list[dict[str, object]] = [
        {"article": article.id, "n": n, "source": c.source, "raw": c.raw,
         "value": c.value.isoformat() if c.value else None, "zone": c.zone, "chosen": int(c.chosen)}
        for n, c in enumerate(article.candidates)
    ]  # fmt: skip
    dates: list[dict[str, object]] = [
        {"id": f"{article.id}-d{d.start}", "article": article.id, "start_char": d.start, "end_char": d.end,
         "text": d.text, "value": d.value, "first": iso(d.first), "last": iso(d.last), "grain": d.grain,
         "rule": d.rule, "anchor": d.anchor, "modifier": d.modifier, "needs_review": d.needs_review}
        for d in article.dates
    ]  # fmt: skip
    actors = article_rows(article.id, article.actors)
    return removals, evidence, candidates, dates, _mention_rows(article), actors


def _mention_rows(article: Article) -> list[dict[str, object]]:
    return [
        {"id": f"{article.id}-m{n}", "article": article.id, "meeting": None, "start_char": m.start,
         "end_char": m.end, "text": m.text, "sentence": m.sentence, "first": iso(m.first), "last": iso(m.last),
         "grain": m.grain, "date_text": m.date_text, "city": m.city, "country": m.country, "level": m.level,
         "status": m.status, "member_count": m.member_count, "participants": m.participants, "host": m.host, "known": m.known_id, "link": m.link,
         "link_reason": m.link_reason, "confidence": round(m.confidence, 3),
         "also_at": " ".join(f"{a}-{b}" for a, b in m.also_at), "needs_review": m.needs_review}
        for n, m in enumerate(article.meetings, 1)
    ]  # fmt: skip


def _save_ledger(connection: sqlite3.Connection, page: Page, reading: Reading, *, changed: bool) -> None:
    """Write what a page came to; what the ledger learned of its address later (gone, refused) still stands.

    That is so when a capture is read again: its bytes are old, and the address has been looked at since.
    """
    state = "failed" if reading.outcome in ("failed", "not_html", "empty") else "done"
    fetched = page.fetched.isoformat()
    published = reading.article.published if reading.article else None
    connection.execute(
        f"insert into urls ({', '.join(_LEDGER)}) values ({', '.join('?' * len(_LEDGER))})"  # noqa: S608
        f" on conflict(url) do update set {_LEDGER_CHANGES}",
        (page.url, page.outlet, page.found_by, state, 0, page.etag, page.last_modified, page.status, reading.outcome,
         reading.reason, reading.title, reading.length, fetched, fetched,
         published.isoformat() if published else None, fetched if changed else None),
    )  # fmt: skip


def _save_failure(connection: sqlite3.Connection, page: Page, reading: Reading) -> None:
    connection.execute("delete from failures where url = ?", (page.url,))
    if reading.stage:
        connection.execute(
            "insert into failures (url, stage, error, seen, outlet) values (?,?,?,?,?)",
            (page.url, reading.stage, reading.error, page.fetched.isoformat(), page.outlet),
        )


class StorePipeline:
    """Scrapy's door to the archive."""

    def __init__(self, archive: Path) -> None:
        self._connection = open_archive(archive, None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Open the archive that the settings name."""
        return cls(Path(crawler.settings["ARCHIVE"]))

    def process_item(self, item: Read) -> Read:
        """Store one page."""
        save(self._connection, item)
        return item

    def close_spider(self) -> None:
        """Close the archive; what depends on all of it is made anew when the last outlet of a sweep is in."""
        self._connection.close()

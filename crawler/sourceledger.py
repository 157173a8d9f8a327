"""What an outlet's sources named, in SQLite: every address with the source that found it, and how to ask each source again.

What a source named and its validators are kept in one transaction: were the validators kept first and the addresses
lost, the source would answer 304 for ever after. No transaction stays open when a method returns, so any number of
ledgers may share one archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from crawler.found import Found
from crawler.overlap import WHOLE
from crawler.titles import NOT_FETCHED


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a thing has changed (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None


class SourceLedger:
    """The rows of `sources` of one archive, and the addresses that they put on the ledger, as one run sees them.

    `connection`: opened with isolation_level=None. `clock`: returns the present as an aware UTC datetime; what is
    found from now on counts as new in this run.
    """

    def __init__(self, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._db = connection
        self._clock = clock
        self.since = self._now()  # ISO 8601: what was found before was found by an earlier run

    def validators(self, source_url: str) -> Validators:
        """Return what to ask a source with; nothing when it has never answered."""
        row = self._db.execute(
            "SELECT etag, last_modified FROM sources WHERE url = ?", (source_url,)
        ).fetchone()
        return Validators(row[0], row[1]) if row else Validators()

    def record_source(
        self,
        outlet: str,
        kind: str,
        url: str,
        status: int,
        items: int,
        found: Iterable[Found],
        validators: Validators,
        leads_to: Iterable[str] = (),
    ) -> int:
        """Keep what a source named together with its validators, in one transaction; return how many are new.

        Were the validators kept first and the addresses lost, the source would answer 304 for ever after. `leads_to`:
        the sitemaps or the next page it leads to, to be asked also when it answers 304.
        """
        with self._transaction():
            each = [(one.url, self._record_found(outlet, one)) for one in found]
            new = sum(is_new for _, is_new in each)
            known = self._known_before(kind, url, [address for address, _ in each], new)
            self._db.execute(
                """INSERT INTO sources
                     (url, outlet, kind, etag, last_modified, fetched, http_status, items, new_items, named, known_before,
                      leads_to)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (url) DO UPDATE SET outlet = excluded.outlet, kind = excluded.kind,
                     etag = excluded.etag, last_modified = excluded.last_modified, fetched = excluded.fetched,
                     http_status = excluded.http_status, items = excluded.items, new_items = excluded.new_items,
                     named = excluded.named, known_before = excluded.known_before, leads_to = excluded.leads_to,
                     error = NULL""",
                (url, outlet, kind, validators.etag, validators.last_modified, self._now(), status, items, new,
                 len(each), known, "\n".join(leads_to)),
            )  # fmt: skip
        return new

    def _known_before(self, kind: str, source: str, urls: list[str], new: int) -> int | None:
        """Count the addresses of a source that were known before this run; None when it was never read before it."""
        row = self._db.execute("SELECT named FROM sources WHERE url = ?", (source,)).fetchone()
        if row is None or row[0] is None:
            return None
        if kind in WHOLE:  # thousands of addresses, of which a few are new: no need to be exact
            return len(urls) - new
        query = "SELECT count(*) FROM urls WHERE url = ? AND first_seen < ?"
        return sum(int(self._db.execute(query, (url, self.since)).fetchone()[0]) for url in urls)

    def leads_to(self, url: str) -> tuple[str, ...]:
        """Return the addresses that a source led to when it last answered in full."""
        row = self._db.execute("SELECT leads_to FROM sources WHERE url = ?", (url,)).fetchone()
        return tuple(row[0].split("\n")) if row and row[0] else ()

    def source_unchanged(self, url: str) -> None:
        """Note that a source answered 304: its validators and its count of items stay."""
        with self._transaction():
            self._db.execute(
                """UPDATE sources SET fetched = ?, http_status = 304, new_items = 0, known_before = named, error = NULL
                   WHERE url = ?""",
                (self._now(), url),
            )

    def source_failed(self, outlet: str, kind: str, url: str, status: int | None, error: str) -> None:
        """Note that a source gave nothing, and why; its validators stay."""
        with self._transaction():
            self._db.execute(
                """INSERT INTO sources (url, outlet, kind, fetched, http_status, new_items, error)
                   VALUES (?, ?, ?, ?, ?, 0, ?)
                   ON CONFLICT (url) DO UPDATE SET fetched = excluded.fetched, http_status = excluded.http_status,
                     new_items = 0, error = excluded.error""",
                (url, outlet, kind, self._now(), status, error),
            )

    def list_from(self, source_url: str) -> str | None:
        """Return the address at which a list that is read over several runs goes on; None: at its beginning.

        "" when it was read to its end and nothing can come any more.
        """
        row = self._db.execute("SELECT next_page FROM sources WHERE url = ?", (source_url,)).fetchone()
        return row[0] if row else None

    def list_on(self, source_url: str, address: str) -> None:
        """Note the address at which a list goes on in the next run."""
        with self._transaction():
            self._db.execute("UPDATE sources SET next_page = ? WHERE url = ?", (address, source_url))

    def passed_over(self, outlet: str, rules: str) -> list[tuple[str, str]]:
        """List the addresses and titles that other rules for titles than `rules` passed over."""
        query = "SELECT url, title FROM urls WHERE outlet = ? AND state = 'skipped' AND reason LIKE ? AND reason NOT LIKE ?"
        return self._db.execute(query, (outlet, f"{NOT_FETCHED}%", f"%(rules {rules})")).fetchall()

    def judged_again(self, verdicts: Iterable[tuple[str, str]]) -> int:
        """Write what the rules of today say of titles passed over before, as (address, reason or ""); count the freed."""
        freed = 0
        with self._transaction():
            for url, reason in verdicts:
                freed += not reason
                self._db.execute(
                    "UPDATE urls SET state = ?, reason = ? WHERE url = ?",
                    ("skipped" if reason else "new", reason or None, url),
                )
        return freed

    def _record_found(self, outlet: str, found: Found) -> bool:
        """Insert a new address, or put a known one back when its source says it has changed since."""
        fields = {
            "url": found.url,
            "outlet": outlet,
            "found_by": found.source,
            "lastmod": found.lastmod,
            "title": found.title or None,
            "archived": found.archived,
            "state": "skipped" if found.skip else "new",
            "reason": found.skip or None,
            "now": self._now(),
        }
        inserted = self._db.execute(
            """INSERT INTO urls
                 (url, outlet, found_by, state, attempts, lastmod, title, archived, reason, first_seen)
               VALUES (:url, :outlet, :found_by, :state, 0, :lastmod, :title, :archived, :reason, :now)
               ON CONFLICT (url) DO NOTHING""",
            fields,
        ).rowcount
        if found.published:
            self._db.execute(
                "INSERT OR IGNORE INTO url_hints (url, source, raw) VALUES (?, ?, ?)",
                (found.url, found.published.source, found.published.raw),
            )
        if inserted:
            return True
        self._record_known(found, fields)
        return False

    def _record_known(self, found: Found, fields: dict[str, str | None]) -> None:
        # What the outlet refuses us, or no longer has, can be read from the archive's copy.
        if found.archived:
            self._db.execute(
                """UPDATE urls SET state = 'new', attempts = 0, next_due = NULL, archived = :archived WHERE url = :url
                     AND archived IS NULL AND (state IN ('failed', 'gone') OR (state = 'blocked' AND next_due IS NOT NULL))
                     AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.url = :url)""",
                fields,
            )
        if found.skip:
            return
        if found.title:  # a title that was passed over has become another one
            self._db.execute(
                """UPDATE urls SET state = 'new', reason = NULL, title = :title
                   WHERE url = :url AND state = 'skipped' AND reason LIKE :passed_over AND title <> :title""",
                {**fields, "passed_over": f"{NOT_FETCHED}%"},
            )
        # Days and instants compare as text; a day is never newer than an instant of that day.
        self._db.execute(
            """UPDATE urls SET
                 state = CASE WHEN lastmod IS NULL OR state = 'in_flight' THEN state ELSE 'new' END,
                 attempts = CASE WHEN lastmod IS NULL OR state = 'in_flight' THEN attempts ELSE 0 END,
                 next_due = CASE WHEN lastmod IS NULL OR state = 'in_flight' THEN next_due ELSE NULL END,
                 lastmod = :lastmod
               WHERE url = :url AND :lastmod IS NOT NULL AND (lastmod IS NULL OR lastmod < :lastmod)""",
            fields,
        )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

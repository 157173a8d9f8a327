"""Every address ever seen, in SQLite: which source found it, what became of it. The durable frontier.

Whatever the crawler must not forget is written here in one transaction before it is acted on, so that a crawl killed at
any moment goes on where it stood: nothing is lost, and nothing is fetched twice but what was in flight.

No transaction stays open when a method returns, so any number of ledgers may share one archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.found import Found
from crawler.overlap import WHOLE
from crawler.revisits import LAST, next_visit
from crawler.titles import NOT_FETCHED

MAX_ATTEMPTS = 3  # failures in a row after which an address is left alone
FIRST_WAIT = timedelta(hours=1)  # after a failure; four times longer after each further one
BLOCKED_WAIT = timedelta(days=1)  # after a refusal: asking again soon is rude and pointless


@dataclass(frozen=True, slots=True)
class Task:
    """One address to fetch now, with what is known of it."""

    url: str
    found_by: str
    etag: str | None
    last_modified: str | None
    hints: tuple[tuple[str, str], ...] = ()  # (source, raw): every date of publication a feed or sitemap gave
    archived: str | None = None  # a web archive's copy, to be read instead of the address


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a thing has changed (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None


class Ledger:
    """The rows of `urls` and `sources` of one archive, as one run sees them.

    `connection`: opened with isolation_level=None. `clock`: returns the present as an aware UTC datetime; what is
    found from now on counts as new in this run.
    """

    def __init__(self, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._db = connection
        self._clock = clock
        self.since = self._now()  # ISO 8601: what was found before was found by an earlier run

    def requeue(self, outlet: str) -> int:
        """Put back what a killed run left in flight, and what is due again; return how many addresses."""
        with self._transaction():
            return self._db.execute(
                """UPDATE urls SET state = 'new', next_due = NULL WHERE outlet = :outlet AND (
                     state = 'in_flight'
                     OR (state IN ('failed', 'blocked') AND attempts < :most AND next_due <= :now)
                     OR (state = 'done' AND next_due <= :now))""",
                {"outlet": outlet, "most": MAX_ATTEMPTS, "now": self._now()},
            ).rowcount

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
    ) -> int:
        """Keep what a source named together with its validators, in one transaction; return how many are new.

        Were the validators kept first and the addresses lost, the source would answer 304 for ever after.
        """
        with self._transaction():
            each = [(one.url, self._record_found(outlet, one)) for one in found]
            new = sum(is_new for _, is_new in each)
            known = self._known_before(kind, url, [address for address, _ in each], new)
            self._db.execute(
                """INSERT INTO sources
                     (url, outlet, kind, etag, last_modified, fetched, http_status, items, new_items, named, known_before)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (url) DO UPDATE SET outlet = excluded.outlet, kind = excluded.kind,
                     etag = excluded.etag, last_modified = excluded.last_modified, fetched = excluded.fetched,
                     http_status = excluded.http_status, items = excluded.items, new_items = excluded.new_items,
                     named = excluded.named, known_before = excluded.known_before, error = NULL""",
                (url, outlet, kind, validators.etag, validators.last_modified, self._now(), status, items, new,
                 len(each), known),
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

    def next_revisit(self, outlet: str) -> datetime | None:
        """Return when the first of an outlet's articles is to be looked at again."""
        query = "SELECT min(next_due) FROM urls WHERE outlet = ? AND state = 'done'"
        due = self._db.execute(query, (outlet,)).fetchone()[0]
        return datetime.fromisoformat(due) if due else None

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

    def refused(self, outlet: str) -> int:
        """Count the articles that the outlet's server refuses us; what robots.txt forbids is not among them."""
        query = (
            "SELECT count(*) FROM urls WHERE outlet = ? AND state = 'blocked' AND next_due IS NOT NULL"
            " AND archived IS NULL"
        )
        return int(self._db.execute(query, (outlet,)).fetchone()[0])

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

    def take(self, outlet: str, limit: int) -> list[Task]:
        """Take up to `limit` addresses to fetch and mark them in flight, what was found last and is newest first."""
        with self._transaction():
            rows = self._db.execute(
                """SELECT url, found_by, etag, last_modified, archived FROM urls
                   WHERE outlet = ? AND state = 'new' AND (next_due IS NULL OR next_due <= ?)
                   ORDER BY first_seen DESC, lastmod DESC, url LIMIT ?""",
                (outlet, self._now(), limit),
            ).fetchall()
            self._db.executemany(
                "UPDATE urls SET state = 'in_flight', next_due = NULL WHERE url = ?",
                [(row[0],) for row in rows],
            )
        return [
            Task(url, found_by, etag, last_modified, self._hints(url), archived)
            for url, found_by, etag, last_modified, archived in rows
        ]

    def unchanged(self, url: str) -> None:
        """Note that an article answered 304: what is stored of it still stands."""
        with self._transaction():
            self._db.execute(
                "UPDATE urls SET state = 'done', attempts = 0, fetched = ?, next_due = NULL WHERE url = ?",
                (self._now(), url),
            )

    def plan_revisits(self, outlet: str) -> int:
        """Decide for each article read since its last visit when to look at it again; return how many will be.

        To be called before and after a run, so that a killed one loses no revisit. The decision is next_visit's.
        What was read from a saved file was not fetched by us, and is not now.
        """
        with self._transaction():
            rows = self._db.execute(
                """SELECT url, published, first_seen, changed, fetched FROM urls
                   WHERE outlet = ? AND state = 'done' AND verdict = 'article' AND next_due IS NULL AND fetched > ?
                     AND found_by NOT LIKE 'ingest %'""",
                (outlet, (self._clock() - LAST).isoformat(timespec="seconds")),
            ).fetchall()
            due = [(visit, url) for url, *known in rows if (visit := _next_visit(*known))]
            self._db.executemany("UPDATE urls SET next_due = ? WHERE url = ?", due)
        return len(due)

    def redirected(self, asked: str, final: str) -> bool:
        """Settle an address that leads to another of the outlet's articles.

        Both are written in one transaction: the asked one is done, the final one in flight. Return False when the
        final one is already known and needs no reading now: it is done and no newer change was announced under the
        asked one, or it is under way by itself.
        """
        with self._transaction():
            inserted = self._db.execute(
                """INSERT INTO urls (url, outlet, found_by, state, attempts, lastmod, title, first_seen)
                   SELECT ?, outlet, found_by, 'in_flight', 0, lastmod, title, first_seen FROM urls WHERE url = ?
                   ON CONFLICT (url) DO NOTHING""",
                (final, asked),
            ).rowcount
            taken = (
                inserted
                or self._db.execute(
                    """UPDATE urls SET state = 'in_flight', next_due = NULL,
                     lastmod = max(coalesce(urls.lastmod, asked.lastmod), coalesce(asked.lastmod, urls.lastmod))
                   FROM (SELECT lastmod FROM urls WHERE url = :asked) AS asked
                   WHERE url = :final AND state <> 'in_flight' AND (state <> 'done' OR asked.lastmod > urls.lastmod)""",
                    {"asked": asked, "final": final},
                ).rowcount
            )
            self._db.execute(
                "INSERT OR IGNORE INTO url_hints SELECT ?, source, raw FROM url_hints WHERE url = ?",
                (final, asked),
            )
            self._settle(asked, "done", None, f"redirects to {final}")
        return bool(taken)

    def failed(self, url: str, status: int | None, reason: str, wait: timedelta | None = None) -> None:
        """Note a failure that may pass: the address is due again after `wait`, or after a growing pause."""
        with self._transaction():
            row = self._db.execute("SELECT attempts FROM urls WHERE url = ?", (url,)).fetchone()
            attempts = (row[0] or 0) + 1 if row else 1
            pause = wait or FIRST_WAIT * 4 ** (attempts - 1)
            self._settle(url, "failed", status, reason, attempts, self._clock() + pause)

    def blocked(self, url: str, status: int | None, reason: str, *, forever: bool = False) -> None:
        """Note a refusal; it is tried again after BLOCKED_WAIT, or never when robots.txt refuses the address."""
        with self._transaction():
            row = self._db.execute("SELECT attempts FROM urls WHERE url = ?", (url,)).fetchone()
            attempts = (row[0] or 0) + 1 if row else 1
            self._settle(
                url, "blocked", status, reason, attempts, None if forever else self._clock() + BLOCKED_WAIT
            )

    def gone(self, url: str, status: int, reason: str = "") -> None:
        """Note that a page is gone (404, 410, or a page that says so); what is stored of it stays."""
        with self._transaction():
            self._settle(url, "gone", status, reason or f"the server answered {status}")

    def skipped(self, url: str, status: int | None, reason: str) -> None:
        """Note that an address turned out to be no article."""
        with self._transaction():
            self._settle(url, "skipped", status, reason)

    def rest(self, url: str, until: datetime, reason: str) -> None:
        """Put an address back that could not even be asked for: no failure of its own, and due again `until`."""
        with self._transaction():
            self._db.execute(
                "UPDATE urls SET state = 'new', next_due = ?, reason = ? WHERE url = ?",
                (until.isoformat(timespec="seconds"), reason, url),
            )

    def postpone(self, outlet: str, until: datetime, reason: str) -> int:
        """Let everything an outlet still owes rest until a moment it asked for; return how many addresses."""
        with self._transaction():
            return self._db.execute(
                """UPDATE urls SET state = 'new', next_due = ?, reason = ?
                   WHERE outlet = ? AND state IN ('new', 'in_flight')""",
                (until.isoformat(timespec="seconds"), reason, outlet),
            ).rowcount

    def waiting(self, outlet: str) -> int:
        """Count the addresses of an outlet that are still to be fetched."""
        query = "SELECT count(*) FROM urls WHERE outlet = ? AND state IN ('new', 'in_flight')"
        return int(self._db.execute(query, (outlet,)).fetchone()[0])

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

    def _hints(self, url: str) -> tuple[tuple[str, str], ...]:
        query = "SELECT source, raw FROM url_hints WHERE url = ? ORDER BY source, raw"
        return tuple(self._db.execute(query, (url,)))

    def _settle(
        self,
        url: str,
        state: str,
        status: int | None,
        reason: str,
        attempts: int | None = None,
        due: datetime | None = None,
    ) -> None:
        self._db.execute(
            """UPDATE urls SET state = ?, http_status = ?, reason = ?, attempts = coalesce(?, attempts), fetched = ?,
                 next_due = ? WHERE url = ?""",
            (state, status, reason, attempts, self._now(), due and due.isoformat(timespec="seconds"), url),
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


def _next_visit(published: str | None, seen: str, changed: str | None, fetched: str) -> str | None:
    """Decide from a row's columns when an article is looked at again, given when it last was."""
    visit = next_visit(
        _moment(published) if published else None,
        datetime.fromisoformat(seen),
        datetime.fromisoformat(changed) if changed else None,
        datetime.fromisoformat(fetched),
    )
    return visit.astimezone(UTC).isoformat(timespec="seconds") if visit else None


def _moment(published: str) -> datetime | date:
    day = len(published) == len("2017-03-10")
    return date.fromisoformat(published) if day else datetime.fromisoformat(published)

"""Every address ever seen, in SQLite: which source found it, what became of it. The durable frontier.

Whatever the crawler must not forget is written here in one transaction before it is acted on, so that a crawl killed at
any moment goes on where it stood: nothing is lost, and nothing is fetched twice but what was in flight.

No transaction stays open when a method returns, so any number of ledgers may share one archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.revisits import LAST, next_visit
from crawler.sourceledger import SourceLedger

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


class Ledger(SourceLedger):
    """The rows of `urls` and `sources` of one archive, as one run sees them: what is to be fetched, and what came of it."""

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

    def next_revisit(self, outlet: str) -> datetime | None:
        """Return when the first of an outlet's articles is to be looked at again."""
        query = "SELECT min(next_due) FROM urls WHERE outlet = ? AND state = 'done'"
        due = self._db.execute(query, (outlet,)).fetchone()[0]
        return datetime.fromisoformat(due) if due else None

    def refused(self, outlet: str) -> int:
        """Count the articles that the outlet's server refuses us; what robots.txt forbids is not among them."""
        query = (
            "SELECT count(*) FROM urls WHERE outlet = ? AND state = 'blocked' AND next_due IS NOT NULL"
            " AND archived IS NULL"
        )
        return int(self._db.execute(query, (outlet,)).fetchone()[0])

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

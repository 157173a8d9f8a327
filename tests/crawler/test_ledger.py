"""The ledger on a real archive: what it forgets is never collected, what it muddles is collected for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.found import Found
from crawler.items import DateCandidate
from crawler.ledger import Ledger
from crawler.sourceledger import Validators
from pipelines.archive import open_archive

FEED = "http://a.example/rss"
ONE, TWO = "http://a.example/news/1", "http://a.example/news/2"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Book:
    """A ledger with its clock and its database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db, self.clock = connection, Clock()
        self.ledger = Ledger(connection, self.clock)

    def found(self, *found: Found, etag: str = '"1"') -> int:
        return self.ledger.record_source("a", "feed", FEED, 200, len(found), found, Validators(etag))

    def row(self, url: str, columns: str) -> tuple[object, ...]:
        row: tuple[object, ...] = self.db.execute(
            f"SELECT {columns} FROM urls WHERE url = ?", (url,)
        ).fetchone()
        return row

    def store(self, url: str, etag: str | None = None) -> None:
        """Settle an address as the store does."""
        self.db.execute("UPDATE urls SET state = 'done', etag = ? WHERE url = ?", (etag, url))

    def taken(self, limit: int = 9) -> list[str]:
        return [task.url for task in self.ledger.take("a", limit)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(open_archive(tmp_path / "archive.db", "sample")) as connection:
        connection.execute(
            "INSERT INTO outlets (id, name_ar, name_en) VALUES ('a', 'ص', 'P'), ('b', 'ص', 'P')"
        )
        yield Book(connection)


def one(lastmod: str | None = None, hint: str | None = None, source: str = f"feed {FEED}") -> Found:
    return Found(ONE, source, "خبر", lastmod, DateCandidate(source.split()[0], hint, None) if hint else None)


def test_addresses_and_validators_are_kept_together_or_not_at_all(book: Book) -> None:
    def broken() -> Iterator[Found]:
        yield one()
        raise RuntimeError("killed here")

    with pytest.raises(RuntimeError):
        book.ledger.record_source("a", "feed", FEED, 200, 2, broken(), Validators('"1"', "yesterday"))
    assert book.ledger.validators(FEED) == Validators()
    assert book.taken() == []
    assert book.found(one(), Found(TWO, "x")) == 2
    assert book.ledger.validators(FEED) == Validators('"1"')
    assert sorted(book.taken()) == [ONE, TWO]


def test_what_is_taken_is_in_flight_and_comes_back_after_a_kill(book: Book) -> None:
    book.found(one(), Found(TWO, "x"))
    assert book.taken(1) == [ONE]
    assert book.taken() == [TWO]
    assert book.taken() == []
    book.store(TWO)
    assert book.ledger.requeue("b") == 0
    assert book.ledger.requeue("a") == 1
    assert book.taken() == [ONE]


def test_the_first_source_to_name_an_address_stays_its_finder_and_every_date_is_kept(book: Book) -> None:
    book.found(one())
    book.found(one(source="news_sitemap x", hint="2017-03-10"))
    book.found(one(hint="Fri, 10 Mar 2017"))
    book.found(one(hint="Fri, 10 Mar 2017"))
    assert book.row(ONE, "found_by") == (f"feed {FEED}",)
    (task,) = book.ledger.take("a", 10)
    assert task.hints == (("feed", "Fri, 10 Mar 2017"), ("news_sitemap", "2017-03-10"))


@pytest.mark.parametrize(
    ("known", "said", "due"),
    [
        ("2017-03-10", "2017-03-11", True),
        ("2017-03-10", "2017-03-10", False),
        ("2017-03-10", "2017-03-09", False),
        ("2017-03-10", None, False),
        (None, "2017-03-11", False),  # nothing says that it changed; the date is kept for next time
        ("2017-03-10T08:00:00+00:00", "2017-03-10", False),
        ("2017-03-10T08:00:00+00:00", "2017-03-10T08:00:01+00:00", True),
    ],
)
def test_a_stored_article_is_due_again_only_when_its_source_says_it_changed(
    book: Book, known: str | None, said: str | None, due: bool
) -> None:
    book.found(one(known))
    book.taken()
    book.store(ONE, '"abc"')
    book.found(one(said))
    tasks = book.ledger.take("a", 9)
    assert [task.etag for task in tasks] == (['"abc"'] if due else [])
    if known and said:
        assert book.row(ONE, "lastmod") == (max(known, said),)


def test_a_failure_is_tried_again_later_three_times_and_then_left(book: Book) -> None:
    book.found(one())
    for hours in (1, 4, 16):
        assert book.taken() == [ONE]
        book.ledger.failed(ONE, 500, "the server answered 500")
        book.clock.now += timedelta(hours=hours, seconds=-1)
        assert book.ledger.requeue("a") == 0
        book.clock.now += timedelta(seconds=1)
        book.ledger.requeue("a")
    assert book.taken() == []
    assert book.row(ONE, "state, attempts, reason") == ("failed", 3, "the server answered 500")
    book.found(one("2026-01-02"))
    book.found(one("2026-01-03"))  # its source says it changed: it gets another chance
    assert book.taken() == [ONE]


def test_robots_refusals_are_for_good_and_others_for_a_day(book: Book) -> None:
    book.found(one(), Found(TWO, "x"))
    book.taken()
    book.ledger.blocked(ONE, None, "robots.txt refuses this address", forever=True)
    book.ledger.blocked(TWO, 403, "the server answered 403")
    book.clock.now += timedelta(days=1)
    book.ledger.requeue("a")
    assert book.taken() == [TWO]


def test_a_redirect_settles_the_asked_address_and_takes_the_final_one_once(book: Book) -> None:
    book.found(one("2017-03-10", "Fri, 10 Mar 2017"))
    book.taken()
    assert book.ledger.redirected(ONE, TWO)
    assert book.row(ONE, "state, reason") == ("done", f"redirects to {TWO}")
    assert book.row(TWO, "state, found_by, lastmod") == ("in_flight", f"feed {FEED}", "2017-03-10")
    assert book.ledger._hints(TWO) == (("feed", "Fri, 10 Mar 2017"),)
    assert not book.ledger.redirected(ONE, TWO)
    book.store(TWO)
    assert not book.ledger.redirected(ONE, TWO)
    book.found(one("2017-03-11"))
    assert book.taken() == [ONE]
    assert book.ledger.redirected(ONE, TWO)
    assert book.row(TWO, "state, lastmod") == ("in_flight", "2017-03-11")


def test_an_outlet_that_wants_a_pause_gets_it(book: Book) -> None:
    book.found(one(), Found(TWO, "x"))
    book.taken(1)
    assert book.ledger.postpone("a", book.clock.now + timedelta(hours=2), "429") == 2
    book.ledger.requeue("a")
    assert book.taken() == []
    assert book.ledger.waiting("a") == 2
    book.clock.now += timedelta(hours=2)
    assert sorted(book.taken()) == [ONE, TWO]
    assert book.row(ONE, "next_due") == (None,)


def test_what_was_collected_last_and_changed_last_is_fetched_first(book: Book) -> None:
    book.found(Found("http://a.example/old", "x", lastmod="2020-01-01"))
    book.clock.now += timedelta(days=1)
    book.found(Found("http://a.example/b", "x"), Found("http://a.example/c", "x", lastmod="2017-01-02"))
    book.found(Found("http://a.example/a", "x", lastmod="2017-01-01"))
    assert [url.rsplit("/", 1)[1] for url in book.taken()] == ["c", "a", "b", "old"]


def test_sources_keep_their_validators_through_failures_and_304s(book: Book) -> None:
    book.found(one(), etag='"7"')
    book.ledger.source_failed("a", "feed", FEED, 500, "the server answered 500")
    assert book.ledger.validators(FEED) == Validators('"7"')
    query = "SELECT http_status, items, new_items, error FROM sources"
    assert book.db.execute(query).fetchall() == [(500, 1, 0, "the server answered 500")]
    book.ledger.source_unchanged(FEED)
    assert book.db.execute(query).fetchall() == [(304, 1, 0, None)]

"""Hosts that rest: a dead one must not hold up every run, a live one must not be forgotten, a "wait" outlives the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.hosts import AskedToRestError, HostRestsError, Hosts
from pipelines.archive import open_archive
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import one_feed, page
from tests.crawler.test_guard import direct

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST = "a.example"
QUICK = ("-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_TIMEOUT=2")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_archive(tmp_path / "archive.db", "sample")) as connection:
        connection.execute("INSERT INTO outlets (id, name_ar, name_en) VALUES ('a', 'ص', 'P')")
        yield connection


def hosts(archive: sqlite3.Connection, hours: float = 0) -> Hosts:
    """Give what another run, some hours after noon, knows."""
    return Hosts(archive, "a", lambda: NOON + timedelta(hours=hours))


def rests(archive: sqlite3.Connection, hours: float) -> bool:
    try:
        hosts(archive, hours).check(HOST)
    except HostRestsError:
        return True
    return False


def test_the_third_silence_in_a_row_gives_a_host_rest_and_each_further_one_twice_as_much(
    archive: sqlite3.Connection,
) -> None:
    for _ in range(2):
        hosts(archive).silent(HOST, "DownloadTimeoutError")
        assert not rests(archive, 0)
    hosts(archive).silent(HOST, "DownloadTimeoutError")
    with pytest.raises(
        HostRestsError, match=r"^a\.example did not answer 3 times \(DownloadTimeoutError\); "
    ) as one:
        hosts(archive).check(HOST)
    assert one.value.until == NOON + timedelta(hours=1)
    assert (rests(archive, 0.99), rests(archive, 1)) == (True, False)
    hosts(archive, 1).silent(HOST, "DownloadTimeoutError")
    assert (rests(archive, 2.99), rests(archive, 3)) == (True, False)
    for _ in range(20):
        hosts(archive).silent(HOST, "DownloadTimeoutError")
    assert (rests(archive, 23.99), rests(archive, 24)) == (True, False)
    hosts(archive).check("b.example")


def test_an_answer_makes_good_for_all_silences(archive: sqlite3.Connection) -> None:
    for _ in range(2):
        hosts(archive).silent(HOST, "x")
    hosts(archive).answered(HOST)
    hosts(archive).silent(HOST, "x")
    assert not rests(archive, 0)
    assert archive.execute("SELECT silences, until FROM hosts").fetchall() == [(1, None)]


def test_a_host_that_asked_for_it_rests_until_then(archive: sqlite3.Connection) -> None:
    until = NOON + timedelta(hours=5)
    hosts(archive).asked(HOST, until, "answered 429 and asked us to wait")
    with pytest.raises(
        AskedToRestError, match=r"answered 429 and asked us to wait; it is left alone until 2026-01-01 17:00"
    ):
        hosts(archive, 4).check(HOST)
    assert hosts(archive, 4).rests_until() == until
    assert hosts(archive, 5).rests_until() is None
    assert not rests(archive, 5)


def test_a_feed_that_asks_us_to_wait_is_left_alone_by_the_next_runs_too(desk: Desk) -> None:
    one_feed(desk, "/news/1")
    feed_at = "http://barid.example/rss.xml"
    whole = desk.answers[feed_at]
    desk.answers[feed_at] = Answer(status=429, headers={"Retry-After": "7200"})
    first = desk.scrapy("crawl", "barid")
    assert first.stdout.startswith("barid          blocked ")
    desk.site.seen.clear()
    second = desk.scrapy("crawl", "barid")
    assert second.returncode == 1
    assert second.stdout.startswith("barid          blocked ")
    assert "barid.example answered 429 and asked us to wait; it is left alone until " in second.stdout
    assert desk.site.seen == []  # not even for robots.txt
    assert desk.scrapy("sweep", "--due").stdout == "not due yet: barid\n"
    wait = desk.rows("SELECT round((julianday(next_due) - julianday('now')) * 24) FROM crawls")
    assert wait == [(2,), (4,)]  # the second failure in a row doubles the hour twice
    desk.change("UPDATE hosts SET until = '2017-01-01T00:00:00+00:00'")
    desk.answers[feed_at] = whole
    assert desk.scrapy("crawl", "barid").stdout == "barid          healthy     1 new, 1 fetched\n"
    assert desk.rows("SELECT * FROM hosts") == []


def test_a_dead_host_is_an_outage_and_its_addresses_wait_without_losing_a_try(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = direct(desk, monkeypatch, "localhost")
    links = one_feed(desk, "/news/1")
    dead = f"http://localhost:{int(port) + 1}"  # nobody listens there
    desk.declare(
        "barid", "feed http://barid.example/rss.xml", f"feed {dead}/rss.xml", more="hosts: [localhost]\n"
    )
    desk.scrapy("crawl", "barid", *QUICK, "-s", "ALLOW_PRIVATE_HOSTS=localhost")
    assert desk.rows("SELECT hostname, silences FROM hosts") == [("localhost", 1)]
    desk.change("UPDATE hosts SET silences = 2")
    desk.change("UPDATE urls SET state = 'new', url = ? WHERE url = ?", f"{dead}/news/1", links[0])
    for run in (3, 3):  # the second run does not even ask
        told = desk.scrapy("crawl", "barid", *QUICK, "-s", "ALLOW_PRIVATE_HOSTS=localhost")
        assert told.stdout.startswith("barid          outage ")
        assert desk.rows("SELECT hostname, silences FROM hosts") == [("localhost", run)]
        assert desk.rows(
            "SELECT state, attempts, next_due IS NULL FROM urls WHERE url LIKE 'http://local%'"
        ) == [("new", 0, 0)]
        desk.change("UPDATE urls SET next_due = NULL WHERE state = 'new'")


def test_without_robots_an_address_waits_and_loses_no_try_however_long(desk: Desk) -> None:
    (link,) = one_feed(desk, "/news/1")
    elsewhere = "http://www.barid.example/news/2"
    desk.answers[link] = Answer(status=302, headers={"Location": elsewhere})
    desk.answers[elsewhere] = page()
    desk.answers["http://www.barid.example/robots.txt"] = Answer(status=500)
    for _ in range(4):
        desk.scrapy("crawl", "barid", *QUICK)
        assert desk.rows("SELECT state, attempts, reason FROM urls") == [
            ("new", 0, "robots.txt can't be reached")
        ]
        desk.change("UPDATE urls SET next_due = NULL")
    assert elsewhere not in desk.site.asked()
    desk.answers["http://www.barid.example/robots.txt"] = Answer(status=404)
    desk.scrapy("crawl", "barid", *QUICK)
    assert desk.rows("SELECT url FROM pages") == [(elsewhere,)]

"""Two crawls of one outlet: the second must not fetch a page twice, and a killed one must not lock the outlet for ever."""

from __future__ import annotations

import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.items import TahalufError
from crawler.lock import OutletBusyError, OutletLock
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_commands import two_outlets

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
FEED = "http://barid.example/rss.xml"


def stuck(desk: Desk) -> subprocess.Popen[str]:
    """Start a crawl of barid and return when it waits for its feed."""
    whole = desk.answers[FEED]
    desk.answers[FEED] = Answer(whole.body, seconds=30)
    running = desk.start("crawl", "barid")
    while FEED not in desk.site.asked():
        assert running.poll() is None, running.communicate()
    desk.answers[FEED] = whole
    return running


def finished(desk: Desk, outlet: str) -> bool:
    try:
        return ("healthy", outlet) in desk.rows("SELECT status, outlet FROM crawls")
    except sqlite3.OperationalError:  # not made yet
        return False


def test_one_holds_it_and_the_other_is_told_who(tmp_path: Path) -> None:
    first, second = (OutletLock(tmp_path / "archive.db", "elaph") for _ in range(2))
    first.acquire(NOW)
    with pytest.raises(
        OutletBusyError, match=r"^elaph is being collected by process \d+ since 2026-01-01 12:00 UTC; "
    ):
        second.acquire(NOW)
    OutletLock(tmp_path / "archive.db", "aawsat").acquire(NOW)
    OutletLock(tmp_path / "other.db", "elaph").acquire(NOW)
    first.release()
    first.release()
    second.acquire(NOW)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.locks").write_text("a file in the way")
    with pytest.raises(TahalufError, match=r"archive\.locks"):
        OutletLock(tmp_path / "archive.db", "elaph").acquire(NOW)


def test_the_second_crawl_says_so_in_one_line_and_a_sweep_goes_on_with_the_others(desk: Desk) -> None:
    two_outlets(desk)
    running = stuck(desk)
    second = desk.scrapy("crawl", "barid")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"crawl: barid is being collected by process {running.pid} since ")
    assert second.stderr.endswith(" UTC; this run leaves it alone\n")
    assert second.stderr.count("\n") == 1
    sweep = desk.scrapy("sweep")
    assert sweep.returncode == 0
    assert sweep.stdout.splitlines()[0].startswith(
        "barid          busy        barid is being collected by process "
    )
    assert sweep.stdout.splitlines()[1:] == ["diwan          healthy     1 new, 1 fetched"]
    assert desk.scrapy("sweep", "barid").returncode == 1
    assert desk.site.asked().count(FEED) == 1
    assert desk.rows("SELECT status FROM crawls WHERE outlet = 'barid'") == [("running",)]
    running.kill()
    running.communicate()
    after = desk.scrapy("crawl", "barid")
    assert (after.returncode, after.stdout) == (0, "barid          healthy     2 new, 2 fetched\n")
    assert desk.rows("SELECT status FROM crawls WHERE outlet = 'barid'") == [("killed",), ("healthy",)]


def test_a_sweep_gives_an_outlet_back_when_its_own_crawl_is_over(desk: Desk) -> None:
    two_outlets(desk)
    slow = "http://diwan.example/rss.xml"
    whole = desk.answers[slow]
    desk.answers[slow] = Answer(whole.body, seconds=30)
    sweep = desk.start("sweep")
    while not finished(desk, "barid"):
        assert sweep.poll() is None, sweep.communicate()
    assert desk.scrapy("crawl", "barid").returncode == 0  # barid is done, diwan still goes on
    desk.site.release.set()
    told, _ = sweep.communicate(timeout=30)
    assert told.splitlines()[1] == "diwan          healthy     1 new, 1 fetched"

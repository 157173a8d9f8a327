"""Health: an outlet that has silently stopped must be shown, and a passing outage must not call anybody at night."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.health import Health, Run, assess, table
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_commands import two_outlets

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)


def runs(*statuses: str, hours: int = 1, found: int = 0) -> list[Run]:
    """Make runs, the latest first, an hour between two; the oldest found something."""
    made = [
        Run("elaph", NOW - timedelta(hours=hours * (number + 1)), status, found, found, 0)
        for number, status in enumerate(statuses)
    ]
    return [*made, Run("elaph", NOW - timedelta(hours=hours * (len(made) + 1)), "healthy", 3, 3, 0)]


@pytest.mark.parametrize(
    ("statuses", "needs"),
    [
        (["healthy"], None),
        (["quiet"] * 5, None),
        (["outage"], None),
        (["outage", "outage"], None),
        (["outage"] * 3, "outage 3 times in a row"),
        (["blocked"] * 4, "blocked 4 times in a row"),
        (["killed"] * 3, "killed 3 times in a row"),
        (["blocked", "healthy", "blocked", "blocked"], None),
        (["healthy", "broken"], None),
        (["broken"], "mend it: the declaration, or our code, no longer fits what the outlet sends"),
    ],
)
def test_what_does_not_pass_by_itself_needs_a_person(statuses: list[str], needs: str | None) -> None:
    health = assess("elaph", runs(*statuses), NOW)
    assert health.needs == needs
    assert health.status == statuses[0]


def test_silence_is_judged_too() -> None:
    weeks = runs(*["quiet"] * 9, hours=24)
    assert assess("elaph", weeks, NOW).needs == "nothing new since 2025-12-31: has the outlet moved?"
    assert assess("elaph", runs(*["quiet"] * 6, hours=24), NOW).needs is None
    stopped = assess("elaph", runs("healthy"), NOW + timedelta(days=3))
    assert stopped.needs == "no run since 2026-01-10 11:00 UTC: does the schedule still run?"
    assert assess("barid", weeks, NOW + timedelta(days=30), sample=True).needs is None


def test_the_last_run_is_told_with_what_came_before() -> None:
    health = assess("elaph", runs("outage", "outage", "healthy", found=2), NOW)
    assert (health.in_a_row, health.found) == (2, 2)
    assert health.last_green == NOW - timedelta(hours=3)
    assert health.last_new == NOW - timedelta(hours=1)
    assert assess("new", [], NOW) == Health("new", "never", reason="not collected yet")


def test_who_needs_a_person_stands_first() -> None:
    lines = table(
        [
            assess("aawsat", runs("healthy", found=12), NOW),
            assess("elaph", runs("broken"), NOW),
            assess("new", [], NOW),
        ]
    )
    assert [line.split()[0] for line in lines] == ["outlet", "elaph", "aawsat", "new"]
    assert "! mend it: " in lines[1]
    assert lines[2].split() == [
        "aawsat",
        "healthy",
        "×2",
        "2026-01-10",
        "11:00",
        "12",
        "12",
        "0",
        "2026-01-10",
    ]
    assert lines[3].split() == ["new", "never", "—", "—", "—", "—", "—", "not", "collected", "yet"]


def test_the_command_ends_with_1_when_something_needs_a_person(desk: Desk) -> None:
    two_outlets(desk)
    missing = desk.scrapy("health")
    assert missing.returncode == 1
    assert missing.stderr.startswith(f"health: {desk.archive}: no such archive")
    assert not desk.archive.exists()
    desk.scrapy("crawl", "barid")
    never = desk.scrapy("health", "diwan")
    assert never.returncode == 1
    assert never.stderr == "health: none of these outlets has been collected into this archive yet\n"
    desk.scrapy("sweep")
    good = desk.scrapy("health")
    assert (good.returncode, good.stderr) == (0, "")
    assert [line.split()[:2] for line in good.stdout.splitlines()[1:]] == [
        ["barid", "quiet"],
        ["diwan", "healthy"],
    ]
    desk.answers["http://diwan.example/rss.xml"] = Answer(b"<html>moved</html>")
    desk.scrapy("sweep")
    bad = desk.scrapy("health", "--json")
    assert bad.returncode == 1
    told = {one["outlet"]: one for one in json.loads(bad.stdout)}
    assert told["barid"]["needs"] is None
    assert told["diwan"]["needs"].startswith("mend it")
    assert told["diwan"]["reason"] == "http://diwan.example/rss.xml: is not a feed"
    assert datetime.fromisoformat(told["diwan"]["last_green"]).tzinfo is not None
    assert desk.scrapy("health", "barid").returncode == 0
    assert desk.scrapy("health", "barit").returncode == 2

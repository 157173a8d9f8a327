"""Health: an outlet that has silently stopped must be shown, and a passing outage must not call anybody at night."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.health import Health, Run, as_json, assess, table
from crawler.outlets.model import Expectation
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_commands import two_outlets
from tests.crawler.test_runs import OUTLET

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
ELAPH = replace(OUTLET, id="elaph", expect=Expectation())


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
    health = assess(ELAPH, runs(*statuses), NOW)
    assert health.needs == needs
    assert health.status == statuses[0]


def test_silence_is_judged_too() -> None:
    weeks = runs(*["quiet"] * 9, hours=24)
    assert assess(ELAPH, weeks, NOW).needs == "nothing new since 2025-12-31: has the outlet moved?"
    assert assess(ELAPH, runs(*["quiet"] * 6, hours=24), NOW).needs is None
    stopped = assess(ELAPH, runs("healthy"), NOW + timedelta(days=3))
    assert stopped.needs == "no run since 2026-01-10 11:00 UTC: does the schedule still run?"
    patient = replace(ELAPH, expect=Expectation(newest=30))
    assert assess(patient, weeks, NOW).needs is None
    rare = [replace(run, next_due=(NOW + timedelta(days=6)).isoformat()) for run in runs("healthy", found=1)]
    assert assess(ELAPH, rare, NOW + timedelta(days=5)).needs is None  # its server asked for a week's rest
    assert assess(replace(ELAPH, sample=True), weeks, NOW + timedelta(days=30)).needs is None


def test_the_last_run_is_told_with_what_came_before() -> None:
    health = assess(ELAPH, runs("outage", "outage", "healthy", found=2), NOW)
    assert health.last is not None
    assert (health.in_a_row, health.last.found) == (2, 2)
    assert health.last_green == NOW - timedelta(hours=3)
    assert health.last_new == NOW - timedelta(hours=1)
    assert assess(replace(ELAPH, id="new"), [], NOW) == Health("new", "never", reason="not collected yet")


def test_who_needs_a_person_stands_first() -> None:
    lines = table(
        [
            assess(replace(ELAPH, id="aawsat"), runs("healthy", found=12), NOW),
            assess(ELAPH, runs("broken"), NOW),
            assess(replace(ELAPH, id="new"), [], NOW),
        ]
    )
    assert [line.split()[0] for line in lines] == ["outlet", "elaph", "aawsat", "new"]
    assert "! mend it: " in lines[1]
    aawsat = "aawsat healthy ×2 2026-01-10 11:00 12 12 0 — — — — 2026-01-10 —"
    assert lines[2].split() == aawsat.split()
    assert lines[3].split() == ["new", "never", *"—" * 10, "not", "collected", "yet"]


def test_the_figures_are_told() -> None:
    run = replace(
        runs("healthy", found=12)[0], pages=9, titled=1.0, dated=0.889, with_text=0.996, length=1840, arabic=0.97,
        overlap=0.5, next_due="2026-01-10T12:30:00+00:00",
    )  # fmt: skip
    health = assess(ELAPH, [run], NOW)
    figures = "100%/88%/99% 1840 97% 50% 2026-01-10 01-10 12:30"
    assert " ".join(table([health])[1].split()).endswith(figures)
    told = as_json(health)
    assert (told["titled"], told["overlap"], told["last_run"]) == (1.0, 0.5, "2026-01-10T11:00:00+00:00")
    assert set(as_json(assess(ELAPH, [], NOW))) == set(told)


def test_a_feed_that_shows_new_items_only_needs_a_person_when_polls_cannot_be_more_frequent() -> None:
    def polled(*shares: float | None) -> list[Run]:
        return [
            replace(run, overlap=share)
            for run, share in zip(runs(*["healthy"] * 9, found=1), shares, strict=False)
        ]

    assert assess(ELAPH, polled(0.1, 0.2), NOW).needs is None
    assert assess(ELAPH, polled(0.1, 0.5, 0.1), NOW).needs is None
    needs = assess(ELAPH, polled(0.1, None, 0.2, 0.0), NOW).needs
    assert needs == "polls are too rare, 3 times in a row: lower SWEEP_SHORTEST, or declare a sitemap"


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

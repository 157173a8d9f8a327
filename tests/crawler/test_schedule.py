"""The schedule: an outlet that is asked too rarely loses articles, one that is asked too often loses its patience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.schedule import Bounds, Pace, next_pace, next_run
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed, page

HOUR = timedelta(hours=1)
BOUNDS = Bounds(HOUR, HOUR / 4, 6 * HOUR)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "overlap", "after"),
    [
        (None, None, Pace(HOUR)),
        (None, 0.5, Pace(HOUR)),
        (None, 0.2, Pace(HOUR / 2)),
        (Pace(HOUR / 4), 0.2, Pace(HOUR / 4)),
        (Pace(HOUR, 2), 0.2, Pace(HOUR / 2)),
        (Pace(HOUR), 1.0, Pace(HOUR, 1)),
        (Pace(HOUR, 1), 0.9, Pace(HOUR, 2)),
        (Pace(HOUR, 2), 1.0, Pace(1.5 * HOUR)),
        (Pace(5 * HOUR, 2), 1.0, Pace(6 * HOUR)),
        (Pace(HOUR, 2), 0.5, Pace(HOUR)),
        (Pace(HOUR, 2), None, Pace(HOUR, 2)),
        (Pace(48 * HOUR), None, Pace(6 * HOUR)),  # the settings were changed
    ],
)
def test_the_share_of_known_items_decides_how_often_we_ask(
    before: Pace | None, overlap: float | None, after: Pace
) -> None:
    assert next_pace(before, overlap, BOUNDS) == after


def test_a_steady_outlet_comes_to_rest_within_the_bounds() -> None:
    pace = None
    for _ in range(50):
        pace = next_pace(pace, 1.0, BOUNDS)
    assert pace is not None
    assert pace.every == BOUNDS.longest
    for _ in range(6):
        pace = next_pace(pace, 0.0, BOUNDS)
    assert pace == Pace(BOUNDS.shortest)


def test_a_declaration_may_ask_for_more_overlap() -> None:
    assert next_pace(None, 0.6, BOUNDS, least=0.7) == Pace(HOUR / 2)


def test_failures_make_an_outlet_rarer_and_a_revisit_makes_it_sooner() -> None:
    pace = Pace(4 * HOUR)
    due = [(next_run(pace, BOUNDS, NOON, failures) - NOON) / HOUR for failures in range(5)]
    assert due == [4, 8, 16, 24, 24]
    assert next_run(pace, BOUNDS, NOON, revisit=NOON + HOUR) == NOON + HOUR
    assert next_run(pace, BOUNDS, NOON, revisit=NOON - HOUR) == NOON + BOUNDS.shortest
    assert next_run(pace, BOUNDS, NOON, revisit=NOON + 9 * HOUR) == NOON + 4 * HOUR
    assert next_run(pace, BOUNDS, NOON, 1, asked_to_wait=NOON + 30 * HOUR) == NOON + 30 * HOUR
    assert next_run(pace, BOUNDS, NOON, 1, asked_to_wait=NOON + HOUR) == NOON + 8 * HOUR


def test_a_feed_that_moved_on_by_more_than_it_shows_is_told_and_asked_sooner(desk: Desk) -> None:
    host = "http://barid.example"
    desk.declare("barid", f"feed {host}/rss.xml")

    def shows(*numbers: int) -> None:
        links = [f"{host}/news/{number}" for number in numbers]
        desk.answers[f"{host}/rss.xml"] = feed(*links)
        desk.answers.update({link: page(link) for link in links})
        # what was found a moment ago was found an hour ago
        if desk.archive.exists():
            desk.change("UPDATE urls SET first_seen = '2017-01-01T00:00:00+00:00'")

    def told() -> str:
        return desk.scrapy("crawl", "barid").stdout.split(maxsplit=2)[2].strip()

    def plans() -> list[tuple[object, ...]]:
        minutes = "round((julianday(next_due) - julianday(started)) * 24 * 60)"
        return desk.rows(f"SELECT overlap, every / 60, full_polls, {minutes} FROM crawls ORDER BY id")

    shows(*range(10))
    assert told() == "10 new, 10 fetched"  # the first reading of a feed tells nothing
    shows(*range(8, 18))
    missed = "only 2 of 10 items were known: polls are too rare, something may be missed"
    assert told() == f"8 new, 8 fetched: {missed}"
    shows(*range(13, 23))
    assert told() == "5 new, 5 fetched"
    assert told() == "0 new, 0 fetched: nothing new"
    assert plans() == [(None, 60, 0, 60), (0.2, 30, 0, 30), (0.5, 30, 0, 30), (1.0, 30, 1, 30)]
    desk.answers[f"{host}/rss.xml"] = Answer(status=500)
    assert told().endswith("the server answered 500")
    assert told().endswith("the server answered 500")
    assert plans()[4:] == [(None, 30, 1, 60), (None, 30, 1, 120)]


def test_an_outlet_known_by_sitemaps_only_is_asked_less_often_when_nothing_is_new(desk: Desk) -> None:
    host = "http://diwan.example"
    desk.declare("diwan", f"sitemap {host}/sitemap.xml")
    links = [f"{host}/news/{number}" for number in range(9)]
    desk.answers.update({link: page(link) for link in links})
    for shown in (8, 9, 9):
        locations = "".join(f"<url><loc>{link}</loc></url>" for link in links[:shown])
        desk.answers[f"{host}/sitemap.xml"] = Answer(f"<urlset>{locations}</urlset>".encode())
        assert desk.scrapy("crawl", "diwan").returncode == 0
    assert desk.rows("SELECT overlap, full_polls FROM crawls ORDER BY id") == [(None, 0), (None, 0), (1.0, 1)]

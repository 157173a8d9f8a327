"""A run's figures: pages that answer with 200 and have lost their titles, days or texts must not look healthy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.figures import FEW, Figures, Look, figures, is_stale, look, misfits, newest_day, percent
from crawler.items import Capture, Captured, DateCandidate, Page, Read
from crawler.outlets.model import DeclarationError, Expectation, load_outlet
from pipelines.read import read_page
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed
from tests.crawler.test_revisits import ARTICLE, LEAD

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
GOOD = Look(title=True, date=True, body=True, length=1800, arabic=0.98)
FIGURES = Figures(pages=40, title=0.95, date=0.9, body=1.0, length=1500, arabic=0.97)


def read(html: str, *hints: DateCandidate) -> Read:
    page = Page("http://a.example/1", "a", html.encode(), 200, NOON, "text/html; charset=utf-8", hints=hints)
    capture = Capture("0", page.url, "a", NOON, "0", "a.warc.gz", 0, len(page.body), 200)
    return Read(Captured(page, capture), read_page(page, quick=True))


def test_what_a_page_had_is_seen() -> None:
    seen = look(read(ARTICLE.format(LEAD, 1, "")))
    assert seen is not None
    assert (seen.title, seen.date, seen.body) == (True, False, True)
    assert 150 < seen.length < 400
    assert seen.arabic > 0.95
    told = look(read(ARTICLE.format(LEAD, 1, ""), DateCandidate("feed", "2026-01-01", date(2026, 1, 1))))
    assert told == replace(seen, date=True)
    empty = look(read("<html><title>التحالف الدولي</title><body></body></html>"))
    assert empty is not None
    assert not empty.body


def test_a_page_that_was_put_aside_unread_says_nothing() -> None:
    assert look(read("<html><body><p>نتائج مباريات الدوري.</p></body></html>")) is None


def test_figures_of_a_run() -> None:
    short = Look(title=False, date=True, body=True, length=200, arabic=0.5)
    none = Look(title=True, date=False, body=False, length=0, arabic=0.0)
    seen = figures([GOOD, GOOD, short, none])
    assert replace(seen, arabic=None) == Figures(4, title=0.75, date=0.75, body=0.75, length=1800)
    assert seen.arabic == pytest.approx(0.82)
    assert figures([]) == Figures()
    assert (percent(0.996), percent(1.0), percent(0.29)) == ("99 %", "100 %", "29 %")


@pytest.mark.parametrize(
    ("expect", "misfit"),
    [
        (Expectation(), None),
        (Expectation(title=0.95, date=0.9, body=1.0, length=1500, arabic=0.97), None),
        (Expectation(title=0.96), "95 % of 40 pages had a title (96 % are expected)"),
        (Expectation(date=0.91), "90 % of 40 pages had a date (91 % are expected)"),
        (Expectation(length=1501), "the texts have 1500 characters (1501 are expected)"),
        (Expectation(arabic=0.98), "97 % of the letters are Arabic (98 % are expected)"),
    ],
)
def test_misfits_are_told_with_their_figures(expect: Expectation, misfit: str | None) -> None:
    assert misfits(expect, FIGURES) == ([misfit] if misfit else [])


def test_few_pages_say_nothing_and_no_texts_are_never_fine() -> None:
    strict = Expectation(title=1.0)
    assert misfits(strict, replace(FIGURES, pages=FEW - 1)) == []
    assert misfits(Expectation(), replace(FIGURES, body=0.4)) == [
        "40 % of 40 pages had a text (50 % are expected)"
    ]


def test_only_old_items_are_stale() -> None:
    said = [("feed", "Thu, 01 Jan 2026 23:30:00 +0000"), ("feed", "2025-12-31"), ("feed", "أمس")]
    assert newest_day(said, "Asia/Baghdad") == date(2026, 1, 2)
    assert newest_day([("feed", "أمس")], "Asia/Baghdad") is None
    expect = Expectation(newest=3)
    assert not is_stale(expect, date(2026, 1, 2), date(2026, 1, 5))
    assert is_stale(expect, date(2026, 1, 2), date(2026, 1, 6))
    assert not is_stale(Expectation(), date(2006, 1, 2), date(2026, 1, 6))
    assert not is_stale(expect, None, date(2026, 1, 6))


def test_a_declaration_says_what_is_expected_and_a_slip_in_it_is_named(desk: Desk) -> None:
    def declared(expect: str) -> Expectation:
        desk.declare("barid", "feed http://barid.example/rss.xml", more=f"expect: {{{expect}}}\n")
        return load_outlet(Path(desk.outlets / "barid.yml")).expect

    whole = "articles: [5, 50], title: 1, date: 0.9, body: 0.95, length: 300, arabic: 0.8, newest: 3, overlap: 0.4"
    assert declared(whole) == Expectation((5, 50), 1.0, 0.9, 0.95, 300, 0.8, 3, 0.4)
    slips = {
        "title: 95": "expect.title: must be a number from 0 to 1, not 95",
        "length: -1": "expect.length: must be a number from 1 to 100000, not -1",
        "titel: 1": "expect.titel: unknown key; did you mean 'title'?",
    }
    for slip, complaint in slips.items():
        with pytest.raises(DeclarationError) as raised:
            declared(slip)
        assert str(raised.value).endswith(complaint)


def test_a_redesign_that_hides_the_texts_makes_the_outlet_broken_with_the_figures(desk: Desk) -> None:
    desk.reads = True
    host = "http://barid.example"
    desk.declare("barid", f"feed {host}/rss.xml", more="expect: {title: 0.9}\n")
    links = [f"{host}/news/{number}" for number in range(6)]
    desk.answers[f"{host}/rss.xml"] = feed(*links)
    for number, link in enumerate(links):
        html = (
            ARTICLE.format(f"{LEAD} {number}", 1, "")
            if number < 2
            else "<html>التحالف الدولي<body></body></html>"
        )
        desk.answers[link] = Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    run = desk.scrapy("crawl", "barid")
    assert run.returncode == 1
    figures_told = "33 % of 6 pages had a text (50 % are expected)"
    assert run.stdout.startswith("barid          broken ")
    assert figures_told in run.stdout
    health = desk.scrapy("health", "barid")
    assert health.returncode == 1
    assert figures_told in health.stdout
    assert desk.rows("SELECT status, pages, round(with_text, 2), newest FROM crawls") == [
        ("broken", 6, 0.33, "2017-03-10")
    ]

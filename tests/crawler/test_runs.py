"""A run's verdict: a run that yields nothing because of errors must never look healthy, and quiet is no fault."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.figures import Look
from crawler.outlets.model import Expectation, Outlet, Source
from crawler.overlap import Overlap
from crawler.runs import Tally, judge

OUTLET = Outlet(
    id="test",
    name_ar="صحيفة",
    name_en="Paper",
    home="https://test.example/",
    country="GB",
    timezone="Europe/London",
    sources=(Source("feed", "https://test.example/rss", "verified", "this test"),),
    article="^/news/",
    hosts=("test.example",),
    expect=Expectation(articles=(5, 50)),
)

GOOD = Look(title=True, date=True, body=True, length=1800, arabic=0.98)
NO_TEXT = Look(title=True, date=True, body=False, length=0, arabic=0.0)


@pytest.mark.parametrize(
    ("tally", "closed", "status", "reason"),
    [
        (Tally(read=1, listed=9, fetched=9), "finished", "healthy", ""),
        (Tally(read=1, listed=9, fetched=8, failed=1, out=["b: 500"]), "finished", "healthy", "b: 500"),
        (Tally(same=2), "finished", "quiet", "nothing new"),
        (Tally(read=1, listed=9), "finished", "quiet", "nothing new"),
        (
            Tally(read=1, listed=3, fetched=3),
            "finished",
            "quiet",
            "named 3 articles; at least 5 are expected",
        ),
        (Tally(same=1, fetched=3), "finished", "healthy", ""),
        (Tally(read=1), "finished", "broken", "named no article"),
        (Tally(out=["a: 500", "b: timeout"]), "finished", "outage", "a: 500 (and 1 more)"),
        (Tally(refused=["a: 403"], out=["b: 500"]), "finished", "blocked", "a: 403 (and 1 more)"),
        (Tally(wrong=["a: is not a feed"], refused=["b: 403"]), "finished", "broken", "a: is not a feed"),
        (Tally(read=1, listed=9, failed=9), "finished", "outage", "none of 9 pages could be fetched"),
        (Tally(read=1, listed=9, blocked=9), "finished", "blocked", "none of 9 pages could be fetched"),
        (
            Tally(read=1, listed=9, fetched=3, blocked=6, walls=["a CAPTCHA"] * 6, wrong=["b: 404"]),
            "finished",
            "blocked",
            "6 of 9 pages were refused or led elsewhere; a CAPTCHA",
        ),
        (Tally(read=1, listed=9, fetched=5, blocked=4), "finished", "healthy", ""),
        (Tally(same=1, gone=2, astray=2), "finished", "quiet", "nothing new"),
        (Tally(same=1, gone=3, astray=3), "finished", "blocked", "3 of 3 pages"),
        (Tally(read=1, listed=9, fetched=9, errors=["KeyError: x"]), "finished", "broken", "KeyError: x"),
        (Tally(read=1, listed=9, fetched=2), "shutdown", "interrupted", "stopped before it was done"),
        (
            Tally(read=1, listed=51, fetched=9),
            "finished",
            "broken",
            "named 51 articles; at most 50 are expected",
        ),
        (
            Tally(read=1, listed=9, fetched=2, looks=[NO_TEXT] * 2),
            "finished",
            "quiet",
            "none of 2 pages had a text",
        ),
        (
            Tally(read=1, listed=9, fetched=6, looks=[NO_TEXT] * 4 + [GOOD] * 2),
            "finished",
            "broken",
            "33 % of 6 pages had a text (50 % are expected)",
        ),
        (
            Tally(read=1, listed=9, fetched=9, overlap=Overlap(2, 9, "feed")),
            "finished",
            "healthy",
            "only 2 of 9 items were known: polls are too rare, something may be missed",
        ),
        (Tally(read=1, listed=9, fetched=9, overlap=Overlap(3, 9, "feed")), "finished", "healthy", ""),
    ],
)
def test_a_runs_counts_decide_its_status(tally: Tally, closed: str, status: str, reason: str) -> None:
    outcome = judge(OUTLET, tally, closed, date(2026, 1, 10))
    assert outcome.status == status
    assert reason in outcome.reason
    assert outcome.is_failure == (status not in ("healthy", "quiet"))

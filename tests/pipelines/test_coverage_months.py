"""The ledger by month: an empty month is a silence only where the outlet was collected."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from pipelines.coverage import Collected
from pipelines.coverage_months import MonthOfOutlet, cover_months

LATER = date(2026, 11, 20)


def test_an_empty_month_is_silent_near_what_was_collected_and_unknown_far_from_it() -> None:
    collected = {"rukn": Collected((date(2017, 1, 20),), LATER)}
    cells = cover_months(
        ["rukn", "ghaib"], {("rukn", "2017-01"): (3, 2), ("rukn", "2017-04"): (1, 1)}, collected
    )
    assert list(cells) == [
        MonthOfOutlet("rukn", "2017-01", "published", "articles", 3, 2),
        MonthOfOutlet("rukn", "2017-02", "silent", "articles", 0, 0),
        MonthOfOutlet("rukn", "2017-03", "not_crawled", "none", 0, 0),
        MonthOfOutlet("rukn", "2017-04", "published", "none", 1, 1),
        *(MonthOfOutlet("ghaib", f"2017-0{month}", "not_crawled", "none", 0, 0) for month in (1, 2, 3, 4)),
    ]


def test_years_turn_and_an_empty_archive_has_no_month() -> None:
    cells = cover_months(["rukn"], {("rukn", "2016-12"): (1, 0), ("rukn", "2017-01"): (1, 1)}, {})
    assert [cell.month for cell in cells] == ["2016-12", "2017-01"]
    assert list(cover_months(["rukn"], {}, {})) == []


def test_the_press_has_every_article_of_its_outlets_in_its_month(press_archive: Path) -> None:
    connection = sqlite3.connect(press_archive)
    counted = connection.execute("select sum(articles), sum(main) from coverage_months").fetchone()
    dated = "from articles where relevance <> 'no' and published_day is not null"
    assert counted == connection.execute(f"select count(*), sum(relevance = 'main') {dated}").fetchone()
    # The Kuwait meeting of February 2018 was the only subject of ديوان السدرة that month.
    cell = "select state, articles from coverage_months where outlet = 'diwan' and month = '2018-02'"
    assert connection.execute(cell).fetchone() == ("published", 1)

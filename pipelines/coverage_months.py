"""The ledger by month: how many articles each outlet has in each month, and whether an empty month says anything.

**Published**: the archive holds articles of the outlet of that month that concern the coalition. **Silent**: it holds
none, and the outlet was collected then, by the same rule as for meetings (coverage.py). **Not crawled**: everything
else; it says something about the archive and nothing about the outlet.
"""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Literal

from pipelines.coverage import Collected, Held, How, reach_of

State = Literal["published", "silent", "not_crawled"]


@dataclass(frozen=True, slots=True)
class MonthOfOutlet:
    """One cell of the grid; a row of `coverage_months`."""

    outlet: str
    month: str  # 2017-03
    state: State
    reach: How  # what shows that the outlet was collected in that month
    articles: int  # that concern the coalition
    main: int  # of these, articles whose subject it is


def cover_months(
    outlets: Sequence[str],
    counts: Mapping[tuple[str, str], tuple[int, int]],
    collected: Mapping[str, Collected],
) -> Iterator[MonthOfOutlet]:
    """Decide each month of each outlet, from the first month that `counts` knows to the last.

    `counts` gives for an outlet and a month the number of articles that concern the coalition, and how many of them
    have it as their subject.
    """
    known = [month for _, month in counts]
    months = list(_months(min(known), max(known))) if known else []
    for outlet in outlets:
        seen = collected.get(outlet, Collected())
        for month in months:
            articles, main = counts.get((outlet, month.id), (0, 0))
            reach = reach_of(month, seen)
            empty: State = "not_crawled" if reach == "none" else "silent"
            yield MonthOfOutlet(outlet, month.id, "published" if articles else empty, reach, articles, main)


def write_coverage_months(connection: sqlite3.Connection, collected: Mapping[str, Collected]) -> None:
    """Make `coverage_months` anew within the caller's transaction."""
    outlets = [str(row[0]) for row in connection.execute("select id from outlets order by id")]
    counts = {
        (outlet, month): (articles, main)
        for outlet, month, articles, main in connection.execute(
            "select outlet, month, count(*), sum(relevance = 'main') from articles"
            " where month is not null and relevance <> 'no' group by outlet, month"
        )
    }
    cells: Iterable[MonthOfOutlet] = cover_months(outlets, counts, collected)
    connection.execute("delete from coverage_months")
    connection.executemany("insert into coverage_months values (?, ?, ?, ?, ?, ?)", map(astuple, cells))


def _months(first: str, last: str) -> Iterator[Held]:
    """Give every month from `first` to `last` as the rule of coverage.py wants it: its days, known to the month."""
    year, month = int(first[:4]), int(first[5:7])
    while (name := f"{year:04}-{month:02}") <= last:
        days = calendar.monthrange(year, month)[1]
        yield Held(name, date(year, month, 1), date(year, month, days), "month")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)

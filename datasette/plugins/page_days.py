"""A day, a month, a year: what was published then, and what the press says about then, whenever it said so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import BadRequest

from pipelines.arabic import sentences
from pipelines.csvtext import csv_answer

EARLIEST, LATEST = 1900, 2100  # a year outside has no page
LONGEST = timedelta(days=13)  # a date of more days speaks of a month or a year, not of a day
SHOWN = 200  # articles or sentences on one page
_PUBLISHED = """
select a.id, a.label, a.published, a.relevance, a.outlet, o.name_ar, o.name_en,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles a join outlets o on o.id = a.outlet
where a.published_day between :first and :last and a.relevance <> 'no' order by a.published_day, a.published, a.id limit :limit
"""
# Only days and short runs of days: the interval's first day lies within LONGEST of the day asked for.
_ABOUT = """
select d.article, d.text as words, d.start_char, d.rule, d.first, d.last, a.label, a.text, a.published, a.outlet,
  o.name_ar, o.name_en
from dates d join articles a on a.id = d.article join outlets o on o.id = a.outlet
where d.first between :earliest and :day and d.last >= :day and d.grain in ('day', 'days') and d.last <= date(d.first, '+13 days')
  and a.relevance <> 'no' order by a.published_day, a.id, d.start_char limit :limit
"""
_MEETINGS = "select * from meetings where first <= :last and last >= :first order by first, id"
_PUBLISHED_COUNTS = """
select published_day as day, count(*) as n from articles
where published_day between :first and :last and relevance <> 'no' group by 1
"""
_ABOUT_COUNTS = """
select distinct first, min(last, date(first, '+13 days')) as last, article from dates
where first between :earliest and :last and last >= :first and grain in ('day', 'days')
"""
_WHOLE = "select count(distinct article) from dates where first = :first and last = :last"
_BEFORE = """
select max(day) from (select max(published_day) as day from articles where published_day < :first
  union all select max(first) from dates where first < :first and grain = 'day')
"""
_AFTER = """
select min(day) from (select min(published_day) as day from articles where published_day > :last
  union all select min(first) from dates where first > :last and grain = 'day')
"""
_YEARS = "select distinct substr(month, 1, 4) from coverage_months where articles > 0 order by 1"
_PATTERNS = {"on": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), "month": re.compile(r"\d{4}-\d{2}", re.ASCII),
             "year": re.compile(r"\d{4}", re.ASCII)}  # fmt: skip


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /on/<date>, /month/<yyyy-mm>, /year/<yyyy>, and the numbers of the last two as CSV."""
    return [
        (r"^/on/(?P<time>[^/]+)$", day_page),
        (r"^/month/(?P<time>[^/]+)\.csv$", month_csv),
        (r"^/month/(?P<time>[^/]+)$", month_page),
        (r"^/year/(?P<time>[^/]+)\.csv$", year_csv),
        (r"^/year/(?P<time>[^/]+)$", year_page),
    ]


async def day_page(request: Request, datasette: Datasette) -> Response:
    """Show one day."""
    day, _ = _interval("on", request)
    db = datasette.get_database()
    key = {"first": day.isoformat(), "last": day.isoformat(), "limit": SHOWN}
    about = await db.execute(
        _ABOUT, {"day": day.isoformat(), "earliest": (day - LONGEST).isoformat(), "limit": SHOWN}
    )
    context = {
        "day": day.isoformat(),
        "published": (await db.execute(_PUBLISHED, key)).rows,
        "about": [
            {**dict(row), **_around(row["text"], row["start_char"], row["words"])} for row in about.rows
        ],
        "meetings": (await db.execute(_MEETINGS, key)).rows,
        "before": (await db.execute(_BEFORE, key)).first()[0],
        "after": (await db.execute(_AFTER, key)).first()[0],
        "shown": SHOWN,
    }
    return Response.html(await datasette.render_template("day.html", context, request=request))


async def month_page(request: Request, datasette: Datasette) -> Response:
    """Show one month: its days in numbers, its meetings, its articles."""
    first, last = _interval("month", request)
    db = datasette.get_database()
    key = {"first": first.isoformat(), "last": last.isoformat(), "limit": SHOWN}
    context = {
        "month": first.isoformat()[:7],
        "days": await _days(db, first, last),
        "meetings": (await db.execute(_MEETINGS, key)).rows,
        "published": (await db.execute(_PUBLISHED, key)).rows,
        "whole": (await db.execute(_WHOLE, key)).first()[0],
        "before": (first - timedelta(days=1)).isoformat()[:7],
        "after": (last + timedelta(days=1)).isoformat()[:7],
        "shown": SHOWN,
    }
    return Response.html(await datasette.render_template("month.html", context, request=request))


async def year_page(request: Request, datasette: Datasette) -> Response:
    """Show one year: its days on a map, its months in numbers, its meetings."""
    first, last = _interval("year", request)
    db = datasette.get_database()
    key = {"first": first.isoformat(), "last": last.isoformat()}
    days = await _days(db, first, last)
    # An archive that an older version made has no months until the next crawl or reread.
    years = await db.execute(_YEARS) if await db.table_exists("coverage_months") else None
    context = {
        "year": first.year,
        "days": days,
        "months": _by_month(days),
        "meetings": (await db.execute(_MEETINGS, key)).rows,
        "whole": (await db.execute(_WHOLE, key)).first()[0],
        "years": [int(row[0]) for row in years.rows] if years else [],
        "earliest": EARLIEST,
        "latest": LATEST,
    }
    return Response.html(await datasette.render_template("year.html", context, request=request))


async def month_csv(request: Request, datasette: Datasette) -> Response:
    """Give the days of a month in numbers."""
    return await _csv(datasette, *_interval("month", request), request.url_vars["time"])


async def year_csv(request: Request, datasette: Datasette) -> Response:
    """Give the days of a year in numbers."""
    return await _csv(datasette, *_interval("year", request), request.url_vars["time"])


async def _csv(datasette: Datasette, first: date, last: date, name: str) -> Response:
    days = await _days(datasette.get_database(), first, last)
    return Response(**csv_answer(f"{name}.csv", ("day", "published", "about"), days))


def _interval(kind: str, request: Request) -> tuple[date, date]:
    """Read the day, month or year of the address as its first and last day. Raises BadRequest, NotFound."""
    text = request.url_vars["time"]
    if not _PATTERNS[kind].fullmatch(text):
        raise BadRequest("YYYY-MM-DD" if kind == "on" else "YYYY-MM" if kind == "month" else "YYYY")
    if not EARLIEST <= int(text[:4]) <= LATEST:
        raise NotFound("year")
    try:
        if kind == "on":
            return date.fromisoformat(text), date.fromisoformat(text)
        first = date.fromisoformat(f"{text}-01" if kind == "month" else f"{text}-01-01")
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if kind == "year":
        return first, date(first.year, 12, 31)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def _days(db: Database, first: date, last: date) -> list[dict[str, Any]]:
    """Count for each day how many articles were published on it, and how many articles speak of it."""
    key = {"first": first.isoformat(), "last": last.isoformat(), "earliest": (first - LONGEST).isoformat()}
    published = dict((await db.execute(_PUBLISHED_COUNTS, key)).rows)
    about: dict[str, set[str]] = {}
    for begins, ends, article in (await db.execute(_ABOUT_COUNTS, key)).rows:
        for day in _each(max(begins, key["first"]), min(ends, key["last"])):
            about.setdefault(day, set()).add(article)
    return [
        {"day": day, "published": published.get(day, 0), "about": len(about.get(day, ()))}
        for day in _each(key["first"], key["last"])
    ]


def _each(first: str, last: str) -> Iterable[str]:
    begin = date.fromisoformat(first)
    return (
        (begin + timedelta(days=n)).isoformat() for n in range((date.fromisoformat(last) - begin).days + 1)
    )


def _by_month(days: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sum the days up by month; an article that speaks of two days of a month counts for both."""
    months: dict[str, dict[str, Any]] = {}
    for day in days:
        month = months.setdefault(day["day"][:7], {"month": day["day"][:7], "published": 0, "about": 0})
        month["published"] += day["published"]
        month["about"] += day["about"]
    return list(months.values())


def _around(text: str, start: int, words: str) -> dict[str, str]:
    """Give the sentence that holds the words at `start`, in the three pieces before, at and after them."""
    spans = sentences(text)
    at = max(bisect_right([begin for begin, _ in spans], start) - 1, 0)
    begin, end = spans[at] if spans else (start, start + len(words))
    end = max(end, start + len(words))
    return {"before_words": text[begin:start], "after_words": text[start + len(words) : end]}

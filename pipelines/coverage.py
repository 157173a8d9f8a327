"""The coverage ledger: for each known meeting and each outlet, who reported it and when, and whose silence counts.

**Reported**: an article of the outlet has a claim that is linked to the meeting, also one that disagrees with it.

**Silent**: no such article, and the outlet was collected at the meeting's time. That is so when
1. the archive holds another article of the outlet, on any subject, that was published from 30 days before the meeting's
   first day to 30 days after its last, and the outlet's pages were still fetched on the meeting's last day or later; or
2. a crawl of the outlet ended healthy or quiet, and ran at some time between the meeting's first day and 7 days after
   its last: a feed keeps its items for days, not for months.
A page that somebody saved by hand (one .html or .txt file read by `ingest`) says nothing of what else its outlet
published, and never makes it silent. Nor is anybody silent about a meeting of which only the year is known.

**Not crawled**: everything else. It says something about the archive and nothing about the outlet.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipelines.archive import as_day, iso

State = Literal["reported", "silent", "not_crawled"]
How = Literal["articles", "crawl", "none"]

NEAR = timedelta(days=30)  # either side of a meeting, for an article that shows that its outlet was collected
FRESH = timedelta(days=7)  # after a meeting, for a crawl that must still have met its news
_BY_HAND = ("*.html", "*.htm", "*.txt")


@dataclass(frozen=True, slots=True)
class Held:
    """A known meeting as the ledger needs it: its days, and whether they are days or a month or year around them."""

    id: str
    first: date
    last: date
    precision: str  # day, inferred, month, year


@dataclass(frozen=True, slots=True)
class Reported:
    """An article that has a claim linked to a known meeting."""

    meeting: str
    outlet: str
    article: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Collected:
    """What shows when an outlet was collected."""

    published: tuple[date, ...] = ()  # days of its articles, in order, without what was saved by hand
    fetched: date | None = None  # the last day on which a page of it was fetched
    crawls: tuple[tuple[date, date], ...] = ()  # first and last day of each crawl that ended healthy or quiet


@dataclass(frozen=True, slots=True)
class Coverage:
    """One cell of the ledger; a row of `coverage`. The counts are of articles and add up to all that report it."""

    meeting: str
    outlet: str
    state: State
    reach: How  # what shows that the outlet was collected at the meeting's time
    first_report: str | None = None  # an article; None when no report has a day
    first_day: date | None = None
    last_report: str | None = None
    last_day: date | None = None
    before: int = 0
    on_day: int = 0
    after: int = 0
    undecided: int = (
        0  # undated articles, and those within the month or year of a meeting whose day is not known
    )


def cover(
    meetings: Iterable[Held],
    outlets: Sequence[str],
    reports: Iterable[Reported],
    collected: Mapping[str, Collected],
) -> list[Coverage]:
    """Decide for each meeting and each outlet whether it was reported, met with silence, or not crawled.

    Gives a row for every pair, in the order of `meetings` and `outlets`; an article that makes several claims about a
    meeting counts once. The rule is the module's docstring.
    """
    of: dict[tuple[str, str], set[Reported]] = {}
    for report in reports:
        of.setdefault((report.meeting, report.outlet), set()).add(report)
    return [
        _cell(meeting, outlet, of.get((meeting.id, outlet), set()), collected.get(outlet, Collected()))
        for meeting in meetings
        for outlet in outlets
    ]


def _cell(meeting: Held, outlet: str, reports: set[Reported], collected: Collected) -> Coverage:
    reach = reach_of(meeting, collected)
    if not reports:
        return Coverage(meeting.id, outlet, "not_crawled" if reach == "none" else "silent", reach)
    dated = sorted((one.published, one.article) for one in reports if one.published)
    before = sum(day < meeting.first for day, _ in dated)
    after = sum(day > meeting.last for day, _ in dated)
    within = len(dated) - before - after
    on_day = within if meeting.precision in ("day", "inferred") else 0
    first_day, first_report = dated[0] if dated else (None, None)
    last_day, last_report = dated[-1] if dated else (None, None)
    return Coverage(
        meeting.id, outlet, "reported", reach, first_report, first_day, last_report, last_day, before, on_day, after,
        undecided=len(reports) - before - on_day - after,
    )  # fmt: skip


def reach_of(meeting: Held, collected: Collected) -> How:
    """Say what shows that an outlet was collected at a meeting's time; the rule is the module's docstring."""
    if meeting.precision == "year":
        return "none"
    if collected.fetched and collected.fetched >= meeting.last:
        at = bisect_left(collected.published, meeting.first - NEAR)
        if at < len(collected.published) and collected.published[at] <= meeting.last + NEAR:
            return "articles"
    for began, ended in collected.crawls:
        if ended >= meeting.first and began <= meeting.last + FRESH:
            return "crawl"
    return "none"


def write_coverage(connection: sqlite3.Connection, collected: Mapping[str, Collected]) -> int:
    """Make `coverage` anew within the caller's transaction, after claims were linked; give its number of rows."""
    outlets = [str(row[0]) for row in connection.execute("select id from outlets order by id")]
    rows = cover(_meetings(connection), outlets, _reports(connection), collected)
    connection.execute("delete from coverage")
    connection.executemany(
        "insert into coverage (meeting, outlet, state, reach, first_report, first_day, last_report, last_day, before,"
        " on_day, after, undecided) values (?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (one.meeting, one.outlet, one.state, one.reach, one.first_report, iso(one.first_day), one.last_report,
             iso(one.last_day), one.before, one.on_day, one.after, one.undecided)
            for one in rows
        ],
    )  # fmt: skip
    return len(rows)


def _meetings(connection: sqlite3.Connection) -> list[Held]:
    """Read the known meetings; one that the sources contradict was never held, so nobody can be silent about it."""
    rows = connection.execute(
        "select id, first, last, precision from known_meetings where status <> 'reported_contradicted' order by first, id"
    )
    return [
        Held(one, date.fromisoformat(first), date.fromisoformat(last), how) for one, first, last, how in rows
    ]


def _reports(connection: sqlite3.Connection) -> list[Reported]:
    rows = connection.execute(
        "select distinct m.meeting, a.outlet, a.id, a.published_day from mentions m join articles a on a.id = m.article"
        " where m.meeting in (select id from known_meetings) and a.relevance <> 'no'"
    )
    return [
        Reported(meeting, outlet, article, as_day(published)) for meeting, outlet, article, published in rows
    ]


def read_collected(connection: sqlite3.Connection) -> dict[str, Collected]:
    """Read for each outlet what shows when it was collected."""
    by_hand = " or ".join(f"lower(c.found_by) glob 'ingest {kind}'" for kind in _BY_HAND)
    published: dict[str, list[date]] = {}
    for outlet, day in connection.execute(
        "select distinct a.outlet, a.published_day from articles a left join captures c on c.id = a.capture"  # noqa: S608
        f" where a.published_day is not null and not coalesce({by_hand}, 0) order by 1, 2"
    ):
        published.setdefault(outlet, []).append(date.fromisoformat(day))
    fetched = dict(connection.execute("select outlet, max(substr(fetched, 1, 10)) from captures group by 1"))
    crawls: dict[str, list[tuple[date, date]]] = {}
    for outlet, began, ended in connection.execute(
        "select distinct outlet, substr(started, 1, 10), substr(finished, 1, 10) from crawls"
        " where finished is not null and status in ('healthy', 'quiet') order by 1, 2, 3"
    ):
        crawls.setdefault(outlet, []).append((date.fromisoformat(began), date.fromisoformat(ended)))
    return {
        outlet: Collected(
            tuple(published.get(outlet, ())), as_day(fetched.get(outlet)), tuple(crawls.get(outlet, ()))
        )
        for outlet in {*published, *fetched, *crawls}
    }

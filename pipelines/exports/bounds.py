"""What `--since`, `--until` and `--outlet` mean for each table and view: the one place that says so.

What hangs on an article is dated by the day the article was published, what hangs on a meeting by the day the meeting
began, the records of collecting by the day they were made. `t` is the table's own row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """SQL expressions over a row `t`; None where the table has no such thing."""

    day: str | None = None  # an ISO day
    outlet: str | None = None  # a condition that holds for :outlet
    by: str = ""  # what `day` is, in words

    @property
    def empty(self) -> bool:
        """Tell whether neither filter means anything here."""
        return self.day is None and self.outlet is None


_PUBLISHED = "the day the article was published"
_BEGAN = "the day the meeting began"
_MADE = "the day it was recorded"


def _of_article(column: str = "t.article") -> Bounds:
    return Bounds(
        f"(select published_day from articles where id = {column})",  # noqa: S608
        f"(select outlet from articles where id = {column}) = :outlet",  # noqa: S608
        _PUBLISHED,
    )


_REPORTED_BY = (
    "exists (select 1 from mentions m join articles a on a.id = m.article"
    " where m.meeting = {key} and a.outlet = :outlet)"
)
_MEETING_DAY = "(select first from meetings where id = t.meeting)"

BOUNDS: Mapping[str, Bounds] = {
    "articles": Bounds("t.published_day", "t.outlet = :outlet", _PUBLISHED),
    "versions": _of_article(),
    "removals": _of_article(),
    "evidence": _of_article(),
    "published_candidates": _of_article(),
    "dates": _of_article(),
    "mentions": _of_article(),
    "article_actors": _of_article(),
    "story_members": _of_article(),
    "stories": _of_article("t.first_article"),
    "meetings": Bounds("t.first", _REPORTED_BY.format(key="t.id"), _BEGAN),
    "known_meetings": Bounds("t.first", _REPORTED_BY.format(key="t.id"), _BEGAN),
    "disagreements": Bounds(
        _MEETING_DAY, "instr(', ' || t.outlets || ', ', ', ' || :outlet || ', ') > 0", _BEGAN
    ),
    "coverage": Bounds(
        "(select first from known_meetings where id = t.meeting)", "t.outlet = :outlet", _BEGAN
    ),
    "coverage_months": Bounds("t.month || '-01'", "t.outlet = :outlet", "the first day of the month"),
    "outlets": Bounds(None, "t.id = :outlet"),
    "crawls": Bounds("substr(t.started, 1, 10)", "t.outlet = :outlet", _MADE),
    "sources": Bounds("substr(t.fetched, 1, 10)", "t.outlet = :outlet", _MADE),
    "urls": Bounds("substr(t.first_seen, 1, 10)", "t.outlet = :outlet", _MADE),
    "url_hints": Bounds(None, "(select outlet from urls where url = t.url) = :outlet"),
    "captures": Bounds("substr(t.fetched, 1, 10)", "t.outlet = :outlet", _MADE),
    "failures": Bounds("substr(t.seen, 1, 10)", "t.outlet = :outlet", _MADE),
    # the views in plain words
    "coverage_by_month": Bounds("t.month || '-01'", "t.outlet = :outlet", "the first day of the month"),
    "first_reports": Bounds("t.first", "t.outlet = :outlet", _BEGAN),
    "meeting_timeline": Bounds("t.first", "t.outlet = :outlet", _BEGAN),
    "articles_about_meetings": Bounds("t.published_day", "t.outlet = :outlet", _PUBLISHED),
}


def bounds_of(name: str) -> Bounds:
    """Give what the filters mean for a table or view; nothing for one that isn't listed."""
    return BOUNDS.get(name, Bounds())

"""Resolve from one date through another: «من 28 أبريل وحتى الثامن من مايو»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from crawler.items import Grain
from pipelines.dates import interval as iv
from pipelines.dates.interval import Interval
from pipelines.dates.meaning import Between, Calendar, Expr, Modified, Weekday, dated_like, yearless
from pipelines.dates.reference import NO_REFERENCE, Reference, Resolved, unresolved


# «من 28 أبريل وحتى الثامن من مايو», «بين يناير ومارس 2017»
def between(meaning: Between, ref: Reference, resolve: Callable[[Expr, Reference], Resolved]) -> Resolved:
    """Resolve both ends with `resolve`; what one leaves open, year or month, comes from the other."""
    one, borrowed = _with_year_of(meaning.first, meaning.last)
    two = meaning.last
    first = resolve(one, ref)
    last = resolve(two, replace(ref, month=first.days) if first.days else ref)  # «من 15 مارس إلى 20 منه»
    if first.days is None or last.days is None:
        reason = first.review or last.review or NO_REFERENCE
        return unresolved(_RANGE_GRAIN.get(last.grain, "days"), "range", reason, last.anchor)
    begin, end = first.days, last.days
    if isinstance(one, Weekday) and isinstance(two, Weekday) and one.deixis and not two.deixis:
        end = iv.day(
            begin.first + timedelta(days=(two.weekday - one.weekday) % 7)
        )  # «من الاثنين المقبل حتى الخميس»
        last = replace(last, review=None)
    elif isinstance(one, Weekday) and isinstance(two, Weekday):
        first = replace(first, review=None)  # the last day places the first
        begin = iv.day(end.first - timedelta(days=(two.weekday - one.weekday) % 7))
        ahead = two.deixis is None and ref.tense in ("present", "future")
        both = one.deixis == two.deixis == "future"
        if ref.day is not None and (begin.first < ref.day if ahead else both and begin.first <= ref.day):
            # «يومي الثلاثاء والأربعاء المقبلين» said on a Tuesday, «يقام من الخميس إلى السبت» on a Friday.
            begin, end = (iv.day(days.first + timedelta(days=7)) for days in (begin, end))
    elif begin.first > end.first and borrowed:
        begin = _in_year(begin, -1)  # «من 28 ديسمبر إلى 5 يناير 2018»
    elif begin.first > end.last and isinstance(two, Calendar) and two.month is not None and yearless(two):
        end = _in_year(end, begin.first.year - end.first.year)  # «من ديسمبر المقبل إلى فبراير»
        end = end if end.last >= begin.first else _in_year(end, 1)
    if begin.first > end.last:
        return unresolved("days", "range", "the range ends before it begins", last.anchor)
    days = iv.between(begin, end)
    anchor = last.anchor if last.anchor != "text" else first.anchor
    return Resolved(days, days.grain, "range", anchor, first.review or last.review)


def _with_year_of(one: Expr, two: Expr) -> tuple[Expr, bool]:
    """Give the earlier date the year or deixis of the later one when it has none of its own."""
    if isinstance(one, Modified):
        inner, borrowed = _with_year_of(one.base, two)
        return replace(one, base=inner), borrowed
    if isinstance(two, Modified):
        return _with_year_of(one, two.base)
    if isinstance(one, Calendar) and isinstance(two, Calendar) and one.month is not None and yearless(one):
        return dated_like(one, two), True
    return one, False


_RANGE_GRAIN: dict[str, Grain] = {"month": "months", "year": "years"}


def _in_year(days: Interval, shift: int) -> Interval:
    """Give the same day or month of a year `shift` years on."""
    year = days.first.year + shift
    return (
        iv.month(year, days.first.month) if days.grain == "month" else iv.day(days.first.replace(year=year))
    )

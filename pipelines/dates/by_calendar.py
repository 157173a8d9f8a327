"""Resolve what is named by the calendar: days, months and years, Gregorian and Hijri."""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian

from crawler.items import Grain
from pipelines.dates import interval as iv
from pipelines.dates.by_relation import relative
from pipelines.dates.interval import Interval
from pipelines.dates.meaning import Calendar
from pipelines.dates.reference import (
    NO_EARLIER,
    NO_REFERENCE,
    Reference,
    Resolved,
    previous_anchor,
    unresolved,
)

# Beyond this many days from the reference, two readings of a date without a year are about equally far.
FAR = 150


def calendar(meaning: Calendar, ref: Reference) -> Resolved:
    """Resolve a Gregorian day, month or year by its name: «22 مارس الجاري», «عام 2014»."""
    grain: Grain = "day" if meaning.day is not None else "month" if meaning.month is not None else "year"
    if meaning.month_ref is not None and meaning.day is not None:
        whole = relative(meaning.month_ref, ref)
        if whole.days is None:
            return unresolved("day", meaning.rule or "day_of_relative_month", whole.review or NO_REFERENCE)
        found = iv.day(whole.days.first.replace(day=meaning.day))
        return Resolved(found, "day", meaning.rule or "day_of_relative_month", whole.anchor)
    stem = {"day": "day_month", "month": "month", "year": "year"}[grain]
    if meaning.year is not None:
        rule = meaning.rule or (stem if grain == "year" else f"{stem}_year")
        days = _make(meaning.year, meaning.month, meaning.day)
        return Resolved(days, grain, rule, "text", meaning.review or _deixis_contradicts(meaning, days, ref))
    if meaning.month is None:
        return unresolved(grain, stem, NO_REFERENCE)
    if meaning.year_ref is not None:
        whole = relative(meaning.year_ref, ref)
        if whole.days is None:
            return unresolved(grain, f"{stem}_relative_year", whole.review or NO_REFERENCE)
        return Resolved(
            _make(whole.days.first.year, meaning.month, meaning.day),
            grain,
            f"{stem}_relative_year",
            whole.anchor,
        )
    if meaning.deixis is not None:
        return _deictic(meaning, grain, f"{stem}_deictic", ref)
    return _nearest(meaning, grain, f"{stem}_nearest", ref)


def _make(year: int, month: int | None, day: int | None) -> Interval:
    if month is None:
        return iv.year(year)
    return iv.month(year, month) if day is None else iv.day(date(year, month, day))


def _deixis_contradicts(meaning: Calendar, days: Interval, ref: Reference) -> str | None:
    if ref.day is None or meaning.deixis is None:
        return None
    wrong = (meaning.deixis == "past" and days.first > ref.day) or (
        meaning.deixis == "future" and days.last < ref.day
    )
    return "the year contradicts the word after the month" if wrong else None


# «22 مارس الجاري», «مارس المقبل», «17 نوفمبر نفسه»
def _deictic(meaning: Calendar, grain: Grain, rule: str, ref: Reference) -> Resolved:
    month = meaning.month or 1
    if meaning.deixis in ("same", "before", "next"):
        if ref.previous is None:
            return unresolved(grain, rule, NO_EARLIER)
        base = ref.previous.first.year
        found = _make(base, month, meaning.day)
        if meaning.deixis == "next" and found.last <= ref.previous.last:
            found = _make(base + 1, month, meaning.day)
        elif meaning.deixis == "before" and found.first >= ref.previous.first:
            found = _make(base - 1, month, meaning.day)
        return Resolved(found, grain, rule, previous_anchor(ref.previous))
    if ref.day is None:
        return unresolved(grain, rule, NO_REFERENCE)
    if meaning.deixis == "current":
        if month == ref.day.month:
            return Resolved(_make(ref.day.year, month, meaning.day), grain, rule, ref.anchor)
        found = min(_candidates(meaning, ref.day), key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
        # Spoken of as the current month just before it begins or after it ends.
        return Resolved(
            found, grain, rule, ref.anchor, "the month called current is not the month of writing"
        )
    around = _candidates(meaning, ref.day)
    if meaning.deixis == "past":
        fitting = [days for days in around if days.last < ref.day][-1:]
    else:
        fitting = [days for days in around if days.first > ref.day][:1]
    if not fitting:
        raise ValueError("outside the years 1 to 9999")
    return Resolved(fitting[0], grain, rule, ref.anchor)


def _candidates(meaning: Calendar, near: date) -> list[Interval]:
    """Give the readings of a day or month in the years round a day, in order; a 29 February where it exists."""
    found: list[Interval] = []
    for year in range(max(1, near.year - 9), min(9999, near.year + 9) + 1):
        try:
            days = _make(year, meaning.month, meaning.day)
        except ValueError:
            continue
        found.append(days)
    if not found:
        raise ValueError(f"day {meaning.day} of month {meaning.month}")
    return found


def _distance(days: Interval, one: date) -> int:
    if days.first <= one <= days.last:
        return 0
    return min(abs((days.first - one).days), abs((days.last - one).days))


# «في 22 مارس», «في مارس»: the year nearest to the day of writing that fits the verb
def _nearest(meaning: Calendar, grain: Grain, rule: str, ref: Reference) -> Resolved:
    if ref.day is None:
        _candidates(meaning, date(2000, 1, 1))
        return unresolved(grain, rule, NO_REFERENCE)
    around = _candidates(meaning, ref.day)
    nearest = min(around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    fitting = around
    if ref.tense == "past":
        fitting = [days for days in around if days.first <= ref.day]
    elif ref.tense in ("future", "present"):
        fitting = [days for days in around if days.last >= ref.day]
    chosen = min(fitting or around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    far = _distance(nearest, ref.day) > FAR and ref.tense not in ("past", "present", "future")
    review = "two years are about equally near" if far else None
    if ref.tense == "present" and _distance(chosen, ref.day) > 2 * FAR:
        # Headlines tell what is over in the present: most of a year ahead is less likely than just past.
        chosen, review = nearest, "the verb looks ahead, the date lies just behind"
    return Resolved(chosen, grain, rule, ref.anchor, review)


# «15 شعبان الماضي», «رمضان 1438هـ»
def hijri(meaning: Calendar, ref: Reference) -> Resolved:
    """Resolve a Hijri day, month or year: «15 شعبان الماضي», «رمضان 1438هـ»."""
    grain: Grain = "day" if meaning.day is not None else "month" if meaning.month is not None else "year"
    rule = f"hijri_{grain}"
    if meaning.year is not None:
        try:
            days = iv.hijri(meaning.year, meaning.month, meaning.day)
        except (ValueError, OverflowError):
            reason = "the Hijri date does not exist or lies outside the Umm al-Qura tables (1343 to 1500)"
            return unresolved(grain, rule, reason, "text")
        return Resolved(days, grain, rule, "text", meaning.review)
    if ref.day is None or meaning.month is None:
        return unresolved(grain, rule, NO_REFERENCE)
    try:
        now = Gregorian(ref.day.year, ref.day.month, ref.day.day).to_hijri().year
    except (ValueError, OverflowError):
        return unresolved(grain, rule, "the day of writing lies outside the Umm al-Qura tables")
    around: list[Interval] = []
    for year in range(now - 2, now + 3):
        try:
            around.append(iv.hijri(year, meaning.month, meaning.day))
        except (ValueError, OverflowError):
            continue
    if meaning.deixis == "past":
        around = [days for days in around if days.last < ref.day][-1:]
    elif meaning.deixis == "future":
        around = [days for days in around if days.first > ref.day][:1]
    elif ref.tense == "past":
        around = [days for days in around if days.first <= ref.day]
    elif ref.tense == "future":
        around = [days for days in around if days.last >= ref.day]
    if not around:
        return unresolved(
            grain, rule, "the Hijri date does not exist or lies outside the Umm al-Qura tables (1343 to 1500)"
        )
    chosen = min(around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    return Resolved(chosen, grain, rule + "_nearest", ref.anchor)

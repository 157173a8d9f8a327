"""Turn what a phrase says into days, given when it was said: interval, value, rule, anchor, and any doubt.

Nothing is guessed: where neither the text nor the reference decides, the value stays open and the doubt is written down.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crawler.items import Grain
from pipelines.dates import interval as iv
from pipelines.dates.by_calendar import calendar, hijri
from pipelines.dates.by_range import between
from pipelines.dates.by_relation import (
    SEASONS,
    era,
    offset,
    relative,
    season_by_deixis,
    weekday,
    weekday_from,
    window,
)
from pipelines.dates.meaning import (
    Between,
    Calendar,
    Century,
    Checked,
    Decade,
    Expr,
    Joined,
    Modified,
    Offset,
    Part,
    Relative,
    Season,
    Weekday,
    Window,
    yearless,
)
from pipelines.dates.reference import GRAINS, NO_REFERENCE, Reference, Resolved, unresolved


def resolve(meaning: Expr, ref: Reference) -> Resolved:
    """Resolve a meaning; a date that doesn't exist or can't be reached stays open with the reason."""
    try:
        return _resolve(meaning, ref)
    except (ValueError, OverflowError) as error:
        reason = f"no such date: {error}"
        return Resolved(None, _grain_of(meaning), _rule_of(meaning), "text", reason)


def _resolve(meaning: Expr, ref: Reference) -> Resolved:
    match meaning:
        case Modified(base=inner, modifier=modifier):
            found = _resolve(inner, ref)
            return replace(found, modifier=modifier)
        case Checked():
            return _checked(meaning, ref)
        case Joined():
            return _joined(meaning, ref)
        case Between():
            return between(meaning, ref, _resolve)
        case Relative():
            return relative(meaning, ref)
        case Weekday():
            return weekday(meaning, ref)
        case Offset():
            return offset(meaning, ref)
        case Window():
            return window(meaning, ref)
        case Part():
            return _part(meaning, ref)
        case Season():
            return _season(meaning, ref)
        case Decade() | Century():
            return era(meaning, ref)
        case Calendar():
            return hijri(meaning, ref) if meaning.hijri else calendar(meaning, ref)


# «صيف عام 2014», «الصيف الماضي»
def _season(meaning: Season, ref: Reference) -> Resolved:
    if meaning.whole is None:
        return season_by_deixis(meaning, ref)
    whole = _resolve(meaning.whole, ref)
    if whole.days is None:
        return unresolved("months", "season", whole.review or NO_REFERENCE)
    days = iv.season(whole.days.first.year, *SEASONS[meaning.name])
    review = "a winter belongs to two years" if meaning.name == "winter" else whole.review
    return Resolved(days, "months", "season", whole.anchor, review, meaning.name)


_PARTS: dict[int, tuple[str, Grain]] = {
    4: ("quarter", "quarter"),
    2: ("half", "half"),
    3: ("third", "months"),
    52: ("week_of_month", "week"),
}


# «الربع الأول من 2017», «الأسبوع الأول من مارس»
def _part(meaning: Part, ref: Reference) -> Resolved:
    whole = _resolve(meaning.whole, ref)
    rule, grain = _PARTS[meaning.of]
    if whole.days is None:
        return unresolved(grain, rule, whole.review or NO_REFERENCE)
    if meaning.of == 52:
        # Weeks of a month are counted from its first day, as papers do when they say «الأسبوع الأول من».
        if meaning.ordinal > 5:  # «الأسبوع الأخير من»
            begin = whole.days.last - timedelta(days=6)
            days = iv.between(iv.day(begin), iv.day(whole.days.last))
            return Resolved(replace(days, grain="week"), "week", rule, whole.anchor, whole.review)
        first = whole.days.first + timedelta(days=7 * (meaning.ordinal - 1))
        days = iv.between(iv.day(first), iv.day(min(first + timedelta(days=6), whole.days.last)))
        return Resolved(replace(days, grain="week"), "week", rule, whole.anchor, whole.review)
    days = iv.part(whole.days, meaning.of, meaning.ordinal)
    return Resolved(days, days.grain, rule, whole.anchor, whole.review)


# «اليوم الثلاثاء», «الأربعاء 22 مارس»
def _checked(meaning: Checked, ref: Reference) -> Resolved:
    found = _resolve(meaning.base, ref)
    rule = "weekday_with_relative_day" if isinstance(meaning.base, Relative) else "weekday_with_day"
    if isinstance(meaning.base, Joined):
        rule = found.rule
    if found.days is None:
        return replace(found, rule=rule)
    one = found.days.first
    if meaning.said is not None and ref.day is not None:
        said = relative(meaning.said, ref).days
        if said is not None and abs((said.first - one).days) > 1:
            return replace(found, rule=rule, review=f"the text also says {said.value}")
    if meaning.weekday is None or one.weekday() == meaning.weekday:
        return replace(found, rule=rule)
    if isinstance(meaning.base, Relative):
        near = weekday_from(one, meaning.weekday, 0)
        if abs((near - one).days) == 1:
            # Written the evening before it was published, or dated in another zone: the weekday is the surer witness.
            review = "the weekday is a day off from the day of writing"
            return replace(found, days=iv.day(near), rule=rule, review=review)
    elif (
        isinstance(meaning.base, Calendar)
        and yearless(meaning.base)
        and ref.day
        and abs((one - ref.day).days) > 60
    ):
        other = _other_year(one, meaning.weekday, ref.day)
        if other is not None:
            return replace(found, days=iv.day(other), rule=rule, review=None)
    reasons = (found.review, f"{one.isoformat()} is not the weekday that the text names")
    return replace(found, rule=rule, review="; ".join(reason for reason in reasons if reason))


def _other_year(one: date, number: int, reference: date) -> date | None:
    """Give the same day of the year before or after, if that is the weekday named and not far off."""
    for year in (one.year - 1, one.year + 1):
        try:
            other = one.replace(year=year)
        except ValueError:  # 29 February
            continue
        if other.weekday() == number and abs((other - reference).days) < 400:
            return other
    return None


# «20 ذي القعدة 1440هـ الموافق 23 يوليو 2019»
def _joined(meaning: Joined, ref: Reference) -> Resolved:
    hijri = resolve(meaning.hijri, ref)
    near = replace(ref, day=hijri.days.first, source="Hijri date") if hijri.days else ref
    gregorian = resolve(meaning.gregorian, near)
    found = gregorian if gregorian.days else hijri
    review = found.review
    if gregorian.days and hijri.days and abs((gregorian.days.first - hijri.days.first).days) > 1:
        review = f"the Hijri date is {hijri.days.first.isoformat()}"
    elif hijri.days is None and gregorian.days:
        review = None if yearless(meaning.hijri) and ref.day is None else hijri.review  # type: ignore[arg-type]
    return replace(found, rule="hijri_gregorian", review=review)


def _grain_of(meaning: Expr) -> Grain:
    match meaning:
        case Modified(base=inner) | Checked(base=inner):
            return _grain_of(inner)
        case Calendar(day=day, month=month):
            return "day" if day is not None else "month" if month is not None else "year"
        case Relative(unit=unit) | Offset(unit=unit):
            return GRAINS[unit]
        case Between():
            return "days"
        case Decade():
            return "decade"
        case Century():
            return "century"
    return "day"


def _rule_of(meaning: Expr) -> str:
    match meaning:
        case Modified(base=inner):
            return _rule_of(inner)
        case Calendar(day=day, month=month, year=year):
            return (
                "day_month_year"
                if day and year
                else "day_month"
                if day
                else "month_year"
                if month
                else "year"
            )
        case _:
            return type(meaning).__name__.lower()

"""Resolve what is named by its relation to the day of writing: units, distances, windows, eras, weekdays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipelines.dates import interval as iv
from pipelines.dates.interval import Interval
from pipelines.dates.lexicon import Unit
from pipelines.dates.meaning import Century, Decade, Offset, Relative, Season, Weekday, Window
from pipelines.dates.reference import (
    GRAINS,
    MANY_GRAINS,
    NO_EARLIER,
    NO_REFERENCE,
    Reference,
    Resolved,
    earlier,
    previous_anchor,
    unresolved,
)


# «الشهر الماضي», «هذا العام», «أمس», «اليوم التالي»
def relative(meaning: Relative, ref: Reference) -> Resolved:
    """Resolve a unit named from the reference or from the text's last date: «الشهر الماضي», «اليوم التالي»."""
    rule, grain = meaning.rule or f"relative_{meaning.unit}", GRAINS[meaning.unit]
    if rule == "new_year" and meaning.year is None and ref.day is not None:
        # Told of before it begins and in its first months.
        return Resolved(iv.year(ref.day.year + (ref.day.month > _MIDYEAR)), "year", rule, ref.anchor)
    if meaning.year is not None:
        days = iv.year(meaning.year)
        wrong = (
            rule != "new_year"
            and ref.day is not None
            and meaning.shift is not None
            and ref.day.year + meaning.shift != meaning.year
        )
        review = f"the year {meaning.year} is not the one the phrase points to" if wrong else None
        return Resolved(days, "year", "relative_year_named", "text", review)
    if meaning.shift is None:
        back = earlier(ref, meaning.unit)
        if back is None:
            return unresolved(grain, rule + "_back", NO_EARLIER)
        shift = {"same": 0, "before": -1, "next": 1}[meaning.deixis]
        days = iv.shifted(meaning.unit, back.last if shift > 0 else back.first, shift)
        return Resolved(days, grain, rule + "_back", previous_anchor(back))
    if ref.day is None:
        return unresolved(grain, rule, NO_REFERENCE)
    return Resolved(iv.shifted(meaning.unit, ref.day, meaning.shift), grain, rule, ref.anchor)


_MIDYEAR = 6
NO_VERB = "no verb tells whether it is counted from the day of writing"


# «قبل يومين», «منذ ثلاثة أعوام», «بعد يومين من الهجوم»
def offset(meaning: Offset, ref: Reference) -> Resolved:
    """Resolve a distance from the reference: «قبل يومين»; one from an event stays open."""
    rule = "offset_ago" if meaning.sign < 0 else "offset_ahead"
    grain = GRAINS[meaning.unit] if meaning.unit != "week" else "day"
    if meaning.event:
        return unresolved(grain, rule + "_event", "it is counted from an event, not from a date")
    if meaning.count is None:
        return unresolved(
            MANY_GRAINS.get(meaning.unit, "days"), rule + "_vague", "the text doesn't say how many"
        )
    if meaning.sign > 0 and ref.tense == "past":
        return unresolved(
            grain, rule + "_event", "it is counted from what is told, not from the day of writing"
        )
    if ref.day is None:
        return unresolved(grain, rule, NO_REFERENCE)
    found = _moved(meaning.unit, meaning.sign * meaning.count, meaning.sign if meaning.half else 0, rule, ref)
    return (
        replace(found, review=NO_VERB)
        if meaning.sign > 0 and ref.tense is None and not meaning.now
        else found
    )


# Days and weeks are counted to the day; of months and years only the month and the year are meant (TIMEX3).
def _moved(unit: Unit, count: int, half: int, rule: str, ref: Reference) -> Resolved:
    one = ref.day or date.min
    if unit in ("day", "week"):
        return Resolved(iv.day(iv.moved(unit, one, count)), "day", rule, ref.anchor)
    if half and unit == "month":
        middle = iv.add_months(one, count) + timedelta(days=15 * half)
        return Resolved(iv.shifted("month", middle, 0), "month", rule, ref.anchor)
    years = count * {"decade": 10, "century": 100}.get(unit, 1)
    if half and unit == "year":
        return Resolved(iv.shifted("month", one, 12 * years + 6 * half), "month", rule, ref.anchor)
    if half and unit != "month":
        years += half * {"decade": 5, "century": 50}.get(unit, 0)
    days = iv.shifted("month" if unit == "month" else "year", one, years)
    return Resolved(days, days.grain, rule, ref.anchor)


# «الأشهر الثلاثة الماضية», «العامين المقبلين»
def window(meaning: Window, ref: Reference) -> Resolved:
    """Resolve a stretch that ends or begins at the reference: «الأشهر الثلاثة الماضية»."""
    rule, grain = (
        ("window_last" if meaning.sign < 0 else "window_next"),
        MANY_GRAINS.get(meaning.unit, "days"),
    )
    if meaning.count is None:
        return unresolved(grain, rule + "_vague", "the text doesn't say how many")
    if ref.day is None:
        return unresolved(grain, rule, NO_REFERENCE)
    other = iv.moved(meaning.unit, ref.day, meaning.sign * meaning.count)
    first, last = sorted((ref.day, other))
    days = Interval(first, last, f"{first.isoformat()}/{last.isoformat()}", grain)
    return Resolved(days, grain, rule, ref.anchor)


# «خمسينيات القرن الماضي», «القرن التاسع عشر»
def era(meaning: Decade | Century, ref: Reference) -> Resolved:
    """Resolve a decade or a century: «خمسينيات القرن الماضي», «القرن التاسع عشر»."""
    if isinstance(meaning, Century):
        if meaning.era:
            return unresolved("century", "century", "the century is counted in another era")
        return Resolved(iv.century(meaning.ordinal - 1), "century", "century", "text")
    century = meaning.century
    if century is None:
        # «الستينات» without a century is the twentieth's in all modern Arabic prose.
        return Resolved(iv.decade(190 + meaning.tens), "decade", "decade", "text")
    if century > 0:
        return Resolved(iv.decade(century * 10 + meaning.tens), "decade", "decade_of_century", "text")
    if ref.day is None:
        return unresolved("decade", "decade_of_century", NO_REFERENCE)
    return Resolved(
        iv.decade((ref.day.year // 100 + century) * 10 + meaning.tens),
        "decade",
        "decade_of_century",
        ref.anchor,
    )


SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}


# «الصيف الماضي»: the last one that is over; «الشتاء المقبل»: the first that hasn't begun
def season_by_deixis(meaning: Season, ref: Reference) -> Resolved:
    """Resolve «الصيف الماضي», the last that is over, and «الشتاء المقبل», the first that hasn't begun."""
    if ref.day is None:
        return unresolved("months", "season", NO_REFERENCE)
    begin, end = SEASONS[meaning.name]
    now = ref.day
    around = [iv.season(year, begin, end) for year in range(ref.day.year - 2, ref.day.year + 3)]
    if meaning.deixis == "current":
        days = min(around, key=lambda one: max(one.first - now, now - one.last))
        return Resolved(days, "months", "season", ref.anchor, None, meaning.name)
    past = [days for days in around if days.last < ref.day]
    coming = [days for days in around if days.first > ref.day]
    days = past[-1] if meaning.deixis == "past" else coming[0]
    return Resolved(days, "months", "season", ref.anchor, None, meaning.name)


# «الأربعاء», «الخميس المقبل», «الأحد من الأسبوع الماضي»
def weekday(meaning: Weekday, ref: Reference) -> Resolved:
    """Resolve a weekday by its deixis, its week or the tense of its clause: «الأربعاء», «الخميس المقبل»."""
    rule = "weekday_tense" if meaning.deixis is None and meaning.week is None else "weekday_deictic"
    if meaning.deixis in ("same", "before", "next"):
        if ref.previous is None:
            return unresolved("day", rule, NO_EARLIER)
        step = -1 if meaning.deixis == "before" else 1 if meaning.deixis == "next" else 0
        return Resolved(
            iv.day(weekday_from(ref.previous.last, meaning.weekday, step)),
            "day",
            rule,
            previous_anchor(ref.previous),
        )
    if ref.day is None:
        return unresolved("day", rule, NO_REFERENCE)
    if meaning.week is not None:
        whole = relative(meaning.week, ref)
        if whole.days is None:
            return unresolved("day", rule, whole.review or NO_REFERENCE)
        found = whole.days.first + timedelta(days=meaning.weekday)
        return Resolved(iv.day(found), "day", "weekday_of_week", whole.anchor)
    if meaning.deixis in ("past", "future"):
        step = -1 if meaning.deixis == "past" else 1
        one = weekday_from(ref.day, meaning.weekday, step) + timedelta(days=7 * step if meaning.beyond else 0)
        return Resolved(iv.day(one), "day", rule, ref.anchor)
    if meaning.deixis == "current" or ref.day.weekday() == meaning.weekday:
        review = "today or a week from today" if meaning.deixis is None and ref.tense == "future" else None
        found = weekday_from(ref.day, meaning.weekday, 0)
        return Resolved(iv.day(found), "day", rule, ref.anchor, review)
    if ref.tense in ("future", "present"):
        return Resolved(iv.day(weekday_from(ref.day, meaning.weekday, 1)), "day", rule, ref.anchor)
    review = None if ref.tense else "no verb tells whether the last or the next one is meant"
    return Resolved(iv.day(weekday_from(ref.day, meaning.weekday, -1)), "day", rule, ref.anchor, review)


def weekday_from(one: date, weekday: int, step: int) -> date:
    """Give the last (-1) or next (1) such weekday strictly before or after a day; 0: the nearest, the day itself counting."""
    ahead = (weekday - one.weekday()) % 7
    if step > 0:
        return one + timedelta(days=ahead or 7)
    if step < 0:
        return one - timedelta(days=(7 - ahead) if ahead else 7)
    return one + timedelta(days=ahead if ahead <= 3 else ahead - 7)

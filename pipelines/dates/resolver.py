"""Turn what a phrase says into days, given when it was said: interval, value, rule, anchor, and any doubt.

Nothing is guessed: where neither the text nor the reference decides, the value stays open and the doubt is written down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from crawler.items import Grain
from hijridate import Gregorian
from pipelines.dates import interval as iv
from pipelines.dates.interval import Interval
from pipelines.dates.meaning import (
    Between, Calendar, Century, Checked, Decade, Expr, Joined, Modified, Offset, Part, Relative, Season, Weekday, Window,
)  # fmt: skip
from pipelines.dates.tense import Tense

NO_REFERENCE = "the day of writing is not known"
NO_EARLIER = "the text gives no earlier date to look back to"
# Beyond this many days from the reference, two readings of a date without a year are about equally far.
FAR = 150


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention is read against: the day of writing, the text's last date, the tense of the clause."""

    day: date | None
    source: str  # published, dateline
    previous: Interval | None = None
    tense: Tense | None = None

    @property
    def anchor(self) -> str | None:
        """Name the day of writing and where it comes from."""
        return f"{self.source} {self.day.isoformat()}" if self.day else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days of a mention and how they were found."""

    days: Interval | None
    grain: Grain
    rule: str
    anchor: str | None
    review: str | None = None
    modifier: str | None = None


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
            return _between(meaning, ref)
        case Relative():
            return _relative(meaning, ref)
        case Weekday():
            return _weekday(meaning, ref)
        case Offset():
            return _offset(meaning, ref)
        case Window():
            return _window(meaning, ref)
        case Part() | Season():
            return _part(meaning, ref)
        case Decade() | Century():
            return _era(meaning, ref)
        case Calendar():
            return _hijri(meaning, ref) if meaning.hijri else _calendar(meaning, ref)


def _open(grain: Grain, rule: str, reason: str, anchor: str | None = None) -> Resolved:
    return Resolved(None, grain, rule, anchor, reason)


_GRAINS: dict[str, Grain] = {"hour": "day", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century"}  # fmt: skip
_MANY: dict[str, Grain] = {"day": "days", "week": "days", "month": "months", "year": "years", "decade": "years", "century": "years"}


# «الشهر الماضي», «هذا العام», «أمس», «اليوم التالي»
def _relative(meaning: Relative, ref: Reference) -> Resolved:
    rule, grain = meaning.rule or f"relative_{meaning.unit}", _GRAINS[meaning.unit]
    if meaning.year is not None:
        days = iv.year(meaning.year)
        wrong = ref.day is not None and meaning.shift is not None and ref.day.year + meaning.shift != meaning.year
        review = f"the year {meaning.year} is not the one the phrase points to" if wrong else None
        return Resolved(days, "year", "relative_year_named", "text", review)
    if meaning.shift is None:
        if ref.previous is None:
            return _open(grain, rule + "_back", NO_EARLIER)
        shift = {"same": 0, "before": -1, "next": 1}[meaning.deixis]
        days = iv.shifted(meaning.unit, ref.previous.last if shift > 0 else ref.previous.first, shift)
        return Resolved(days, grain, rule + "_back", _previous(ref))
    if ref.day is None:
        return _open(grain, rule, NO_REFERENCE)
    return Resolved(iv.shifted(meaning.unit, ref.day, meaning.shift), grain, rule, ref.anchor)


def _previous(ref: Reference) -> str:
    return f"previous date {ref.previous.value}" if ref.previous else ""


# «قبل يومين», «منذ ثلاثة أعوام», «بعد يومين من الهجوم»
def _offset(meaning: Offset, ref: Reference) -> Resolved:
    rule = "offset_ago" if meaning.sign < 0 else "offset_ahead"
    grain = _GRAINS[meaning.unit] if meaning.unit != "week" else "day"
    if meaning.event:
        return _open(grain, rule + "_event", "it is counted from an event, not from a date")
    if meaning.count is None:
        return _open(_MANY.get(meaning.unit, "days"), rule + "_vague", "the text doesn't say how many")
    if meaning.sign > 0 and ref.tense == "past":
        return _open(grain, rule + "_event", "it is counted from what is told, not from the day of writing")
    if ref.day is None:
        return _open(grain, rule, NO_REFERENCE)
    count = meaning.sign * meaning.count
    # Days and weeks are counted to the day; of months and years only the month and the year are meant (TIMEX3).
    if meaning.unit in ("day", "week"):
        return Resolved(iv.day(iv.moved(meaning.unit, ref.day, count)), "day", rule, ref.anchor)
    unit = meaning.unit if meaning.unit == "month" else "year"
    factor = {"decade": 10, "century": 100}.get(meaning.unit, 1)
    return Resolved(iv.shifted(unit, ref.day, count * factor), _GRAINS[unit], rule, ref.anchor)


# «الأشهر الثلاثة الماضية», «العامين المقبلين»
def _window(meaning: Window, ref: Reference) -> Resolved:
    rule, grain = ("window_last" if meaning.sign < 0 else "window_next"), _MANY.get(meaning.unit, "days")
    if meaning.count is None:
        return _open(grain, rule + "_vague", "the text doesn't say how many")
    if ref.day is None:
        return _open(grain, rule, NO_REFERENCE)
    other = iv.moved(meaning.unit, ref.day, meaning.sign * meaning.count)
    first, last = sorted((ref.day, other))
    days = Interval(first, last, f"{first.isoformat()}/{last.isoformat()}", grain)
    return Resolved(days, grain, rule, ref.anchor)


# «خمسينيات القرن الماضي», «القرن التاسع عشر»
def _era(meaning: Decade | Century, ref: Reference) -> Resolved:
    if isinstance(meaning, Century):
        if meaning.era:
            return _open("century", "century", "the century is counted in another era")
        return Resolved(iv.century(meaning.ordinal - 1), "century", "century", "text")
    century = meaning.century
    if century is None:
        # «الستينات» without a century is the twentieth's in all modern Arabic prose.
        return Resolved(iv.decade(190 + meaning.tens), "decade", "decade", "text")
    if century > 0:
        return Resolved(iv.decade(century * 10 + meaning.tens), "decade", "decade_of_century", "text")
    if ref.day is None:
        return _open("decade", "decade_of_century", NO_REFERENCE)
    return Resolved(iv.decade((ref.day.year // 100 + century) * 10 + meaning.tens), "decade", "decade_of_century", ref.anchor)


_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}


# «الربع الأول من 2017», «صيف عام 2014»
def _part(meaning: Part | Season, ref: Reference) -> Resolved:
    whole = _resolve(meaning.whole, ref)
    if isinstance(meaning, Season):
        if whole.days is None:
            return _open("months", "season", whole.review or NO_REFERENCE)
        begin, end = _SEASONS[meaning.name]  # whole months, as meteorologists count them
        first = iv.month(whole.days.first.year, begin)
        last = iv.month(whole.days.first.year + (end - 1) // 12, (end - 1) % 12 + 1)
        review = "a winter belongs to two years" if meaning.name == "winter" else whole.review
        return Resolved(iv.between(first, last), "months", "season", whole.anchor, review, meaning.name)
    rule = {4: "quarter", 2: "half", 3: "third", 52: "week_of_month"}[meaning.of]
    grain: Grain = {4: "quarter", 2: "half", 3: "months", 52: "week"}[meaning.of]  # type: ignore[assignment]
    if whole.days is None:
        return _open(grain, rule, whole.review or NO_REFERENCE)
    if meaning.of == 52:
        first_day = whole.days.first + timedelta(days=7 * (meaning.ordinal - 1))
        days = iv.between(iv.day(first_day), iv.day(min(first_day + timedelta(days=6), whole.days.last)))
        return Resolved(replace(days, grain="week"), "week", rule, whole.anchor, whole.review)
    days = iv.quarter(whole.days, meaning.of, meaning.ordinal)
    return Resolved(days, days.grain, rule, whole.anchor, whole.review)


# «الأربعاء», «الخميس المقبل», «الأحد من الأسبوع الماضي»
def _weekday(meaning: Weekday, ref: Reference) -> Resolved:
    rule = "weekday_tense" if meaning.deixis is None and meaning.week is None else "weekday_deictic"
    if meaning.deixis in ("same", "before", "next"):
        if ref.previous is None:
            return _open("day", rule, NO_EARLIER)
        step = -1 if meaning.deixis == "before" else 1 if meaning.deixis == "next" else 0
        return Resolved(iv.day(_weekday_from(ref.previous.last, meaning.weekday, step)), "day", rule, _previous(ref))
    if ref.day is None:
        return _open("day", rule, NO_REFERENCE)
    if meaning.week is not None:
        whole = _resolve(meaning.week, ref)
        if whole.days is None:
            return _open("day", rule, whole.review or NO_REFERENCE)
        found = whole.days.first + timedelta(days=meaning.weekday)
        return Resolved(iv.day(found), "day", "weekday_of_week", whole.anchor)
    if meaning.deixis in ("past", "future"):
        return Resolved(iv.day(_weekday_from(ref.day, meaning.weekday, -1 if meaning.deixis == "past" else 1)), "day", rule, ref.anchor)
    if meaning.deixis == "current" or ref.day.weekday() == meaning.weekday:
        return Resolved(iv.day(_weekday_from(ref.day, meaning.weekday, 0)), "day", rule, ref.anchor)
    if ref.tense in ("future", "present"):
        return Resolved(iv.day(_weekday_from(ref.day, meaning.weekday, 1)), "day", rule, ref.anchor)
    review = None if ref.tense else "no verb tells whether the last or the next one is meant"
    return Resolved(iv.day(_weekday_from(ref.day, meaning.weekday, -1)), "day", rule, ref.anchor, review)


def _weekday_from(one: date, weekday: int, step: int) -> date:
    """Give the last (-1) or next (1) such weekday strictly before or after a day; 0: the nearest, the day itself counting."""
    ahead = (weekday - one.weekday()) % 7
    if step > 0:
        return one + timedelta(days=ahead or 7)
    if step < 0:
        return one - timedelta(days=(7 - ahead) if ahead else 7)
    return one + timedelta(days=ahead if ahead <= 3 else ahead - 7)


# «اليوم الثلاثاء», «الأربعاء 22 مارس»
def _checked(meaning: Checked, ref: Reference) -> Resolved:
    found = _resolve(meaning.base, ref)
    rule = "weekday_with_relative_day" if isinstance(meaning.base, Relative) else "weekday_with_day"
    if found.days is None:
        return replace(found, rule=rule)
    one = found.days.first
    if one.weekday() == meaning.weekday:
        return replace(found, rule=rule)
    if isinstance(meaning.base, Relative):
        near = _weekday_from(one, meaning.weekday, 0)
        if abs((near - one).days) == 1:
            # Written the evening before it was published, or dated in another zone: the weekday is the surer witness.
            review = "the weekday is a day off from the day of writing"
            return replace(found, days=iv.day(near), rule=rule, review=review)
    elif isinstance(meaning.base, Calendar) and _yearless(meaning.base) and ref.day and abs((one - ref.day).days) > 60:
        for shift in (-1, 1):
            try:
                other = one.replace(year=one.year + shift)
            except ValueError:
                continue
            if other.weekday() == meaning.weekday and abs((other - ref.day).days) < 400:
                return replace(found, days=iv.day(other), rule=rule, review=None)
    return replace(found, rule=rule, review=f"{one.isoformat()} is not the weekday that the text names")


def _yearless(meaning: Calendar) -> bool:
    return meaning.year is None and meaning.deixis is None and meaning.year_ref is None and meaning.month_ref is None


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
        review = None if _yearless(meaning.hijri) and ref.day is None else hijri.review  # type: ignore[arg-type]
    return replace(found, rule="hijri_gregorian", review=review)


# «من 28 أبريل وحتى الثامن من مايو», «بين يناير ومارس 2017»
def _between(meaning: Between, ref: Reference) -> Resolved:
    one, two = meaning.first, meaning.last
    last = _resolve(two, ref)
    borrowed = False
    if isinstance(one, Calendar) and isinstance(two, Calendar) and _yearless(one) and one.year is None and one.month:
        borrowed = True
        one = replace(one, year=two.year, deixis=two.deixis, year_ref=two.year_ref)
    elif isinstance(one, Modified) and isinstance(one.base, Calendar) and isinstance(two, Modified) and isinstance(two.base, Calendar):
        if one.base.month and _yearless(one.base):
            borrowed = True
            one = replace(one, base=replace(one.base, year=two.base.year, deixis=two.base.deixis, year_ref=two.base.year_ref))
    first = _resolve(one, ref)
    rule = "range"
    if first.days is None or last.days is None:
        grain = iv.between(iv.day(date.min), iv.day(date.min)).grain if last.grain == "day" else _RANGE_GRAIN.get(last.grain, "days")
        return _open(grain, rule, first.review or last.review or NO_REFERENCE, last.anchor)
    begin, end = first.days, last.days
    if isinstance(one, Weekday) and isinstance(two, Weekday):
        begin = iv.day(end.first - timedelta(days=(two.weekday - one.weekday) % 7))
    elif begin.first > end.first and borrowed:
        begin = _a_year_earlier(begin)
    review = first.review or last.review
    if begin.first > end.last:
        return _open("days", rule, "the range ends before it begins", last.anchor)
    days = iv.between(begin, end)
    anchor = last.anchor if last.anchor != "text" else first.anchor
    return Resolved(days, days.grain, rule, anchor, review)


_RANGE_GRAIN: dict[str, Grain] = {"month": "months", "year": "years"}


def _a_year_earlier(days: Interval) -> Interval:
    if days.grain == "month":
        return iv.month(days.first.year - 1, days.first.month)
    return iv.day(days.first.replace(year=days.first.year - 1))


def _calendar(meaning: Calendar, ref: Reference) -> Resolved:
    grain: Grain = "day" if meaning.day is not None else "month" if meaning.month is not None else "year"
    if meaning.month_ref is not None and meaning.day is not None:
        whole = _resolve(meaning.month_ref, ref)
        if whole.days is None:
            return _open("day", meaning.rule or "day_of_relative_month", whole.review or NO_REFERENCE)
        found = iv.day(whole.days.first.replace(day=meaning.day))
        return Resolved(found, "day", meaning.rule or "day_of_relative_month", whole.anchor)
    stem = {"day": "day_month", "month": "month", "year": "year"}[grain]
    if meaning.year is not None:
        rule = meaning.rule or (stem if grain == "year" else f"{stem}_year")
        days = _make(meaning.year, meaning.month, meaning.day)
        return Resolved(days, grain, rule, "text", meaning.review or _deixis_contradicts(meaning, days, ref))
    if meaning.month is None:
        return _open(grain, stem, NO_REFERENCE)
    if meaning.year_ref is not None:
        whole = _resolve(meaning.year_ref, ref)
        if whole.days is None:
            return _open(grain, f"{stem}_relative_year", whole.review or NO_REFERENCE)
        return Resolved(_make(whole.days.first.year, meaning.month, meaning.day), grain, f"{stem}_relative_year", whole.anchor)
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
    wrong = (meaning.deixis == "past" and days.first > ref.day) or (meaning.deixis == "future" and days.last < ref.day)
    return "the year contradicts the word after the month" if wrong else None


# «22 مارس الجاري», «مارس المقبل», «17 نوفمبر نفسه»
def _deictic(meaning: Calendar, grain: Grain, rule: str, ref: Reference) -> Resolved:
    month = meaning.month or 1
    if meaning.deixis in ("same", "before", "next"):
        if ref.previous is None:
            return _open(grain, rule, NO_EARLIER)
        base = ref.previous.first.year
        found = _make(base, month, meaning.day)
        if meaning.deixis == "next" and found.last <= ref.previous.last:
            found = _make(base + 1, month, meaning.day)
        elif meaning.deixis == "before" and found.first >= ref.previous.first:
            found = _make(base - 1, month, meaning.day)
        return Resolved(found, grain, rule, _previous(ref))
    if ref.day is None:
        return _open(grain, rule, NO_REFERENCE)
    if meaning.deixis == "current":
        if month == ref.day.month:
            return Resolved(_make(ref.day.year, month, meaning.day), grain, rule, ref.anchor)
        found = min(_candidates(meaning, ref.day), key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
        # Spoken of as the current month just before it begins or after it ends.
        return Resolved(found, grain, rule, ref.anchor, "the month called current is not the month of writing")
    around = _candidates(meaning, ref.day)
    if meaning.deixis == "past":
        before = [days for days in around if days.last < ref.day]
        return Resolved(before[-1], grain, rule, ref.anchor)
    after = [days for days in around if days.first > ref.day]
    return Resolved(after[0], grain, rule, ref.anchor)


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
        return _open(grain, rule, NO_REFERENCE)
    around = _candidates(meaning, ref.day)
    nearest = min(around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    fitting = around
    if ref.tense == "past":
        fitting = [days for days in around if days.first <= ref.day]
    elif ref.tense in ("future", "present"):
        fitting = [days for days in around if days.last >= ref.day]
    chosen = min(fitting or around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    far = _distance(nearest, ref.day) > FAR and ref.tense not in ("past", "future")
    review = "two years are about equally near" if far else None
    return Resolved(chosen, grain, rule, ref.anchor, review)


# «15 شعبان الماضي», «رمضان 1438هـ»
def _hijri(meaning: Calendar, ref: Reference) -> Resolved:
    grain: Grain = "day" if meaning.day is not None else "month" if meaning.month is not None else "year"
    rule = f"hijri_{grain}"
    if meaning.year is not None:
        try:
            days = iv.hijri(meaning.year, meaning.month, meaning.day)
        except (ValueError, OverflowError):
            reason = "the Hijri date does not exist or lies outside the Umm al-Qura tables (1343 to 1500)"
            return _open(grain, rule, reason, "text")
        return Resolved(days, grain, rule, "text", meaning.review)
    if ref.day is None or meaning.month is None:
        return _open(grain, rule, NO_REFERENCE)
    try:
        now = Gregorian(ref.day.year, ref.day.month, ref.day.day).to_hijri().year
    except (ValueError, OverflowError):
        return _open(grain, rule, "the day of writing lies outside the Umm al-Qura tables")
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
        return _open(grain, rule, "the Hijri date does not exist or lies outside the Umm al-Qura tables (1343 to 1500)")
    chosen = min(around, key=lambda days: _distance(days, ref.day))  # type: ignore[arg-type]
    return Resolved(chosen, grain, rule + "_nearest", ref.anchor)


def _grain_of(meaning: Expr) -> Grain:
    match meaning:
        case Modified(base=inner) | Checked(base=inner):
            return _grain_of(inner)
        case Calendar(day=day, month=month):
            return "day" if day is not None else "month" if month is not None else "year"
        case Relative(unit=unit) | Offset(unit=unit):
            return _GRAINS[unit]
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
            return "day_month_year" if day and year else "day_month" if day else "month_year" if month else "year"
        case _:
            return type(meaning).__name__.lower()

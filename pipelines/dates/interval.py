"""Day intervals with their ISO 8601 / TIMEX3 value: the arithmetic under the resolver."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

from crawler.items import Grain
from pipelines.dates.lexicon import Unit


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive days and the value that names them."""

    first: date
    last: date
    value: str
    grain: Grain


def day(one: date) -> Interval:
    """Give the interval of one day."""
    return Interval(one, one, one.isoformat(), "day")


def month(year: int, number: int) -> Interval:
    """Give the interval of a month; ValueError outside the years 1–9999."""
    return Interval(
        date(year, number, 1),
        date(year, number, monthrange(year, number)[1]),
        f"{year:04d}-{number:02d}",
        "month",
    )


def year(number: int) -> Interval:
    """Give the interval of a year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), f"{number:04d}", "year")


def week(one: date) -> Interval:
    """Give the ISO 8601 week (Monday to Sunday) that holds a day: the value's own definition."""
    iso = one.isocalendar()
    first = one - timedelta(days=iso.weekday - 1)
    return Interval(first, first + timedelta(days=6), f"{iso.year:04d}-W{iso.week:02d}", "week")


def decade(number: int) -> Interval:
    """Give the interval of a decade, TIMEX3: 195 is 1950 to 1959."""
    return Interval(date(number * 10, 1, 1), date(number * 10 + 9, 12, 31), f"{number:03d}", "decade")


def century(number: int) -> Interval:
    """Give the interval of a century, TIMEX3: 19 is 1900 to 1999."""
    return Interval(
        date(max(1, number * 100), 1, 1), date(number * 100 + 99, 12, 31), f"{number:02d}", "century"
    )


def add_months(one: date, count: int) -> date:
    """Move a day by months; the 31st becomes the month's last day where there is none."""
    number = one.year * 12 + one.month - 1 + count
    at_year, at_month = divmod(number, 12)
    return date(at_year, at_month + 1, min(one.day, monthrange(at_year, at_month + 1)[1]))


def shifted(unit: Unit, one: date, count: int) -> Interval:
    """Give the unit that lies `count` units from the one that holds a day.

    Raises ValueError or OverflowError outside the years 1–9999.
    """
    match unit:
        case "week":
            return week(one + timedelta(weeks=count))
        case "month":
            moved = add_months(one.replace(day=1), count)
            return month(moved.year, moved.month)
        case "year":
            return year(one.year + count)
        case "decade":
            return decade(one.year // 10 + count)
        case "century":
            return century(one.year // 100 + count)
        case _:
            return day(one + timedelta(days=count))


def moved(unit: Unit, one: date, count: int) -> date:
    """Move a day by a number of units, keeping it a day."""
    match unit:
        case "week":
            return one + timedelta(weeks=count)
        case "month":
            return add_months(one, count)
        case "year" | "decade" | "century":
            return add_months(one, count * {"year": 12, "decade": 120, "century": 1200}[unit])
        case _:
            return one + timedelta(days=count)


def between(first: Interval, last: Interval) -> Interval:
    """Give the interval from the first through the last, valued in the finer grain of the two."""
    grain: Grain = "days"
    left, right = first.value, last.value
    if first.grain == last.grain == "month":
        grain = "months"
    elif first.grain == last.grain == "year":
        grain = "years"
    if grain == "days" or "/" in left + right:
        left, right = first.first.isoformat(), last.last.isoformat()
    return Interval(first.first, last.last, f"{left}/{right}", grain)


def part(whole: Interval, of: int, number: int) -> Interval:
    """Give the quarter, half or third of a year, or the half or third of a month.

    A half of a month is the 1st to the 15th and the rest; a third is ten days, the last one the rest.
    """
    if not 1 <= number <= of:
        raise ValueError(f"there is no part {number} of {of}")
    if whole.grain == "year":
        months = 12 // of
        first = month(whole.first.year, (number - 1) * months + 1)
        last = month(whole.first.year, number * months)
        grain: Grain = {4: "quarter", 2: "half"}.get(of, "months")  # type: ignore[assignment]
        value = (
            f"{whole.value}-{'Q' if of == 4 else 'H'}{number}" if of != 3 else f"{first.value}/{last.value}"
        )
        return Interval(first.first, last.last, value, grain)
    if (whole.grain == "decade" and of == 2) or (whole.grain == "century" and of in (2, 4)):
        size = (5 if whole.grain == "decade" else 100) // (1 if whole.grain == "decade" else of)
        begin_year = whole.first.year + size * (number - 1)
        return between(year(begin_year), year(begin_year + size - 1))
    if whole.grain != "month" or of == 4:
        raise ValueError("only a year or a month has such parts")
    size = 15 if of == 2 else 10
    begin = whole.first + timedelta(days=size * (number - 1))
    end = whole.last if number == of else begin + timedelta(days=size - 1)
    return Interval(begin, end, f"{begin.isoformat()}/{end.isoformat()}", "days")


def season(at_year: int, begin: int, end: int) -> Interval:
    """Give the months of a season; an end beyond 12 lies in the next year."""
    return between(month(at_year, begin), month(at_year + (end - 1) // 12, (end - 1) % 12 + 1))


def hijri(at_year: int, at_month: int | None, at_day: int | None) -> Interval:
    """Give the Gregorian days of a Hijri day, month or year (Umm al-Qura, hijridate).

    Raises ValueError or OverflowError for dates that don't exist or lie outside hijridate's years, 1343 to 1500.
    """
    if at_month is not None and at_day is not None:
        return day(_gregorian(at_year, at_month, at_day))
    first = _gregorian(at_year, at_month or 1, 1)
    last_month = at_month or 12
    last = _gregorian(at_year, last_month, Hijri(at_year, last_month, 1).month_length())
    return Interval(first, last, f"{first.isoformat()}/{last.isoformat()}", "month" if at_month else "year")


def _gregorian(at_year: int, at_month: int, at_day: int) -> date:
    converted = Hijri(at_year, at_month, at_day).to_gregorian()
    return date(converted.year, converted.month, converted.day)

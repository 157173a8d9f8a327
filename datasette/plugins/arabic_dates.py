"""Write days the way a reader says them in the language of the page, with the ISO form underneath: `day`, `interval`, `moment`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup

from pipelines.languages import late

_Labels = Mapping[str, Any]
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filters."""

    def labels() -> _Labels:
        # Looked up when asked: the plugins are loaded in no fixed order.
        return env.globals["labels"]  # type: ignore[return-value]

    env.filters["day"] = late(lambda value: _time(value, _words(value, labels())))
    env.filters["moment"] = late(lambda value: _time(value, _moment_words(value, labels())))
    env.filters["interval"] = late(lambda first, last=None: _interval(first, last, labels()))


def _time(value: str | None, words: str | None) -> Markup:
    if not value:
        return Markup("")
    if words is None:
        return Markup("<bdi>{}</bdi>").format(value)
    return Markup('<time datetime="{}">{}</time>').format(value, words)


def _words(value: str | None, labels: _Labels) -> str | None:
    """Say an ISO day, month or year: «الأربعاء 22 مارس 2017», «مارس 2017», «2017»."""
    match = _ISO.match((value or "")[:10])
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day and month and year:
            weekday = date(year, month, day).weekday()
            return f"{labels['weekdays'][weekday]} {day} {labels['months'][month - 1]} {year}"
        return f"{labels['months'][month - 1]} {year}" if month else str(year)
    except (ValueError, IndexError):
        return None


def _moment_words(value: str | None, labels: _Labels) -> str | None:
    words = _words(value, labels)
    if not words or not value or "T" not in value.replace(" ", "T"):
        return words
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return words
    return f"{words}{labels['comma']}{at:%H:%M}" + _zone(at, labels["zone"])


def _zone(at: datetime, names: dict[str, str]) -> str:
    away = at.utcoffset()
    if away is None:
        return ""
    if not away:
        return f" {names['utc']}"
    sign, minutes = ("-" if away < timedelta(0) else "+"), abs(away) // timedelta(minutes=1)
    offset = f"{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
    return " " + names["other"].format(
        offset=f"\u2066{offset}\u2069"
    )  # isolated, or the sign would change sides


def _interval(first: str | None, last: str | None, labels: _Labels) -> Markup:
    if not first or not last or first == last:
        return _time(first or last, _words(first or last, labels))
    whole = _whole_unit(first, last)
    if whole:
        return _time(whole, _words(whole, labels))
    start, end = _time(first, _words(first, labels)), _time(last, _words(last, labels))
    return Markup('<span class="interval">{} – {}</span>').format(start, end)


def _whole_unit(first: str, last: str) -> str | None:
    """Name the month or year that two days enclose exactly, if they do."""
    try:
        a, b = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) and a.year == b.year:
        return f"{a.year:04}"
    month_end = calendar.monthrange(b.year, b.month)[1]
    if (a.year, a.month, a.day, b.day) == (b.year, b.month, 1, month_end):
        return first[:7]
    return None

"""Reads one published-date string: ISO 8601, RFC 2822, Arabic sentences, day-first numbers, any digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from pipelines.arabic import fold_text
from pipelines.lexicon import press


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a string says of a moment: a day (None for a bare year or month), a clock time, a zone."""

    day: date | None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None  # minutes east of Greenwich
    zone: str | None = None  # as written
    utc: bool = False


_WIDEST_OFFSET = 14 * 60  # minutes: the line islands; what is wider is no offset
_LONGEST = 300  # characters of a string in which a date is looked for


def _words(names: tuple[str, ...]) -> str:
    ordered = sorted({fold_text(name).lower() for name in names}, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(part) for part in name.split()) for name in ordered)


_MONTH_NUMBER = {
    " ".join(fold_text(n).lower().split()): number for number, names in press.MONTHS.items() for n in names
}
_MONTH = (
    rf"(?<![^\W\d_])(?:{_words(tuple(n for names in press.MONTHS.values() for n in names))})(?![^\W\d_])\.?"
)
_JOINED = rf"(?P<month>{_MONTH})(?:\s*[/(\-–]?\s*(?:{_MONTH})\s*\)?)?"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/,،]*(?:{fold_text(press.FROM)}\s+)?{_JOINED}[\s\-/,،]*(?P<y>\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"{_JOINED}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s+(?P<y>\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>(?:19|20)\d\d)(?!\d)"
)
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?(?P<clock>\d{4,6}))?Z?$")
_EPOCH = re.compile(r"^(?P<s>[1-4]?\d{9})(?:\d{3})?$")
_HALF = rf"(?P<am>{_words(press.MORNING)})|(?P<pm>{_words(press.EVENING)})"
_CLOCK = re.compile(
    rf"(?<![\d:+])(?P<h>[0-2]?\d):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?(?!\d)"
    rf"(?:\s*(?:{_HALF})(?![^\W\d_]))?\s*\(?(?P<zone>z(?![^\W_])|(?:gmt|utc)?\s?[+-]\d{{1,2}}:?(?:\d\d)?(?!\d)|(?:gmt|utc)(?![^\W_]))?"
)
_GREENWICH = re.compile(_words(press.GREENWICH))
_HALF_BEFORE = re.compile(rf"(?:{_HALF})\s*$")
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:{_words(press.DATE_LABELS)}|{_words(press.WEEKDAYS)}|{_words(press.HIJRI_MONTHS)}|{_HALF.replace('am>', 'a>').replace('pm>', 'p>')})(?![^\W\d_])"
)
_TIME_OF = re.compile(rf"{fold_text(press.TIME_OF)}\s+\S+(?:\s+\S+)?")
_SEAM = re.compile(r"\s*[|·•]\s*|\s+[-–—/]\s+|\n")
_ENGLISH_DAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?")
_MODIFIED = re.compile(_words(press.MODIFIED_LABELS))
_PUBLISHED = re.compile(_words(press.PUBLISHED_LABELS))


def normal(raw: str) -> str:
    """Fold `raw` for reading: «٢٤ آب ٢٠٢٠» and «24 اب 2020» become equal, bidi marks go."""
    return " ".join(fold_text(raw[:_LONGEST]).lower().split())


def is_modified(text: str) -> bool:
    """Tell whether `text` labels its date as that of a later change: «آخر تحديث: …»."""
    folded = normal(text)
    return bool(_MODIFIED.search(folded)) and not _PUBLISHED.search(folded)


def read_stamp(raw: str) -> Stamp | None:
    """Read a date string; None when it holds no date.

    «الأربعاء، 07 أكتوبر 2020 - 12:09 م» gives 7 October 2020, 12:09. A year alone, or a month with its year, gives a
    stamp without a day. Numbers are read day first («03/04/2017» is 3 April), as the Arab press writes them.
    """
    text = normal(raw)
    if match := _EPOCH.match(text):
        moment = datetime.fromtimestamp(int(match["s"]), UTC)
        return Stamp(moment.date(), moment.hour, moment.minute, moment.second, 0, "epoch", utc=True)
    if match := _COMPACT.match(text):
        return _stamp(match, int(match["m"]), text[match.end("d") :])
    if stamp := _rfc_2822(raw):
        return stamp
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        if match := pattern.search(text):
            name = " ".join(match["month"].rstrip(".").split())
            return _stamp(match, _MONTH_NUMBER[name], text[: match.start()] + " " + text[match.end() :])
    for pattern in (_YEAR_FIRST, _DAY_FIRST):
        if match := pattern.search(text):
            rest = text[: match.start()] + " " + text[match.end() :].lstrip("t ")
            return _stamp(match, int(match["m"]), rest)
    return Stamp(None) if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text) else None


def _rfc_2822(raw: str) -> Stamp | None:
    if not re.match(r"\s*(?:\w{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d", raw):
        return None
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, TypeError):
        return None
    offset = moment.utcoffset()
    if offset is None:
        return Stamp(moment.date(), moment.hour, moment.minute, moment.second)
    minutes = int(offset.total_seconds() // 60)
    return Stamp(
        moment.date(), moment.hour, moment.minute, moment.second, minutes, raw.split()[-1], utc=minutes == 0
    )


def _stamp(match: re.Match[str], month: int, rest: str) -> Stamp | None:
    day, year = int(match["d"]), int(match["y"])
    if month > 12 >= day:
        day, month = month, day
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return _with_clock(value, rest)


def _with_clock(day: date, rest: str) -> Stamp:
    match = _CLOCK.search(rest)
    if match is None or int(match["h"]) > 23:
        return Stamp(day)
    hour = int(match["h"])
    half = match if match["am"] or match["pm"] else _HALF_BEFORE.search(rest[: match.start()])
    if half and half["pm"] and hour < 12:
        hour += 12
    elif half and half["am"] and hour == 12:
        hour = 0
    zone = (match["zone"] or "").strip() or ("gmt" if _GREENWICH.search(rest) else "")
    offset = _offset(zone)
    second = int(match["s"]) if match["s"] else None
    return Stamp(day, hour, int(match["min"]), second, offset, zone.upper() or None, utc=offset == 0)


def _offset(zone: str) -> int | None:
    if not zone:
        return None
    match = re.search(r"([+-])(\d{1,2}):?(\d\d)?", zone)
    if match is None:
        return 0
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _WIDEST_OFFSET:
        return None
    return -minutes if match[1] == "-" else minutes


def holds_only_date(text: str) -> bool:
    """Tell whether a line says nothing but when: «تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً»."""
    left = normal(text)
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_FIRST, _DAY_FIRST):
        left, count = pattern.subn(" ", left)
        if count:
            break
    else:
        return False
    for pattern in (_TIME_OF, _CLOCK, _DAY_MONTH, _YEAR_FIRST, _DAY_FIRST, _LABEL, _ENGLISH_DAY):
        left = pattern.sub(" ", left)
    return len(re.sub(r"[\W\d_]+", "", left)) <= 2


def date_part(text: str) -> str | None:
    """Give the part of a short line that says when: of «10 مارس 2017 - 14:00 | كتب: سلمى الراوي» the part before the bar.

    None when no run of its parts says nothing but a date.
    """
    if holds_only_date(text):
        return text
    seams = [(0, 0), *(m.span() for m in _SEAM.finditer(text)), (len(text), len(text))]
    runs = [(a[1], b[0]) for n, a in enumerate(seams[:-1]) for b in seams[n + 1 :]]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1])[:12]:
        if holds_only_date(text[start:end]):
            return text[start:end].strip()
    return None

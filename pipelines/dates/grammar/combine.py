"""Phrases made of simpler ones: edges, parts of the day, weekdays beside dates, double calendars, lists and ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from pipelines.dates.grammar import base
from pipelines.dates.grammar.classes import AND, BETWEEN, OF
from pipelines.dates.grammar.shape import deixis_of
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import Between, Calendar, Checked, Expr, Joined, Modified, Part, Relative, Season, Weekday


class Piece(NamedTuple):
    """One mention: what it means and its tokens."""

    meaning: Expr
    start: int
    end: int


_EDGE = re.compile("EF?|XLF?|uLF?")
_DAY_PART = re.compile("(?:RZ|EZ|Z)F?")
_PART = re.compile("(?P<part>Q)(?P<ordinal>o)F?|(?P<week>U)(?P<nth>o)F")
_BARE_UNIT = re.compile("[Uy]")
_DAY_LIST = re.compile("(?P<noun>[ipP])?(?P<days>l?d(?:(?:w|,w?)l?d){1,6})(?=[^d])")
_TWO_WEEKDAYS = re.compile("(?P<noun>i)(?P<one>W)(?P<d1>[<>])?w(?P<two>W)(?P<d2>[<>])?")
_TO_DATE = re.compile(r",?\(?&?S?")
_TO_WEEKDAY = re.compile(r"(?P<open>,?\(|,)?j?(?P<day>W)(?P<close>\))?")
_TO_OTHER_CALENDAR = re.compile(r"\)&S?\(?|,?[(/\-]?&?S?\(?")
_NIGHT_BETWEEN = re.compile(r"[\-/w]?j?(?P<day>W)")
_UNTIL = re.compile("(?:w?IS?|-)")
_LAST_PART = re.compile(r",?(?:RZ|Z)")
_COUNTING = frozenset("ot")  # «نهاية السنة الثانية»
_ADJECTIVES = ("الدراسي", "المالي", "الجامعي", "الهجري")


def mentions(tokens: Tokens, at: int) -> list[Piece]:
    """Give the dates that begin at token `at`: one, or the members of a list; none when no shape fits."""
    return _day_list(tokens, at) or _weekday_pair(tokens, at) or _range(tokens, at)


def phrase(tokens: Tokens, at: int) -> Piece | None:
    """Read one date with all that belongs to it."""
    found = _edged(tokens, at) or _part_of_unit(tokens, at) or _season(tokens, at) or _part_of_day(tokens, at)
    if found is not None:
        return found
    simple = base(tokens, at)
    if simple is None:
        return None
    return _extended(tokens, Piece(simple[0], at, simple[1]))


def is_day(meaning: Expr) -> bool:
    """Say whether a meaning is a single day."""
    match meaning:
        case Modified(base=inner) | Checked(base=inner):
            return is_day(inner)
        case Relative(unit=unit):
            return unit == "day"
        case Calendar(day=day):
            return day is not None
        case Weekday() | Joined():
            return True
    return False


# «أواخر الشهر الماضي» · «مطلع عام 2016» · «نهاية العام» · «وقت متأخر من الشهر الماضي» · «منتصف يوليو»
def _edged(tokens: Tokens, at: int) -> Piece | None:
    match = _EDGE.match(tokens.codes, at)
    if match is None:
        return None
    items = tokens.items
    edge = items[at].word.note if items[at].word.code == "E" else items[at + 1].word.note
    if items[at].word.code == "u" and items[at].word.unit != "hour":
        return None
    inner = phrase(tokens, match.end())
    if inner is not None:
        return Piece(Modified(inner.meaning, edge), at, inner.end)
    whole = _whole(tokens, match.end())
    return Piece(Modified(whole, edge), at, match.end() + 1) if whole is not None else None


# «الربع الأول من 2017» · «النصف الثاني من العام الجاري» · «الأسبوع الأول من مارس»
def _part_of_unit(tokens: Tokens, at: int) -> Piece | None:
    match = _PART.match(tokens.codes, at)
    if match is None:
        return None
    items = tokens.items
    if match.start("week") >= 0:
        of, ordinal = 52, items[match.start("nth")].word.number
        if items[at].word.unit != "week":
            return None
    else:
        of, ordinal = items[at].word.number, items[match.start("ordinal")].word.number
    inner = phrase(tokens, match.end())
    if inner is not None and not is_day(inner.meaning):
        return Piece(Part(of, ordinal, inner.meaning), at, inner.end)
    if tokens.codes[match.end() : match.end() + 1] == "4":
        year = items[match.end()].word.number
        return Piece(Part(of, ordinal, Calendar(year=year)), at, match.end() + 1) if 1900 <= year <= 2100 else None
    whole = _whole(tokens, match.end())
    if whole is None or tokens.codes[match.end() - 1] != OF:
        return None
    return Piece(Part(of, ordinal, whole), at, match.end() + 1)


# «نهاية الشهر», «النصف الأول من العام»: the bare unit is the current one.
def _whole(tokens: Tokens, at: int) -> Relative | None:
    if not _BARE_UNIT.match(tokens.codes, at):
        return None
    following = tokens.items[at + 1].text if at + 1 < len(tokens.items) else ""
    unit = tokens.items[at].word.unit
    if following in _ADJECTIVES or tokens.codes[at + 1 : at + 2] in _COUNTING or unit not in ("week", "month", "year"):
        return None
    return Relative(unit, 0, rule=f"edge_of_current_{unit}")


# «صيف 2014» · «شتاء العام الماضي» · «ربيع عام 2011»
def _season(tokens: Tokens, at: int) -> Piece | None:
    if tokens.codes[at : at + 1] not in ("A", "J"):
        return None
    name = tokens.items[at].word.note if tokens.codes[at] == "A" else "spring"
    inner: Piece | None
    if tokens.codes[at + 1 : at + 2] == "4":
        inner = Piece(Calendar(year=tokens.items[at + 1].word.number), at + 1, at + 2)
    else:
        inner = phrase(tokens, at + 1)
    if inner is None or not (isinstance(inner.meaning, Calendar) or isinstance(inner.meaning, Relative)):
        return None
    meaning = inner.meaning
    yearly = meaning.unit == "year" if isinstance(meaning, Relative) else meaning.month is None and meaning.month_ref is None
    return Piece(Season(name, meaning), at, inner.end) if yearly else None


# «مساء أمس» · «بعد ظهر اليوم» · «فجر يوم الخميس» · «منتصف ليل الأربعاء» · «ليل الخميس - الجمعة»
def _part_of_day(tokens: Tokens, at: int) -> Piece | None:
    match = _DAY_PART.match(tokens.codes, at)
    if match is None:
        return None
    inner = phrase(tokens, match.end())
    if inner is None or not is_day(inner.meaning):
        return None
    part = next(token.word.note for token in tokens.items[at : match.end()] if token.word.code == "Z")
    if tokens.codes[at] == "R":
        part = "afternoon"
    end = inner.end
    night = _NIGHT_BETWEEN.match(tokens.codes, end) if part == "night" and isinstance(inner.meaning, Weekday) else None
    if night and isinstance(inner.meaning, Weekday):
        second = tokens.items[night.start("day")].word.number
        end = night.end() if second == (inner.meaning.weekday + 1) % 7 else end
    return Piece(Modified(inner.meaning, part), at, end)


def _extended(tokens: Tokens, piece: Piece) -> Piece:
    """Add what may follow a day: its weekday, its date, its other calendar, its part of the day."""
    meaning, start, end = piece
    if isinstance(meaning, Weekday):
        dated = _date_of_weekday(tokens, piece)
        if dated is not None:
            return dated
    elif is_day(meaning):
        meaning, end = _with_weekday(tokens, meaning, end)
        meaning, end = _with_other_calendar(tokens, meaning, end)
    if is_day(meaning) and not isinstance(meaning, Modified):
        part = _LAST_PART.match(tokens.codes, end)
        if part is not None and tokens.items[part.end() - 1].text not in ("ظهر", "فجر", "عصر", "سحر"):
            following = phrase(tokens, part.end())
            if following is None or not is_day(following.meaning):
                return Piece(Modified(meaning, tokens.items[part.end() - 1].word.note), start, part.end())
    return Piece(meaning, start, end)


# «الأربعاء 22 مارس» · «الثلاثاء (21 مارس)» · «الأحد الموافق 22 مارس» · «الخميس أول من أمس»
def _date_of_weekday(tokens: Tokens, piece: Piece) -> Piece | None:
    weekday = piece.meaning
    link = _TO_DATE.match(tokens.codes, piece.end)
    if not isinstance(weekday, Weekday) or link is None:
        return None
    inner = phrase(tokens, link.end())
    if inner is None or not is_day(inner.meaning) or isinstance(inner.meaning, Weekday):
        return None
    relative = isinstance(inner.meaning, Relative)
    if relative and link.end() != piece.end:
        return None
    if "S" in link.group() and "&" not in link.group() and not isinstance(inner.meaning, Calendar):
        return None
    end = inner.end
    taken = tokens.codes[link.start() : end]
    if taken.count("(") > taken.count(")"):
        if tokens.codes[end : end + 1] != ")":
            return None
        end += 1
    return Piece(Checked(inner.meaning, weekday.weekday), piece.start, end)


# «اليوم الثلاثاء» · «أمس (الخميس)» · «22 مارس (الأربعاء)»
def _with_weekday(tokens: Tokens, meaning: Expr, end: int) -> tuple[Expr, int]:
    match = _TO_WEEKDAY.match(tokens.codes, end)
    if match is None:
        return meaning, end
    opened = "(" in (match.group("open") or "")
    if opened != bool(match.group("close")):
        if opened:
            return meaning, end
        match = None if match.group("open") else match
    if match is None or not (opened or isinstance(meaning, Relative)) or (match.group("open") == ","):
        return meaning, end
    return Checked(meaning, tokens.items[match.start("day")].word.number), match.end() if opened else match.end("day")


# «20 ذي القعدة 1440هـ الموافق 23 يوليو 2019م» · «23 يوليو 2019 (20 ذو القعدة 1440)»
def _with_other_calendar(tokens: Tokens, meaning: Expr, end: int) -> tuple[Expr, int]:
    one = meaning.base if isinstance(meaning, Checked) else meaning
    link = _TO_OTHER_CALENDAR.match(tokens.codes, end)
    if not isinstance(one, Calendar) or link is None or link.end() == end:
        return meaning, end
    simple = base(tokens, link.end())
    if simple is None or not isinstance(simple[0], (Calendar, Weekday)):
        return meaning, end
    inner, stop = simple
    weekday: int | None = None
    if isinstance(inner, Weekday):
        weekday, again = inner.weekday, base(tokens, stop)
        if again is None:
            return meaning, end
        inner, stop = again
    if not isinstance(inner, Calendar) or inner.hijri == one.hijri or inner.day is None:
        return meaning, end
    for _ in range(link.group().count("(")):
        if tokens.codes[stop : stop + 1] != ")":
            return meaning, end
        stop += 1
    joined: Expr = Joined(one, inner) if one.hijri else Joined(inner, one)
    if isinstance(meaning, Checked):
        joined = Checked(joined, meaning.weekday)
    elif weekday is not None:
        joined = Checked(joined, weekday)
    return joined, stop


# «يومي 10 و15 أبريل» · «أيام 10 و11 و12 من مايو»: a run of days is one range, others are a mention each.
def _day_list(tokens: Tokens, at: int) -> list[Piece]:
    match = _DAY_LIST.match(tokens.codes, at)
    if match is None:
        return []
    places = [n for n in range(match.start("days"), match.end()) if tokens.codes[n] == "d"]
    last = base(tokens, places[-1])
    if last is None or not isinstance(last[0], Calendar) or last[0].day is None or last[0].year_ref is None is last[0].month:
        return []
    numbers = [tokens.items[place].word.number for place in places]
    whole, end = last
    assert isinstance(whole, Calendar)
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [Piece(Between(replace(whole, day=numbers[0]), whole), at, end)]
    if _preceded_by(tokens, at, BETWEEN) and len(numbers) == 2 and numbers[0] < numbers[1]:
        return [Piece(Between(replace(whole, day=numbers[0]), whole), at, end)]
    pieces = [Piece(replace(whole, day=number), place, place + 1) for number, place in zip(numbers, places, strict=True)]
    pieces[0] = pieces[0]._replace(start=at)
    pieces[-1] = pieces[-1]._replace(end=end)
    return pieces


# «يومي الثلاثاء والأربعاء المقبلين»
def _weekday_pair(tokens: Tokens, at: int) -> list[Piece]:
    match = _TWO_WEEKDAYS.match(tokens.codes, at)
    if match is None:
        return []
    one, two = (tokens.items[match.start(name)].word.number for name in ("one", "two"))
    code = match.group("d2") or match.group("d1")
    deixis = deixis_of(code) if code else None
    if two == (one + 1) % 7:
        return [Piece(Between(Weekday(one, deixis), Weekday(two, deixis)), at, match.end())]
    first_end = match.end("d1") if match.group("d1") else match.end("one")
    return [Piece(Weekday(one, deixis), at, first_end), Piece(Weekday(two, deixis), match.start("two"), match.end())]


# «من 28 أبريل وحتى الثامن من مايو» · «بين يناير ومارس» · «يناير وفبراير 2017» · «من الأحد إلى الخميس»
def _range(tokens: Tokens, at: int) -> list[Piece]:
    first = phrase(tokens, at)
    if first is None:
        return []
    codes = tokens.codes
    link = _UNTIL.match(codes, first.end)
    between = _preceded_by(tokens, at, BETWEEN)
    if link is not None:
        last = phrase(tokens, link.end())
        if last is None or _level(first.meaning) != _level(last.meaning) or _level(first.meaning) == "":
            return [first]
        dash = link.group() == "-"
        if dash and not (isinstance(first.meaning, Calendar) and isinstance(last.meaning, Calendar)):
            return [first]
        calendars = isinstance(_inner(first.meaning), Calendar) and isinstance(_inner(last.meaning), Calendar)
        if not dash and not (_preceded_by(tokens, at, OF) or between or calendars):
            return [first]
        return [Piece(Between(first.meaning, last.meaning), at, last.end)]
    if codes[first.end : first.end + 1] != AND:
        return [first]
    last = phrase(tokens, first.end + 1)
    if last is None or _level(first.meaning) != _level(last.meaning) or _level(first.meaning) == "":
        return [first]
    if between:
        return [Piece(Between(first.meaning, last.meaning), at, last.end)]
    one, two = first.meaning, last.meaning
    if isinstance(one, Calendar) and isinstance(two, Calendar) and _undated_month(one) and not _undated_month(two) and two.month:
        if two.month == (one.month or 0) + 1 and two.day is None:
            return [Piece(Between(one, two), at, last.end)]
        return [first._replace(meaning=replace(one, year=two.year, year_ref=two.year_ref, deixis=two.deixis)), last]
    return [first]


def _undated_month(meaning: Calendar) -> bool:
    return (
        meaning.month is not None
        and meaning.day is None
        and meaning.year is None
        and meaning.deixis is None
        and meaning.year_ref is None
        and not meaning.hijri
    )


def _inner(meaning: Expr) -> Expr:
    return _inner(meaning.base) if isinstance(meaning, (Modified, Checked)) else meaning


def _level(meaning: Expr) -> str:
    if isinstance(meaning, Modified):
        return _level(meaning.base)
    if is_day(meaning):
        return "day"
    if isinstance(meaning, Calendar):
        return "month" if meaning.month is not None else "year"
    return meaning.unit if isinstance(meaning, Relative) and meaning.unit in ("month", "year") else ""


def _preceded_by(tokens: Tokens, at: int, code: str) -> bool:
    return at > 0 and tokens.codes[at - 1] == code

"""Phrases made of simpler ones: parts of the day, weekdays beside dates, double calendars."""

from __future__ import annotations

import re

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import base
from pipelines.dates.grammar.parts import edged, first_months, part_of_unit, season
from pipelines.dates.grammar.piece import Piece, is_day
from pipelines.dates.grammar.shape import words
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import (
    Calendar,
    Checked,
    Expr,
    Joined,
    Modified,
    Relative,
    Weekday,
)

_DAY_PART = re.compile("(?:RZ|EZ|Z)F?")
_TO_DATE = re.compile(r",?\(?&?S?")
_TO_WEEKDAY = re.compile(r"(?P<open>,?\(|,)?j?(?P<day>W)(?P<close>\))?")
_TO_OTHER_CALENDAR = re.compile(r"\)&S?\(?|,?[(/\-]?&?S?\(?")
_NIGHT_BETWEEN = re.compile(r"[\-/w]?j?(?P<day>W)")
_LAST_PART = re.compile(r",?(?:RZ|Z)")
_NAMES_OR_VERBS = words(ctx.NAMES_OR_VERBS)


# «نهاية الربع الأول من العام» nests three deep; nothing a person writes nests deeper than this.
_DEEPEST = 5


def phrase(tokens: Tokens, at: int, depth: int = 0) -> Piece | None:
    """Read one date with all that belongs to it; `depth` counts the phrases it stands in."""
    if depth > _DEEPEST:
        return None

    def inner(start: int) -> Piece | None:
        return phrase(tokens, start, depth + 1)

    found = (
        first_months(tokens, at, inner)
        or edged(tokens, at, inner)
        or part_of_unit(tokens, at, inner)
        or season(tokens, at, inner)
        or _part_of_day(tokens, at, depth)
    )
    if found is not None:
        return found
    simple = base(tokens, at)
    if simple is None:
        return None
    return _extended(tokens, Piece(simple[0], at, simple[1]), depth)


# «مساء أمس» · «بعد ظهر اليوم» · «فجر يوم الخميس» · «منتصف ليل الأربعاء» · «ليل الخميس - الجمعة»
def _part_of_day(tokens: Tokens, at: int, depth: int) -> Piece | None:
    match = _DAY_PART.match(tokens.codes, at)
    if match is None:
        return None
    inner = phrase(tokens, match.end(), depth + 1)
    if inner is None or not is_day(inner.meaning):
        return None
    part = next(token.word.note for token in tokens.items[at : match.end()] if token.word.code == "Z")
    if tokens.codes[at] == "R":
        part = "afternoon"
    end = inner.end
    night = (
        _NIGHT_BETWEEN.match(tokens.codes, end)
        if part == "night" and isinstance(inner.meaning, Weekday)
        else None
    )
    if night and isinstance(inner.meaning, Weekday):
        second = tokens.items[night.start("day")].word.number
        end = night.end() if second == (inner.meaning.weekday + 1) % 7 else end
    return Piece(Modified(inner.meaning, part), at, end)


def _extended(tokens: Tokens, piece: Piece, depth: int) -> Piece:
    """Add what may follow a day: its weekday, its date, its other calendar, its part of the day."""
    meaning, start, end = piece
    if isinstance(meaning, Weekday):
        dated = _date_of_weekday(tokens, piece, depth)
        if dated is not None:
            return dated
    elif is_day(meaning):
        meaning, end = _with_weekday(tokens, meaning, end)
        meaning, end = _with_date(tokens, meaning, end)
        meaning, end = _with_other_calendar(tokens, meaning, end)
    if is_day(meaning) and not isinstance(meaning, Modified):
        part = _LAST_PART.match(tokens.codes, end)
        if part is not None and tokens.items[part.end() - 1].text not in _NAMES_OR_VERBS:
            following = phrase(tokens, part.end(), depth + 1)
            if following is None or not is_day(following.meaning):
                return Piece(Modified(meaning, tokens.items[part.end() - 1].word.note), start, part.end())
    return Piece(meaning, start, end)


# «الأربعاء 22 مارس» · «الثلاثاء (21 مارس)» · «الأحد الموافق 22 مارس» · «الخميس أول من أمس»
def _date_of_weekday(tokens: Tokens, piece: Piece, depth: int) -> Piece | None:
    weekday = piece.meaning
    link = _TO_DATE.match(tokens.codes, piece.end)
    if not isinstance(weekday, Weekday) or link is None or tokens.codes[link.end() : link.end() + 1] == "W":
        return None
    inner = phrase(tokens, link.end(), depth + 1)
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
    return Checked(
        meaning, tokens.items[match.start("day")].word.number
    ), match.end() if opened else match.end("day")


# «اليوم السبت 27 أوت 2016» · «أمس الأحد (8 نوفمبر)» · «غدا 22 مارس»
def _with_date(tokens: Tokens, meaning: Expr, end: int) -> tuple[Expr, int]:
    said = meaning.base if isinstance(meaning, Checked) else meaning
    link = _TO_DATE.match(tokens.codes, end)
    if (
        not isinstance(said, Relative)
        or link is None
        or (link.group() and "(" not in link.group() and "&" not in link.group())
    ):
        return meaning, end
    dated = base(tokens, link.end())
    if dated is None or not isinstance(dated[0], Calendar) or dated[0].day is None:
        return meaning, end
    stop = dated[1]
    if "(" in link.group():
        if tokens.codes[stop : stop + 1] != ")":
            return meaning, end
        stop += 1
    return Checked(dated[0], meaning.weekday if isinstance(meaning, Checked) else None, said), stop


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

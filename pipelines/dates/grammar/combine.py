"""Phrases made of simpler ones: edges, parts of the day, weekdays beside dates, double calendars."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import base
from pipelines.dates.grammar.classes import GREGORIAN, IN, OF
from pipelines.dates.grammar.shape import deixis_of, is_definite, words
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import (
    Calendar,
    Checked,
    Expr,
    Joined,
    Modified,
    Part,
    Relative,
    Season,
    Weekday,
)


class Piece(NamedTuple):
    """One mention: what it means and its tokens."""

    meaning: Expr
    start: int
    end: int


_EDGE = re.compile("EF?|XLF?|uLF?|[λC](?=[UyY])")
_DAY_PART = re.compile("(?:RZ|EZ|Z)F?")
_PART = re.compile("(?P<part>Q)(?P<ordinal>[o≤])[FS]?|(?P<week>U)(?P<nth>o)F")
_BARE_UNIT = re.compile("[Uy]")
_TO_DATE = re.compile(r",?\(?&?S?")
_TO_WEEKDAY = re.compile(r"(?P<open>,?\(|,)?j?(?P<day>W)(?P<close>\))?")
_TO_OTHER_CALENDAR = re.compile(r"\)&S?\(?|,?[(/\-]?&?S?\(?")
_NIGHT_BETWEEN = re.compile(r"[\-/w]?j?(?P<day>W)")
_LAST_PART = re.compile(r",?(?:RZ|Z)")
_COUNTING = frozenset("ot")  # «نهاية السنة الثانية»
_NAMES_OR_VERBS = words(ctx.NAMES_OR_VERBS)
_ADJECTIVES = words(ctx.OF_WORK_OR_SCHOOL)


# «نهاية الربع الأول من العام» nests three deep; nothing a person writes nests deeper than this.
_DEEPEST = 5


def phrase(tokens: Tokens, at: int, depth: int = 0) -> Piece | None:
    """Read one date with all that belongs to it; `depth` counts the phrases it stands in."""
    if depth > _DEEPEST:
        return None
    found = (
        _edged(tokens, at, depth)
        or _part_of_unit(tokens, at, depth)
        or _season(tokens, at, depth)
        or _part_of_day(tokens, at, depth)
    )
    if found is not None:
        return found
    simple = base(tokens, at)
    if simple is None:
        return None
    return _extended(tokens, Piece(simple[0], at, simple[1]), depth)


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
def _edged(tokens: Tokens, at: int, depth: int) -> Piece | None:
    match = _EDGE.match(tokens.codes, at)
    if match is None:
        return None
    items = tokens.items
    if items[at].word.code in "λC":  # «آخر الشهر», «أول العام»
        if items[at].word.code == "C" and items[at].word.number != 1:
            return None
        edge = "end" if items[at].word.code == "λ" else "start"
        if items[at + 1].word.code == "Y" and tokens.codes[at + 2 : at + 3] != "4":
            return None
    else:
        edge = items[at].word.note if items[at].word.code == "E" else items[at + 1].word.note
    if items[at].word.code == "u" and items[at].word.unit != "hour":
        return None
    inner = phrase(tokens, match.end(), depth + 1)
    if inner is not None:
        return Piece(Modified(inner.meaning, edge), at, inner.end)
    whole = _whole(tokens, match.end())
    return Piece(Modified(whole, edge), at, match.end() + 1) if whole is not None else None


# «الربع الأول من 2017» · «النصف الثاني من العام الجاري» · «الأسبوع الأول من مارس»
def _part_of_unit(tokens: Tokens, at: int, depth: int) -> Piece | None:
    match = _PART.match(tokens.codes, at)
    if match is None:
        return None
    items = tokens.items
    if match.start("week") >= 0:
        of, ordinal = 52, items[match.start("nth")].word.number
        if items[at].word.unit != "week":
            return None
    else:
        of = items[at].word.number
        ordinal = items[match.start("ordinal")].word.number or of  # «الربع الأخير»
    inner = phrase(tokens, match.end(), depth + 1)
    if inner is not None and not is_day(inner.meaning):
        return Piece(Part(of, ordinal, inner.meaning), at, inner.end)
    if tokens.codes[match.end() : match.end() + 1] == "4":
        year = items[match.end()].word.number
        return (
            Piece(Part(of, ordinal, Calendar(year=year)), at, match.end() + 1)
            if 1900 <= year <= 2100
            else None
        )
    whole = _whole(tokens, match.end())
    if whole is None or tokens.codes[match.end() - 1] not in (OF, IN):
        return None
    return Piece(Part(of, ordinal, whole), at, match.end() + 1)


# «نهاية الشهر», «النصف الأول من العام»: the bare unit is the current one.
def _whole(tokens: Tokens, at: int) -> Relative | None:
    if not _BARE_UNIT.match(tokens.codes, at):
        return None
    following = tokens.items[at + 1].text if at + 1 < len(tokens.items) else ""
    unit = tokens.items[at].word.unit
    if (
        following in _ADJECTIVES
        or tokens.codes[at + 1 : at + 2] in _COUNTING
        or unit not in ("week", "month", "year")
    ):
        return None
    return Relative(unit, 0, rule=f"edge_of_current_{unit}")


# «صيف 2014» · «شتاء العام الماضي» · «ربيع عام 2011»
def _season(tokens: Tokens, at: int, depth: int) -> Piece | None:
    if tokens.codes[at : at + 1] not in ("A", "J"):
        return None
    name = tokens.items[at].word.note if tokens.codes[at] == "A" else "spring"
    if (
        tokens.codes[at] == "A"
        and tokens.codes[at + 1 : at + 2] in ("<", ">")
        and is_definite(tokens.items[at])
    ):
        return Piece(Season(name, None, deixis_of(tokens.codes[at + 1])), at, at + 2)
    inner: Piece | None
    if tokens.codes[at + 1 : at + 2] == "4":
        end = at + 3 if tokens.codes[at + 2 : at + 3] == GREGORIAN else at + 2
        inner = Piece(Calendar(year=tokens.items[at + 1].word.number), at + 1, end)
    else:
        inner = phrase(tokens, at + 1, depth + 1)
    if inner is None or not (isinstance(inner.meaning, (Calendar, Relative))):
        return None
    meaning = inner.meaning
    yearly = (
        meaning.unit == "year"
        if isinstance(meaning, Relative)
        else meaning.month is None and meaning.month_ref is None
    )
    return Piece(Season(name, meaning), at, inner.end) if yearly else None


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

"""Leave out what is written like a date and is none: parts of names, references, weekly and yearly habits.

A date named by the calendar is refused for the company it keeps: the word before it («جسر 14 تموز», «المادة 5/3/2010»),
the word after it («أيلول الأسود»), or the lack of any word of time, for a month that is also a name («حميد شباط»).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.piece import Piece
from pipelines.dates.grammar.shape import bare, with_proclitics, words
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import Between, Calendar, Expr, Modified, Relative, Weekday

_NAMING = with_proclitics(words(ctx.NAMING, ctx.NAMED_PLACES))
_PLACES = with_proclitics(words(ctx.NAMED_PLACES))
_REFERENCES = with_proclitics(words(ctx.REFERENCES))
_MONTH_NAMES = words(ctx.MONTHS_AND_NAMES)
_MONTH_OF = with_proclitics(words(ctx.MONTH_OF))
_NOT_MONTH_BEFORE = words(ctx.NOT_MONTH_BEFORE)
_NOT_WEEKDAY_AFTER = with_proclitics(words(ctx.NOT_WEEKDAY_AFTER))
_NAMED_BY_WEEKDAY = with_proclitics(words(ctx.NAMED_BY_WEEKDAY, ctx.NAMED_PLACES))
_NOT_WEEKDAY_BEFORE = words(ctx.NOT_WEEKDAY_BEFORE)
_SUNDAY = words(ctx.SUNDAY)
_MONDAY, _TEEN = words(ctx.MONDAY), words(ctx.TEEN)
_EVERY = with_proclitics(words(ctx.EVERY))
_YEARLY = words(ctx.YEARLY)
_OR = words(ctx.OR)
_NAMED_DAYS = tuple(
    (with_proclitics(words(names)), day, month, year) for names, day, month, year in ctx.NAMED_DAYS
)
# Words of time (prepositions, edges, «شهر», «نحو») before a month.
_TIMED = "SrRNIFEλ&sijpgX"
_JOINING = "w,/-("


@dataclass(slots=True)
class Earlier:
    """What came before a piece: whether a month was named, where the last date ended, and the last thing refused."""

    month: bool = False
    month_end: int = -9
    refused_end: int = -9


def dated(tokens: Tokens, piece: Piece, earlier: Earlier) -> Piece | None:
    """Give the piece when it is a date, with the year of a famous day; None when it is part of a name.

    >>> from pipelines.dates import tag_dates
    >>> tag_dates("انتقد حميد شباط القرار قرب جسر 14 تموز", None)
    []
    """
    found = _dated(tokens, piece, earlier)
    if found is None:
        earlier.refused_end = piece.end
    elif names_month(found.meaning):
        earlier.month, earlier.month_end = True, piece.end
    return found


def names_month(meaning: Expr) -> bool:
    """Say whether a meaning holds a month that «منه» and «الشهر نفسه» can look back to."""
    match meaning:
        case Modified(base=inner) | Between(last=inner):
            return names_month(inner)
        case Calendar():
            return meaning.month is not None or meaning.month_ref is not None
        case Relative(unit=unit):
            return unit == "month"
    base = getattr(meaning, "base", None) or getattr(meaning, "gregorian", None)
    return base is not None and names_month(base)


def _dated(tokens: Tokens, piece: Piece, earlier: Earlier) -> Piece | None:
    first = _first(piece.meaning)
    before = _before(tokens, piece.start)
    if earlier.refused_end == piece.start - 1 and tokens.codes[piece.start - 1] == c.AND:
        return None  # «قوى 8 و14 آذار»
    if tokens.codes[piece.start] in c.FULL_DATE + c.TWO_NUMBERS and before in _REFERENCES:
        return None
    if isinstance(first, Weekday):
        return None if _is_weekday_of_name(tokens, piece, first, before) else piece
    if not isinstance(first, Calendar):
        return piece
    if first.rule == "day_of_named_month" and not earlier.month:
        return None
    if first.rule == "numeric_date" and before in _REFERENCES:
        return None
    if first.day is not None and first.month is not None and before in _PLACES:
        return None
    open_year = not (first.year or first.deixis or first.year_ref or first.month_ref)
    if first.month is None or not open_year:
        return piece
    for names, day, month, year in _NAMED_DAYS:
        if (first.day, first.month) == (day, month) and before in names and first is piece.meaning:
            return piece._replace(meaning=Calendar(day, month, year, rule="named_day"))
    if _is_habit(tokens, piece):
        return None
    if first.hijri:
        return piece
    if before in _NAMING or (first.day is None and not _is_month(tokens, piece, earlier, before)):
        return None
    return piece


def _first(meaning: Expr) -> Expr:
    """Give the first day or month of a phrase; one with an edge is no name."""
    return _first(meaning.first) if isinstance(meaning, Between) else meaning


def _before(tokens: Tokens, at: int) -> str:
    """Give the word before a token, looking through an opening quotation mark or bracket."""
    at -= 1
    if at > 0 and tokens.codes[at] in '"(':
        at -= 1
    return tokens.items[at].text if at >= 0 else ""


# «من كل عام», «كل سنة», «سنويا»
def _is_habit(tokens: Tokens, piece: Piece) -> bool:
    at = piece.end + 1 if tokens.codes[piece.end : piece.end + 1] == c.OF else piece.end
    after = tokens.items[at].text if at < len(tokens.items) else ""
    return after in _EVERY or after in _YEARLY


def _is_month(tokens: Tokens, piece: Piece, earlier: Earlier, before: str) -> bool:
    """Say whether a bare month's name is the month: two calendars, «شهر», a word of time, another month beside it."""
    codes, start, end = tokens.codes, piece.start, piece.end
    if end < len(tokens.items) and bare(tokens.items[end].text) in _NOT_MONTH_BEFORE:
        return False
    if end - start > 1 or tokens.items[start].text not in _MONTH_NAMES:
        return True
    if start and (codes[start - 1] in _TIMED or before in _MONTH_OF):
        return True
    joined = start and (codes[start - 1] in _JOINING or tokens.items[start - 1].text in _OR)
    return bool(joined) and earlier.month_end >= start - 2


# «صلاة الجمعة», «سوق الأحد», «الجمعة العظيمة», «الأحد عشر», «كل يوم جمعة»
def _is_weekday_of_name(tokens: Tokens, piece: Piece, day: Weekday, before: str) -> bool:
    codes, start, end = tokens.codes, piece.start, piece.end
    if before in _EVERY or _is_habit(tokens, piece):
        return True
    after = tokens.items[end].text if end < len(tokens.items) else ""
    if day.deixis is None and day.week is None and after in _NOT_WEEKDAY_BEFORE:
        return True
    last = tokens.items[end - 1].text
    if last in _SUNDAY and after in _TEEN:
        return True  # «الأحد عشر لاعبا»
    if last in _MONDAY and (
        codes[end : end + 2] == "wa"
        or (codes[start - 1 : start] == c.BETWEEN and codes[end : end + 1] not in ("w", "I"))
    ):
        return True  # «الاثنين والثلاثة», «الفرق بين الاثنين»
    if codes[start] == c.YAWM:
        return False
    if before in _NAMED_BY_WEEKDAY:
        return True
    if day.deixis is not None or day.week is not None:
        return False  # «صلاة الجمعة الماضية» was on a day
    paired = start > 2 and codes[start - 1] == c.AND and tokens.items[start - 3].text in _NOT_WEEKDAY_AFTER
    return before in _NOT_WEEKDAY_AFTER or paired  # «خطب العيد والجمعة»

"""Parts of longer units: edges, quarters, halves, weeks of a month, seasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar.classes import COUNT, GREGORIAN, IN, NEW, OF, THIS
from pipelines.dates.grammar.piece import Piece, is_day
from pipelines.dates.grammar.shape import deixis_of, is_definite, read_number, words
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import Between, Calendar, Modified, Part, Relative, Season

Phrase = Callable[[int], Piece | None]

_EDGE = re.compile("EF?|XLF?|uLF?|P[ea]?[o≤]F|[λC](?=[UyY])")
_PART = re.compile("(?P<part>Q)(?P<ordinal>[o≤])[FS]?|(?P<week>U)(?P<nth>[o≤])F|(?P<first>[λC])uF")
_MONTHS = re.compile(rf"P(?P<count>{COUNT})oF")
_BARE_UNIT = re.compile("[Uy]")
_COUNTING = frozenset("otl")  # «نهاية السنة الثانية»
_TERMS = words(ctx.TERMS)
_ADJECTIVES = words(ctx.OF_WORK_OR_SCHOOL)
_LAST_WEEK = 99


# «أواخر الشهر الماضي» · «مطلع عام 2016» · «نهاية العام» · «وقت متأخر من الشهر الماضي» · «منتصف يوليو»
def edged(tokens: Tokens, at: int, phrase: Phrase) -> Piece | None:
    """Read an edge and its unit: «أواخر الشهر الماضي»; `phrase` reads the date at a token."""
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
    elif items[at].word.code == "P":  # «الأيام الأولى من أبريل», «الأيام الأخيرة من»
        which = items[match.end() - 2].word
        if items[at].word.unit != "day" or (which.code == "o" and which.number != 1):
            return None
        edge = "start" if which.code == "o" else "end"
    else:
        edge = items[at].word.note if items[at].word.code == "E" else items[at + 1].word.note
    if items[at].word.code == "u" and items[at].word.unit != "hour":
        return None
    inner = phrase(match.end())
    if inner is not None:
        return Piece(Modified(inner.meaning, edge), at, inner.end)
    whole = _whole(tokens, match.end())
    return Piece(Modified(whole, edge), at, match.end() + 1) if whole is not None else None


# «الربع الأول من 2017» · «النصف الثاني من العام الجاري» · «الأسبوع الأول من مارس»
def part_of_unit(tokens: Tokens, at: int, phrase: Phrase) -> Piece | None:
    """Read a quarter, half, third or week of a unit: «الربع الأول من 2017»."""
    match = _PART.match(tokens.codes, at)
    if match is None:
        return None
    items = tokens.items
    if match.start("first") >= 0:  # «أول أسبوع من أبريل», «آخر أسبوع من»
        of, ordinal = 52, items[at].word.number or _LAST_WEEK
        if items[at + 1].word.unit != "week":
            return None
    elif match.start("week") >= 0:
        of, ordinal = 52, items[match.start("nth")].word.number or _LAST_WEEK
        if items[at].word.unit != "week":
            return None
    else:
        of = items[at].word.number
        ordinal = items[match.start("ordinal")].word.number or of  # «الربع الأخير»
    inner = phrase(match.end())
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
    if whole is None or tokens.codes[match.end() - 1] not in (OF, IN) or items[at].text in _TERMS:
        return None
    return Piece(Part(of, ordinal, whole), at, match.end() + 1)


# «نهاية الشهر», «النصف الأول من العام»: the bare unit is the current one.
def _whole(tokens: Tokens, at: int) -> Relative | None:
    if not _BARE_UNIT.match(tokens.codes, at):
        return None
    following = tokens.items[at + 1].text if at + 1 < len(tokens.items) else ""
    unit = tokens.items[at].word.unit
    if tokens.codes[at + 1 : at + 2] == NEW:
        return None  # «مطلع العام الجديد» is read as a whole
    if (
        following in _ADJECTIVES
        or tokens.codes[at + 1 : at + 2] in _COUNTING
        or unit not in ("week", "month", "year")
    ):
        return None
    return Relative(unit, 0, rule=f"edge_of_current_{unit}")


# «صيف 2014» · «شتاء العام الماضي» · «ربيع عام 2011»
def season(tokens: Tokens, at: int, phrase: Phrase) -> Piece | None:
    """Read a season and its year: «صيف 2014», or its deixis: «هذا الصيف»."""
    if tokens.codes[at : at + 2] == THIS + "A" and is_definite(tokens.items[at + 1]):
        return Piece(Season(tokens.items[at + 1].word.note, None, "current"), at, at + 2)
    if tokens.codes[at : at + 1] not in ("A", "J"):
        return None
    name = tokens.items[at].word.note if tokens.codes[at] == "A" else "spring"
    if (
        tokens.codes[at] == "A"
        and tokens.codes[at + 1 : at + 2] in ("<", ">", "=")
        and is_definite(tokens.items[at])
    ):
        return Piece(Season(name, None, deixis_of(tokens.codes[at + 1])), at, at + 2)
    inner: Piece | None
    if tokens.codes[at + 1 : at + 2] == "4":
        end = at + 3 if tokens.codes[at + 2 : at + 3] == GREGORIAN else at + 2
        inner = Piece(Calendar(year=tokens.items[at + 1].word.number), at + 1, end)
    else:
        inner = phrase(at + 1)
    if inner is None or not (isinstance(inner.meaning, (Calendar, Relative))):
        return None
    meaning = inner.meaning
    yearly = (
        meaning.unit == "year"
        if isinstance(meaning, Relative)
        else meaning.month is None and meaning.month_ref is None
    )
    return Piece(Season(name, meaning), at, inner.end) if yearly else None


# «الأشهر التسعة الأولى من العام الماضي»
def first_months(tokens: Tokens, at: int, phrase: Phrase) -> Piece | None:
    """Read the first months of a year as a range."""
    match = _MONTHS.match(tokens.codes, at)
    if (
        match is None
        or tokens.items[at].word.unit != "month"
        or tokens.items[match.end() - 2].word.number != 1
    ):
        return None
    count = read_number(tokens.items[match.start("count") : match.end("count")])
    inner = phrase(match.end()) or _bare_year(tokens, match.end())
    year = inner.meaning if inner is not None else None
    if inner is None or count is None or not 2 <= count <= 12:
        return None
    if isinstance(year, Calendar) and year.month is None and year.year is not None and not year.hijri:
        return Piece(Between(replace(year, month=1), replace(year, month=count)), at, inner.end)
    if isinstance(year, Relative) and year.unit == "year":
        months = (Calendar(month=number, year=year.year, year_ref=year) for number in (1, count))
        return Piece(Between(*months), at, inner.end)
    return None


def _bare_year(tokens: Tokens, at: int) -> Piece | None:
    year = tokens.items[at].word.number if tokens.codes[at : at + 1] == "4" else 0
    return Piece(Calendar(year=year), at, at + 1) if 1900 <= year <= 2100 else None

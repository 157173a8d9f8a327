"""Days, weeks, months and years named from the day of writing."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import (
    Hit,
    Shape,
    deixis_of,
    read_relative,
    shape,
    with_proclitics,
    words,
)
from pipelines.dates.lexer import Token
from pipelines.dates.meaning import Expr, Relative, Weekday

SHAPES: list[Shape] = []
_NOT_TODAY_AFTER, _NOT_TODAY_BEFORE = words(ctx.NOT_TODAY_AFTER), words(ctx.NOT_TODAY_BEFORE)
_SINCE = words(ctx.SINCE)
_OF_THE_AGE = with_proclitics(words(ctx.OF_THE_AGE))
_BECAME = with_proclitics(words(ctx.BECAME))
_MORE_THAN_EVER = words(ctx.MORE_THAN_EVER)
_NOT_YESTERDAY_BEFORE, _YESTERDAY_NOUN = words(ctx.NOT_YESTERDAY_BEFORE), words(ctx.YESTERDAY_NOUN)
_NOT_TOMORROW_BEFORE = words(ctx.NOT_TOMORROW_BEFORE)
_NOT_TOMORROW_AFTER = with_proclitics(words(ctx.NOT_TOMORROW_AFTER))
_GENERAL_AFTER = with_proclitics(words(ctx.GENERAL_AFTER))
_IN_THE = words(ctx.IN_THE)
_NEW_YEAR_AFTER = with_proclitics(words(ctx.NEW_YEAR_AFTER))
_MONTH_OF = with_proclitics(words(ctx.MONTH_OF))
_FEMININE = tuple(words(ctx.FEMININE_ENDINGS))


# «الشهر الماضي» · «العام الجاري» · «الأسبوع المقبل» · «العام الماضي 2016» · «اليوم التالي» · «الشهر نفسه»
@shape(SHAPES, "UTy", rf"(?P<ref>[UTy]{c.ANY_DEIXIS})(?:,?(?P<open>\()?(?P<year>{c.FOUR})(?(open)\)))?")
def relative_unit(hit: Hit) -> Expr | None:
    """Read a unit with its deixis."""
    ref = read_relative(hit.group("ref"))
    code = hit.group("ref")[1].word.code
    before = hit.before()
    if ref is None or code == c.LATEST or ref.unit == "hour":
        return None
    general = before is not None and before.text in _GENERAL_AFTER and code != c.PAST
    if general and ref.unit == "year" and not _is_sana(hit):
        return None
    if ref.unit == "day" and code not in (c.NEXT, "~", "=", "≺"):
        return None
    if ref.unit == "decade" and (before is None or before.word.code == "x") and not _is_period(before):
        return None  # «مدة العقد الحالي» is a contract's
    year = hit.number("year") if hit.has("year") else None
    if year is not None and (ref.unit != "year" or not 1900 <= year <= 2100):
        hit.end = hit.match.end("ref")
        year = None
    return Relative(ref.unit, ref.shift, ref.deixis, year, rule=f"relative_{ref.unit}")


def _is_period(before: Token | None) -> bool:
    """Say whether the word before is a verb or noun that takes a stretch of time: «شهد العقد الماضي»."""
    return before is not None and before.text in _MONTH_OF


def _is_sana(hit: Hit, name: str = "ref") -> bool:
    """Say whether the word for year is the feminine one, which never means "general"."""
    return hit.group(name)[0].text.endswith(_FEMININE)


# «العام الجديد» · «السنة الجديدة»
@shape(SHAPES, "y", rf"(?P<year_noun>y){c.NEW}(?:,?(?P<year>{c.FOUR}))?")
def new_year(hit: Hit) -> Expr | None:
    """Read the new year: the one that has just begun or is about to."""
    before = hit.before()
    timed = before is not None and (before.word.code in "SrRNIFEλ" or before.text in _NEW_YEAR_AFTER)
    if not timed and not _is_sana(hit, "year_noun"):
        return None  # «الأمين العام الجديد»
    year = hit.number("year") if hit.has("year") else None
    return Relative("year", 0, year=year, rule="new_year") if year is None or 1900 <= year <= 2100 else None


# «الشهر قبل الماضي» · «العام ما قبل الماضي» · «الأسبوع بعد المقبل»
@shape(SHAPES, "Uy", rf"(?P<unit>[Uy])(?:x?{c.AGO}(?P<past>{c.PAST})|x?{c.AFTER}(?P<future>{c.FUTURE}))")
def relative_unit_twice(hit: Hit) -> Expr | None:
    """Read the unit before the last or after the next."""
    unit = hit.group("unit")[0].word.unit
    return Relative(
        unit, -2 if hit.has("past") else 2, "past" if hit.has("past") else "future", rule=f"relative_{unit}"
    )


# «هذا العام» · «هذه السنة 2017» · «هذا الأسبوع» · «ذلك العام» · «نفس اليوم»
@shape(
    SHAPES,
    c.THIS + c.THAT + c.SAME_NOUN,
    rf"(?P<ref>[{c.THIS}{c.THAT}{c.SAME_NOUN}][UTy])(?P<more>[{c.PAST}{c.FUTURE}=])?",
)
def this_unit(hit: Hit) -> Expr | None:
    """Read a unit pointed at by a demonstrative."""
    ref = read_relative(hit.group("ref"))
    if ref is None or ref.unit in ("hour", "decade", "century"):
        return None
    after = hit.after()
    if ref.unit == "day" and ref.shift == 0 and after is not None and after.text in _NOT_TODAY_BEFORE:
        return None  # «هذا اليوم الدراسي»
    if ref.unit == "day" and ref.shift == 0:
        return Relative("day", 0, rule="today")
    return Relative(ref.unit, ref.shift, ref.deixis, rule=f"relative_{ref.unit}")


# «الأربعاء» · «يوم الخميس المقبل» · «الجمعة الماضية» · «الخميس من الأسبوع الماضي» · «الأحد من هذا الأسبوع»
@shape(
    SHAPES,
    "W" + c.YAWM,
    rf"(?P<day>{c.WEEKDAY})(?:(?P<beyond>x?{c.AGO}(?={c.PAST})|x?{c.AFTER}(?={c.FUTURE}))?(?P<deixis>{c.ANY_DEIXIS})|{c.OF}?(?P<week>U{c.ANY_DEIXIS}|{c.THIS}U))?",
)
def weekday(hit: Hit) -> Expr | None:
    """Read a day of the week."""
    token = hit.group("day")[-1]
    number = _BARE.get(token.word.number, -1) if token.word.code == "a" else token.word.number
    if token.word.code == "a" and token.text not in _SUNDAY_MONDAY:
        return None
    if hit.has("week"):
        week = read_relative(hit.group("week"))
        if week is not None and week.unit == "week":
            return Weekday(number, week=week)
        hit.end = hit.match.end("day")
        return Weekday(number)
    deixis = deixis_of(hit.group("deixis")[0].word.code) if hit.has("deixis") else None
    return Weekday(number, deixis, beyond=hit.has("beyond"))


_BARE = {1: 6, 2: 0}
_SUNDAY_MONDAY = words(ctx.WEEKDAY_CARDINALS)

"""Days, weeks, months and years named from the day of writing."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import (
    Hit,
    Shape,
    deixis_of,
    is_definite,
    read_relative,
    shape,
    with_proclitics,
    words,
)
from pipelines.dates.meaning import Expr, Modified, Relative, Weekday

SHAPES: list[Shape] = []
_NOT_TODAY_AFTER, _NOT_TODAY_BEFORE = words(ctx.NOT_TODAY_AFTER), words(ctx.NOT_TODAY_BEFORE)
_SINCE = words(ctx.SINCE)
_GENERAL_AFTER = with_proclitics(words(ctx.GENERAL_AFTER))
_IN_THE = words(ctx.IN_THE)
_FEMININE = tuple(words(ctx.FEMININE_ENDINGS))


# «أمس» · «أول من أمس» · «أمس الأول» · «أول أمس» · «قبل أمس» · «البارحة»
@shape(
    SHAPES,
    c.FIRST_NOUN + "o" + c.AGO + c.YAWM + c.YESTERDAY + c.LAST_NIGHT,
    rf"(?P<before>[{c.FIRST_NOUN}o]{c.OF}?|{c.AGO})?{c.YAWM}?(?P<day>[{c.YESTERDAY}{c.LAST_NIGHT}])(?P<first>o)?",
)
def yesterday(hit: Hit) -> Expr | None:
    """Read yesterday or the day before it."""
    if hit.has("before"):
        first = hit.group("before")[0]
        if first.text in _SINCE or (first.word.code != c.AGO and first.word.number != 1):
            return None  # «منذ أمس» is yesterday
    if hit.has("first") and hit.number("first") != 1:
        hit.cut("first")
    two = hit.has("before") or (hit.has("first") and hit.end == hit.match.end())
    expr = Relative("day", -2 if two else -1, "past", rule="day_before_yesterday" if two else "yesterday")
    return Modified(expr, "night") if hit.group("day")[0].word.code == c.LAST_NIGHT else expr


# «غدا» · «يوم غد» · «بعد غد» · «بعد يوم غد»
@shape(
    SHAPES,
    c.AFTER + c.YAWM + c.TOMORROW + c.TOMORROW_NOUN,
    rf"(?P<after>{c.AFTER})?(?P<yawm>{c.YAWM})?(?P<day>[{c.TOMORROW}{c.TOMORROW_NOUN}])",
)
def tomorrow(hit: Hit) -> Expr | None:
    """Read tomorrow or the day after; «غد» alone needs a word of time before it (تيار الغد is a party)."""
    before, after = hit.before(), hit.after()
    if hit.group("day")[0].word.code == c.TOMORROW_NOUN and not (hit.has("after") or hit.has("yawm")):
        timed = before is not None and before.word.code in "SIFZE"
        if not timed and not (after is not None and after.word.code in "jW"):
            return None
    two = hit.has("after")
    return Relative("day", 2 if two else 1, "future", rule="day_after_tomorrow" if two else "tomorrow")


# «اليوم» — but not «المصري اليوم», «اليوم السابع», «في اليوم الواحد»
@shape(SHAPES, c.TODAY, c.TODAY)
def today(hit: Hit) -> Expr | None:
    """Read today, unless the word is part of a name or counts the days of something."""
    before, after = hit.before(), hit.after()
    if before is not None and (before.text in _NOT_TODAY_AFTER or before.word.code in "013Q"):
        return None
    if after is not None and (after.text in _NOT_TODAY_BEFORE or after.word.code in "obtc≻~<≤≺>"):
        return None
    if before is not None and before.word.code == "S" and before.text in _IN_THE:
        return None  # «مرتين في اليوم», «برميل باليوم»
    if before is not None and after is not None and before.word.code in '("' and after.word.code in ')"':
        return None  # the newspaper (اليوم)
    return Relative("day", 0, rule="today")


# «الليلة الماضية» · «الليلة» · «هذه الليلة» · «هذا الصباح» · «هذا المساء»
@shape(
    SHAPES,
    c.THIS + c.TONIGHT,
    rf"{c.THIS}(?P<part>{c.DAY_PART})|{c.THIS}?(?P<night>{c.TONIGHT})(?P<ago>{c.AGO})?(?P<deixis>[{c.PAST}{c.FUTURE}])?",
)
def this_part(hit: Hit) -> Expr | None:
    """Read a part of today, or last night (the day it began)."""
    if hit.has("part"):
        token = hit.group("part")[0]
        return Modified(Relative("day", 0, rule="today"), token.word.note) if is_definite(token) else None
    after = hit.after()
    if after is not None and after.text in _NOT_TODAY_BEFORE:
        return None
    past = hit.has("deixis") and hit.group("deixis")[0].word.code == c.PAST
    if hit.has("ago"):
        if not past:
            hit.cut("ago")
            return Modified(Relative("day", 0, rule="tonight"), "night")
        return Modified(Relative("day", -2, rule="night_before_last"), "night")
    future = hit.has("deixis") and not past
    expr = Relative("day", -1 if past else 1 if future else 0, rule="last_night" if past else "tonight")
    return Modified(expr, "night")


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
    year = hit.number("year") if hit.has("year") else None
    if year is not None and (ref.unit != "year" or not 1900 <= year <= 2100):
        hit.end = hit.match.end("ref")
        year = None
    return Relative(ref.unit, ref.shift, ref.deixis, year, rule=f"relative_{ref.unit}")


def _is_sana(hit: Hit) -> bool:
    """Say whether the word for year is the feminine one, which never means "general"."""
    return hit.group("ref")[0].text.endswith(_FEMININE)


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

"""Days, weeks, months and years named from the day of writing."""

from __future__ import annotations

from pipelines.dates.grammar.classes import (
    AFTER, AGO, ANY_DEIXIS, APPROX, COUNT, DAY_PART, FEW, FIRST_NOUN, FOUR, FUTURE, LAST, LAST_NIGHT, LATEST, MANY, NEXT, OF, ONE, PAST,
    SAME_NOUN, THAT, THE_MANY, THE_TWO, THIS, TODAY, TOMORROW, TOMORROW_NOUN, TONIGHT, TWO, TWO_OF, WEEKDAY, YAWM, YESTERDAY,
)  # fmt: skip
from pipelines.dates.grammar.shape import Hit, Shape, deixis_of, read_number, read_relative, shape, words
from pipelines.dates.lexicon import AGE_WORDS, EVENT_FROM, NOT_TODAY_AFTER, NOT_TODAY_BEFORE, NOW, Unit
from pipelines.dates.meaning import Expr, Modified, Offset, Relative, Weekday, Window

SHAPES: list[Shape] = []
_NOT_TODAY_AFTER, _NOT_TODAY_BEFORE = words(NOT_TODAY_AFTER), words(NOT_TODAY_BEFORE)
_EVENT_FROM, _NOW, _AGE = words(EVENT_FROM), words(NOW), words(AGE_WORDS)


# «أمس» · «أول من أمس» · «أمس الأول» · «أول أمس» · «قبل أمس» · «البارحة»
@shape(
    SHAPES,
    FIRST_NOUN + AGO + YAWM + YESTERDAY + LAST_NIGHT,
    rf"(?P<before>{FIRST_NOUN}{OF}?|{AGO})?{YAWM}?(?P<day>[{YESTERDAY}{LAST_NIGHT}])(?P<first>o)?",
)
def yesterday(hit: Hit) -> Expr | None:
    """Read yesterday or the day before it."""
    if hit.has("first") and hit.number("first") != 1:
        hit.cut("first")
    two = hit.has("before") or (hit.has("first") and hit.end == hit.match.end())
    expr = Relative("day", -2 if two else -1, "past", rule="day_before_yesterday" if two else "yesterday")
    return Modified(expr, "night") if hit.group("day")[0].word.code == LAST_NIGHT else expr


# «غدا» · «يوم غد» · «بعد غد» · «بعد يوم غد»
@shape(
    SHAPES,
    AFTER + YAWM + TOMORROW + TOMORROW_NOUN,
    rf"(?P<after>{AFTER})?(?P<yawm>{YAWM})?(?P<day>[{TOMORROW}{TOMORROW_NOUN}])",
)
def tomorrow(hit: Hit) -> Expr | None:
    """Read tomorrow or the day after; «غد» alone needs a word of time before it (تيار الغد is a party)."""
    before, after = hit.before(), hit.after()
    if hit.group("day")[0].word.code == TOMORROW_NOUN and not (hit.has("after") or hit.has("yawm")):
        timed = before is not None and before.word.code in "SIFZE"
        if not timed and not (after is not None and after.word.code in "jW"):
            return None
    two = hit.has("after")
    return Relative("day", 2 if two else 1, "future", rule="day_after_tomorrow" if two else "tomorrow")


# «اليوم» — but not «المصري اليوم», «اليوم السابع», «في اليوم الواحد»
@shape(SHAPES, TODAY, TODAY)
def today(hit: Hit) -> Expr | None:
    """Read today, unless the word is part of a name or counts the days of something."""
    before, after = hit.before(), hit.after()
    if before is not None and (before.text in _NOT_TODAY_AFTER or before.word.code in "013Q") :
        return None
    if after is not None and (after.text in _NOT_TODAY_BEFORE or after.word.code in "obtc≻~<≤≺>" or after.text == "العشرين"):
        return None
    if before is not None and before.word.code == "S" and before.text in ("في", "خلال"):
        return None
    return Relative("day", 0, rule="today")


# «الليلة الماضية» · «الليلة» · «هذه الليلة» · «هذا الصباح» · «هذا المساء»
@shape(SHAPES, THIS + TONIGHT, rf"{THIS}(?P<part>{DAY_PART})|{THIS}?(?P<night>{TONIGHT})(?P<ago>{AGO})?(?P<deixis>[{PAST}{FUTURE}])?")
def this_part(hit: Hit) -> Expr | None:
    """Read a part of today, or last night (the day it began)."""
    if hit.has("part"):
        token = hit.group("part")[0]
        return Modified(Relative("day", 0, rule="today"), token.word.note) if token.text.startswith("ال") else None
    after = hit.after()
    if after is not None and after.text in _NOT_TODAY_BEFORE:
        return None
    past = hit.has("deixis") and hit.group("deixis")[0].word.code == PAST
    if hit.has("ago"):
        if not past:
            hit.cut("ago")
            return Modified(Relative("day", 0, rule="tonight"), "night")
        return Modified(Relative("day", -2, rule="night_before_last"), "night")
    future = hit.has("deixis") and not past
    expr = Relative("day", -1 if past else 1 if future else 0, rule="last_night" if past else "tonight")
    return Modified(expr, "night")


# «الشهر الماضي» · «العام الجاري» · «الأسبوع المقبل» · «العام الماضي 2016» · «اليوم التالي» · «الشهر نفسه»
@shape(SHAPES, "UTy", rf"(?P<ref>[UTy]{ANY_DEIXIS})(?:,?\(?(?P<year>{FOUR})\)?)?")
def relative_unit(hit: Hit) -> Expr | None:
    """Read a unit with its deixis."""
    ref = read_relative(hit.group("ref"))
    code = hit.group("ref")[1].word.code
    if ref is None or code == LATEST or ref.unit == "hour":
        return None
    if ref.unit == "day" and code not in (NEXT, "~", "=", "≺"):
        return None
    year = hit.number("year") if hit.has("year") else None
    if year is not None and (ref.unit != "year" or not 1900 <= year <= 2100):
        hit.end = hit.match.end("ref")
        year = None
    return Relative(ref.unit, ref.shift, ref.deixis, year, rule=f"relative_{ref.unit}")


# «الشهر قبل الماضي» · «العام ما قبل الماضي» · «الأسبوع بعد المقبل»
@shape(SHAPES, "Uy", rf"(?P<unit>[Uy])(?:x?{AGO}(?P<past>{PAST})|x?{AFTER}(?P<future>{FUTURE}))")
def relative_unit_twice(hit: Hit) -> Expr | None:
    """Read the unit before the last or after the next."""
    unit = hit.group("unit")[0].word.unit
    return Relative(unit, -2 if hit.has("past") else 2, "past" if hit.has("past") else "future", rule=f"relative_{unit}")


# «هذا العام» · «هذه السنة 2017» · «هذا الأسبوع» · «ذلك العام» · «نفس اليوم»
@shape(SHAPES, THIS + THAT + SAME_NOUN, rf"(?P<ref>[{THIS}{THAT}{SAME_NOUN}][UTyY])(?P<more>[{PAST}{FUTURE}=])?")
def this_unit(hit: Hit) -> Expr | None:
    """Read a unit pointed at by a demonstrative."""
    ref = read_relative(hit.group("ref"))
    if ref is None or ref.unit in ("hour", "decade", "century"):
        return None
    if ref.unit == "day" and ref.shift == 0:
        return Relative("day", 0, rule="today")
    return Relative(ref.unit, ref.shift, ref.deixis, rule=f"relative_{ref.unit}")


# «الأربعاء» · «يوم الخميس المقبل» · «الجمعة الماضية» · «الخميس من الأسبوع الماضي» · «الأحد من هذا الأسبوع»
@shape(SHAPES, "W" + YAWM, rf"(?P<day>{WEEKDAY})(?:(?P<deixis>{ANY_DEIXIS})|{OF}?(?P<week>U{ANY_DEIXIS}|{THIS}U))?")
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
    return Weekday(number, deixis_of(hit.group("deixis")[0].word.code) if hit.has("deixis") else None)


_BARE = {1: 6, 2: 0}
_SUNDAY_MONDAY = words("أحد اثنين")


# «قبل يومين» · «منذ ثلاثة أعوام» · «بعد نحو ثلاثة أسابيع» · «قبل 15 يوما» · «قبل شهر» · «قبل أيام»
@shape(
    SHAPES,
    AGO + AFTER,
    rf"(?P<side>[{AGO}{AFTER}]){OF}?(?P<approx>{APPROX})?(?:(?P<two>{TWO})|(?P<count>{COUNT})(?P<unit>{MANY}|{ONE}|{TWO_OF}|x)|(?P<one>{ONE})(?:a)?"
    rf"|(?P<many>{MANY}))(?![ydWMmKHojsTJzα4])",
)
def offset(hit: Hit) -> Expr | None:
    """Read a distance from the reference, or from an event when «من» or «على» follows."""
    side = hit.group("side")[0].word.code
    before = hit.before()
    if hit.has("one") and before is not None and before.word.code in "iujsY" and before.word.unit == hit.group("one")[0].word.unit:
        return None  # «عاما بعد عام»
    if hit.has("two"):
        count, unit = 2, hit.group("two")[0].word.unit
    elif hit.has("count"):
        counted = hit.number("count")
        if counted is None or hit.group("unit")[0].word.code == "x":
            return None
        count, unit = counted, hit.group("unit")[0].word.unit
    elif hit.has("one"):
        count, unit = 1, hit.group("one")[0].word.unit
    else:
        return _offset(hit, None, hit.group("many")[0].word.unit, side)
    return _offset(hit, count, unit, side)


def _offset(hit: Hit, count: int | None, unit: Unit, side: str) -> Expr | None:
    after = hit.after()
    if after is not None and after.text in ("فقط", "تقريبا"):
        after = hit.after(1)
        following = hit.after(2)
    else:
        following = hit.after(1)
    if unit == "hour":
        if count is None or count % 24:
            return None
        count, unit = count // 24, "day"
    event = after is not None and after.text in _EVENT_FROM and not (following is not None and following.text in _NOW)
    if event and count is None:
        return None
    offset = Offset(count, unit, -1 if side == AGO else 1, event)
    return Modified(offset, "approx") if hit.has("approx") else offset


# «الأشهر الثلاثة الماضية» · «العامين الماضيين» · «السنوات الـ 5 المقبلة» · «الأيام الماضية» · «الثلاثة أشهر الماضية»
@shape(
    SHAPES,
    "PVldn" + "aebhc",
    rf"(?:(?P<two>{THE_TWO})|(?P<unit>{THE_MANY})(?:(?P<count>{COUNT})|{FEW})?|(?P<count2>{COUNT})(?P<unit2>{MANY}|{THE_MANY}|{ONE}|{TWO_OF}))"
    rf"(?P<deixis>[{PAST}{LATEST}{FUTURE}])",
)
def window(hit: Hit) -> Expr | None:
    """Read a stretch that ends or begins at the reference."""
    sign = 1 if hit.group("deixis")[0].word.code == FUTURE else -1
    if hit.has("two"):
        return _window(2, hit.group("two")[0].word.unit, sign)
    if hit.has("unit"):
        return _window(hit.number("count"), hit.group("unit")[0].word.unit, sign)
    return _window(hit.number("count2"), hit.group("unit2")[0].word.unit, sign)


# «آخر ثلاثة أشهر» · «آخر عامين»
@shape(SHAPES, LAST, rf"{LAST}(?:(?P<two>{TWO})|(?P<count>{COUNT})(?P<unit>{MANY}|{ONE}|{TWO_OF}))")
def last_units(hit: Hit) -> Expr | None:
    """Read the last so many units."""
    if hit.has("two"):
        return _window(2, hit.group("two")[0].word.unit, -1)
    return _window(read_number(hit.group("count")), hit.group("unit")[0].word.unit, -1)


def _window(count: int | None, unit: Unit, sign: int) -> Expr | None:
    if unit == "hour":
        if count is None or count % 24:
            return None
        count, unit = count // 24, "day"
    return Window(count, unit, sign)

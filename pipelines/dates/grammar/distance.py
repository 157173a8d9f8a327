"""Distances and stretches of time counted from the day of writing: «قبل يومين», «الأشهر الثلاثة الماضية»."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import Hit, Shape, is_definite, read_number, shape, words
from pipelines.dates.lexicon import Unit
from pipelines.dates.meaning import Between, Expr, Modified, Offset, Relative, Window

SHAPES: list[Shape] = []
_EVENT_FROM, _NOW, _ONLY, _SINCE = (words(names) for names in (ctx.EVENT_FROM, ctx.NOW, ctx.ONLY, ctx.SINCE))
_AT_A_DISTANCE, _OF_TIME = words(ctx.AT_A_DISTANCE), words(ctx.OF_TIME)


# «قبل يومين» · «منذ ثلاثة أعوام» · «بعد نحو ثلاثة أسابيع» · «قبل 15 يوما» · «قبل شهر» · «قبل أيام»
@shape(
    SHAPES,
    c.AGO + c.AFTER,
    rf"(?P<side>[{c.AGO}{c.AFTER}]){c.OF}?(?P<approx>{c.APPROX})?(?:(?P<two>{c.TWO})|(?P<count>{c.COUNT})(?P<unit>{c.MANY}|{c.ONE}|{c.TWO_OF}|x)|(?P<fraction>{c.FRACTION})(?P<whole>{c.ONE})|(?P<one>{c.ONE})(?:a)?"
    rf"|(?P<many>{c.MANY}))(?P<half>{c.AND_HALF})?(?![ydWMmKHojsTJzα4])",
)
def offset(hit: Hit) -> Expr | None:
    """Read a distance from the reference, or from an event when «من» or «على» follows."""
    side = hit.group("side")[0].word.code
    before = hit.before()
    if (
        hit.has("one")
        and before is not None
        and before.word.code in "iujsY"
        and before.word.unit == hit.group("one")[0].word.unit
    ):
        return None  # «عاما بعد عام»
    if hit.has("one") and _is_noun_after(hit, side):
        return None
    if side == c.AFTER and before is not None and before.text in _AT_A_DISTANCE:
        return None  # «على بعد يومين من الحدود»
    if hit.has("fraction"):
        part = _FRACTIONS.get((hit.group("fraction")[0].word.code, hit.group("whole")[0].word.unit))
        return _offset(hit, *part, side) if part else None
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
        after = hit.after()
        if (
            after is not None
            and after.word.code == "x"
            and is_definite(after)
            and hit.group("side")[0].text in _SINCE
        ):
            return None  # «منذ أيام الدراسة»
        return _offset(hit, None, hit.group("many")[0].word.unit, side)
    return _offset(hit, count, unit, side)


# «قبل نصف قرن», «منذ ربع قرن», «قبل نصف عام»: parts that are whole units of a smaller kind.
_FRACTIONS: dict[tuple[str, str], tuple[int, Unit]] = {
    ("½", "century"): (50, "year"),
    ("¼", "century"): (25, "year"),
    ("½", "decade"): (5, "year"),
    ("½", "year"): (6, "month"),
    ("¼", "year"): (3, "month"),
}


def _is_noun_after(hit: Hit, side: str) -> bool:
    """Tell «قبل عقد اجتماع», before holding, and «بعد يوم دام», after a bloody day, from a decade ago and in a day."""
    after = hit.after()
    if after is None or after.word.code != "x" or after.text in _EVENT_FROM | _ONLY:
        return False
    decade = hit.group("one")[0].word.unit == "decade"
    return decade or (side == c.AFTER and after.text[0] not in ctx.PREPOSITION_LETTERS)


# «ثلاثة أشهر مضت» · «عامين مضيا»
@shape(
    SHAPES,
    "v" + "ldnaebhc",
    rf"(?:(?P<two>{c.TWO})|(?P<count>{c.COUNT})(?P<unit>{c.MANY}|{c.ONE}|{c.TWO_OF})){c.GONE}",
)
def offset_gone(hit: Hit) -> Expr | None:
    """Read a distance that has gone by."""
    if hit.has("two"):
        return _offset(hit, 2, hit.group("two")[0].word.unit, c.AGO)
    count = hit.number("count")
    return None if count is None else _offset(hit, count, hit.group("unit")[0].word.unit, c.AGO)


def _offset(hit: Hit, count: int | None, unit: Unit, side: str) -> Expr | None:
    after = hit.after()
    if after is not None and after.text in _ONLY:
        after = hit.after(1)
        following = hit.after(2)
    else:
        following = hit.after(1)
    if unit == "hour":
        if count is None or count % 24:
            return None
        count, unit = count // 24, "day"
    # «على» counts from an event only after «بعد»: «قبل شهر على يد …» doesn't.
    now = False
    event = after is not None and after.text in _EVENT_FROM and (side == c.AFTER or after.word.code == c.OF)
    if event and following is not None and following.text in _NOW | _OF_TIME and after is hit.after():
        hit.end += 2  # «بعد يومين من الآن», «قبل عقد من الزمن»
        event, now = False, following.text in _NOW
    if event and count is None:
        return None
    offset = Offset(count, unit, -1 if side == c.AGO else 1, event, hit.has("half"), now)
    return Modified(offset, "approx") if hit.has("approx") else offset


# «الأشهر الثلاثة الماضية» · «العامين الماضيين» · «السنوات الـ 5 المقبلة» · «الأيام الماضية» · «الثلاثة أشهر الماضية»
@shape(
    SHAPES,
    "PVldn" + "aebhc",
    rf"(?:(?P<two>{c.THE_TWO})|(?P<unit>{c.THE_MANY})(?:(?P<count>{c.COUNT})|{c.FEW})?|(?P<count2>{c.COUNT})(?P<unit2>{c.MANY}|{c.THE_MANY}|{c.ONE}|{c.TWO_OF}))"
    rf"(?P<deixis>[{c.PAST}{c.LATEST}{c.FUTURE}])",
)
def window(hit: Hit) -> Expr | None:
    """Read a stretch that ends or begins at the reference."""
    sign = 1 if hit.group("deixis")[0].word.code == c.FUTURE else -1
    if hit.has("two"):
        return _window(2, hit.group("two")[0].word.unit, sign)
    if hit.has("unit"):
        return _window(hit.number("count"), hit.group("unit")[0].word.unit, sign)
    return _window(hit.number("count2"), hit.group("unit2")[0].word.unit, sign)


# «العامين الماضي والجاري» · «الأسبوعين الحالي والمقبل»
@shape(SHAPES, c.THE_TWO, rf"{c.THE_TWO}(?P<one>[{c.PAST}=])w(?P<two>[{c.FUTURE}=])")
def two_units(hit: Hit) -> Expr | None:
    """Read two neighbouring units, each by its deixis."""
    unit = hit.tokens[hit.match.start()].word.unit
    if unit not in ("week", "month", "year"):
        return None
    first = Relative(unit, -1 if hit.group("one")[0].word.code == c.PAST else 0)
    last = Relative(unit, 1 if hit.group("two")[0].word.code == c.FUTURE else 0)
    return Between(first, last)


# «آخر ثلاثة أشهر» · «آخر عامين»
@shape(
    SHAPES, c.LAST, rf"{c.LAST}(?:(?P<two>{c.TWO})|(?P<count>{c.COUNT})(?P<unit>{c.MANY}|{c.ONE}|{c.TWO_OF}))"
)
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

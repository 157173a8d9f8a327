"""Days and months of the Gregorian calendar by name."""

from __future__ import annotations

from dataclasses import replace

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.digits import read_pair
from pipelines.dates.grammar.shape import (
    COUNTED,
    Hit,
    Shape,
    is_definite,
    read_month,
    read_relative,
    shape,
    words,
)
from pipelines.dates.meaning import Between, Calendar, Deixis, Expr, Relative

SHAPES: list[Shape] = []
_MONTH_START = "MmK"
_BRACKET = "("
_DAY_START = "ldotbaejTC"
_LINK = rf"(?:[/\-]|{c.OF}?{c.IN}?{c.MONTH_NOUN}?)"


# «22 مارس» · «يوم 22 مارس الجاري» · «الثامن والعشرين من حزيران 2014» · «9 مارس / آذار، 2017» · «31 مارس من العام الماضي»
@shape(SHAPES, _DAY_START, rf"(?P<yawm>[{c.YAWM}{c.TODAY}])?(?P<day>{c.DAY}){_LINK}{c.MONTH}{c.TAIL}?")
def day_month(hit: Hit) -> Expr | None:
    """Read a day and its month."""
    if not _may_be_day(hit):
        return None
    month = _month_or_first(hit)
    day = hit.number("day")
    if month is None or day is None or not 1 <= day <= 31:
        return None
    return replace(_with_tail(hit, month), day=day)


# «مارس 2017» · «شهر مارس» · «مارس/آذار الماضي» · «شباط (فبراير)» · «(شباط) فبراير» · «مارس من العام الماضي»
@shape(SHAPES, _MONTH_START + _BRACKET + c.MONTH_NOUN, rf"(?P<shahr>{c.MONTH_NOUN})?{c.MONTH}{c.TAIL}?")
def month_alone(hit: Hit) -> Expr | None:
    """Read a month; the ambiguous ones (مارس, ماي) only beside a word that makes them months."""
    month = _month_or_first(hit)
    if month is None:
        return None
    before = hit.before()
    if hit.group("month")[0].word.code == "m" and not (
        hit.has("shahr") or hit.has("tail") or hit.has("double") or hit.has("month0")
    ):
        after = hit.after()
        coordinated = (
            before is not None and before.word.code == "w" and (hit.before(1) or before).word.code in "MmKo4)"
        )
        timed = coordinated or _is_timed(hit)
        if (
            not timed
            or (after and after.word.code == "x" and is_definite(after))
            or hit.group("month")[0].text == ctx.AUGUST_FOLDED
        ):
            return None
    return _with_tail(hit, month)


# «في ماي», «بين ماي وجويلية», «من مارس إلى مايو» — but not «بين ماي وترامب», «رسالة إلى ماي»
def _is_timed(hit: Hit) -> bool:
    """Say whether the word before an ambiguous month makes it one; before a woman's name some do only beside a date."""
    before, one, after, other = hit.before(), hit.before(1), hit.after(), hit.after(1)
    if hit.group("month")[0].text not in _WOMEN:
        return (
            before is not None and before.word.code in c.IN + c.UNTIL + c.BETWEEN + c.EDGE + c.OF + c.TWO_OF
        )
    match before.word.code if before is not None else "":
        case c.EDGE | c.TWO_OF:
            return True
        case c.IN:
            return before is not None and len(before.text) > 1
        case c.BETWEEN:
            return (
                after is not None
                and after.word.code == c.AND
                and other is not None
                and other.word.code in "MmKs"
            )
        case c.OF:
            return after is not None and after.word.code in c.UNTIL + c.AND
        case c.UNTIL:
            return one is not None and one.word.code in "MmKo4d)<>=w"
    return False


# «مارس 22، 2017»: word order of translated text
@shape(SHAPES, _MONTH_START, rf"(?P<month>{c.ONE_MONTH})(?P<day>d),?(?P<year>{c.FOUR})")
def month_day_year(hit: Hit) -> Expr | None:
    """Read a month followed by its day and the year."""
    month, day, year = read_month(hit.group("month")), hit.number("day"), hit.number("year")
    if month is None or day is None or year is None or not 1900 <= year <= 2100:
        return None
    return Calendar(day, month, year)


# «الـ 23 من الجاري» · «23 الجاري» · «العشرين من الشهر الجاري» · «15 الشهر الماضي» · «12 من هذا الشهر»
@shape(
    SHAPES,
    _DAY_START,
    rf"(?P<yawm>{c.YAWM})?(?P<day>{c.DAY})(?P<of>{c.OF})?(?:(?P<now>{c.CURRENT})|(?P<ref>[Us]{c.ANY_DEIXIS}|[{c.THIS}{c.THAT}{c.SAME_NOUN}]U))",
)
def day_of_month(hit: Hit) -> Expr | None:
    """Read a day whose month is only pointed at."""
    day = hit.number("day")
    if not _may_be_day(hit) or day is None or not 1 <= day <= 31:
        return None
    if hit.has("now"):
        before = hit.before()
        bound = hit.has("yawm") or hit.has("of") or (before is not None and before.word.code in "SIWw&rRF")
        plain = hit.group("day")[-1].word.code == "d" or hit.group("now")[0].text in _THIS_MONTH
        if not bound or (not hit.has("of") and not plain):
            return None
        return Calendar(day=day, month_ref=Relative("month", 0), rule="day_of_current_month")
    ref = read_relative(hit.group("ref"))
    if ref is None or ref.unit != "month":
        return None
    rule = "day_of_current_month" if ref.shift == 0 else "day_of_relative_month"
    return Calendar(day=day, month_ref=ref, rule=rule)


# «31 منه» · «الثالث والعشرين منه»
@shape(SHAPES, _DAY_START, rf"(?P<yawm>{c.YAWM})?(?P<day>{c.DAY}){c.OF_IT}")
def day_of_it(hit: Hit) -> Expr | None:
    """Read a day of the month named last; only after a word of time, for «النصف الثاني منه» is a half of anything."""
    day, before = hit.number("day"), hit.before()
    timed = hit.has("yawm") or (before is not None and before.word.code in _TIMED)
    if not timed or not _may_be_day(hit, linked=True) or day is None or not 1 <= day <= 31:
        return None
    return Calendar(day=day, month_ref=Relative("month", None, "same"), rule="day_of_named_month")


# «يومي 10 و11 أبريل» · «بين 12 و20 مارس 2017» · «من 12 إلى 15 مايو المقبل» · «10-12 مارس» · «10 و11 من الشهر الجاري»
@shape(
    SHAPES,
    _DAY_START + "ipPf",
    rf"[ipP{c.YAWM}]?(?:(?P<day>{c.DAY})(?P<link>{c.AND}?(?:{c.TO}|[\-/]){c.IN}?|{c.AND}{c.IN}?){c.YAWM}?(?P<day2>{c.DAY})|(?P<pair>{c.TWO_NUMBERS}))"
    rf"(?:{_LINK}{c.MONTH}{c.TAIL}?|(?P<of>{c.OF})?(?:(?P<now>{c.CURRENT})|(?P<ref>U{c.ANY_DEIXIS}|{c.THIS}U))|(?P<it>{c.OF_IT}))",
)
def days_of_month(hit: Hit) -> Expr | None:
    """Read two days that share a month; days joined by «و» must follow each other unless «بين» comes before."""
    first, last = read_pair(hit) if hit.has("pair") else (hit.number("day"), hit.number("day2"))
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    before = hit.before()
    joined_by_and = (
        hit.has("link") and hit.group("link")[0].word.code == c.AND and len(hit.group("link")) == 1
    )
    if joined_by_and and last != first + 1 and not (before and before.word.code == c.BETWEEN):
        return None
    if hit.has("it"):
        of_it = Calendar(month_ref=Relative("month", None, "same"), rule="day_of_named_month")
        return Between(replace(of_it, day=first), replace(of_it, day=last))
    if hit.has("now") or hit.has("ref"):
        ref = Relative("month", 0) if hit.has("now") else read_relative(hit.group("ref"))
        if ref is None or ref.unit != "month":
            return None
        base = Calendar(month_ref=ref)
    else:
        month = _month_or_first(hit)
        if month is None:
            return None
        base = _with_tail(hit, month)
    return Between(replace(base, day=first), replace(base, day=last))


_WOMEN = words(ctx.MONTHS_AND_WOMEN)
_THIS_MONTH = words(ctx.THIS_MONTH)
_TIMED = c.IN + c.UNTIL + c.WEEKDAY_NAME + c.AGO


def _may_be_day(hit: Hit, *, linked: bool = False) -> bool:
    """Refuse number words that read as something else: feminine ordinals, and plain cardinals («ثلاثة مايو»)."""
    day = hit.group("day")
    code = "".join(token.word.code for token in day)
    if code == "C":  # «أول مارس» is the first of March
        return day[0].word.number == 1
    if code == "a" or (code == "o" and day[0].text.endswith(_FEMININE)):
        return day[0].text in _FIRST_DAY
    linked = linked or (
        hit.match.end("day") < hit.end
        and hit.tokens[hit.match.end("day")].word.code
        in (
            c.OF,
            c.MONTH_NOUN,
        )
    )
    return not (code in "ot" and not linked)


_FIRST_DAY = words(ctx.FIRST_DAY)
_FEMININE = tuple(words(ctx.FEMININE_ENDINGS))


def _month_or_first(hit: Hit) -> int | None:
    """Read the month; when a second name means another month, the hit ends after the first."""
    month = hit.month()
    if hit.has("month0") and read_month(hit.group("month0")) != month:
        return None
    if month is None and hit.has("double"):
        hit.cut("double")
        return read_month(hit.group("month"))
    return month


def _with_tail(hit: Hit, month: int) -> Calendar:
    if not hit.has("tail") or hit.end < hit.match.end("tail"):
        return Calendar(month=month)
    year = hit.year()
    after = hit.after()
    if hit.has("year") and after is not None and after.text in COUNTED:
        hit.cut("tail")
        return Calendar(month=month)
    if year is not None and not 1000 <= year <= 2199:
        hit.cut("tail")
        return Calendar(month=month)
    deixis: Deixis | None = hit.deixis()
    return Calendar(month=month, year=year, deixis=deixis, year_ref=hit.year_ref())

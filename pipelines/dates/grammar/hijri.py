"""Dates of the Islamic calendar by the names of its months."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import Hit, Shape, deixis_of, is_definite, read_hijri_month, shape, words
from pipelines.dates.meaning import Between, Calendar, Deixis, Expr

SHAPES: list[Shape] = []
_YEAR = rf",?[/\-]?{c.OF}?{c.IN}?[{c.YEAR_NOUN}y]?(?P<year>[4]){c.HIJRI}?"
_TAIL = rf"(?P<tail>x?{_YEAR}|x?(?P<deixis>{c.ANY_DEIXIS})|x)"  # x: «رمضان المبارك 1438», «محرم الحرام»


# «20 ذي القعدة 1440هـ» · «الأول من شهر رمضان» · «15 شعبان الماضي» · «27 رمضان المبارك 1438»
@shape(
    SHAPES,
    "ldotbaej",
    rf"{c.YAWM}?(?P<day>{c.DAY})[/\-]?{c.OF}?{c.MONTH_NOUN}?(?P<month>{c.HIJRI_MONTH}){_TAIL}?",
)
def hijri_day(hit: Hit) -> Expr | None:
    """Read a day of a Hijri month."""
    day, month = hit.number("day"), read_hijri_month(hit.group("month"))
    if day is None or month is None or not 1 <= day <= 30 or not _tail_fits(hit):
        return None
    return Calendar(day, month, _year(hit), hijri=True, deixis=_deixis(hit))


# «من 5 إلى 10 شوال 1438» · «10 و11 محرم»
@shape(
    SHAPES,
    "ldotbae",
    rf"(?P<day>{c.DAY})(?P<link>{c.AND}?(?:{c.TO}|-)|{c.AND})(?P<day2>{c.DAY}){c.OF}?{c.MONTH_NOUN}?(?P<month>{c.HIJRI_MONTH}){_TAIL}?",
)
def hijri_days(hit: Hit) -> Expr | None:
    """Read two days of a Hijri month; joined by «و» they follow each other."""
    first, last, month = hit.number("day"), hit.number("day2"), read_hijri_month(hit.group("month"))
    if first is None or last is None or month is None or not 1 <= first < last <= 30 or not _tail_fits(hit):
        return None
    if hit.match.group("link") == c.AND and last != first + 1:
        return None
    days = (Calendar(day, month, _year(hit), hijri=True, deixis=_deixis(hit)) for day in (first, last))
    return Between(*days)


# «شهر رمضان المقبل» · «رمضان 1438هـ» · «في رمضان» — a person's name otherwise
@shape(SHAPES, "HJz" + c.MONTH_NOUN, rf"(?P<shahr>{c.MONTH_NOUN})?(?P<month>{c.HIJRI_MONTH}){_TAIL}?")
def hijri_month(hit: Hit) -> Expr | None:
    """Read a Hijri month where something says that it is one."""
    month = read_hijri_month(hit.group("month"))
    if month is None or not _tail_fits(hit):
        return None
    before, after = hit.before(), hit.after()
    single = hit.group("month")[0].word.code == "H"
    if single and not hit.has("shahr") and (not hit.has("tail") or _cut(hit)):
        # Of the one-word names only Ramadan is used bare in the news, after a preposition of time and before no name.
        timed = before is not None and before.word.code in "SErRI"
        if (
            month != 9
            or not timed
            or (after is not None and after.word.code == "x" and not is_definite(after))
        ):
            return None
    return Calendar(None, month, _year(hit), hijri=True, deixis=_deixis(hit))


# «1437هـ» · «عام 1437 هجري» · «سنة 1436هـ»
@shape(SHAPES, c.FOUR + "Yy", rf"[{c.YEAR_NOUN}y]?(?P<year>{c.FOUR}){c.HIJRI}")
def hijri_year(hit: Hit) -> Expr | None:
    """Read a year that says it is Hijri."""
    return Calendar(year=hit.number("year"), hijri=True)


def _tail_fits(hit: Hit) -> bool:
    """Let only the months' epithets stand between a month and its year."""
    if not hit.has("tail"):
        return True
    first = hit.group("tail")[0]
    if (first.word.code == "x" and first.text not in _EPITHETS) or (
        hit.has("year") and not 1300 <= (hit.number("year") or 0) <= 1500
    ):
        hit.cut("tail")
    return True


def _cut(hit: Hit) -> bool:
    return hit.has("tail") and hit.end < hit.match.end("tail")


def _year(hit: Hit) -> int | None:
    return None if _cut(hit) or not hit.has("year") else hit.number("year")


def _deixis(hit: Hit) -> Deixis | None:
    return None if _cut(hit) or not hit.has("deixis") else deixis_of(hit.group("deixis")[0].word.code)


_EPITHETS = words(ctx.EPITHETS)

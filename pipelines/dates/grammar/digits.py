"""Days and months of the calendar written in digits: «22/3/2017», «يوم 22/3», «شهر 3/2017»."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import Hit, Shape, deixis_of, shape, words
from pipelines.dates.meaning import Calendar, Expr

SHAPES: list[Shape] = []
_DATED = words(ctx.DATED)


# «22/3/2017» · «2017-03-22» · «22.3.2017» · «19/7/1427 هجري» · «يوم 22-3-2017م»
@shape(SHAPES, c.FULL_DATE + c.YAWM, rf"{c.YAWM}?(?P<date>{c.FULL_DATE})(?P<hijri>{c.HIJRI})?Γ?")
def numeric(hit: Hit) -> Expr | None:
    """Read a date in digits, day first."""
    left, middle, right, mark = hit.group("date")[0].word.note.split()
    return _numeric(left, middle, right, mark, hijri=hit.has("hijri"))


# «22 / 3 / 2017» · «2017 - 3 - 22» · «22/ 3/ 2017»
@shape(SHAPES, "d4f", rf"(?P<a>[d4])(?P<m1>[/\-])(?P<b>d)(?P<m2>[/\-])(?P<c>[d4])(?P<hijri>{c.HIJRI})?Γ?")
def numeric_spaced(hit: Hit) -> Expr | None:
    """Read a date in digits with spaces round its marks."""
    left, middle, right = (hit.group(name)[0].text for name in "abc")
    if hit.group("m1")[0].text != hit.group("m2")[0].text or len(left) + len(right) < 5:
        return None
    return _numeric(left, middle, right, hit.group("m1")[0].text, hijri=hit.has("hijri"))


# «12-08- 1974» · «22/3 /2017»
@shape(SHAPES, c.TWO_NUMBERS, rf"(?P<pair>{c.TWO_NUMBERS})[/\-](?P<year>{c.FOUR})(?P<hijri>{c.HIJRI})?Γ?")
def numeric_split(hit: Hit) -> Expr | None:
    """Read a date in digits with a space before its year."""
    left, middle, mark = hit.group("pair")[0].word.note.split()
    return _numeric(left, middle, hit.group("year")[0].text, mark, hijri=hit.has("hijri"))


# «يوم 22/3» · «الأربعاء 22/3» · «بتاريخ 22/3»: elsewhere two numbers with a stroke are a fraction, a score or an issue.
@shape(SHAPES, c.TWO_NUMBERS + c.YAWM, rf"(?P<yawm>{c.YAWM})?(?P<pair>{c.TWO_NUMBERS})")
def numeric_day_month(hit: Hit) -> Expr | None:
    """Read a day and a month in digits where the context says that it is a date."""
    day, month = read_pair(hit)
    before = hit.before()
    dated = hit.has("yawm") or (before is not None and (before.word.code in "W&" or before.text in _DATED))
    if not dated or hit.group("pair")[0].word.note.split()[2] != "/":
        return None
    return Calendar(day=day, month=month) if 1 <= day <= 31 and 1 <= month <= 12 else None


# «شهر 3/2017» · «شهر 3 عام 2017» · «شهر 3 المقبل»
@shape(
    SHAPES,
    c.MONTH_NOUN,
    rf"{c.MONTH_NOUN}(?:(?P<pair>{c.TWO_NUMBERS})|(?P<month>d)(?:{c.OF}?Y?(?P<year>{c.FOUR})|(?P<deixis>[<>=])))",
)
def month_number(hit: Hit) -> Expr | None:
    """Read a month by its number."""
    if hit.has("deixis"):
        number = hit.number("month") or 0
        return (
            Calendar(month=number, deixis=deixis_of(hit.group("deixis")[0].word.code))
            if 1 <= number <= 12
            else None
        )
    month, year = read_pair(hit) if hit.has("pair") else (hit.number("month") or 0, hit.number("year") or 0)
    return Calendar(month=month, year=year) if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def read_pair(hit: Hit) -> tuple[int, int]:
    """Read the two numbers of «10-12» or «22/3»."""
    left, right, _ = hit.group("pair")[0].word.note.split()
    return int(left), int(right)


def _numeric(left: str, middle: str, right: str, mark: str, *, hijri: bool) -> Calendar | None:
    """Order three numbers as day, month, year: the long one is the year, the day comes first unless that can't be."""
    review = None
    year_first = len(left) == 4
    if not year_first and len(right) not in (2, 4):
        return None
    day, month, year = (
        (int(right), int(middle), int(left)) if year_first else (int(left), int(middle), int(right))
    )
    if year_first and len(right) > 2:
        return None
    if not year_first and len(right) == 2:
        if mark == ".":
            return None
        year += 2000 if year < 70 else 1900
        review = "the year has two digits"
    if month > 12 >= day:
        day, month, review = month, day, "the month stands before the day"
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if hijri or 1300 <= year <= 1500:
        return Calendar(day, month, year, hijri=True, review=review)
    return Calendar(day, month, year, review=review, rule="numeric_date") if 1000 <= year <= 2199 else None

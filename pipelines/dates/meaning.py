"""What a phrase says, before anybody asks when it was said: the values the grammar builds and the resolver reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipelines.dates.lexicon import Unit

# past, future and current are seen from the reference day; same, before and next look back to the text's last date.
Deixis = Literal["past", "future", "current", "same", "before", "next"]


@dataclass(frozen=True, slots=True)
class Relative:
    """A whole unit named from the reference: «الشهر الماضي» is month -1; `shift` is None when the text's last date is meant."""

    unit: Unit
    shift: int | None
    deixis: Deixis = "current"
    year: int | None = None  # «العام الماضي 2016»
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, month or year by its name or number: «22 مارس», «مارس 2017», «عام 2014», «20 ذي القعدة 1440»."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    hijri: bool = False
    deixis: Deixis | None = None
    month_ref: Relative | None = None  # «23 من الشهر الجاري»
    year_ref: Relative | None = None  # «31 مارس من العام الماضي»
    review: str | None = None
    rule: str = ""


def yearless(meaning: Calendar) -> bool:
    """Say whether nothing in the text gives a date's year."""
    return (
        meaning.year is None
        and meaning.deixis is None
        and meaning.year_ref is None
        and meaning.month_ref is None
    )


def dated_like(one: Calendar, other: Calendar) -> Calendar:
    """Give a date without a year that of a later member: «10 أبريل و11 مايو 2016»; «الجاري» says only its own month."""
    if not yearless(one) or (other.deixis == "current" and other.month != one.month):
        return one
    return replace(one, year=other.year, year_ref=other.year_ref, deixis=other.deixis)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (0 = Monday), with its deixis or week if said: «الأربعاء المقبل», «الخميس من الأسبوع الماضي»."""

    weekday: int
    deixis: Deixis | None = None
    week: Relative | None = None
    beyond: bool = False  # «الجمعة قبل الماضية», «السبت بعد المقبل»


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from the reference: «قبل يومين»; `count` is None when it isn't said («قبل أيام»)."""

    count: int | None
    unit: Unit
    sign: int
    event: bool = False  # «بعد يومين من الهجوم»: counted from an event
    half: bool = False  # «قبل عام ونصف»
    now: bool = False  # «بعد يومين من الآن»


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch that ends (or begins) at the reference: «الأشهر الثلاثة الماضية»."""

    count: int | None
    unit: Unit
    sign: int


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years of a century: «خمسينيات القرن الماضي»; `century` is the TIMEX3 one (19 for 19xx), None for the last one."""

    tens: int
    century: int | None = None


@dataclass(frozen=True, slots=True)
class Century:
    """A hundred years by their ordinal: «القرن التاسع عشر»."""

    ordinal: int
    era: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A quarter, half, third or week of a longer unit: «الربع الأول من 2017»."""

    of: int  # 4 quarters, 2 halves, 3 thirds; 52 for a week counted within it
    ordinal: int
    whole: Expr


@dataclass(frozen=True, slots=True)
class Season:
    """A season of a year: «صيف 2014»."""

    name: str
    whole: Expr | None
    deixis: Deixis | None = None  # «الصيف الماضي»


@dataclass(frozen=True, slots=True)
class Modified:
    """A phrase with an edge or a part of the day: «أواخر مارس», «مساء أمس»."""

    base: Expr
    modifier: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A day with what the text says of it besides: its weekday, its distance («اليوم السبت 27 أوت 2016»)."""

    base: Expr
    weekday: int | None
    said: Relative | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """One day in two calendars: «20 ذي القعدة 1440هـ الموافق 23 يوليو 2019»."""

    hijri: Expr
    gregorian: Expr


@dataclass(frozen=True, slots=True)
class Between:
    """From the first through the last: «من 28 أبريل وحتى الثامن من مايو»."""

    first: Expr
    last: Expr


Expr = (
    Relative
    | Calendar
    | Weekday
    | Offset
    | Window
    | Decade
    | Century
    | Part
    | Season
    | Modified
    | Checked
    | Joined
    | Between
)

"""Years, decades and centuries, and the parts of a year."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import COUNTED, Hit, Shape, bare, shape, with_proclitics, words
from pipelines.dates.meaning import Between, Calendar, Century, Decade, Expr

SHAPES: list[Shape] = []
_AGE, _CHRIST = words(ctx.AGE_WORDS), words(ctx.CHRIST)


# «عام 2014» · «العام 2014م» · «سنة ألفين وسبعة عشر» · «للعام 2018»
@shape(
    SHAPES,
    "Yy",
    rf"[{c.YEAR_NOUN}y](?:,?(?P<open>\()?(?P<year>{c.FOUR}){c.GREGORIAN}?(?(open)\))[<>=]?|(?P<year_words>{c.YEAR_WORDS})(?!x?[pu]))(?!{c.HIJRI})",
)
def year_named(hit: Hit) -> Expr | None:
    """Read a year that is called one."""
    year = hit.year()
    if year is None or not 1000 <= year <= 2199:
        return None
    era, christ = hit.after(), hit.after(1)
    if era is not None and era.word.code == c.AGO and christ is not None and christ.text in _CHRIST:
        return None  # «عام 1200 قبل الميلاد»
    if 1380 <= year <= 1460 and hit.match.group()[-1] != c.GREGORIAN:
        return Calendar(year=year, hijri=True, review="the text doesn't say that the year is Hijri")
    return Calendar(year=year)


# «2002م» · «(1949)» · «في 2014» · «منذ 2011»
@shape(SHAPES, c.FOUR, rf"(?P<year>{c.FOUR})(?P<mark>{c.GREGORIAN})?(?!{c.HIJRI})")
def year_bare(hit: Hit) -> Expr | None:
    """Read four digits as a year where their neighbours allow nothing else."""
    year = hit.number("year") or 0
    before, after = hit.before(), hit.after()
    if hit.has("mark"):
        squared = after is not None and after.start == hit.group("mark")[0].end and after.text[0].isdigit()
        metres = before is not None and before.text in _MEASURES
        return None if squared or metres else Calendar(year=year)
    if not 1900 <= year <= 2100 or before is None:
        return None
    if after is not None and (
        after.text in COUNTED or (after.word.code in "%uvpjsYUw" and after.word.code != "w")
    ):
        return None
    if year % 100 == 0 and after is not None and after.word.code == "x":
        return None
    if before.word.code == "(" and after is not None and after.word.code == ")":
        return Calendar(year=year)
    if before.text in _YEAR_EVENTS:
        return Calendar(year=year)
    if before.word.code == c.OF:  # «من 2010 حتى الآن»
        return Calendar(year=year) if _until_a_time(hit) else None
    return Calendar(year=year) if before.word.code in "SrRIE" and before.text not in _NOT_TIME else None


def _until_a_time(hit: Hit) -> bool:
    """Say whether «حتى» and no number follows the hit."""
    following = [token for token in (hit.after(n) for n in range(4)) if token is not None]
    if following and following[0].word.code == c.AND:
        following = following[1:]
    if not following or following[0].word.code != c.UNTIL:
        return False
    return len(following) > 1 and following[1].word.code not in "dnf4"


_AGED, _QUANTITIES = with_proclitics(words(ctx.AGED)), words(ctx.QUANTITIES)
_PERIODS = with_proclitics(words(ctx.PERIODS))
_MEASURES = with_proclitics(words(ctx.MEASURES))
_YEAR_EVENTS = with_proclitics(words(ctx.YEAR_EVENTS))
_NUMBERED = words(ctx.REFERENCES)
_NOT_TIME = words(ctx.NOT_BEFORE_YEAR)


# «عامي 2002 و2003» · «بين عامي 2002 و2005» · «بين 2014 و2016» · «(1949-2010)» · «من 2010 إلى 2014» · «2016-2017»
@shape(
    SHAPES,
    c.TWO_OF + "PpYyV" + c.FOUR + c.TWO_NUMBERS,
    rf"(?P<noun>[{c.TWO_OF}PpYyV])?(?:(?P<first>{c.FOUR})(?P<link>{c.AND}?{c.TO}[Yy]?|{c.AND}[Yy]?|-|/|(?=4\)))(?P<last>{c.FOUR})"
    rf"|(?P<pair>{c.TWO_NUMBERS})){c.GREGORIAN}?(?P<hijri>{c.HIJRI})?",
)
def years(hit: Hit) -> Expr | None:
    """Read two years as a range; joined by «و» they must follow each other unless «بين» comes before."""
    before, after = hit.before(), hit.after()
    if hit.has("pair"):
        left, right, _ = hit.group("pair")[0].word.note.split()
        if len(left) != 4 or len(right) not in (2, 4):
            return None
        first, last = int(left), int(right) if len(right) == 4 else int(left[:2] + right)
    else:
        first, last = hit.number("first") or 0, hit.number("last") or 0
    hijri = hit.has("hijri") or (1380 <= first <= 1460)
    if not (1300 <= first < last <= 2199) or (not hijri and not first >= 1800) or last - first > 200:
        return None
    if hit.has("link") and not hit.group("link") and (before is None or before.word.code != "("):
        return None  # «(1975 ـ 1990)»: folding drops the tatweel that stands for a dash
    between = before is not None and before.word.code == c.BETWEEN
    timed = (
        hit.has("noun")
        or hit.has("hijri")
        or between
        or (before is not None and (before.word.code in "(FSrR" or before.text in _PERIODS))
    )
    stated = before is not None and bare(before.text) in _NUMBERED
    if not timed and not (hit.has("pair") and 1900 <= first <= 2100 and not stated):
        return None
    counted = any(
        token is not None and bare(token.text) in _QUANTITIES
        for token in (hit.before(n) for n in range(1, 5))
    )
    if (after is not None and after.text in COUNTED) or (counted and not hit.has("noun")):
        return None  # «ارتفع المؤشر من 1950 إلى 2010»
    and_only = [token.word.code for token in hit.group("link")[:1]] == [
        c.AND
    ] and c.UNTIL not in hit.match.group("link")
    if and_only and last != first + 1 and not between:
        return None
    return Between(Calendar(year=first, hijri=hijri), Calendar(year=last, hijri=hijri))


# «خمسينيات القرن الماضي» · «الستينات» · «تسعينات القرن العشرين» · «ثمانينيات القرن الـ 19»
@shape(SHAPES, c.THE_DECADE, rf"{c.THE_DECADE}{c.OF}?(?P<century>U(?:(?P<ordinal>{c.ORDINAL})|[<=≺]))?")
def decade(hit: Hit) -> Expr | None:
    """Read ten years of a century; a person's twenties are none."""
    after, later = hit.after(), hit.after(1)
    if any(token is not None and token.text in _AGE for token in (after, later)):
        return None
    if any(token is not None and token.text in _AGED for token in (hit.before(n) for n in range(4))):
        return None
    tens = hit.tokens[hit.match.start()].word.number
    if not hit.has("century"):
        before = hit.before()
        return Decade(tens) if tens >= 4 or (before is not None and before.word.code in "ES") else None
    group = hit.group("century")
    if group[0].word.unit != "century":
        hit.cut("century")
        return Decade(tens)
    if hit.has("ordinal"):
        return Decade(tens, (hit.number("ordinal") or 1) - 1)
    return Decade(tens, -1 if group[1].word.code in "<≺" else 0)


# «العقد الأول من القرن الحالي» · «العقد الثاني من القرن الحادي والعشرين»
@shape(SHAPES, "U", rf"U(?P<nth>o)F(?P<century>U)(?:(?P<deixis>[<=])|(?P<ordinal>{c.ORDINAL}))")
def decade_by_ordinal(hit: Hit) -> Expr | None:
    """Read a decade by its place in a century."""
    tens = (hit.number("nth") or 0) - 1
    units = hit.tokens[hit.match.start()].word.unit, hit.group("century")[0].word.unit
    if units != ("decade", "century") or not 0 <= tens <= 9:
        return None
    if hit.has("deixis"):
        return Decade(tens, -1 if hit.group("deixis")[0].word.code == c.PAST else 0)
    return Decade(tens, (hit.number("ordinal") or 1) - 1)


# «القرن التاسع عشر» · «القرن الحادي والعشرين» · «القرن الـ 21» · «القرن الثالث قبل الميلاد» · «القرن السابع الهجري»
@shape(SHAPES, "U", rf"U(?P<ordinal>{c.ORDINAL})(?P<era>r?x|{c.GREGORIAN}|{c.HIJRI})?")
def century(hit: Hit) -> Expr | None:
    """Read a century by its ordinal."""
    number = hit.number("ordinal")
    if hit.tokens[hit.match.start()].word.unit != "century" or number is None or not 1 <= number <= 30:
        return None
    era = ""
    if hit.has("era"):
        text = " ".join(token.text for token in hit.group("era"))
        if hit.group("era")[0].word.code == c.HIJRI:
            era = "hijri"
        elif text == ctx.BEFORE_CHRIST:
            era = "bc"
        elif hit.group("era")[0].word.code != c.GREGORIAN:
            hit.cut("era")
    return Century(number, era)

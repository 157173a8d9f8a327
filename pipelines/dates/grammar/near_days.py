"""Yesterday, today, tomorrow and their nights, and the phrases that only look like them: «عالم اليوم», «أعداء الأمس»."""

from __future__ import annotations

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import classes as c
from pipelines.dates.grammar.shape import Hit, Shape, is_definite, shape, with_proclitics, words
from pipelines.dates.meaning import Expr, Modified, Relative

SHAPES: list[Shape] = []
_NOT_TODAY_AFTER, _NOT_TODAY_BEFORE = words(ctx.NOT_TODAY_AFTER), words(ctx.NOT_TODAY_BEFORE)
_SINCE = words(ctx.SINCE)
_OF_THE_AGE = with_proclitics(words(ctx.OF_THE_AGE))
_BECAME = with_proclitics(words(ctx.BECAME))
_MORE_THAN_EVER = words(ctx.MORE_THAN_EVER)
_NOT_YESTERDAY_BEFORE, _YESTERDAY_NOUN = words(ctx.NOT_YESTERDAY_BEFORE), words(ctx.YESTERDAY_NOUN)
_NOT_TOMORROW_BEFORE = words(ctx.NOT_TOMORROW_BEFORE)
_NOT_TOMORROW_AFTER = with_proclitics(words(ctx.NOT_TOMORROW_AFTER))
_IN_THE = words(ctx.IN_THE)


# «أمس» · «أول من أمس» · «أمس الأول» · «أول أمس» · «قبل أمس» · «البارحة»
@shape(
    SHAPES,
    c.FIRST_NOUN + "o" + c.AGO + c.YAWM + c.YESTERDAY + c.LAST_NIGHT,
    rf"(?P<before>[{c.FIRST_NOUN}o]{c.OF}?|{c.AGO})?{c.YAWM}?(?P<day>[{c.YESTERDAY}{c.LAST_NIGHT}])(?P<first>o)?",
)
def yesterday(hit: Hit) -> Expr | None:
    """Read yesterday or the day before it; «أعداء الأمس» and «أمس الحاجة» are no day."""
    previous, after = hit.before(), hit.after()
    if after is not None and after.text in _NOT_YESTERDAY_BEFORE:
        return None
    if hit.group("day")[0].text in _YESTERDAY_NOUN and previous is not None:
        now = hit.after(1)
        then_and_now = previous.word.code == c.BETWEEN and now is not None and now.word.code == c.TODAY
        if previous.text in _OF_THE_AGE or then_and_now:
            return None
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
    if (after is not None and after.text in _NOT_TOMORROW_BEFORE) or _has_become(hit):
        return None
    if hit.group("day")[0].word.code == c.TOMORROW_NOUN and not (hit.has("after") or hit.has("yawm")):
        timed = before is not None and (before.word.code in "SIFZEi" or _is_today_and(hit))
        if not timed and not (after is not None and after.word.code in "jW"):
            return None
    two = hit.has("after")
    return Relative("day", 2 if two else 1, "future", rule="day_after_tomorrow" if two else "tomorrow")


# «اليوم وغد»
def _is_today_and(hit: Hit) -> bool:
    before, one = hit.before(), hit.before(1)
    return before is not None and before.word.code == c.AND and one is not None and one.word.code == c.TODAY


# «قد غدا رمزا» · «وغدا اللاعب نجما»
def _has_become(hit: Hit) -> bool:
    """Tell the verb from tomorrow: after «قد», or at the head of its clause before a subject and an accusative."""
    before, subject, predicate = hit.before(), hit.after(), hit.after(1)
    if hit.has("after") or hit.has("yawm") or hit.group("day")[0].word.code != c.TOMORROW:
        return False
    if before is not None and before.text in _NOT_TOMORROW_AFTER:
        return True
    heads = before is None or before.word.code in '|.,;w"'
    if not heads or subject is None or predicate is None or not is_definite(subject):
        return False
    return predicate.word.code == "x" and len(predicate.text) > 3 and predicate.text.endswith(ctx.BARE_ALEF)


# «اليوم» — but not «المصري اليوم», «اليوم السابع», «في اليوم الواحد»
@shape(SHAPES, c.TODAY, c.TODAY)
def today(hit: Hit) -> Expr | None:
    """Read today, unless the word is part of a name or counts the days of something."""
    before, after = hit.before(), hit.after()
    if before is not None and (before.text in _NOT_TODAY_AFTER or before.word.code in "013"):
        return None
    if after is not None and (after.text in _NOT_TODAY_BEFORE or after.word.code in "obtc≻~<≤≺>"):
        return None
    if _is_nowadays(hit):
        return None
    if before is not None and before.word.code == "S" and before.text in _IN_THE:
        return None  # «مرتين في اليوم», «برميل باليوم»
    opening = hit.before(1) if before is not None and before.word.code == "x" else before
    if opening is not None and after is not None and opening.word.code in '("' and after.word.code in ')"':
        return None  # the newspaper (اليوم), the site «بغداد اليوم»
    return Relative("day", 0, rule="today")


# «عالم اليوم» · «بات اليوم» · «اليوم أكثر من أي وقت مضى» · «لا تهاون بعد اليوم» · «بين الأمس واليوم»
def _is_nowadays(hit: Hit) -> bool:
    """Say whether a clear cue makes «اليوم» the present age; a weekday after it makes it a day."""
    before, after = hit.before(), hit.after()
    if after is not None and after.word.code in c.WEEKDAY_NAME + c.YAWM:
        return False
    of, ever = hit.after(1), hit.after(2)
    if after is not None and after.word.code == "µ" and of is not None and of.word.code == c.OF:
        return ever is not None and ever.text in _MORE_THAN_EVER
    if before is None:
        return False
    then = hit.before(1)
    since_then = before.word.code == c.AND and then is not None and then.text in _YESTERDAY_NOUN
    return since_then or before.word.code == c.AFTER or before.text in _OF_THE_AGE or before.text in _BECAME


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

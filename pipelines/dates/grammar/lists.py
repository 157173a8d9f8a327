"""Lists and ranges of dates: «يومي 10 و11 أبريل», «أعوام 2011 و2012 و2013», «من 28 أبريل وحتى الثامن من مايو»."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar import base
from pipelines.dates.grammar.classes import AND, BETWEEN, OF, TO
from pipelines.dates.grammar.combine import phrase
from pipelines.dates.grammar.piece import Piece, is_day
from pipelines.dates.grammar.shape import deixis_of, words
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import (
    Between,
    Calendar,
    Checked,
    Expr,
    Modified,
    Relative,
    Weekday,
    dated_like,
    yearless,
)

_DAY_LIST = re.compile("(?P<noun>[ipP])?(?P<days>l?d(?:(?:w|,w?)l?d){1,6})(?=[^d])")
_YEARS = re.compile("(?P<noun>[ipPV])?(?P<years>4(?:(?:w|,w?)4){1,8})(?![%uvpj])")
_TWO_WEEKDAYS = re.compile("(?P<noun>i)?(?P<one>W)(?P<d1>[<>])?w(?P<two>W)(?P<d2>[<>])?")
_WEEKDAYS = re.compile("[pP]?(?P<days>W(?:(?:,w?|w)W){2,6})(?P<deixis>[<>])")
_TO_DATES = re.compile(",?&?(?=[ldoC])")
_COORDINATION = re.compile("w|,w?|[x/]")  # x: «أو»
_OR = words(ctx.OR)
_MOST = 12  # members of a list of months
_UNTIL = re.compile(f"(?:w?{TO}S?|-)")


def mentions(tokens: Tokens, at: int) -> list[Piece]:
    """Give the dates that begin at token `at`: one, or the members of a list; none when no shape fits."""
    return (
        _day_list(tokens, at)
        or _year_list(tokens, at)
        or _weekday_run(tokens, at)
        or _weekday_pair(tokens, at)
        or _range(tokens, at)
    )


# «يومي 10 و15 أبريل» · «أيام 10 و11 و12 من مايو»: a run of days is one range, others are a mention each.
def _day_list(tokens: Tokens, at: int) -> list[Piece]:
    match = _DAY_LIST.match(tokens.codes, at)
    if match is None or not (match.group("noun") or AND in match.group("days")):
        return []  # «المجموعة 3، 10 أبريل» is no list
    places = [n for n in range(match.start("days"), match.end()) if tokens.codes[n] == "d"]
    last = base(tokens, places[-1])
    if last is None or not isinstance(last[0], Calendar) or last[0].day is None:
        return []
    numbers = [tokens.items[place].word.number for place in places]
    whole = _dated_by_next(tokens, last[0], last[1])
    end = last[1]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [Piece(Between(replace(whole, day=numbers[0]), whole), at, end)]
    if _preceded_by(tokens, at, BETWEEN) and len(numbers) == 2 and numbers[0] < numbers[1]:
        return [Piece(Between(replace(whole, day=numbers[0]), whole), at, end)]
    pieces = [
        Piece(replace(whole, day=number), place, place + 1)
        for number, place in zip(numbers, places, strict=True)
    ]
    pieces[0] = pieces[0]._replace(start=at)
    pieces[-1] = pieces[-1]._replace(end=end)
    return pieces


# «30 و31 مارس و1 أبريل 2016»
def _dated_by_next(tokens: Tokens, one: Calendar, end: int) -> Calendar:
    """Give a day without a year that of the day joined to it."""
    following = base(tokens, end + 1) if yearless(one) and tokens.codes[end : end + 1] == AND else None
    other = following[0] if following else None
    other = other.last if isinstance(other, Between) else other
    return dated_like(one, other) if isinstance(other, Calendar) and other.day and other.month else one


# «أعوام 2011 و2012 و2013»: a run of years is one range, others are a mention each.
def _year_list(tokens: Tokens, at: int) -> list[Piece]:
    match = _YEARS.match(tokens.codes, at)
    if match is None or (match.group("noun") and tokens.items[at].word.unit != "year"):
        return []
    places = [n for n in range(match.start("years"), match.end()) if tokens.codes[n] == "4"]
    numbers = [tokens.items[place].word.number for place in places]
    timed = match.group("noun") or (at > 0 and tokens.codes[at - 1] in "SrF")
    if not timed or not all(1800 <= number <= 2100 for number in numbers):
        return []
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [Piece(Between(Calendar(year=numbers[0]), Calendar(year=numbers[-1])), at, match.end())]
    if len(numbers) == 2 and _preceded_by(tokens, at, BETWEEN) and numbers[0] < numbers[1]:
        return [Piece(Between(Calendar(year=numbers[0]), Calendar(year=numbers[1])), at, match.end())]
    pieces = [
        Piece(Calendar(year=number), place, place + 1) for number, place in zip(numbers, places, strict=True)
    ]
    return [pieces[0]._replace(start=at), *pieces[1:]]


# «أيام الثلاثاء والأربعاء والخميس المقبلة»: days that follow each other are one range, others are left to the pairs.
def _weekday_run(tokens: Tokens, at: int) -> list[Piece]:
    match = _WEEKDAYS.match(tokens.codes, at)
    if match is None:
        return []
    places = range(match.start("days"), match.end("days"))
    days = [tokens.items[n].word.number for n in places if tokens.codes[n] == "W"]
    deixis = deixis_of(match.group("deixis"))
    if any(two != (one + 1) % 7 for one, two in pairwise(days)):
        return []
    return [Piece(Between(Weekday(days[0], deixis), Weekday(days[-1], deixis)), at, match.end())]


# «يومي الثلاثاء والأربعاء المقبلين» · «يومي الأربعاء والخميس 22 و23 مارس»
def _weekday_pair(tokens: Tokens, at: int) -> list[Piece]:
    pair = _TWO_WEEKDAYS.match(tokens.codes, at)
    if pair is None:
        return []
    one, two = (tokens.items[pair.start(name)].word.number for name in ("one", "two"))
    link = _TO_DATES.match(tokens.codes, pair.end())
    dates = (_day_list(tokens, link.end()) or _range(tokens, link.end())) if link else []
    match [piece.meaning for piece in dates]:
        case [Between(first=Calendar(day=int()) as first, last=Calendar(day=int()) as last)]:
            both_days = Between(Checked(first, one), Checked(last, two))
            return [Piece(both_days, at, dates[0].end)]
    code = pair.group("d2") or pair.group("d1")
    both = bool(pair.group("d2")) and tokens.items[pair.start("d2")].text.endswith(ctx.DUAL_ENDING)
    if not pair.group("noun") and not both:
        return []
    deixis = deixis_of(code) if code else None
    if two == (one + 1) % 7 or _preceded_by(tokens, at, BETWEEN):
        return [Piece(Between(Weekday(one, deixis), Weekday(two, deixis)), at, pair.end())]
    first_end = pair.end("d1") if pair.group("d1") else pair.end("one")
    return [
        Piece(Weekday(one, deixis), at, first_end),
        Piece(Weekday(two, deixis), pair.start("two"), pair.end()),
    ]


# «من 28 أبريل وحتى الثامن من مايو» · «بين يناير ومارس» · «يناير وفبراير 2017» · «من الأحد إلى الخميس»
def _range(tokens: Tokens, at: int) -> list[Piece]:
    codes = tokens.codes
    pair = codes[at : at + 1] == "i" and tokens.items[at].word.unit == "month"
    first = phrase(tokens, at + 1 if pair else at)
    if first is None:
        return []
    if pair:  # «شهري مايو ويونيو»
        if not isinstance(first.meaning, Calendar) or first.meaning.month is None:
            return []
        first = first._replace(start=at)
    link = _UNTIL.match(codes, first.end)
    between = _preceded_by(tokens, at, BETWEEN)
    if link is not None:
        last = phrase(tokens, link.end())
        if last is None or _level(first.meaning) != _level(last.meaning) or _level(first.meaning) == "":
            return [first]
        dash = link.group() == "-"
        if dash and not (isinstance(first.meaning, Calendar) and isinstance(last.meaning, Calendar)):
            return [first]
        calendars = isinstance(_inner(first.meaning), Calendar) and isinstance(_inner(last.meaning), Calendar)
        if not dash and not (_preceded_by(tokens, at, OF) or between or calendars):
            return [first]
        return [Piece(Between(first.meaning, last.meaning), at, last.end)]
    if codes[first.end : first.end + 1] == AND and between:
        last = phrase(tokens, first.end + 1)
        if last is not None and _level(first.meaning) == _level(last.meaning) != "":
            return [Piece(Between(first.meaning, last.meaning), at, last.end)]
    return _coordinated(tokens, first)


# «يناير وفبراير 2017» · «مارس وأبريل ومايو الماضية» · «10 أبريل و11 مايو 2016»: the year comes from the last member.
def _coordinated(tokens: Tokens, first: Piece) -> list[Piece]:
    members: list[tuple[Calendar, int, int]] = []
    start, end, meaning = first.start, first.end, first.meaning
    while (
        isinstance(meaning, Calendar)
        and meaning.month is not None
        and not meaning.hijri
        and len(members) < _MOST
    ):
        members.append((meaning, start, end))
        link = _COORDINATION.match(tokens.codes, end)
        if not yearless(meaning) or link is None:
            break
        if tokens.codes[end] == "x" and tokens.items[end].text not in _OR:
            break
        following = base(tokens, link.end())
        if following is None:
            break
        start, (meaning, end) = link.end(), following
    if len(members) < 2:
        return [first]
    dated = members[-1][0]
    if yearless(dated) or any((one.day is None) != (dated.day is None) for one, _, _ in members):
        return [first]
    months = [one.month or 0 for one, _, _ in members]
    filled = [
        replace(one, year=dated.year, year_ref=dated.year_ref, deixis=dated.deixis) for one, _, _ in members
    ]
    joined = all(tokens.codes[stop] != "x" for _, _, stop in members[:-1])
    run = all(two == one % 12 + 1 for one, two in pairwise(months))
    if dated.day is None and run and joined and months[-1] < months[0]:
        # «ديسمبر ويناير 2017»: the resolver finds the earlier year.
        return [Piece(Between(members[0][0], filled[-1]), first.start, members[-1][2])]
    if dated.day is None and run and joined:
        return [Piece(Between(filled[0], filled[-1]), first.start, members[-1][2])]
    return [Piece(one, begin, stop) for one, (_, begin, stop) in zip(filled, members, strict=True)]


def _inner(meaning: Expr) -> Expr:
    return _inner(meaning.base) if isinstance(meaning, (Modified, Checked)) else meaning


def _level(meaning: Expr) -> str:
    if isinstance(meaning, Modified):
        return _level(meaning.base)
    if is_day(meaning):
        return "day"
    if isinstance(meaning, Calendar):
        return "month" if meaning.month is not None else "year"
    return meaning.unit if isinstance(meaning, Relative) and meaning.unit in ("month", "year") else ""


def _preceded_by(tokens: Tokens, at: int, code: str) -> bool:
    return at > 0 and tokens.codes[at - 1] == code

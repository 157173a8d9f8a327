"""Find every date of a text and say which days it means."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal
from unicodedata import combining

from crawler.items import DateMention
from pipelines.arabic import fold
from pipelines.dates import interval as iv
from pipelines.dates.grammar import BY_FIRST
from pipelines.dates.grammar.lists import mentions
from pipelines.dates.grammar.piece import Piece
from pipelines.dates.interval import Interval
from pipelines.dates.lexer import Tokens, tokenize
from pipelines.dates.meaning import Between, Calendar, Checked, Expr, Modified, Offset, Weekday
from pipelines.dates.names import Earlier, dated, names_month
from pipelines.dates.reference import Reference, Resolved
from pipelines.dates.resolver import resolve
from pipelines.dates.tense import clause_tense

# A mention begins with a class that some shape begins with, or with an edge, a part of the day, a quarter or a season.
_TRIGGER = re.compile(
    "[" + re.escape("".join(sorted({*BY_FIRST, *"EXZRQAJiuUpPλC"} - {"("}))) + r"]|\((?=[MmK])"
)
_EVERY_WEEK = re.compile("pW(?:[,w]+W)*+(?![<>])")
_DATELINE_WITHIN = 80  # characters of the first line in which an agency sets place and day
_TATWEEL = "\u0640"
_AFTER_DATELINE = frozenset("/-:(|)")


def tag_dates(text: str, published: date | None) -> list[DateMention]:
    """Find the dates in an Arabic news text and resolve them against the day it was published.

    `published` may be a datetime; its own calendar day counts. Without it the text's dateline («واشنطن 9 مارس 2017 /»)
    serves, and says so in `anchor`; else whatever the text doesn't fix by itself keeps `value` None with a reason.
    Mentions come in order, don't overlap, and `text[m.start:m.end] == m.text`. Never raises on any str; linear.

    >>> [(m.text, m.value) for m in tag_dates("يعقد الاجتماع في الـ 23 من الجاري", date(2017, 3, 10))]
    [('الـ 23 من الجاري', '2017-03-23')]
    """
    tokens = tokenize(fold(text), text)
    pieces = _pieces(tokens)
    if isinstance(published, datetime):
        published = published.date()
    if published is not None:
        return _resolved(text, tokens, pieces, Reference(published, "published"))
    found = _resolved(text, tokens, pieces, Reference(None, ""))
    dateline = _dateline(tokens, pieces, found)
    return found if dateline is None else _resolved(text, tokens, pieces, Reference(dateline, "dateline"))


def _pieces(tokens: Tokens) -> list[Piece]:
    """Give the mentions of a token list from left to right, the longest at each place."""
    found: list[Piece] = []
    earlier = Earlier()
    at = 0
    while (match := _TRIGGER.search(tokens.codes, at)) is not None:
        at = match.start()
        habit = _EVERY_WEEK.match(tokens.codes, at)
        if habit is not None and tokens.items[at].word.unit == "day":  # «أيام الخميس والجمعة»
            at = habit.end()
            continue
        here = mentions(tokens, at)
        if here:
            found.extend(piece for one in here if (piece := dated(tokens, one, earlier)) is not None)
            at = max(at + 1, here[-1].end)
        else:
            at += 1
    return found


def _resolved(text: str, tokens: Tokens, pieces: list[Piece], reference: Reference) -> list[DateMention]:
    found: list[DateMention] = []
    previous: Interval | None = None
    month: Interval | None = None
    month_named = False
    for piece in pieces:
        asks = _asks_tense(piece.meaning)
        tense = clause_tense(tokens, piece.start, piece.end, near=asks == "near") if asks else None
        back = month if month_named else previous
        result = resolve(piece.meaning, Reference(reference.day, reference.source, previous, back, tense))
        if names_month(piece.meaning):
            # A month that stays open is still the one that «منه» means: nothing earlier may stand in for it.
            month, month_named = result.days and iv.day(result.days.last), True
        if result.days is not None and result.rule != "named_day":  # nobody tells on from 11 September 2001
            previous = result.days
        found.append(_mention(text, tokens, piece, result))
    return found


def _asks_tense(meaning: Expr) -> Literal["near", "clause", ""]:
    """Say whether the verb matters to a meaning: the clause's for a weekday, only its own for a date without a year."""
    match meaning:
        case Modified(base=inner) | Checked(base=inner) | Between(last=inner):
            return _asks_tense(inner)
        case Weekday(deixis=None):
            return "clause"
        case Calendar(year=None, deixis=None) | Offset(sign=1):
            return "near"
    return ""


def _mention(text: str, tokens: Tokens, piece: Piece, result: Resolved) -> DateMention:
    start, end = tokens.folded.span(tokens.items[piece.start].start, tokens.items[piece.end - 1].end)
    while end < len(text) and (text[end] == _TATWEEL or combining(text[end])):  # «1436هـ», «يوماً»
        end += 1
    days = result.days
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        value=days.value if days else None,
        first=days.first if days else None,
        last=days.last if days else None,
        grain=days.grain if days else result.grain,
        rule=result.rule,
        anchor=result.anchor,
        needs_review=result.review,
        modifier=result.modifier,
    )


def _dateline(tokens: Tokens, pieces: list[Piece], found: list[DateMention]) -> date | None:
    """Give the day of an agency's dateline: a full date near the head, closed by a stroke or a line's end."""
    if not found or found[0].value is None or found[0].grain != "day" or found[0].end > _DATELINE_WITHIN:
        return None
    if "\n" in [item.text[:1] for item in tokens.items[: pieces[0].start]]:
        return None
    following = tokens.items[pieces[0].end : pieces[0].end + 3]
    closed = not following or any(item.word.code in _AFTER_DATELINE for item in following)
    return found[0].first if closed else None

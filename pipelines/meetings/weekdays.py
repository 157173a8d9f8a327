"""Settle a bare weekday by what the article says elsewhere, or by the meeting's own tense: «حيث يلتئم [الثلاثاء] شمل …»."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from pipelines.meetings.document import Document, PlacedDate

Direction = Literal[-1, 0, 1]

_WEEK = timedelta(days=7)
_NEAR = 3000  # characters: work stays bounded however long the article is


def settle_weekday(
    document: Document, placed: PlacedDate, direction: Direction, *, sure: bool = False
) -> PlacedDate:
    """Give a weekday that the dates' tagger left undecided the day it is; any other date as it is.

    The same weekday with its date within a week («الخميس» in the title, «الخميس 14 نوفمبر» below) comes before `direction`:
    -1 the last such day, 1 the next one, 0 not known. `sure` overrules a decided one too, whose tense was that of
    words quoted.
    """
    mention, published = placed.mention, document.published
    undecided = mention.needs_review is not None
    bare = mention.rule == "weekday_tense" and mention.first == mention.last
    if published is None or mention.first is None or not bare or not (undecided or sure):
        return placed
    day = mention.first
    near = document.dates_in(placed.start - _NEAR, placed.start + _NEAR) if undecided else ()
    told = [d.mention for d in near if d.mention.grain == "day" and d.mention.rule != mention.rule]
    for other in (one.first for one in told):
        if other and other.weekday() == day.weekday() and abs(other - published) <= _WEEK:
            return _on(placed, other - day)
    if direction == 1 and day < published:
        return _on(placed, _WEEK)
    if direction == -1 and day > published:
        return _on(placed, -_WEEK)
    return _on(placed, timedelta(0)) if direction else placed


def _on(placed: PlacedDate, shift: timedelta) -> PlacedDate:
    mention = placed.mention
    assert mention.first is not None
    day = mention.first + shift
    return replace(
        placed, mention=replace(mention, first=day, last=day, value=day.isoformat(), needs_review=None)
    )

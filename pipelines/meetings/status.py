"""Announced, ongoing, held, postponed or cancelled: from the words that govern a meeting, its days and the day of the report."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from crawler.items import Status
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.words import rx, word

Tense = Literal["future", "present", "began", "past", "none"]

_CANCELLED = word(lexicon.CANCELLED)
_POSTPONED = word(lexicon.POSTPONED)
_CANCELLED_VERB = word(lexicon.CANCELLED_VERBS, "[وف]?")
_POSTPONED_VERB = word(lexicon.POSTPONED_VERBS, "[وف]?")
_FUTURE = word(lexicon.FUTURE, "[وف]?[بل]?")
_BEGAN = word(lexicon.BEGAN)
_PRESENT = word(lexicon.PRESENT, "[وف]?")
_PAST = word(lexicon.PAST, "[وفب]?")
_HOLDING = rx(rf"(?<!\w)[وف]?(?:{lexicon.HOLDING_NOUN_BEFORE})(?: \w+)? $")
_HOLDING_FORM = rx(rf"(?<!\w)[وف]?{lexicon.HOLDING}(?!\w)")
_WAS = word(lexicon.WAS, "[وف]?")
_WAS_WITHIN = 60  # characters: «كان وزراء دفاع التحالف يلتقون» is past
_FAR = 150  # the same, when no other verb stands between: «ألغت الدول المشاركة في التحالف … اجتماع»
_INSTEAD = word(lexicon.CALLED_OFF_INSTEAD, "[وف]?")
_NOT_DECIDED = rx(rf"(?<!\w)[وف]?(?:{lexicon.NOT_DECIDED})(?!\w)(?: \w+){{0,2}} ?(?:\w{{0,2}})?$")
_DENIED_THAT = rx(rf"(?<!\w)[وف]?(?:{lexicon.DENYING})(?: \w+){{0,9}} أن(?: \w+){{0,3}} $")
_NEAR = 45  # characters a word of cancelling may be away from its meeting


def fate(before: str, after: str) -> Status | None:
    """Read «أرجئ», «ألغت», «إلغاء» round a meeting: `before` ends where it begins, `after` begins where it ends.

    Before it any form counts, near by; after it only a verb does («… الذي كان مقررا في روما قد [أرجئ]»), because a noun there
    is as often denied («خلافا لما راج عن إرجائه»).
    """
    if _governs(_CANCELLED, before) or _is_said_of_it(_CANCELLED_VERB, after):
        return "cancelled"
    if _governs(_POSTPONED, before) or _is_said_of_it(_POSTPONED_VERB, after):
        return "postponed"
    return None


def speaks_of_fate(text: str) -> bool:
    """Tell whether a stretch speaks of putting off or calling off at all, be it denied: «نفى أن تكون روما [ألغت] …»."""
    return _CANCELLED.search(text) is not None or _POSTPONED.search(text) is not None


def _is_said_of_it(fateful: re.Pattern[str], after: str) -> bool:
    """Tell whether a verb after a meeting says it is called off, and is not denied: «وقالت إن اللقاء لن [يلغى]»."""
    return any(not _NOT_DECIDED.search(after[: match.start()]) for match in fateful.finditer(after))


def _governs(fateful: re.Pattern[str], before: str) -> bool:
    """Tell whether the last such word before a meeting has the meeting as its object."""
    last = None
    for match in fateful.finditer(before, max(0, len(before) - _FAR)):
        last = match
    if last is None:
        return False
    between = before[last.end() :]
    if _NOT_DECIDED.search(before[: last.start()]) or _DENIED_THAT.search(before[: last.start()]):
        return False
    if _INSTEAD.search(between):
        return False
    return len(between) < _NEAR or not any(
        pattern.search(between) for pattern in (_FUTURE, _BEGAN, _PRESENT, _PAST)
    )


def tense_of(before: str, after: str) -> Tense:
    """Read the tense of the verb that governs a meeting, the nearest before its noun first, then the relative clause after.

    «ستستضيف باريس [اجتماع]» future, «[الاجتماع] الذي عقد» past, «إلى عقد [اجتماع]» future: there «عقد» is a noun.
    """
    holding = [m for m in _HOLDING_FORM.finditer(before) if _HOLDING.search(before[: m.start()])]
    if holding and len(before) - holding[-1].end() < 60:
        return "future"
    marks: list[tuple[int, Tense]] = []
    for tense, pattern in _TENSES:
        marks += [(len(before) - m.end(), tense) for m in pattern.finditer(before)]
        marks += [
            (m.start() + 12, tense) for m in pattern.finditer(after)
        ]  # what follows counts a little less
    marks = [mark for mark in marks if mark[0] < 160]
    tense = min(marks)[1] if marks else "none"
    return "past" if tense == "present" and _WAS.search(before[-_WAS_WITHIN:]) else tense


_TENSES: tuple[tuple[Tense, re.Pattern[str]], ...] = (
    ("future", _FUTURE),
    ("began", _BEGAN),
    ("present", _PRESENT),
    ("past", _PAST),
)


def status_of(tense: Tense, first: date | None, last: date | None, published: date | None) -> Status:
    """Combine tense and days: a day that has passed is held, one to come is announced, on the day the tense decides."""
    if first is not None and last is not None and published is not None:
        if last < published:
            return "held"
        if first > published:
            return "announced"
        if tense == "future":
            return "announced"
        if (last - first).days > 2 and tense in ("past", "began"):
            return "held"
        if tense == "past":
            return "held"
        return "announced" if (last - first).days > 3 else "ongoing"
    if tense == "past":
        return "held"
    if tense == "began":
        return "ongoing"
    if first is not None and tense == "none":
        return "held" if published is None else "announced"
    return "announced" if tense in ("future", "present") else "held"

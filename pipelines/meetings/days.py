"""Fill when a meeting is: the day its stretch of the sentence gives it, not the day of a statement or of another event."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from crawler.items import DateMention
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.document import PlacedDate
from pipelines.meetings.fill import LOOK_BACK, last_match
from pipelines.meetings.heads import Head
from pipelines.meetings.saying import Saying
from pipelines.meetings.words import rx, word

_GRAIN_COST = {
    "day": 0,
    "days": 0,
    "week": 30,
    "month": 45,
    "months": 90,
    "quarter": 90,
    "half": 90,
    "year": 100,
}
_YEAR = re.compile(r"\d{4}")
_AND = re.compile(r"\s*و\s*")
_SINCE = re.compile("(?:و)?من?ذ")
_SINCE_BEFORE = re.compile(r"(?<!\w)و?منذ $")
_LONGEST_MEETING = 10  # days
_UNRESOLVED_COST = 200
# Spans that end today, and days counted from something else («بعد ثلاثة أيام من الاجتماع»): no day of a meeting.
_NO_MEETING_DAY = ("window", "offset_ahead_event", "offset_ago_event")
_POSTPONED = word(lexicon.POSTPONED)
_TO = word(lexicon.UNTIL, "")
_SPEECH = word(lexicon.SPEECH, "[وف]?")
_CALLING = word(lexicon.CALLING, "[وف]?")
_TRAVEL = word(lexicon.TRAVEL, "و?")
_TO_ATTEND = word(lexicon.TO_ATTEND, "[وف]?")
_VERB = word(f"{lexicon.FUTURE}|{lexicon.PRESENT}", "[وف]?")
_COMPLEMENT = word(lexicon.COMPLEMENT, "[وف]?")
_AT_THE_MEETING = rx(rf"(?<!\w)[وف]?(?:{lexicon.AT_THE_MEETING})(?: \w+){{0,2}} ?$")
# «في كلمة ألقاها [أمس] أمام وزراء التحالف المجتمعين»
_BEFORE_THOSE = rx(rf"(?<!\w)[وف]?(?:{lexicon.AT_THE_MEETING}) (?:{lexicon.GROUP})(?!\w)")
_FOLLOWS = word(lexicon.FOLLOWS, "[وف]?")
_NOT_ITS_DATE = rx(rf"(?<!\w)[وف]?[بل]?(?:{lexicon.NOT_ITS_DATE})(?!\w)(?:\W+\w+){{0,4}}\W*$")
_RESCHEDULED = rx(rf"(?<!\w){lexicon.RESCHEDULED_TO}(?: {lexicon.DAY_WORD})? ?$")
_PLANNED = word(lexicon.PLANNED_FOR, "[وف]?")
_SAME_TIME = rx(lexicon.SAME_TIME)
_BEFORE_IT = rx(rf"(?<!\w)[وف]?(?:{lexicon.BEFORE_IT}) ?$")
_RELATIVE_OF_ANOTHER = rx(rf"(?<!\w){lexicon.RELATIVE}\w+ $")
_AFTER_AN_EVENT = rx(rf" (?:{lexicon.AFTER_AN_EVENT})(?= \w)")
_DEADLINE = rx(rf"(?<!\w)(?:{lexicon.DEADLINE}) $")
_JOINS = rx(rf"(?<!\w)[وف]?(?:{lexicon.JOINS})(?!\w)")
_BEGINS = rx(rf"(?<!\w)[وف]?(?:{lexicon.BEGINS_ON})(?: \w+)? $")
_ENDS = rx(rf"(?<!\w)[وف]?(?:{lexicon.ENDS_ON})(?: \w+)? $")
_AT_ONCE = 3  # characters: «المنعقد اجتماعهم [منذ الخميس]»


class DayFill(Saying):
    """Fills the day."""

    def day(self, head: Head, territory: tuple[int, int]) -> PlacedDate | None:
        """Choose the day of a meeting from its stretch: the nearest that is not the day of a statement or of another event."""
        start, end = territory
        spoken = self.spoken_from(head, start)
        if spoken is not None and not self._names_a_day(spoken, end):
            return self.day_of_saying(head, spoken)
        scored = []
        for placed in self._document.dates_in(start, end):
            if placed.mention.grain not in _GRAIN_COST:
                continue
            if placed.mention.rule.startswith(_NO_MEETING_DAY) or self._is_another_days(head, placed, start):
                continue
            unresolved = 0 if placed.mention.first else _UNRESOLVED_COST
            cost = (
                self._distance(head, placed.start, placed.end)
                + _GRAIN_COST[placed.mention.grain]
                + unresolved
            )
            scored.append((cost, self._moved_to(self._planned(placed, start), start)))
        if not scored:
            return self._same_time(start, end)
        scored = [
            (c, p)
            for c, p in scored
            if not _SINCE.match(p.mention.text) or 0 <= p.start - head.end < _AT_ONCE
        ]
        if not scored:
            return None
        moved = [p for _, p in scored if self._is_new_day(p, start)]
        if moved:
            return moved[-1]
        chosen = min(scored, key=lambda pair: (pair[0], pair[1].start))[1]
        chosen = self._with_its_neighbour(chosen, territory)
        return next((p for _, p in scored if is_run_round(p.mention, chosen.mention)), chosen)

    def _names_a_day(self, start: int, end: int) -> bool:
        return any(d.mention.grain in ("day", "days") for d in self._document.dates_in(start, end))

    def _with_its_neighbour(self, placed: PlacedDate, territory: tuple[int, int]) -> PlacedDate:
        """Read «[اليوم وغدا]», «بدأ [أمس] ويختتم [اليوم]», two days to the dates' tagger, as one run."""
        for one in self._document.dates_in(*territory):
            first, second = sorted((one, placed), key=lambda d: d.mention.first or date.min)
            days = (first.mention.last, second.mention.first)
            if not (days[0] and days[1] and timedelta(0) < days[1] - days[0] < timedelta(_LONGEST_MEETING)):
                continue
            beside = days[1] - days[0] == timedelta(days=1) and _AND.fullmatch(
                self._source, first.end, second.start
            )
            if beside or (self._follows(_BEGINS, first) and self._follows(_ENDS, second)):
                run = replace(first.mention, last=second.mention.last, grain="days", needs_review=None)
                start, end = (first.start, second.end) if beside else (placed.start, placed.end)
                words = self._document.text[slice(*self._document.folded.span(start, end))]
                return PlacedDate(start, end, replace(run, text=words))
        return placed

    def _follows(self, verb: re.Pattern[str], placed: PlacedDate) -> bool:
        return verb.search(self._source, max(0, placed.start - 30), placed.start) is not None

    def _same_time(self, start: int, end: int) -> PlacedDate | None:
        """Take «في التوقيت نفسه» from the day named last before it."""
        again = _SAME_TIME.search(self._source, start, end)
        earlier = self._document.dates_in(again.start() - LOOK_BACK, again.start()) if again else []
        days = [d for d in earlier if d.mention.grain in ("day", "days") and d.mention.first]
        if again is None or not days:
            return None
        words = self._document.text[slice(*self._document.folded.span(*again.span()))]
        return PlacedDate(again.start(), again.end(), replace(days[-1].mention, text=words))

    def is_still_to_come(self, head: Head, placed: PlacedDate, start: int) -> bool:
        """Tell whether a meeting comes after what the sentence tells: «ويلي اللقاء، [يوم الخميس]، …», «قبل يومين من اجتماع»."""
        return (
            _FOLLOWS.search(self._source, start, max(start, placed.start)) is not None
            or _BEFORE_IT.search(self._source, start, head.outer) is not None
        )

    def _planned(self, placed: PlacedDate, start: int) -> PlacedDate:
        """Read a day without its year after «كان مقررا» as the nearest one: the plan is past, its day need not be.

        «كان مقررا عقده يوم 29 يناير», written on 8 January, is three weeks ahead, not eleven months ago.
        """
        mention, published = placed.mention, self._document.published
        if (
            published is None
            or mention.first is None
            or mention.first != mention.last
            or _YEAR.search(mention.text)
        ):
            return placed
        if not mention.rule.startswith("day_month") or not _PLANNED.search(self._source, start, placed.start):
            return placed
        days = [d for shift in (-1, 0, 1) if (d := _in_year(mention.first, published.year + shift))]
        nearest = min(days, key=lambda d: abs((d - published).days))
        return replace(placed, mention=replace(mention, first=nearest, last=nearest))

    def _moved_to(self, placed: PlacedDate, start: int) -> PlacedDate:
        """Narrow «[أرجئ] من 30 أكتوبر إلى 14 نوفمبر», one range to the dates' tagger, to the day a meeting is put off to."""
        range_of_two = placed.mention.grain == "days" and _TO.search(self._source, placed.start, placed.end)
        if not (range_of_two and _POSTPONED.search(self._source, start, placed.start)):
            return placed
        return replace(placed, mention=replace(placed.mention, first=placed.mention.last, grain="day"))

    def _is_new_day(self, placed: PlacedDate, start: int) -> bool:
        """Tell whether a meeting is put off *to* this day: «من 15 مارس إلى 22 مارس»."""
        lead = self._source[max(start, placed.start - 70) : placed.start]
        return bool(_RESCHEDULED.search(lead) and _POSTPONED.search(self._source, start, placed.start))

    def _is_another_days(self, head: Head, placed: PlacedDate, start: int) -> bool:
        """Tell whether a day belongs to another event («منذ سقوط الموصل في يونيو 2014») or to a statement."""
        left = max(start, placed.start - 60)
        if left < head.end <= placed.start:
            left = head.end
        lead = self._source[left : placed.start]
        cut = max(lead.rfind(mark) for mark in lexicon.WEAK_MARK + lexicon.STRONG_MARK)
        if placed.mention.grain == "days" and _SINCE_BEFORE.search(lead):
            return False  # «منذ [12 نوفمبر وحتى 21 منه] يعكف …»
        if _NOT_ITS_DATE.search(lead[cut + 1 :]):
            joins = _JOINS.search(lead[cut + 1 :])  # «انضم [الخميس] إلى كيري في اجتماع»
            return not (joins and self._source[placed.end : head.outer].endswith(lexicon.IN))
        if placed.mention.grain not in ("day", "days") and _DEADLINE.search(lead):
            return True
        gap = self._source[placed.end : head.start]
        closed = any(mark in gap for mark in lexicon.WEAK_MARK)
        if closed and _RELATIVE_OF_ANOTHER.search(lead):  # «مؤتمر … الذي افتتح [اليوم]، وفي الاجتماع»
            return True
        event = _AFTER_AN_EVENT.match(self._source, head.end) if head.definite else None
        if event and placed.start > event.end():  # «ويأتي الاجتماع بعد هجمات باريس في [7 يناير]»
            return True
        return self._is_day_of_speech(head, placed, start)

    def _is_day_of_speech(self, head: Head, placed: PlacedDate, start: int) -> bool:
        """Tell whether a day dates what somebody said or a journey: «أعلنت الخارجية [الخميس] أنها …», «وصل [الأحد] إلى روما»."""
        if placed.start > head.start:
            between = self._source[head.end : placed.start]
            speech = last_match(_SPEECH, between)
            if speech is None or len(between) - speech.end() > 60:
                return False
            return _COMPLEMENT.search(between, speech.end()) is None and not _VERB.search(
                between, speech.end()
            )
        lead, gap = self._source[start : placed.start], self._source[placed.end : head.outer]
        travel = last_match(_TRAVEL, lead)
        if travel and len(lead) - travel.end() < 60:
            ahead = _VERB.search(lead, travel.end()) or _TO_ATTEND.search(lead, travel.end())
            if ahead is None:  # «يصل إلى عمان [اليوم] ليترأس غدا اجتماعا»
                return True
        call = last_match(_CALLING, lead[-60:])
        if call and not _VERB.search(lead[-60:], call.end()):  # «اقترح خبراء [أمس] أن يجتمع …»
            return True
        speech = last_match(_SPEECH, lead)
        if speech is None:
            following = _SPEECH.search(gap)
            return bool(following and following.start() < 12 and _COMPLEMENT.search(gap, following.end()))
        if _COMPLEMENT.search(lead, speech.end()) or _VERB.search(lead, speech.end()):
            return False
        if head.kind == "participle" and _BEFORE_THOSE.search(gap):
            return False
        return not _AT_THE_MEETING.search(gap[-30:]) or bool(_COMPLEMENT.search(gap))


def is_run_round(run: DateMention, day: DateMention) -> bool:
    """Tell whether a run of days takes in a single one: «اختتم [أمس] المؤتمر الذي عقد [يومي 18 و19 فبراير]»."""
    if run.grain != "days" or day.grain != "day" or not (run.first and run.last and day.first and day.last):
        return False
    return run.first <= day.first and day.last <= run.last and (run.last - run.first).days <= _LONGEST_MEETING


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None

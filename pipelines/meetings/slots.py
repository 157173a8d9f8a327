"""Fill what a sentence says about one meeting: its day, its place, its host, how many take part."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from crawler.items import DateMention
from pipelines.lexicon import meetings as lexicon
from pipelines.lexicon import places as place_lexicon
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.counts import Count, counts_in
from pipelines.meetings.document import Document, PlacedDate
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx, word
from pipelines.places import ADJECTIVE_PATTERN, PlaceMention, country_of_adjective

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
_SINCE = re.compile("(?:و)?من?ذ")
_LONGEST_MEETING = 10  # days
_UNRESOLVED_COST = 200
# Spans that end today, and days counted from something else («بعد ثلاثة أيام من الاجتماع»): no day of a meeting.
_NO_MEETING_DAY = ("window", "offset_ahead_event", "offset_ago_event")
_POSTPONED = word(lexicon.POSTPONED)
_TO = word(lexicon.UNTIL, "")
_SPEECH = word(lexicon.SPEECH, "[وف]?")
_TRAVEL = word(lexicon.TRAVEL, "و?")
_VERB = word(f"{lexicon.FUTURE}|{lexicon.PRESENT}", "[وف]?")
_COMPLEMENT = word(lexicon.COMPLEMENT, "[وف]?")
_AT_THE_MEETING = rx(rf"(?<!\w)[وف]?(?:{lexicon.AT_THE_MEETING})(?: \w+){{0,2}} ?$")
_NOT_ITS_DATE = rx(rf"(?<!\w)[وف]?[بل]?(?:{lexicon.NOT_ITS_DATE})(?!\w)(?:\W+\w+){{0,4}}\W*$")
_RESCHEDULED = rx(rf"(?<!\w){lexicon.RESCHEDULED_TO}(?: {lexicon.DAY_WORD})? ?$")
_PLANNED = word(lexicon.PLANNED_FOR, "[وف]?")
_TOPIC = word(lexicon.TOPIC, "[وف]?")
_AT_SEAT_OR_IN = rx(rf"(?<!\w)[وف]?(?:{lexicon.LOCATIVE})(?: {lexicon.PLACE_WORDS})* ?$")
_STATEMENT = rx(rf"(?<!\w)[وف]?[بل]?(?:{lexicon.STATEMENT_FROM}) $")
_SAME_TIME = rx(lexicon.SAME_TIME)
_SAME_CITY = word(lexicon.SAME_CITY, "[وف]?")
_BEFORE_HOST, _AFTER_HOST = rx(lexicon.BEFORE_HOST), rx(lexicon.AFTER_HOST)
_HOSTING = word(lexicon.HOSTING_VERBS, "[وف]?")
_HOSTING_NOUN = word(lexicon.HOSTING_NOUNS, "[وف]?")
_MINISTRY = rx(rf"{lexicon.IN_A_MINISTRY} (?P<adjective>{ADJECTIVE_PATTERN})")
_LOOK_BACK = 600  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is, as its sentence says."""

    city: str | None
    country: str | None
    doubt: str | None = None


class Slots:
    """Fills for one document."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        self._document = document
        self._clauses = clauses
        self._source = document.source

    def day(self, head: Head, territory: tuple[int, int]) -> PlacedDate | None:
        """Choose the day of a meeting from its stretch: the nearest that is not the day of a statement or of another event."""
        start, end = territory
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
        scored = [(c, p) for c, p in scored if not _SINCE.match(p.mention.text)] or []
        if not scored:
            return None
        moved = [p for _, p in scored if self._is_new_day(p, start)]
        if moved:
            return moved[-1]
        chosen = min(scored, key=lambda pair: (pair[0], pair[1].start))[1]
        return next((p for _, p in scored if _contains(p.mention, chosen.mention)), chosen)

    def _same_time(self, start: int, end: int) -> PlacedDate | None:
        """Take «في التوقيت نفسه» from the day named last before it."""
        again = _SAME_TIME.search(self._source, start, end)
        earlier = self._document.dates_in(again.start() - _LOOK_BACK, again.start()) if again else []
        days = [d for d in earlier if d.mention.grain == "day" and d.mention.first]
        if again is None or not days:
            return None
        words = self._document.text[slice(*self._document.folded.span(*again.span()))]
        return PlacedDate(again.start(), again.end(), replace(days[-1].mention, text=words))

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
        if _NOT_ITS_DATE.search(lead[cut + 1 :]):
            return True
        return self._is_day_of_speech(head, placed, start)

    def _is_day_of_speech(self, head: Head, placed: PlacedDate, start: int) -> bool:
        """Tell whether a day dates what somebody said or a journey: «أعلنت الخارجية [الخميس] أنها …», «وصل [الأحد] إلى روما»."""
        if placed.start > head.start:
            between = self._source[head.end : placed.start]
            speech = _last(_SPEECH, between)
            if speech is None or len(between) - speech.end() > 60:
                return False
            return _COMPLEMENT.search(between, speech.end()) is None and not _VERB.search(
                between, speech.end()
            )
        lead, gap = self._source[start : placed.start], self._source[placed.end : head.outer]
        travel = _last(_TRAVEL, lead)
        if travel and len(lead) - travel.end() < 60 and not _VERB.search(lead, travel.end()):
            return True
        speech = _last(_SPEECH, lead)
        if speech is None:
            following = _SPEECH.search(gap)
            return bool(following and following.start() < 12 and _COMPLEMENT.search(gap, following.end()))
        if _COMPLEMENT.search(lead, speech.end()) or _VERB.search(lead, speech.end()):
            return False
        return not _AT_THE_MEETING.search(gap[-30:]) or bool(_COMPLEMENT.search(gap))

    def _distance(self, head: Head, start: int, end: int) -> float:
        if start >= head.end:
            gap: float = start - head.end
            breaks = self._breaks_between(head.sentence, head.end, start)
        else:
            gap = (head.outer - end) * 1.3
            breaks = self._breaks_between(head.sentence, end, head.outer)
        return gap + 60 * breaks

    def _breaks_between(self, sentence: int, start: int, end: int) -> int:
        begins = self._clauses.breaks(sentence)
        return bisect_right(begins, end) - bisect_right(begins, start)

    def place(self, head: Head, territory: tuple[int, int]) -> Place:
        """Choose the place of a meeting from its stretch: what «في» or a verb of hosting makes its place, the nearest first."""
        start, end = territory
        scored = []
        for mention in self._document.places_in(start, end):
            cost = self._place_cost(head, mention, start)
            if cost is not None:
                scored.append((cost, mention))
        if not scored:
            return self._same_city(start, end)
        scored.sort(key=lambda pair: (pair[0], pair[1].start))
        chosen = next((m for _, m in scored if m.as_city), scored[0][1])
        return Place(chosen.as_city, chosen.country, chosen.doubt)

    def _same_city(self, start: int, end: int) -> Place:
        """Take «في المدينة نفسها» from the city named last before it."""
        again = _SAME_CITY.search(self._source, start, end)
        earlier = (
            [m for m in self._document.places_in(again.start() - _LOOK_BACK, again.start()) if m.city]
            if again
            else []
        )
        return Place(earlier[-1].city, earlier[-1].country) if earlier else Place(None, None)

    def _place_cost(self, head: Head, mention: PlaceMention, start: int) -> float | None:
        """Give how far a place is from its meeting, None when it is no place of it."""
        lead = self._source[max(start, mention.start - 45) : mention.start]
        base = self._distance(head, mention.start, mention.end)
        if self._is_host_subject(mention, start) or self._is_named_after(head, mention):
            return base
        locative = mention.preposition == "ب" or _AT_SEAT_OR_IN.search(lead) is not None
        if not locative:
            return None
        between = self._source[min(head.end, mention.start) : mention.start]
        far = (
            _TOPIC.search(between) is not None
            or self._breaks_between(head.sentence, head.end, mention.start) > 0
        )
        war = mention.iso2 in place_lexicon.WAR_COUNTRIES and mention.as_city not in (
            "Baghdad",
            "Erbil",
            "Damascus",
        )
        if mention.kind == "country" and (far or war):
            return None
        if mention.as_city in place_lexicon.BATTLEFIELDS or (war and far):
            return None
        if mention.start < head.start and _SPEECH.search(self._source[start : mention.start]):
            return base + 80
        return base + (60 if far else 0)

    def _is_named_after(self, head: Head, mention: PlaceMention) -> bool:
        """Tell whether the place is the noun's complement: «اجتماع باريس», «مؤتمر لندن»."""
        gap = self._source[head.end : mention.start]
        return (
            mention.start > head.end
            and head.kind == "noun"
            and mention.kind != "country"
            and gap.strip(' «"“') == ""
            and len(gap) <= 2
        )

    def _is_host_subject(self, mention: PlaceMention, start: int) -> bool:
        lead = self._source[max(start, mention.start - 30) : mention.start]
        trail = self._source[mention.end : mention.end + 40]
        verb = _last(_HOSTING, lead) or _last(_HOSTING_NOUN, lead)
        gap = lead[verb.end() :].strip() if verb else None
        if gap is not None and (gap == "" or _BEFORE_HOST.fullmatch(gap)):
            return True
        after = _HOSTING.search(trail) or _HOSTING_NOUN.search(trail)
        return bool(
            after
            and _AFTER_HOST.fullmatch(trail[: after.start()].strip(" ،"))
            and not _STATEMENT.search(lead)
        )

    def host(self, head: Head, territory: tuple[int, int]) -> str | None:
        """Give the state that hosts: the subject of a verb of hosting, or whose ministry the meeting is in."""
        start, end = territory
        hosts = [m for m in self._document.places_in(start, end) if self._is_host_subject(m, start)]
        if hosts:
            return min(hosts, key=lambda m: abs(m.start - head.start)).country
        ministry = _MINISTRY.search(self._source, start, end)
        return country_of_adjective(re.sub(r"\s+", " ", ministry["adjective"])) if ministry else None

    def count(self, head: Head | None, territory: tuple[int, int]) -> Count | None:
        """Give how many members or participants the stretch tells of: «68 دولة», «ثمانية وستين عضوا», «الدول الـ68».

        The coalition's size comes before the number of those who came, states before ministers.
        """
        found = [
            (
                not counted.members,
                counted.cost + (self._distance(head, counted.start, counted.end) if head else 0),
                counted.value,
                counted.current,
            )
            for counted in counts_in(self._source, *territory)
        ]
        if not found:
            return None
        participants, _, value, current = min(found)
        return Count(value, members=not participants, current=current)


def _contains(run: DateMention, day: DateMention) -> bool:
    """Tell whether a run of days takes in a single one: «اختتم [أمس] المؤتمر الذي عقد [يومي 18 و19 فبراير]»."""
    if run.grain != "days" or day.grain != "day" or not (run.first and run.last and day.first and day.last):
        return False
    return run.first <= day.first and day.last <= run.last and (run.last - run.first).days <= _LONGEST_MEETING


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last

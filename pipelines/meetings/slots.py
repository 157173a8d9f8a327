"""Fill what a sentence says about one meeting: its place, its host, how many take part, and when (see days.py)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.arabic import fold_text
from pipelines.lexicon import meetings as lexicon
from pipelines.lexicon import places as place_lexicon
from pipelines.meetings.counts import Count, counts_in
from pipelines.meetings.days import DayFill
from pipelines.meetings.fill import LOOK_BACK, last_match
from pipelines.meetings.heads import Head
from pipelines.meetings.saying import SENTENCES_OF_SPEECH
from pipelines.meetings.words import rx, word
from pipelines.places import ADJECTIVE_PATTERN, PlaceMention, country_of_adjective

_SPEECH = word(lexicon.SPEECH, "[وف]?")
_TOPIC = word(lexicon.TOPIC, "[وف]?")
_AT_SEAT_OR_IN = rx(rf"(?<!\w)[وف]?(?:{lexicon.LOCATIVE})(?: {lexicon.PLACE_WORDS})* ?$")
_STATEMENT = rx(rf"(?<!\w)[وف]?[بل]?(?:{lexicon.STATEMENT_FROM}) $")
_SAME_CITY = word(lexicon.SAME_CITY, "[وف]?")
_BEFORE_HOST, _AFTER_HOST = rx(lexicon.BEFORE_HOST), rx(lexicon.AFTER_HOST)
_CALLING_OFF = word(lexicon.CALLING_OFF, "[وف]?")  # «ألغت [عمان] اجتماعا» that she was to host
_HOSTING = word(lexicon.HOSTING_VERBS, "[وف]?")
_GOING = word(lexicon.GOING_TO_IT, "[وف]?س?")
_TO_ATTEND = rx(rf"(?<!\w)[وف]?(?:{lexicon.TO_ATTEND})(?!\w)")
_THERE = word(lexicon.THERE, "")
_GATHERING = word(lexicon.GATHERING_VERBS, "[وف]?")
_WHERE = rx(lexicon.WHERE)
_TOWARDS_IT = tuple(fold_text(preposition) for preposition in lexicon.TOWARDS)
_AND_TAKES_PART = word(lexicon.TAKES_PART, "[وف]")
_VIRTUAL = word(lexicon.VIRTUAL, "")
_ADJECTIVES = 40  # characters after a noun in which its adjectives stand
_WHERE_WITHIN = 60  # characters
_TOWARDS = rx(rf"(?<!\w)(?:{lexicon.RESCHEDULED_TO}|على) (?:{lexicon.PLACE_WORDS} )?$")
_HOSTING_NOUN = word(lexicon.HOSTING_NOUNS, "[وف]?")
_MINISTRY = rx(rf"{lexicon.IN_A_MINISTRY} (?P<adjective>{ADJECTIVE_PATTERN})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is, as its sentence says."""

    city: str | None
    country: str | None
    doubt: str | None = None


class Slots(DayFill):
    """Fills for one document."""

    def place(self, head: Head, territory: tuple[int, int]) -> Place:
        """Choose the place of a meeting from its stretch: what «في» or a verb of hosting makes its place, the nearest first."""
        start, end = territory
        start = self._where_from(head, start)
        scored = []
        for mention in self._document.places_in(start, end):
            cost = self._place_cost(head, mention, start)
            if cost is not None:
                scored.append((cost, mention))
        if _VIRTUAL.search(self._source, head.end, min(end, head.end + _ADJECTIVES)):
            return Place(None, None)  # «ترأست من بروكسل اجتماعا [افتراضيا]» is nowhere
        if not scored:
            return self._same_city(start, end) or self._destination(head) or Place(None, None)
        scored.sort(key=lambda pair: (pair[0], pair[1].start))
        chosen = next((m for _, m in scored if m.as_city), scored[0][1])
        return Place(chosen.as_city, chosen.country, chosen.doubt)

    def _destination(self, head: Head) -> Place | None:
        """Take a meeting's city from the journey to it: «يتوجه [إلى بروكسل] للمشاركة في اجتماع»."""
        start = self._document.sentences[head.sentence][0]
        lead = self._source[start : head.end]
        purpose = last_match(_TO_ATTEND, lead) or last_match(_AND_TAKES_PART, lead)
        if purpose is None:
            return None
        to = start + purpose.start()
        cities = [
            m
            for m in self._document.places_in(start, to)
            if m.as_city and to - m.end < 60 and not self._source.endswith(lexicon.FROM, 0, m.start)
        ]
        if not cities:
            return None
        towards = self._source.endswith(_TOWARDS_IT, 0, cities[-1].start)
        if not towards and not _GOING.search(self._source, start, cities[-1].start):
            return None
        return Place(cities[-1].as_city, cities[-1].country, cities[-1].doubt)

    def place_of_saying(self, head: Head, start: int) -> Place:
        """Give the city from which was said what was said at the meeting: «أعلن بلينكن [من الرياض] …، وذلك خلال الاجتماع»."""
        for number in range(head.sentence, max(-1, head.sentence - SENTENCES_OF_SPEECH), -1):
            begin = start if number == head.sentence else self._document.sentences[number][0]
            end = min(self._document.sentences[number][1], head.outer)
            for mention in self._document.places_in(begin, end):
                if mention.as_city and self._source.endswith(lexicon.FROM, 0, mention.start):
                    return Place(mention.as_city, mention.country, mention.doubt)
        return Place(None, None)

    def _same_city(self, start: int, end: int) -> Place | None:
        """Take «في المدينة نفسها», «هناك» from the city named last before it."""
        again = _SAME_CITY.search(self._source, start, end) or _THERE.search(self._source, start, end)
        earlier = (
            [m for m in self._document.places_in(again.start() - LOOK_BACK, again.start()) if m.city]
            if again
            else []
        )
        return Place(earlier[-1].city, earlier[-1].country) if earlier else None

    def _place_cost(self, head: Head, mention: PlaceMention, start: int) -> float | None:
        """Give how far a place is from its meeting, None when it is no place of it."""
        lead = self._source[max(start, mention.start - 45) : mention.start]
        base = self._distance(head, mention.start, mention.end)
        if self._is_host_subject(mention, start) or self._is_named_after(head, mention):
            return base
        locative = mention.preposition == "ب" or _AT_SEAT_OR_IN.search(lead) is not None
        locative = locative or (bool(mention.as_city) and self._is_where(head, mention))
        leads_here = 0 <= head.outer - mention.end <= 2 and self._source.endswith(
            _TOWARDS_IT, 0, mention.start
        )
        locative = locative or leads_here or (head.kind == "coming" and _TOWARDS.search(lead) is not None)
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

    def _where_from(self, head: Head, start: int) -> int:
        """Give where the last place before a meeting stands that «حيث» hands it to: earlier places are not its."""
        before = self._document.places_in(start, head.outer)
        return next((p.start for p in reversed(before) if self._is_where(head, p)), start)

    def _is_where(self, head: Head, mention: PlaceMention) -> bool:
        """Tell whether the meeting follows its place by «حيث»: «من لندن، [حيث] اجتمع أمس بنظرائه»."""
        where = _WHERE.match(self._source, mention.end)
        return where is not None and 0 <= head.outer - mention.end < _WHERE_WITHIN

    def _is_host_subject(self, mention: PlaceMention, start: int) -> bool:
        lead = self._source[max(start, mention.start - 30) : mention.start]
        trail = self._source[mention.end : mention.end + 40]
        verb = (
            last_match(_HOSTING, lead)
            or (last_match(_CALLING_OFF, lead) if mention.as_city else None)
            or (last_match(_GATHERING, lead) if mention.as_city else None)
            or last_match(_HOSTING_NOUN, lead)
        )
        gap = lead[verb.end() :].strip() if verb else None
        if gap is not None and (gap == "" or _BEFORE_HOST.fullmatch(gap)):
            return True
        after = _HOSTING.search(trail) or _HOSTING_NOUN.search(trail)
        after = after or (
            (_CALLING_OFF.search(trail) or _GATHERING.search(trail)) if mention.as_city else None
        )
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

    def counts(self, head: Head | None, territory: tuple[int, int]) -> tuple[Count, ...]:
        """Give how many members the stretch tells of, and how many take part, at most one of each, members first.

        «68 عضوا», «الدول الـ68» are members, «بمشاركة ثمان وستين دولة» take part; states come before ministers.
        """
        found: dict[bool, tuple[float, Count]] = {}
        for counted in counts_in(self._source, *territory):
            cost = counted.cost + (self._distance(head, counted.start, counted.end) if head else 0)
            count = Count(counted.value, members=counted.members, current=counted.current)
            if counted.members not in found or cost < found[counted.members][0]:
                found[counted.members] = (cost, count)
        return tuple(found[members][1] for members in (True, False) if members in found)

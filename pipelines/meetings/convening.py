"""What every reading of a convener stands on: the article, what counts as ours, and the words the readings share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.antecedents import MILITARY
from pipelines.bodies import BodyMention
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.document import Document, is_ours, is_rival, is_undecided
from pipelines.meetings.heads import Head
from pipelines.meetings.words import GAP, rx, word

Owner = Literal["ours", "other", "anaphor", "none"]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose a meeting is, why, how sure, and how far the words that name it reach."""

    owner: Owner
    reason: str
    confidence: float = 0.0
    name_end: int = 0
    name_start: int | None = None
    subject: tuple[int, int] | None = None  # the words that name who convenes it, where they stand before it


_NOT_CONVENER = rx(rf"(?<!\w)[وف]?{lexicon.NOT_CONVENER}(?: \w+){{0,4}}(?:{GAP})?[بلك]?$")
ANYWAY = word(lexicon.CONVENER_ANYWAY)
TOPIC = word(lexicon.TOPIC, "[وف]?")
_BILATERAL = word(lexicon.BILATERAL, "[وف]?")
WITH_PEERS = rx(
    rf"(?<!\w)مع (?:\w+ )?{lexicon.WITH_PEERS}|(?<!\w)ب{lexicon.WITH_PEERS}|(?<!\w){lexicon.PEERS}"
)
_BETWEEN = word(lexicon.BETWEEN, "")
_BETWEEN_GROUP = rx(lexicon.BETWEEN_GROUP)
GROUP = word(lexicon.GROUP)
CONVENING = word(lexicon.CONVENING, "[وفل]?")
OTHER = rx(lexicon.OTHER_CONVENERS)
OWN_CERTAIN = rx(lexicon.OWN_GROUPS_CERTAIN)
OWN = word(lexicon.OWN_GROUPS)
ON_SYRIA = rx(lexicon.SMALL_GROUP_ON_SYRIA)
_AGAINST = word(lexicon.AGAINST_ISIS)
_FOUNDING = word(lexicon.FOUNDING)
_GROUP_OF_ITS = rx(rf"\W*(?:{lexicon.GROUP_OF_ITS})(?!\w)")
_NAMED_BEFORE = 250  # characters
_MANY = word(lexicon.MANY_STATES)
_STATES = rx(lexicon.MANY_COUNTED)
AT_SEAT = rx(rf"(?<!\w)[وفب]?(?:{lexicon.SEAT_OF}|{lexicon.MARGINS})(?: \w+){{0,2}} ?$")
RANKED = rx(rf"(?<!\w)[وف]?(?:{lexicon.RANKED})(?!\w)")
OTHER_STATES = rx(lexicon.OTHER_STATES)
OTHER_KIND = word(lexicon.OTHER_KIND, "[وفل]?")
_RANK_OF_ANOTHER_KIND = rx(rf"(?<!\w)[وفل]?(?:{lexicon.RANKED}) (?:{lexicon.OTHER_KIND})")
_OF_THESE = rx(rf"(?<!\w)[وفل]?(?:{lexicon.RANKED}|{lexicon.HEADS_OF}) ")
_SUPPORTING = word(lexicon.SUPPORTING, "[وف]?")
_LEVEL = dict(lexicon.LEVELS)
_SMALL, _WORKING = rx(_LEVEL["small"]), rx(_LEVEL["group"])
_THE_GROUP = rx(rf"(?<!\w)[وف]?(?:{lexicon.THE_GROUP})")


_LOOK_BACK = 4000  # characters within which «المجموعة» finds the group it takes up


class Reader:
    """Reads one document."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        self.document = document
        self.clauses = clauses
        self.source = document.source
        # Only what is called an alliance competes for a bare «التحالف»; NATO and the United Nations are often its roof.
        rivals = any(
            is_rival(b) and b.certain and (b.flags or b.body in MILITARY) and "indefinite" not in b.flags
            for b in document.bodies
        )
        # A bare «التحالف» in an article about ISIS that names no other alliance.
        self.bare_is_ours = document.names_isis and not rivals
        self.about = document.names_coalition or (
            self.bare_is_ours and any(is_undecided(b) for b in document.bodies)
        )

    def ours(self, body: BodyMention) -> bool:
        """Tell whether a naming means the coalition, a bare «التحالف» of an article about ISIS included."""
        return is_ours(body) or (is_undecided(body) and self.bare_is_ours)

    @staticmethod
    def sure(body: BodyMention) -> float:
        """Say how sure a meeting is whose convener is named so."""
        if is_undecided(body):
            return 0.6
        return 0.95 if body.certain else 0.88

    @staticmethod
    def not_convener(lead: str) -> bool:
        """Tell whether the words before a name make it something else: «طيران [التحالف]», «المبعوث لدى [التحالف]»."""
        match = _NOT_CONVENER.search(lead[-60:])
        return bool(match and not ANYWAY.search(match.group()))

    @staticmethod
    def two_sided(text: str) -> bool:
        """Tell whether words speak of two sides: «مع نظيره», «بين بغداد والتحالف»; not «مع نظرائه», «بين وزراء …»."""
        bilateral = _BILATERAL.search(text)
        if bilateral and not WITH_PEERS.search(text):
            return True
        between = _BETWEEN.search(text)
        return bool(between and between.start() < 30 and not _BETWEEN_GROUP.match(text, between.start()))

    def own_group(self, start: int, end: int) -> Ownership | None:
        """Read a group of the coalition in a noun's complement: «اجتماع [مجموعة مكافحة تمويل داعش]»."""
        certain = OWN_CERTAIN.search(self.source, start, end)
        if certain and not TOPIC.search(self.source[start : certain.start()]):
            return Ownership("ours", "a working group of the coalition", 0.9, certain.end())
        group = OWN.search(self.source, start, min(end, start + 60)) or self.the_group(
            start, min(end, start + 60)
        )
        if (
            group is None
            or "،" in self.source[start : group.start()]
            or TOPIC.search(self.source[start : group.start()])
        ):
            return None
        if ON_SYRIA.search(self.source, group.end(), group.end() + 30):
            return Ownership("other", "the Small Group on Syria")
        if self.about:
            return Ownership("ours", "a group of the coalition", 0.75, group.end())
        return None

    def of_its_members(self, head: Head, after: tuple[int, int]) -> Ownership | None:
        """Read members that a suffix gives to the coalition named last: «عند اجتماع [وزرائه] في واشنطن»."""
        group = _GROUP_OF_ITS.match(self.source, *after)
        if group is None or head.kind not in ("noun", "verb"):
            return None
        named = self.document.bodies_in(max(0, head.outer - _NAMED_BEFORE), head.outer)
        if not named or not self.ours(named[-1]):
            return None
        return Ownership(
            "ours", "members of the coalition named before", self.sure(named[-1]) - 0.1, group.end()
        )

    def the_group(self, start: int, end: int) -> re.Match[str] | None:
        """Find «المجموعة» where a group of the coalition has been named before it."""
        found = _THE_GROUP.search(self.source, start, end)
        if found is None:
            return None
        named = last_before(OWN, self.source, found.start()) or last_before(
            OWN_CERTAIN, self.source, found.start()
        )
        return found if named else None

    def gathering(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        """Accept states that gather against ISIS in an article that names the coalition."""
        region = self.source[before[0] : after[1]]
        tail = self.source[head.end : after[1]].lstrip()
        near = self.source[max(before[0], head.outer - 60) : min(after[1], head.end + 60)]
        if not (self.about and self.document.names_isis):
            return None
        if self.names_another(*before) or self.names_another(*after):
            return None
        if _RANK_OF_ANOTHER_KIND.search(near) or OTHER_STATES.search(near) or self._supports(*after):
            return None
        if self._lists_states(before[0], after[1]):
            return None
        if head.kind != "noun" and self.two_sided(self.source[slice(*after)][:40]):
            return None
        if self._founds_the_coalition(head) and (_STATES.search(near) or _MANY.match(tail)):
            return Ownership("ours", "states gather to found the coalition", 0.65, head.end)
        purpose = _AGAINST.search(region)
        if (
            purpose
            and _isis_after(self.document, before[0] + purpose.end(), after[1])
            and (_MANY.search(near) or _STATES.search(region))
        ):
            return Ownership(
                "ours", "states gather against ISIS in an article about the coalition", 0.65, head.end
            )
        return None

    def _lists_states(self, start: int, end: int) -> bool:
        """Tell whether those who gather come from states named one by one: «وزراء خارجية العراق ومصر والأردن»."""
        return any(
            place.kind != "city"
            for group in _OF_THESE.finditer(self.source, start, end)
            for place in self.document.places_in(group.end(), group.end() + 1)
        )

    def _founds_the_coalition(self, head: Head) -> bool:
        """Tell whether a sentence of counted states speaks of joining or founding it: «عشر دول … الانضمام إلى التحالف»."""
        start, end = self.document.sentences[head.sentence]
        return _STATES.search(self.source, start, end) is not None and any(
            self.ours(b) and _FOUNDING.search(self.source, max(start, b.start - 20), b.start)
            for b in self.document.bodies_in(start, end)
        )

    def _supports(self, start: int, end: int) -> bool:
        """Tell whether a state is to be supported: «لدعم ليبيا في مواجهة داعش»; Iraq's support was the coalition's first meeting."""
        return any(
            place.kind != "city"
            and place.iso2 != "IQ"
            and _SUPPORTING.search(self.source, place.start - 12, place.start)
            for place in self.document.places_in(start, end)
        )

    def names_another(self, start: int, end: int) -> bool:
        """Tell whether a stretch names another body, but for where or beside whose meeting it is: «على هامش قمة الناتو»."""
        others = [m.start() for m in OTHER.finditer(self.source, start, end)]
        others += [b.start for b in self.document.bodies_in(start, end) if is_rival(b)]
        return any(not AT_SEAT.search(self.source[max(0, at - 45) : at]) for at in others)


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Give the last match of a pattern in a text."""
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def last_between(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """Give the last match of a pattern in a stretch of a text."""
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    return last


def last_before(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Give the last match of a pattern that ends before `end`, within a few paragraphs."""
    return last_between(pattern, text, max(0, end - _LOOK_BACK), end)


def group_features(source: str, start: int, end: int) -> frozenset[str]:
    """Give what the group is that «المجموعة» in a stretch takes up: «group», «small» or nothing."""
    found = _THE_GROUP.search(source, start, end)
    if found is None:
        return frozenset()
    small, working = last_before(_SMALL, source, found.start()), last_before(_WORKING, source, found.start())
    if small and (working is None or working.start() < small.start()):
        return frozenset({"small"})
    return frozenset({"group"}) if working else frozenset()


def _isis_after(document: Document, start: int, end: int) -> bool:
    return any(b.start <= end for b in document.isis_in(start - 2, start + 40))

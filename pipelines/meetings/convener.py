"""Decide whose meeting a head is: the coalition's, somebody else's, or the one the article spoke of before."""

from __future__ import annotations

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.convening import (
    CONVENING,
    OTHER_KIND,
    OTHER_STATES,
    RANKED,
    TOPIC,
    Ownership,
    Reader,
    last_between,
)
from pipelines.meetings.document import Document
from pipelines.meetings.heads import Head
from pipelines.meetings.nouns import NounReader
from pipelines.meetings.verbs import VerbReader
from pipelines.meetings.words import rx

_REACH = 170  # characters a complement or a subject may be away
_STATIONS = rx(rf"(?<!\w)[وفبل]?(?:ال)?(?:{lexicon.STATIONS})(?: \w+){{0,2}} \w{{0,2}}$")
_SOME_STATES = rx(lexicon.SOME_STATES)


class Conveners(Reader):
    """Decides for one document."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        super().__init__(document, clauses)
        self._nouns = NounReader(document, clauses)
        self._verbs = VerbReader(document, clauses)

    def decide(self, head: Head, following: int, previous_end: int) -> Ownership:
        """Say whose `head` is; `following` is where the next candidate begins, `previous_end` where the last ended."""
        clause_start, clause_end = self.clauses.around(head)
        after = (head.end, min(clause_end, following, head.end + _REACH))
        before = (max(clause_start, previous_end, head.outer - _REACH), head.outer)
        if head.kind == "noun":
            return self._nouns.read(head, before, after)
        return self._verbs.read(head, before, after)

    def by_topic(self, head: Head, following: int, previous_end: int) -> Ownership | None:
        """Accept a meeting of ministers, directors or groups that names no convener, in an article about such a meeting.

        «… فيما اجتمع المديرون السياسيون في لاهاي في 7 ديسمبر», «لقاء لندن»: the caller has seen that the article tells of a
        meeting of the coalition; here nobody else may be named, and a day must be said.
        """
        clause_start, clause_end = self.clauses.around(head)
        start = max(clause_start, previous_end, head.outer - 110)
        end = min(clause_end, following, head.end + 110)
        near_end = min(end, head.end + 60)
        tail, lead = self.source[head.end : near_end], self.source[start : head.outer]
        if self.names_another(start, near_end) or self.two_sided(tail[:40]) or OTHER_KIND.search(tail[:45]):
            return None
        if not self._is_dated(head):
            return None
        named = self.source[head.start : near_end]
        topic = TOPIC.search(named)
        said = named[: topic.start()] if topic else named
        if head.kind == "verb" and _SOME_STATES.match(tail):
            return Ownership(
                "ours", "states meet in an article about the coalition's meetings", 0.65, head.end
            )
        if self._ranks_meet(head, start, head.start + len(said), lead):
            if OTHER_KIND.search(self.source[head.end - 1 : near_end][:45]) or OTHER_KIND.search(lead[-40:]):
                return None
            return Ownership(
                "ours", "the ranks of the coalition meet, and nobody else is named", 0.7, head.end
            )
        if self._nouns.is_named_by_city(head):
            return Ownership(
                "ours", "a meeting called by its city in an article about such meetings", 0.65, head.end
            )
        return None

    def _ranks_meet(self, head: Head, start: int, end: int, lead: str) -> bool:
        """Tell whether ministers, directors or groups meet, of no states that are named one by one or as a circle."""
        group = RANKED.search(self.source, head.start, end)
        if group is None and (head.kind != "noun" or head.suffixed or CONVENING.search(lead)):
            group = last_between(RANKED, self.source, max(start, head.outer - 60), head.outer)
        if group is None:
            return False
        listed = any(p.kind != "city" for p in self.document.places_in(group.end(), group.end() + 3))
        return not listed and OTHER_STATES.match(self.source, group.end()) is None

    def names_itself(self, head: Head) -> bool:
        """Tell whether a definite noun says which meeting it is: «لقاء المديرين السياسيين», «الاجتماع الوزاري السابق»."""
        return RANKED.search(self.source, head.end, head.end + 40) is not None

    def lists_stations(self) -> bool:
        """Tell whether the article lists the coalition's meetings: «محطات التحالف الدولي: …»."""
        return any(
            _STATIONS.search(self.source, max(0, body.start - 40), body.start)
            for body in self.document.bodies
            if self.ours(body) and body.certain
        )

    def _is_dated(self, head: Head) -> bool:
        start, end = self.document.sentences[head.sentence]
        return any(d.mention.first for d in self.document.dates_in(start, end))

    def is_named_by_city(self, head: Head) -> bool:
        """Tell whether a noun is followed by its city: «لقاء لندن»."""
        return self._nouns.is_named_by_city(head)

"""Whose a noun is: «اجتماع لوزراء دفاع التحالف», «يعقد التحالف اجتماعا», «في ختام اجتماعهم»."""

from __future__ import annotations

from pipelines.bodies import BodyMention
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.complement import attachment
from pipelines.meetings.convening import (
    ANYWAY,
    AT_SEAT,
    CONVENING,
    GROUP,
    ON_SYRIA,
    OTHER,
    OWN,
    OWN_CERTAIN,
    RANKED,
    TOPIC,
    Ownership,
    Reader,
    last_of,
)
from pipelines.meetings.document import is_rival
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx

_MEMBERS = 70  # characters before the coalition's name in which its members are named
_NEAR_RIVAL = 30  # characters within which another body's name is the complement of «الاجتماع»
_NAMED = rx(lexicon.NAMED)
_BESIDE = rx(rf"(?<!\w)[وف]?(?:{lexicon.BESIDE}) ?\w{{0,3}}$")
_WITH_AT_ONCE = rx(lexicon.WITH_AT_ONCE)
_CIRCLE_ADJECTIVE = rx(lexicon.CIRCLE_ADJECTIVE)
_OTHER_ADJECTIVE = rx(lexicon.OTHER_ADJECTIVE)
_SPEAKING = rx(rf"(?<!\w)[وف]?(?:{lexicon.SPEAKING_TOGETHER}) $")
_JOINING = rx(rf"(?<!\w)[وف]?[بل]?(?:{lexicon.JOINING})(?!\w)(?:\W+\w+){{0,5}}\W*$")
_JOINTLY = rx(lexicon.JOINTLY)
_HELD_BY_THEM = rx(rf" (?:{lexicon.HELD_BY_THEM})(?!\w)")
_AND_OTHERS_OF = rx(lexicon.AND_OTHERS_OF)
_TO_MEET = rx(lexicon.TO_MEET)
_AT_THEIRS = rx(rf"(?<!\w)[وف]?(?:{lexicon.AT_THEIR_MEETING})(?: \w+)? ?$")


class NounReader(Reader):
    """Reads nouns of meeting."""

    def read(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership:
        """Say whose the meeting of a noun is."""
        tail = self.source[slice(*after)]
        named = _NAMED.match(self.source, head.outer)
        if named and (self.document.names_isis or self.about):
            return Ownership("ours", "the conference's own name", 0.85, named.end())
        if _CIRCLE_ADJECTIVE.match(tail.lstrip()):
            return Ownership("other", "its adjective names another circle")
        found = self._complement(head, before, after) or self.of_its_members(head, after)
        if found is not None:
            return found
        subject = self._subject(head, before)
        if _OTHER_ADJECTIVE.match(tail.lstrip()):
            return Ownership("other", "its adjective names another circle")
        if head.definite or self.is_named_by_city(
            head
        ):  # «ترأس اللقاء وزير … ونظيره» are its chairs: only «مع» right after it makes two sides
            two_sided = _WITH_AT_ONCE.match(tail) is not None
        else:
            two_sided = self.two_sided(tail) or (
                head.lemma in ("talks", "encounter") and self.two_sided(self._rest(after))
            )
        by_rank = subject is not None and RANKED.search(self.source, *before)
        if two_sided and not by_rank:  # «عقد وزراء التحالف اجتماعا مع العبادي» has a guest
            return Ownership("other", "two sides meet")
        if subject is not None:
            return subject
        named_in_clause = self._of_the_clause(head, before, after)
        if named_in_clause is not None:
            return named_in_clause
        gathering = self.gathering(head, before, after)
        if gathering is not None:
            return gathering
        if head.definite:
            return Ownership("anaphor", "a definite noun")
        return Ownership("none", "nobody of the coalition convenes it")

    def _rest(self, after: tuple[int, int]) -> str:
        return self.source[after[0] : after[0] + 60]

    def _complement(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        """Read the noun's own complement: «اجتماع لوزراء دفاع [التحالف]»."""
        start, end = after
        for body in self.document.bodies_in(start, end):
            path = self.source[start : body.start]
            if is_rival(body):
                far = head.definite and (len(path) > _NEAR_RIVAL or "،" in path)
                if far or AT_SEAT.search(path) or TOPIC.search(path) or _BESIDE.search(path[-25:]):
                    continue
                return Ownership("other", f"convened by {body.body.removeprefix('rival:')}")
            if not self.ours(body):
                continue
            if head.suffixed and not GROUP.search(path):  # «دعوا في ختام اجتماعهم [التحالف] إلى …»
                continue
            other = OTHER.search(path)
            if other and not AT_SEAT.search(path[: other.start()]):
                return Ownership("other", "convened by another body")
            joined = path.endswith(lexicon.JOINED)  # «اجتماع لقادة البيشمركة و[التحالف]»
            if joined or (self.two_sided(path) and not (_JOINTLY.search(path) and OWN.search(path))):
                return Ownership("other", "two sides meet")
            attached = "none" if self._hangs_loose(start, body) else attachment(path)
            if attached == "none" or (attached == "loose" and head.lemma == "forum"):
                break
            far = len(path) > _NEAR_RIVAL and GROUP.search(path) is None
            if far and self.names_another(*before):
                return Ownership("other", "convened by another body")
            if attached == "loose" or far:
                subject = self._subject(head, before)
                if subject is not None and subject.owner == "other":
                    return subject
            return Ownership("ours", "its complement names the coalition", self.sure(body), body.end)
        other = OTHER.search(self.source, start, min(end, start + 60))
        path = self.source[start : other.start()] if other else ""
        if other and head.definite and "،" in path:
            other = None
        if other and not (TOPIC.search(path) or AT_SEAT.search(path) or _BESIDE.search(path[-25:])):
            return Ownership("other", "convened by another body")
        return self.own_group(start, end)

    def _hangs_loose(self, start: int, body: BodyMention) -> bool:
        """Tell whether nothing governs a name, after a day or a place: «دعت في مؤتمر أمس [التحالف] إلى البقاء»."""
        governed = body.text.startswith(lexicon.TO_CLITICS) or CONVENING.search(
            self.source, start, body.start
        )
        ends = [day.end for day in self.document.dates_in(start, body.start)]
        ends += [place.end for place in self.document.places_in(start, body.start)]
        return not governed and any(0 <= body.start - end <= 1 for end in ends)

    def _subject(self, head: Head, before: tuple[int, int]) -> Ownership | None:
        """Read the subject of the verb that carries the noun: «[يعقد التحالف] اجتماعا»."""
        start, end = before
        region = self.source[start:end]
        theirs = self._theirs(head, before)
        if theirs is not None:
            return theirs
        if not CONVENING.search(region):
            return None
        for body in reversed(self.document.bodies_in(start, end)):
            lead, gap = self.source[start : body.start], self.source[body.end : end]
            if is_rival(body):
                if AT_SEAT.search(lead):
                    continue
                return Ownership("other", f"convened by {body.body.removeprefix('rival:')}")
            if not self.ours(body) or self.not_convener(lead) or self.two_sided(gap) or TOPIC.search(gap):
                continue
            if _AND_OTHERS_OF.search(lead):
                return Ownership("other", "two sides meet")
            verb = CONVENING.search(gap) or last_of(CONVENING, lead)
            if verb is None or OTHER.search(lead, verb.end() if verb.string is lead else 0):
                continue
            return Ownership(
                "ours",
                "the coalition convenes it",
                self.sure(body) - 0.03,
                head.end,
                subject=(max(start, body.start - _MEMBERS), body.end),
            )
        group = last_of(OWN, region) or last_of(OWN_CERTAIN, region) or self.the_group(start, end)
        if (
            group
            and not ON_SYRIA.search(self.source, start, end)
            and (self.about or OWN_CERTAIN.search(region))
        ):
            return Ownership("ours", "a group of the coalition convenes it", 0.8, head.end)
        return None

    def _theirs(self, head: Head, before: tuple[int, int]) -> Ownership | None:
        """Read a meeting that members look back on: «أكد وزراء دفاع التحالف في ختام [اجتماعهم]», «… خلال [اجتماع] عقدوه»."""
        start, end = before
        suffixed = head.suffixed
        held = _HELD_BY_THEM.match(self.source, head.end)
        at = _AT_THEIRS.search(self.source[start:end])
        called = self._is_called_to(head)
        if not (suffixed or held or at or called):
            return None
        for body in reversed(self.document.bodies_in(start, end)):
            lead, gap = self.source[start : body.start], self.source[body.end : end]
            if is_rival(body) or not self.ours(body) or TOPIC.search(gap) or self.two_sided(gap):
                return None
            if self.names_another(start, body.start):  # «عقدت اللجنة المشتركة بين العراق [والتحالف] اجتماعها»
                return Ownership("other", "convened by another body")
            group = last_of(GROUP, lead)
            members = bool(group and ANYWAY.search(lead[-_MEMBERS:]) and len(lead) - group.end() < 45)
            members = members or bool(called and group and len(lead) - group.end() < 45)
            members = (
                members or bool(_SPEAKING.search(lead)) or bool(held and RANKED.search(lead[-_MEMBERS:]))
            )
            members = members or bool(at and _JOINING.search(lead))
            members = members or bool(at and OWN_CERTAIN.match(self.source, body.start))
            if members or (suffixed and not self.not_convener(lead)):
                return Ownership(
                    "ours",
                    "members of the coalition look back on it",
                    self.sure(body) - 0.05,
                    head.end,
                    subject=(max(start, body.start - _MEMBERS), body.end),
                )
            return None
        return None

    def _is_called_to(self, head: Head) -> bool:
        """Tell whether members are called to meet: «دعا نظراءه في التحالف [للاجتماع] في واشنطن»."""
        return _TO_MEET.fullmatch(self.source, head.outer, head.end) is not None

    def _of_the_clause(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        """Take «الاجتماع الوزاري», «اجتماع بروكسل» for the coalition's where its statement names nobody but the coalition."""
        ranked = RANKED.search(self.source, head.end, min(head.end + 25, after[1]))
        if not (self.is_named_by_city(head) or (head.definite and ranked)):
            return None
        start = before[0]
        bodies = self.document.bodies_in(start, after[1])
        if not bodies or not all(self.ours(b) for b in bodies) or bodies[0].start > head.start:
            return None
        if self.not_convener(self.source[start : bodies[-1].start]) or OTHER.search(
            self.source, start, after[1]
        ):
            return None
        return Ownership("ours", "its statement names nobody but the coalition", 0.6, head.end)

    def is_named_by_city(self, head: Head) -> bool:
        """Tell whether a noun is followed by its city: «لقاء لندن»."""
        return head.kind == "noun" and any(
            p.as_city for p in self.document.places_in(head.end + 1, head.end + 3)
        )

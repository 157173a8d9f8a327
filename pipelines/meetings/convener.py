"""Decide whose meeting a head is: the coalition's, somebody else's, or the one the article spoke of before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.bodies import BodyMention
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.document import Document, is_ours, is_rival, is_undecided
from pipelines.meetings.heads import Head
from pipelines.meetings.words import GAP, rx, word

Owner = Literal["ours", "other", "anaphor", "none"]
NAMED_CONFERENCE = "the conference's own name"
_REACH = 170  # characters a complement or a subject may be away


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose a meeting is, why, how sure, and how far the words that name it reach."""

    owner: Owner
    reason: str
    confidence: float = 0.0
    name_end: int = 0
    name_start: int | None = None


_NOT_CONVENER = rx(rf"(?<!\w)[وف]?{lexicon.NOT_CONVENER}(?: \w+){{0,4}}(?:{GAP})?[بلك]?$")
_ANYWAY = word(lexicon.CONVENER_ANYWAY)
_TOPIC = word(lexicon.TOPIC, "[وف]?")
_BILATERAL = word(lexicon.BILATERAL, "[وف]?")
_WITH_PEERS = rx(rf"(?<!\w)مع (?:\w+ )?{lexicon.WITH_PEERS}|(?<!\w)ب{lexicon.WITH_PEERS}|(?<!\w){lexicon.PEERS}")
_BETWEEN = word("بين|ما بين|فيما بين", "")
_BETWEEN_GROUP = rx(lexicon.BETWEEN_GROUP)
_GROUP = word(lexicon.GROUP)
_GROUP_FIRST = rx(rf"\W*(?:[وفبل]?(?:{lexicon.GROUP})|\d+ \w+|(?:ال|لل)?دول)(?!\w)")
_CONVENING = word(lexicon.CONVENING, "[وفل]?")
_OTHER = rx(lexicon.OTHER_CONVENERS)
_OWN_CERTAIN = rx(lexicon.OWN_GROUPS_CERTAIN)
_OWN = word(lexicon.OWN_GROUPS)
_ON_SYRIA = rx(lexicon.SMALL_GROUP_ON_SYRIA)
_NAMED = rx(lexicon.NAMED)
_AGAINST = word(lexicon.AGAINST_ISIS)
_MANY = word(lexicon.MANY_STATES)
_STATES = rx(r"(?:\d+|\w+(?:ين|ون)) (?:دولة|دول|بلدا|بلدان)|دول(?:ة)? \w+ (?:و\w+ )?(?:دولة|بلدا)|\d+ دول")
_TAKING_PART = rx(r"(?<!\w)[وف]?(?:بمشاركة|بحضور|[يت]ضم|ضم|ضمت|[يت]جمع|جمع|جمعت|[يت]شارك في(?:ه|ها)?|شارك في(?:ه|ها)?|شاركت في(?:ه|ها)?|يحضره|حضره|تشارك)(?: \w+){0,3} ?(?:وزراء|أعضاء|دول|رؤساء)(?: \w+){0,3} ?[بل]?$")
_AT_SEAT = rx(rf"(?<!\w)[وفب]?(?:{lexicon.SEAT_OF}|{lexicon.MARGINS})(?: \w+){{0,2}} ?$")
_WITH = word("مع", "")
_WITH_AT_ONCE = rx(r"^ ?(?:\w+ )?(?:مع|بين|الثنائي|الثنائية|الذي جمعه|الذي جمع)(?!\w)(?! (?:نظرائه|نظرائها|وزراء|أعضاء|دول))")
_OTHER_ADJECTIVE = rx(lexicon.OTHER_ADJECTIVE)
_SOME_STATES = rx(r"^\W*(?:\d+|\w+) (?:دول|دولة)(?!\w)")
_CUTS_SUBJECT = word("مع|حول|بشأن|أن|إن", "")
_LEVEL = dict(lexicon.LEVELS)
_SMALL, _WORKING = rx(_LEVEL["small"]), rx(_LEVEL["group"])
_HELD_BY_THEM = rx(rf" (?:{lexicon.HELD_BY_THEM})(?!\w)")
_AT_THEIRS = rx(rf"(?<!\w)[وف]?(?:{lexicon.AT_THEIR_MEETING})(?: \w+)? ?$")
_RANKED = rx(rf"(?<!\w)[وف]?(?:{lexicon.RANKED})(?!\w)")
_OTHER_KIND = word(lexicon.OTHER_KIND, "[وفل]?")
_THE_GROUP = rx(rf"(?<!\w)[وف]?(?:{lexicon.THE_GROUP})")
_LAST_OR_ORDINAL = rx(r"(?<!\w)[وف]?(?:آخر|ال\w+ (?:عشر|والعشرين)|الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر)(?!\w)")
_ADVERBIAL = rx(r"^\W*(?:في|ب|قرب|داخل|مقر|بمقر|كل من|يوم|اليوم|غدا|أمس|الأسبوع|الشهر|المقبل|القادم|الماضي|مساء|صباح|\d+|ال\w+اء|الخميس|الجمعة|السبت|الأحد|الاثنين|الإثنين)(?!\w)")


class Conveners:
    """Decides for one document."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        self._document = document
        self._clauses = clauses
        self._source = document.source
        rivals = any(is_rival(b) and b.certain for b in document.bodies)
        # A bare «التحالف» in an article about ISIS that names no other alliance.
        self._bare_is_ours = document.names_isis and not rivals
        self._about = document.names_coalition or (
            self._bare_is_ours and any(is_undecided(b) for b in document.bodies)
        )

    def decide(self, head: Head, following: int, previous_end: int) -> Ownership:
        """Say whose `head` is; `following` is where the next candidate begins, `previous_end` where the last ended."""
        clause_start, clause_end = self._clauses.around(head)
        after = (head.end, min(clause_end, following, head.end + _REACH))
        before = (max(clause_start, previous_end, head.outer - _REACH), head.outer)
        if head.kind == "noun":
            return self._noun(head, before, after)
        return self._verb(head, before, after)

    def _noun(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership:
        tail = self._source[slice(*after)]
        named = _NAMED.match(self._source, head.outer)
        if named and self._document.names_isis:
            return Ownership("ours", NAMED_CONFERENCE, 0.85, named.end())
        found = self._complement(after)
        if found is not None:
            return found
        subject = self._subject(head, before)
        if _OTHER_ADJECTIVE.match(tail.lstrip()):
            return Ownership("other", "its adjective names another circle")
        if head.definite:  # «ترأس اللقاء وزير … ونظيره» are its chairs: only «مع» right after it makes two sides
            two_sided = _WITH_AT_ONCE.match(tail) is not None
        else:
            two_sided = self._two_sided(tail) or (head.lemma in ("talks", "encounter") and self._two_sided(self._rest(after)))
        if two_sided:
            return Ownership("other", "two sides meet")
        if subject is not None:
            return subject
        gathering = self._gathering(head, before, after)
        if gathering is not None:
            return gathering
        if head.definite:
            return Ownership("anaphor", "a definite noun")
        return Ownership("none", "nobody of the coalition convenes it")

    def _rest(self, after: tuple[int, int]) -> str:
        return self._source[after[0] : after[0] + 60]

    @staticmethod
    def _two_sided(text: str) -> bool:
        bilateral = _BILATERAL.search(text)
        if bilateral and not _WITH_PEERS.search(text):
            return True
        between = _BETWEEN.search(text)
        return bool(between and between.start() < 30 and not _BETWEEN_GROUP.match(text, between.start()))

    def _complement(self, after: tuple[int, int]) -> Ownership | None:
        """Read the noun's own complement: «اجتماع لوزراء دفاع [التحالف]»."""
        start, end = after
        for body in self._document.bodies_in(start, end):
            path = self._source[start : body.start]
            if is_rival(body):
                if _AT_SEAT.search(path) or _TOPIC.search(path):
                    continue
                return Ownership("other", f"convened by {body.body.removeprefix('rival:')}")
            if not self._ours(body):
                continue
            other = _OTHER.search(path)
            if other and not _AT_SEAT.search(path[: other.start()]):
                return Ownership("other", "convened by another body")
            if self._two_sided(path):
                return Ownership("other", "two sides meet")
            part = _TAKING_PART.search(path)
            if not part and (_TOPIC.search(path) or self._not_convener(path)):
                break
            return Ownership("ours", "its complement names the coalition", self._sure(body), body.end)
        other = _OTHER.search(self._source, start, min(end, start + 60))
        if other and not _TOPIC.search(self._source[start : other.start()]) and not _AT_SEAT.search(self._source[start : other.start()]):
            return Ownership("other", "convened by another body")
        return self._own_group(start, end)

    def _own_group(self, start: int, end: int) -> Ownership | None:
        certain = _OWN_CERTAIN.search(self._source, start, end)
        if certain and not _TOPIC.search(self._source[start : certain.start()]):
            return Ownership("ours", "a working group of the coalition", 0.9, certain.end())
        group = _OWN.search(self._source, start, min(end, start + 60)) or self._the_group(start, min(end, start + 60))
        if group is None or _TOPIC.search(self._source[start : group.start()]):
            return None
        if _ON_SYRIA.search(self._source, group.end(), group.end() + 30):
            return Ownership("other", "the Small Group on Syria")
        if self._about:
            return Ownership("ours", "a group of the coalition", 0.75, group.end())
        return None

    def _the_group(self, start: int, end: int) -> re.Match[str] | None:
        """Find «المجموعة» where a group of the coalition has been named before it."""
        found = _THE_GROUP.search(self._source, start, end)
        if found is None:
            return None
        named = _last_in(_OWN, self._source, found.start()) or _last_in(_OWN_CERTAIN, self._source, found.start())
        return found if named else None

    def _subject(self, head: Head, before: tuple[int, int]) -> Ownership | None:
        """Read the subject of the verb that carries the noun: «[يعقد التحالف] اجتماعا»."""
        start, end = before
        region = self._source[start:end]
        theirs = self._theirs(head, before)
        if theirs is not None:
            return theirs
        if not _CONVENING.search(region):
            return None
        for body in reversed(self._document.bodies_in(start, end)):
            lead, gap = self._source[start : body.start], self._source[body.end : end]
            if is_rival(body):
                if _AT_SEAT.search(lead):
                    continue
                return Ownership("other", f"convened by {body.body.removeprefix('rival:')}")
            if not self._ours(body) or self._not_convener(lead) or self._two_sided(gap) or _TOPIC.search(gap):
                continue
            verb = _CONVENING.search(gap) or _last(_CONVENING, lead)
            if verb is None:
                continue
            return Ownership("ours", "the coalition convenes it", self._sure(body) - 0.03, head.end)
        group = _last(_OWN, region) or _last(_OWN_CERTAIN, region) or self._the_group(start, end)
        if group and not _ON_SYRIA.search(self._source, start, end) and (self._about or _OWN_CERTAIN.search(region)):
            return Ownership("ours", "a group of the coalition convenes it", 0.8, head.end)
        return None

    def _theirs(self, head: Head, before: tuple[int, int]) -> Ownership | None:
        """Read a meeting that members look back on: «أكد وزراء دفاع التحالف في ختام [اجتماعهم]», «… خلال [اجتماع] عقدوه»."""
        start, end = before
        suffixed = self._source[head.end - 1] in "هم" and head.definite and self._source[head.start : head.start + 2] != "ال"
        held = _HELD_BY_THEM.match(self._source, head.end)
        at = _AT_THEIRS.search(self._source[start:end])
        if not (suffixed or held or at):
            return None
        for body in reversed(self._document.bodies_in(start, end)):
            lead, gap = self._source[start : body.start], self._source[body.end : end]
            if is_rival(body) or not self._ours(body) or _TOPIC.search(gap) or self._two_sided(gap):
                return None
            group = _last(_GROUP, lead)
            members = bool(group and _ANYWAY.search(lead[group.start() :]) and len(lead) - group.end() < 45)
            if members or (suffixed and not self._not_convener(lead)):
                return Ownership("ours", "members of the coalition look back on it", self._sure(body) - 0.05, head.end)
            return None
        return None

    def _gathering(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        """Accept states that gather against ISIS in an article that names the coalition."""
        region = self._source[before[0] : after[1]]
        near = self._source[max(before[0], head.outer - 60) : min(after[1], head.end + 60)]
        if not (self._document.names_coalition and self._document.names_isis):
            return None
        if _OTHER.search(region) or any(is_rival(b) for b in self._document.bodies_in(before[0], after[1])):
            return None
        purpose = _AGAINST.search(region)
        if purpose and _isis_after(self._document, before[0] + purpose.end(), after[1]) and (_MANY.search(near) or _STATES.search(region)):
            return Ownership("ours", "states gather against ISIS in an article about the coalition", 0.65, head.end)
        return None

    def by_topic(self, head: Head, following: int, previous_end: int) -> Ownership | None:
        """Accept a meeting of ministers, directors or groups that names no convener, in an article about such a meeting.

        «… فيما اجتمع المديرون السياسيون في لاهاي في 7 ديسمبر», «لقاء لندن»: the caller has seen that the article tells of a
        meeting of the coalition; here nobody else may be named, and a day must be said.
        """
        clause_start, clause_end = self._clauses.around(head)
        start = max(clause_start, previous_end, head.outer - 110)
        end = min(clause_end, following, head.end + 110)
        near_end = min(end, head.end + 60)
        rivals = [b for b in self._document.bodies_in(start, end) if is_rival(b)]
        rivals = [b for b in rivals if not _AT_SEAT.search(self._source[max(0, b.start - 40) : b.start])]
        tail, lead = self._source[head.end : near_end], self._source[start : head.outer]
        if rivals or _OTHER.search(self._source, start, near_end) or self._two_sided(tail[:40]) or _OTHER_KIND.search(tail[:45]):
            return None
        if not self._is_dated(head):
            return None
        named = self._source[head.start : near_end]
        topic = _TOPIC.search(named)
        said = named[: topic.start()] if topic else named
        if head.kind == "verb" and _SOME_STATES.match(tail):
            return Ownership("ours", "states meet in an article about the coalition's meetings", 0.65, head.end)
        group = _RANKED.search(said) or (_last(_RANKED, lead[-60:]) if head.kind != "noun" or _CONVENING.search(lead) else None)
        if group and not _OTHER_KIND.search(self._source[head.end - 1 : near_end][: 45]) and not _OTHER_KIND.search(lead[-40:]):
            return Ownership("ours", "the ranks of the coalition meet, and nobody else is named", 0.7, head.end)
        if head.kind == "noun" and self._named_by_city(head):
            return Ownership("ours", "a meeting called by its city in an article about such meetings", 0.65, head.end)
        return None

    def names_itself(self, head: Head) -> bool:
        """Tell whether a definite noun says which meeting it is: «لقاء المديرين السياسيين», «الاجتماع الوزاري السابق»."""
        return _RANKED.search(self._source, head.end, head.end + 40) is not None

    def _is_dated(self, head: Head) -> bool:
        start, end = self._document.sentences[head.sentence]
        return any(start <= d.start < end and d.mention.first for d in self._document.dates)

    def _named_by_city(self, head: Head) -> bool:
        return any(p.as_city and 0 < p.start - head.end <= 2 for p in self._document.places)

    def _verb(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership:
        placed = head.kind in ("verb", "participle") or self._says_where_or_when(before[0], after[1])
        if not placed:
            return Ownership("none", "a verb without place or day")
        if head.kind == "participle":  # «المجتمعون» alone takes up; next to its group it is a meeting
            adjacent = self._subject_before(head, before, after)
            near = adjacent and adjacent.name_start is not None and self._ends_just_before(head)
            return adjacent if adjacent and near else Ownership("none", "a participle without its group")
        return (
            self._subject_after(head, after)
            or self._subject_before(head, before, after)
            or self._own_group_as_subject(head, before, after)
            or (self._gathering(head, before, after) if head.kind == "verb" else None)
            or Ownership("none", "nobody of the coalition is its subject")
        )

    def _ends_just_before(self, head: Head) -> bool:
        return any(0 <= head.outer - b.end <= 3 for b in self._document.bodies)

    def _says_where_or_when(self, start: int, end: int) -> bool:
        return any(start <= p.start < end for p in self._document.places) or any(
            start <= d.start < end for d in self._document.dates
        )

    def _subject_after(self, head: Head, after: tuple[int, int]) -> Ownership | None:
        start, end = after
        for body in self._document.bodies_in(start, end):
            path = self._source[start : body.start]
            if not self._ours(body) or self._not_convener(path) or _TOPIC.search(path):
                return None
            bare = self._without_adverbials(start, body.start)
            peers = _WITH_PEERS.search(path)
            if _WITH.search(path) and not peers:
                return None
            if head.kind == "hosting":
                fits = _ANYWAY.search(path) is not None
            else:
                fits = peers is not None or bare.strip(" «»\"“”()") in ("", "ل", "لل") or bool(_GROUP_FIRST.match(bare))
            if fits:
                return Ownership("ours", "the coalition's members are its subject", self._sure(body) - 0.05, body.end)
            return None
        return None

    def _without_adverbials(self, start: int, end: int) -> str:
        """Give a stretch without the places and days in it, so that the subject comes first."""
        skip = [(p.start, p.end) for p in self._document.places] + [(d.start, d.end) for d in self._document.dates]
        pieces, at = [], start
        for left, right in sorted(skip):
            if at <= left < end:
                pieces.append(self._source[at:left])
                at = min(right, end)
        pieces.append(self._source[at:end])
        text = "".join(pieces).strip(" ،")
        while match := _ADVERBIAL.match(text):
            text = text[match.end() :].strip(" ،")
        return text

    def _subject_before(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        start, end = before
        for body in reversed(self._document.bodies_in(start, end)):
            lead, gap = self._source[start : body.start], self._source[body.end : end]
            if not self._ours(body) or self._not_convener(lead) or len(gap) > 60:
                return None
            group = _last(_GROUP, lead)
            if head.kind in ("consulting", "hosting") and not (group and _ANYWAY.search(group.group())):
                return None
            if _TOPIC.search(lead) or _TOPIC.search(gap) or self._two_sided(self._source[after[0] : after[0] + 40]):
                return None
            if gap.strip() not in ("ان", "ان قد") and _CUTS_SUBJECT.search(gap):
                return None
            first = start + group.start() if group and len(lead) - group.end() < 40 else body.start
            return Ownership("ours", "the coalition is its subject", self._sure(body) - 0.05, head.end, first)
        return None

    def _own_group_as_subject(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership | None:
        if head.kind != "verb" or not self._about:
            return None
        lead, tail = self._source[slice(*before)], self._source[after[0] : after[0] + 60]
        group = _OWN.match(tail.lstrip()) or _last(_OWN, lead) or self._the_group(before[0], before[1])
        if group is None or _ON_SYRIA.search(lead + tail) or self._two_sided(tail):
            return None
        return Ownership("ours", "a group of the coalition is its subject", 0.75, head.end)

    def _ours(self, body: BodyMention) -> bool:
        return is_ours(body) or (is_undecided(body) and self._bare_is_ours)

    @staticmethod
    def _sure(body: BodyMention) -> float:
        if is_undecided(body):
            return 0.6
        return 0.95 if body.certain else 0.88

    @staticmethod
    def _not_convener(lead: str) -> bool:
        match = _NOT_CONVENER.search(lead[-60:])
        return bool(match and not _ANYWAY.search(match.group()))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def _last_in(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text, 0, end):
        last = match
    return last


def group_features(source: str, start: int, end: int) -> frozenset[str]:
    """Give what the group is that «المجموعة» in a stretch takes up: «group», «small» or nothing."""
    found = _THE_GROUP.search(source, start, end)
    if found is None:
        return frozenset()
    small, working = _last_in(_SMALL, source, found.start()), _last_in(_WORKING, source, found.start())
    if small and (working is None or working.start() < small.start()):
        return frozenset({"small"})
    return frozenset({"group"}) if working else frozenset()


def _isis_after(document: Document, start: int, end: int) -> bool:
    return any(b.body == "isis" and start - 2 <= b.start <= end and b.start - start < 40 for b in document.bodies)

"""Whose a verb is: «يجتمع وزراء دفاع التحالف», «68 دولة تجتمع», «تستضيف باريس وزراء دفاع التحالف»."""

from __future__ import annotations

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.convening import (
    ANYWAY,
    GROUP,
    ON_SYRIA,
    OWN,
    RANKED,
    TOPIC,
    WITH_PEERS,
    Ownership,
    Reader,
    last_of,
)
from pipelines.meetings.counts import counts_in
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx, word

_GROUP_FIRST = rx(
    rf"\W*(?:{lexicon.ABOUT_SO_MANY} )?(?:[وفبل]?(?:{lexicon.GROUP})|\d+ \w+|{lexicon.COUNTED_STATES})(?!\w)"
)
_WITH = word(lexicon.WITH, "")
_CUTS_SUBJECT = word(lexicon.CUTS_SUBJECT, "")
_UPON = rx(rf"(?<!\w){lexicon.UPON} $")
_SAME_SUBJECT = rx(lexicon.SAME_SUBJECT)
_MANY = 10  # «استقبل كيري سفراء ستين دولة»: nobody receives so many but at a meeting
_PEERS = rx(
    rf"(?<!\w)[بل]?{lexicon.PEERS}"
)  # «بحث رئيس الوزراء مع سفراء دول التحالف» is no meeting of the coalition
_NO_PATH = frozenset({"", *lexicon.TO_CLITICS})
_MEETS, _PEERS_BY_RANK = rx(lexicon.MEETS), word(lexicon.PEERS_BY_RANK, "")
_CIRCLE = rx(lexicon.CIRCLE_OF_STATES)
_RECEIVING = rx(lexicon.RECEIVING)
THEY_MEET_AGAIN = "who met before meets again"
_SUBJECTLESS = rx(rf"\w+(?:ون|وا)(?: {lexicon.AGAIN})?(?= {lexicon.WHEN_OR_WHERE}(?!\w))")
_ADVERBIAL = rx(lexicon.ADVERBIAL)
_PARENTHETICAL = rx("،[^،]*،")  # «تلتئم في باريس غدا[، بعد أسبوعين على سقوط الرمادي،] المجموعة المصغرة»


class VerbReader(Reader):
    """Reads verbs of meeting, consulting and hosting."""

    def read(self, head: Head, before: tuple[int, int], after: tuple[int, int]) -> Ownership:
        """Say whose the meeting of a verb is."""
        if head.kind == "carried_on":
            return Ownership("anaphor", "a verb whose subject is the meeting before")
        placed = head.kind in ("verb", "participle", "audience") or self._says_where_or_when(
            before[0], after[1]
        )
        if not placed:
            return Ownership("none", "a verb without place or day")
        if head.kind == "participle":  # «المجتمعون» alone takes up; next to its group it is a meeting
            adjacent = self._subject_before(head, before, after)
            near = adjacent and adjacent.name_start is not None and self._ends_just_before(head)
            return adjacent if adjacent and near else Ownership("none", "a participle without its group")
        return (
            self._subject_after(head, after)
            or self._subject_before(head, before, after)
            or self.of_its_members(head, after)
            or self._own_group_as_subject(head, before, after)
            or (self.gathering(head, before, after) if head.kind == "verb" else None)
            or self._without_subject(head, before)
            or Ownership("none", "nobody of the coalition is its subject")
        )

    def _without_subject(self, head: Head, before: tuple[int, int]) -> Ownership | None:
        """Read a plural that opens a statement and names nobody: «[وسيجتمعون] مجددا في الرياض»."""
        opens = self.source[before[0] : head.outer].strip(" ،") == ""
        if head.kind != "verb" or not opens or not _SUBJECTLESS.match(self.source, head.start):
            return None
        return Ownership("anaphor", THEY_MEET_AGAIN)

    def _ends_just_before(self, head: Head) -> bool:
        return any(
            0 <= head.outer - b.end <= 3 for b in self.document.bodies_in(head.outer - 200, head.outer)
        )

    def _says_where_or_when(self, start: int, end: int) -> bool:
        return bool(self.document.places_in(start, end) or self.document.dates_in(start, end))

    def _subject_after(self, head: Head, after: tuple[int, int]) -> Ownership | None:
        start, end = after
        for body in self.document.bodies_in(start, end):
            path = self.source[start : body.start]
            if not self.ours(body) or TOPIC.search(path) or _CIRCLE.search(path):
                return None
            if self.not_convener(path):  # «اجتمع منسق [التحالف] بسفراء دول التحالف»
                continue
            bare = self._without_adverbials(start, body.start)
            peers = (_PEERS if head.kind == "consulting" else WITH_PEERS).search(path)
            others = last_of(_WITH, path)
            if others and not peers and not (head.kind == "hosting" and ANYWAY.search(path, others.end())):
                return None
            if head.kind in ("hosting", "gathering", "coming", "audience"):
                fits = peers is not None or ANYWAY.search(path) is not None or RANKED.search(path) is not None
                many = any(counted.value >= _MANY for counted in counts_in(path, 0, len(path)))
                fits = fits and (peers is not None or many or self._is_received_by_a_place(head))
            else:
                fits = (
                    peers is not None
                    or self._meets_peers(head, path)
                    or bare.strip(' «»"“”()') in _NO_PATH
                    or bool(_GROUP_FIRST.match(bare))
                )
            if fits:
                return Ownership(
                    "ours", "the coalition's members are its subject", self.sure(body) - 0.05, body.end
                )
            return None
        return None

    def _meets_peers(self, head: Head, path: str) -> bool:
        return bool(_MEETS.fullmatch(self.source, head.start, head.end) and _PEERS_BY_RANK.search(path))

    def _is_received_by_a_place(self, head: Head) -> bool:
        """Tell whether a city or state receives, not a person: «استقبلت برلين المديرين السياسيين»."""
        if not _RECEIVING.fullmatch(self.source, head.start, head.end):
            return True
        sentence = self.document.sentences[head.sentence][0]
        beside = self.document.places_in(max(sentence, head.outer - 25), head.end + 20)
        if any(p.end >= head.outer - 3 and p.preposition == "" for p in beside if not self._in(p.start)):
            return True
        if not _GROUP_FIRST.match(self.source, head.end):  # «تكون [أثينا] محط الأنظار حين تستقبل وزراء …»
            return False
        return any(place.as_city for place in self.document.places_in(sentence, head.outer))

    def _in(self, start: int) -> bool:
        return self.source.endswith(lexicon.IN, 0, start)

    def _without_adverbials(self, start: int, end: int) -> str:
        """Give a stretch without the places and days in it, so that the subject comes first."""
        skip = [(p.start, p.end) for p in self.document.places_in(start, end)] + [
            (d.start, d.end) for d in self.document.dates_in(start, end)
        ]
        pieces, at = [], start
        for left, right in sorted(skip):
            if at <= left < end:
                pieces.append(self.source[at:left])
                at = min(right, end)
        pieces.append(self.source[at:end])
        text = "".join(pieces).strip()
        while match := _ADVERBIAL.match(text) or _PARENTHETICAL.match(text):
            text = text[match.end() :].strip()
        return text.strip(" ،")

    def _subject_before(
        self, head: Head, before: tuple[int, int], after: tuple[int, int]
    ) -> Ownership | None:
        start, end = before
        for body in reversed(self.document.bodies_in(start, end)):
            lead, gap = self.source[start : body.start], self.source[body.end : end]
            if not self.ours(body) or self.not_convener(lead) or len(gap) > 60:
                return None
            group = last_of(GROUP, lead)
            if _UPON.search(lead) and _SAME_SUBJECT.fullmatch(
                gap.strip()
            ):  # «على التحالف أن يجتمع» is a wish
                return None
            if head.kind == "audience":
                return None
            if head.kind in ("consulting", "hosting", "gathering", "coming") and not (
                group and ANYWAY.search(group.group())
            ):
                return None
            if (
                TOPIC.search(lead)
                or TOPIC.search(gap)
                or self.two_sided(self.source[after[0] : after[0] + 40])
            ):
                return None
            if not _SAME_SUBJECT.fullmatch(gap.strip()) and _CUTS_SUBJECT.search(gap):
                return None
            first = start + group.start() if group and len(lead) - group.end() < 40 else body.start
            return Ownership("ours", "the coalition is its subject", self.sure(body) - 0.05, head.end, first)
        return None

    def _own_group_as_subject(
        self, head: Head, before: tuple[int, int], after: tuple[int, int]
    ) -> Ownership | None:
        if head.kind != "verb" or not self.about:
            return None
        lead, tail = self.source[slice(*before)], self.source[after[0] : after[0] + 60]
        group = OWN.match(tail.lstrip()) or last_of(OWN, lead) or self.the_group(before[0], before[1])
        if group is None or ON_SYRIA.search(lead + tail) or self.two_sided(tail):
            return None
        return Ownership("ours", "a group of the coalition is its subject", 0.75, head.end)

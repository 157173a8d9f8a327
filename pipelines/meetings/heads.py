"""Find the words that can be a meeting: nouns («اجتماع», «قمة») and verbs («يجتمع», «تستضيف»)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.arabic import fold_text
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.counts import counts_in
from pipelines.meetings.document import Document, is_ours
from pipelines.meetings.words import rx

Kind = Literal[
    "noun", "verb", "participle", "consulting", "hosting", "gathering", "coming", "audience", "carried_on"
]


@dataclass(frozen=True, slots=True)
class Head:
    """A word that can be a meeting, before anybody asked whose."""

    start: int  # folded document, clitics left out
    end: int
    outer: int  # with clitics
    kind: Kind
    lemma: str
    plural: bool
    dual: bool
    definite: bool  # by article or suffix
    suffixed: bool  # «اجتماعهم»: the subject before it holds it
    sentence: int
    conjoined: bool  # «واجتماع …»
    name_end: int = 0  # where the words that name it end, once its owner is known


_LEMMA_OF = [lemma for lemma, _, _ in lexicon.NOUNS]
_NOUN = re.compile(
    r"(?<!\w)(?P<and>[وف]?)(?P<prep>بال|كال|ال|لل|[بلك])?(?:"
    + "|".join(
        f"(?P<s{n}>{fold_text(singular)})|(?P<p{n}>{fold_text(plural)})"
        for n, (_, singular, plural) in enumerate(lexicon.NOUNS)
    )
    + r")(?!\w)"
)
_VERB = re.compile(rf"(?<!\w)(?P<and>[وف]?)(?P<verb>{fold_text(lexicon.MEETING_VERBS)})(?!\w)")
_PARTICIPLE = re.compile(rf"(?<!\w)(?P<and>)(?P<verb>{fold_text(lexicon.GATHERED)})(?!\w)")
_CONSULTING = re.compile(rf"(?<!\w)(?P<and>[وف]?)(?P<verb>{fold_text(lexicon.CONSULTING_VERBS)})(?!\w)")
_HOSTING = re.compile(rf"(?<!\w)(?P<and>[وف]?)(?P<verb>{fold_text(lexicon.HOSTING_VERBS)})(?!\w)")
_GATHERING = re.compile(rf"(?<!\w)(?P<and>[وف]?)(?P<verb>{fold_text(lexicon.GATHERING_VERBS)})(?!\w)")
_RELATIVE = rx(rf"(?<!\w){lexicon.RELATIVE}$")
_COMING = re.compile(rf"(?<!\w)(?P<and>[وف]?)(?P<verb>{fold_text(lexicon.COMING)})(?!\w)")
_AUDIENCE = rx(rf"(?<!\w)(?P<and>)(?P<verb>{lexicon.BEFORE_AN_AUDIENCE})")
_MARGINS = rx(rf"(?<!\w)[وف]?(?:{lexicon.MARGINS})(?: \w+){{0,2}} ?$")
_TAKEN_UP = rx(rf"\W*(?:\w+ ){{0,4}}[وف]?(?P<verb>{lexicon.TAKEN_UP})(?!\w)")
_OCCASION = rx(lexicon.OCCASION)
_RANKS_GATHERED = rx(rf"(?<!\w)(?:{lexicon.PEERS_BY_RANK})(?!\w)")
_OBJECT_WITHIN = 90  # characters
_MANY = 10  # states
_CARRIED_ON = rx(
    rf"\W*[وف]?(?:{lexicon.AUXILIARIES} )?(?P<verb>{lexicon.CARRIED_ON})(?= {lexicon.WHEN_OR_WHERE}(?!\w))"
)
_PROCEEDINGS = rx(rf"(?<!\w)[وف]?{lexicon.PROCEEDINGS}(?!\w)")
_PROCEED = rx(rf" (?:{lexicon.WHO_PROCEED})")
_NOT_A_MEETING = rx("|".join(f"(?:{pattern})" for pattern in lexicon.NOT_A_MEETING))
_DUAL = rx(lexicon.DUAL)
_SUFFIX = re.compile(r"(?:ه|ها|هم)$")
_ENDS_IN_HA = frozenset({"summit", "session", "workshop"})  # «قمة» ends in ha when folded: no suffix


def find_heads(document: Document) -> list[Head]:
    """Find every candidate in order; press conferences and conferences with names of their own are left out."""
    heads: list[Head] = []
    for number, (start, end) in enumerate(document.sentences):
        nouns = _nouns(document.source, start, end, number)
        heads += nouns
        verbs = [
            h
            for h in _verbs(document.source, start, end, number)
            if not _beside(h, nouns, document)
            and _is_an_occasion(document, h)
            and not _carries_no_meeting(document.source, h, end)
        ]
        heads += verbs or ([] if nouns else _carried_on(document.source, start, end, number))
        heads += [h for h in _proceedings(document.source, start, end, number) if not _leads_to(h, heads)]
    return sorted(heads, key=lambda head: head.start)


def _nouns(source: str, start: int, end: int, number: int) -> list[Head]:
    found = []
    for match in _NOUN.finditer(source, start, end):
        if _NOT_A_MEETING.match(source, match.end()):
            continue
        group = next(name for name in match.groupdict() if name[1:].isdigit() and match[name] is not None)
        lemma = _LEMMA_OF[int(group[1:])]
        noun = match[group]
        suffix = lemma not in _ENDS_IN_HA and _SUFFIX.search(noun) is not None
        found.append(
            Head(
                start=match.start(group) - (2 if (match["prep"] or "") in ("ال", "بال", "كال") else 0),
                end=match.end(),
                outer=match.start(),
                kind="noun",
                lemma=lemma,
                plural=group.startswith("p") or lemma == "talks",
                dual=bool(_DUAL.fullmatch(noun)),
                definite=(match["prep"] or "") in ("ال", "بال", "كال", "لل") or suffix,
                suffixed=suffix and "ا" not in (match["prep"] or ""),
                sentence=number,
                conjoined=bool(match["and"]),
            )
        )
    return found


def _verbs(source: str, start: int, end: int, number: int) -> list[Head]:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("verb", _VERB),
        ("participle", _PARTICIPLE),
        ("consulting", _CONSULTING),
        ("hosting", _HOSTING),
        ("gathering", _GATHERING),
        ("coming", _COMING),
        ("audience", _AUDIENCE),
    )
    return [
        Head(
            m.start("verb"),
            m.end(),
            m.start(),
            kind,
            kind,
            False,
            False,
            False,
            False,
            number,
            bool(m["and"]),
        )
        for kind, pattern in kinds
        for m in pattern.finditer(source, start, end)
    ]


_REACH = 140


def _carried_on(source: str, start: int, end: int, number: int) -> list[Head]:
    """Read a sentence that goes on about the meeting before it without a noun: «وقد دام يومين», «وستستضيفه الرباط»."""
    verb = _CARRIED_ON.match(source, start, end) or _TAKEN_UP.match(source, start, end)
    if verb is None:
        return []
    a, b = verb.span("verb")
    return [Head(a, b, verb.start(), "carried_on", "carried_on", False, False, False, False, number, False)]


def _proceedings(source: str, start: int, end: int, number: int) -> list[Head]:
    """Read proceedings as a meeting: of a group right after them, or by a suffix of the group before them."""
    found = []
    for match in _PROCEEDINGS.finditer(source, start, end):
        a, b = match.span("verb")
        suffixed = match["suffix"] is not None
        if _NOUN.search(source, match.start(), b) or not (suffixed or _PROCEED.match(source, b)):
            continue
        found.append(Head(a, b, a, "noun", "proceedings", True, False, suffixed, suffixed, number, False))
    return found


def _leads_to(proceedings: Head, heads: list[Head]) -> bool:
    """Tell whether a meeting is named round «أعمال», which then only carries it: «أعمال [الاجتماع]»."""
    return any(h.sentence == proceedings.sentence and h.kind == "noun" for h in heads)


def _carries_no_meeting(source: str, verb: Head, end: int) -> bool:
    """Tell whether a verb of receiving has an object that is no meeting: «استضاف ورشة [تدريبية] لضباط التحالف»."""
    if verb.kind not in ("hosting", "gathering"):
        return False
    near = min(end, verb.end + _OBJECT_WITHIN)
    return any(_NOT_A_MEETING.match(source, noun.end()) for noun in _NOUN.finditer(source, verb.end, near))


def _is_an_occasion(document: Document, verb: Head) -> bool:
    """Tell whether an occasion or a city gathers people, or somebody gathers ranks: not a meal or a telephone call."""
    if verb.kind != "gathering" or _RANKS_GATHERED.search(
        document.source, verb.end, verb.end + _OBJECT_WITHIN
    ):
        return True
    if any(c.value >= _MANY for c in counts_in(document.source, verb.end, verb.end + _OBJECT_WITHIN)):
        return True
    beside = document.places_in(verb.outer - 20, verb.end + 15)
    return bool(_OCCASION.search(document.source[max(0, verb.outer - 40) : verb.outer])) or any(
        verb.outer - 6 <= place.end < verb.start or verb.end <= place.start for place in beside
    )


def _beside(verb: Head, nouns: list[Head], document: Document) -> bool:
    """Tell whether a verb only carries a noun that is a candidate itself: «تستضيف روما اجتماعا».

    «[اجتماع] وزراء التحالف الذي التأم في روما» is told of by its noun;
    «استقبلت برلين المديرين السياسيين للتحالف في اجتماع»: there the members are its object, and the noun repeats the verb.
    """
    source = document.source
    if verb.kind in ("hosting", "gathering"):
        nouns = [n for n in nouns if not any(is_ours(b) for b in document.bodies_in(verb.end, n.outer))]
    if verb.kind == "consulting":
        nouns = [n for n in nouns if not _MARGINS.search(source, max(0, n.outer - 40), n.outer)]
    relative = verb.kind == "verb" and _RELATIVE.search(source[max(0, verb.outer - 15) : verb.outer])
    if relative:
        before = [n for n in nouns if n.end < verb.start]
        masculine = bool(before) and before[-1].lemma in lexicon.MASCULINE_NOUNS and not before[-1].plural
        return bool(before) and masculine == bool(relative["he"])
    if verb.kind == "audience":
        return bool(nouns)
    if verb.kind in ("verb", "participle"):
        return any(0 <= noun.start - verb.end <= 15 for noun in nouns)
    return any(-_REACH <= noun.start - verb.end <= _REACH for noun in nouns)

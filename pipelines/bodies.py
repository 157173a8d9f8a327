"""Who is meant: the coalition against ISIS, ISIS itself, or one of the many other alliances that share their words."""

from __future__ import annotations

import re

from pipelines.antecedents import (
    COALITION,
    CONTEXT,
    ISIS,
    ITILAF,
    RIVAL,
    UNDECIDED,
    BodyMention,
    compiled,
    resolve_bodies,
)
from pipelines.arabic import Folded, fold_text
from pipelines.lexicon import coalition as names

__all__ = ["COALITION", "ISIS", "RIVAL", "UNDECIDED", "BodyMention", "find_bodies", "resolve_bodies"]

_PROPOSER = 250  # characters before a proposed alliance in which its proposer is looked for


def _any(patterns: tuple[str, ...]) -> str:
    return "(?:" + "|".join(patterns) + ")"


_AGAINST = _any(names.AGAINST) + "_" + names.FILLERS
_COMPOSED = {
    "against_isis": _AGAINST + names.PARTICLES + _any(names.ISIS_NAMES),
    "against_it": _any(names.AGAINST) + "_" + _any(names.ISIS_ANAPHORS),
    "against_terror": _AGAINST + _any(names.TERROR),
}
_CLAUSES = ("us_led", "saudi_led_yemen", "against_isis", "against_it", "against_terror")
# These end with words of their own boundaries, or may be glued to what follows.
_OPEN_ENDED = ("us_led", "intl", "against_isis", "against_it", "against_terror")
_FLAGS = tuple(flag for flag, _ in names.QUALIFIERS)
_QUALIFIER = re.compile(
    compiled(
        "_(?:"
        + "|".join(
            f"({pattern or _COMPOSED[flag]})" if flag in _OPEN_ENDED else rf"((?:{pattern})(?!\w))"
            for flag, pattern in names.QUALIFIERS
        )
        + ")"
    )
)
_CLAUSE_FLAGS = tuple(flag for flag in _FLAGS if flag in _CLAUSES)
_AFTER_COMMA = re.compile(
    compiled(
        f"_[،,]_(?!{names.CHAIRED_BY})(?:"
        + "|".join(
            f"({pattern or _COMPOSED[flag]})" for flag, pattern in names.QUALIFIERS if flag in _CLAUSES
        )
        + ")"
    )
)
_CLOSERS = {")": "(", "»": "«", "”": "“", '"': '"', "]": "[", "’": "‘"}
_LEMMA = "|".join(fold_text(lemma) for lemma in names.LEMMAS)
_PARTICLES = fold_text(names.PARTICLES)
_GLUE = compiled("|".join(names.GLUED_AFTER))
_SCAN = re.compile(
    rf"(?:ال|لل)(?P<d>{_LEMMA})(?=\W|$|{_GLUE})"  # wherever it stands: «قواتالتحالف»
    rf"|(?<!\w){_PARTICLES}(?:(?P<i>{_LEMMA})ا?(?!\w)|(?P<isis>{compiled(_any(names.ISIS_NAMES))})|"
    + "|".join(f"(?P<o{n}>{compiled(pattern)})" for n, (_, pattern) in enumerate(names.OTHER_BODIES))
    + f")|(?P<glued>{compiled(names.ISIS_GLUED)})"
)
_BEFORE = (
    (
        "military",
        re.compile(compiled(rf"(?<!\w)[وفبلك]?(?:ال)?{names.MILITARY_BEFORE}") + r"\W*\w?$"),
    ),
    ("voice", re.compile(compiled(rf"(?<!\w)[وف]?{names.VOICE_BEFORE}_") + "$")),
    ("organ", re.compile(compiled(names.ORGAN_BEFORE + "_") + "$")),
    ("envoy", re.compile(compiled(names.ENVOY_BEFORE) + r"\W*\w?$")),
)
_LEADS_BEFORE = re.compile(compiled(names.LEADS_BEFORE))
_PROPOSAL_BEFORE = re.compile(compiled(names.PROPOSAL_BEFORE))
_PROPOSER_CUE = re.compile(
    rf"(?P<russian>{compiled(names.RUSSIAN_CUE)})|(?P<american>{compiled(names.AMERICAN_CUE)})"
)
_GENERIC_AFTER = re.compile(compiled(names.GENERIC_AFTER))
_NATIONAL = re.compile(compiled("_" + names.NATIONAL))
_SLUGS = frozenset(
    {
        "two_state", "maritime", "sahel", "gulf_1991", "iraq_2003", "afghanistan", "saudi_led_yemen",
        "islamic_military", "syrian_opposition", "russian", "electoral",
    }
)  # fmt: skip


def find_bodies(text: Folded) -> list[BodyMention]:
    """Find every naming of the coalition, of ISIS and of other bodies in an article, in order, bare nouns resolved.

    `text` is the folded article, best with its title as the first line. One scan with one compiled alternation, then
    bounded work at each hit: linear. «التحالف الدولي ضد (داعش)» is `coalition`; a bare «التحالف» is what the article
    named before, or stays `coalition?`.
    """
    mentions: list[BodyMention] = []
    at = 0
    source = text.text
    while match := _SCAN.search(source, at):
        mention = _mention(source, match)
        at = max(mention.end, match.end(), match.start() + 1)
        mentions.append(mention)
    return resolve_bodies(mentions, source)


def _mention(source: str, match: re.Match[str]) -> BodyMention:
    kind = match.lastgroup or ""
    noun = match["d"] or match["i"]
    if noun:
        return _alliance(source, match, noun, definite=match["d"] is not None)
    start, end = match.span()
    if match["isis"] or match["glued"]:
        return BodyMention(start, end, source[start:end], ISIS, True)
    slug = names.OTHER_BODIES[int(kind[1:])][0]
    return BodyMention(start, end, source[start:end], COALITION if slug == COALITION else RIVAL + slug, True)


def _alliance(source: str, match: re.Match[str], noun: str, *, definite: bool) -> BodyMention:
    """Read what follows the noun, and what stands before it, into flags; let the flags decide."""
    start, end = match.span()
    flags = {"definite" if definite else "indefinite", noun}
    national = bool(_NATIONAL.match(source, end))
    for _ in range(8):
        found, table = _QUALIFIER.match(source, end), _FLAGS
        if not found:
            found, table = _AFTER_COMMA.match(source, end), _CLAUSE_FLAGS
        if not found or found.end() == end:
            break
        flag = table[(found.lastindex or 1) - 1]
        if flag == "electoral" and national and noun == ITILAF:
            flag = "syrian_opposition"
        flags.add(flag)
        end = found.end()
    flags |= _flags_before(source, match.start(), definite=definite)
    if _GENERIC_AFTER.match(source, end) and not flags & {"intl", "us", "us_led", "against_isis", "military"}:
        flags.add("other")
    if source[end : end + 1] in _CLOSERS and _CLOSERS[source[end]] in source[start:end]:
        end += 1
    body, certain = _decide(flags)
    return BodyMention(start, end, source[start:end], body, certain, frozenset(flags))


def _flags_before(source: str, start: int, *, definite: bool) -> set[str]:
    """Read the words before a noun: who flies, speaks, leads or proposes."""
    before = source[max(0, start - CONTEXT) : start]
    flags = {flag for flag, pattern in _BEFORE if pattern.search(before)}
    if not definite and _LEADS_BEFORE.search(before) and not _PROPOSER_CUE.search(before):
        flags.add("led_before")
    if _PROPOSAL_BEFORE.search(before):
        flags.add("proposed")
        if _last_proposer(source[max(0, start - _PROPOSER) : start]) == "russian":
            flags.add("russian")
    return flags


def _last_proposer(before: str) -> str | None:
    last = None
    for match in _PROPOSER_CUE.finditer(before):
        last = match.lastgroup
    return last


def _decide(flags: set[str]) -> tuple[str, bool]:
    """Say whose name the words are, by the strongest thing they say; the order is the rule."""
    if "russian" in flags:
        return RIVAL + "russian", True
    if flags & {"regional", "led_before"} or {"renewed", "proposed"} <= flags:
        return RIVAL + "other", True
    if "against_isis" in flags:
        return (RIVAL + "islamic_military", True) if "islamic_military" in flags else (COALITION, True)
    slugs = flags & _SLUGS
    if "islamic_military" in slugs:
        return RIVAL + "islamic_military", True
    for slug in ("two_state", "maritime", "sahel", "gulf_1991", "iraq_2003", "afghanistan"):
        if slug in slugs:
            return RIVAL + slug, True
    if "saudi_led_yemen" in slugs and not ("intl" in flags and "us_led" in flags):
        return RIVAL + "saudi_led_yemen", True
    if flags & {"us_led", "sixty", "organ"}:
        return COALITION, True
    if "intl" in flags and "against_other" not in flags:
        return (
            (COALITION, True) if "definite" in flags and "against_terror" not in flags else (UNDECIDED, False)
        )
    if slugs:
        return RIVAL + min(slugs), True
    if flags & {"other", "other_led", "against_other"}:
        return RIVAL + "other", True
    if "envoy" in flags:
        return COALITION, True
    if flags & {"against_it", "western", "us", "against_terror"}:
        return UNDECIDED, False
    return (UNDECIDED, False) if "definite" in flags or "military" in flags else (RIVAL + "other", True)

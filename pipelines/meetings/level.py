"""Who meets: read the rank from words, and put what several sentences say about one meeting together."""

from __future__ import annotations

import re
from collections.abc import Collection

from crawler.items import Level
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.words import rx, word

Feature = str  # joint, chiefs, leaders, foreign, defence, political, group, ambassadors, planning, ministerial, small, full …
SMALL_GROUP_RANK = "the text names the Small Group, but not the rank of those who meet"

_FEATURES = tuple((name, rx(rf"(?<!\w)[وف]?(?:لل|[بل])?(?:{pattern})")) for name, pattern in lexicon.LEVELS)
_HINTS = tuple((f"hint_{name}", word(pattern)) for name, pattern in lexicon.HINTS)
_PEERS = word(lexicon.PEERS)
_MINISTER_WITHIN = 2000  # characters
_THEMES = word(lexicon.THEMES)
_ALONG = rx(lexicon.ALONG)
_AT_LEVEL = rx(rf"(?<!\w)(?:{lexicon.AT_LEVEL})")
RANKS = frozenset(
    {"joint", "chiefs", "leaders", "foreign", "defence", "political", "group", "ambassadors", "planning"}
)


def features_in(text: str) -> frozenset[Feature]:
    """Collect what a folded stretch says about rank; an explicit «على مستوى …» silences the other ranks in it."""
    explicit = _AT_LEVEL.search(text)
    if explicit:
        said = _plain(text[explicit.end() : explicit.end() + 40])
        if said & RANKS:
            return said | (_plain(text) & {"small", "full"})
    found = _plain(text) | {name for name, pattern in _HINTS if pattern.search(text)}
    if _PEERS.search(text) and len(found & {"hint_foreign", "hint_defence"}) == 1:
        found |= {"foreign" if "hint_foreign" in found else "defence"}  # «يجتمع وزير الدفاع مع نظرائه»
    return found


def rank_of_peers(source: str, start: int, end: int) -> frozenset[Feature] | None:
    """Give the rank of «مع نظرائه» by the minister named last before it, None where its own statement says who meets.

    «… وزير الدفاع [لودريان]. ويشارك لودريان غدا في اجتماع مع نظرائه في التحالف» is of defence ministers.
    """
    peers = _PEERS.search(source, start, end)
    said = features_in(source[start:end])
    if peers is None or said & (RANKS | {"hint_foreign", "hint_defence"}):
        return None
    last = [
        (match.start(), name.removeprefix("hint_"))
        for name, pattern in _HINTS
        for match in pattern.finditer(source, max(0, start - _MINISTER_WITHIN), start)
    ]
    return said | {max(last)[1]} if last else None


def has_theme(text: str) -> bool:
    """Tell whether the words that name a meeting tell a working group's subject: «الخاص بمكافحة تمويل …»."""
    return _THEMES.search(text) is not None


def names_level(text: str) -> bool:
    """Tell whether a stretch says «على مستوى …»."""
    return _AT_LEVEL.search(text) is not None


def _plain(text: str) -> frozenset[Feature]:
    text = _ALONG.sub(r"\g<rank>", text)
    return frozenset(name for name, pattern in _FEATURES if pattern.search(text))


def level_of(features: Collection[Feature]) -> Level:
    """Put features together: the narrow rank before the broad one, a bare «وزاري» is the coalition's foreign ministers.

    The coalition calls its foreign ministers' meetings «الاجتماع الوزاري» without more (reference: Rome 2021, Marrakesh
    2022, Riyadh 2023); defence ministers are always named as such.
    """
    has = set(features)
    ranked: tuple[tuple[str, Level], ...] = (
        ("joint", "ministerial_joint"),
        ("political", "political_directors"),
        ("group", "working_group"),
        ("chiefs", "chiefs_of_defence"),
        ("leaders", "leaders"),
        ("ambassadors", "ambassadors"),
    )
    if {"foreign", "defence"} <= has and not has & {"political", "group", "chiefs", "leaders"}:
        return "ministerial_joint"
    for feature, level in ranked:
        if feature in has and not (feature in ("ambassadors", "leaders") and has & {"foreign", "defence"}):
            return level
    if "defence" in has or ("ministerial" in has and "hint_defence" in has and "hint_foreign" not in has):
        return "ministerial_defence"
    if "regional" in has and has & {"foreign", "ministerial"}:
        return "other"
    if has & {"foreign", "ministerial"}:
        return "ministerial_foreign_small_group" if "small" in has else "ministerial_foreign_full"
    if "planning" in has:
        return "other"
    if "small" in has:
        return "ministerial_foreign_small_group"
    by_hint = _by_hint(has)
    if "theme" in has and by_hint == "unknown":
        return "working_group"
    return "other" if "regional" in has else by_hint


def _by_hint(has: set[Feature]) -> Level:
    if "hint_defence" in has and "hint_foreign" not in has:
        return "unknown"
    if "full" in has and "hint_foreign" in has:
        return "ministerial_foreign_full"
    return "unknown"


def rank_is_open(features: Collection[Feature]) -> bool:
    """Tell whether only the Small Group is named, which meets as ministers and as political directors."""
    has = set(features)
    return "small" in has and not has & (RANKS | {"ministerial"})


_GROUPS = {
    "joint": frozenset({"joint", "foreign", "defence"}),
    "foreign": frozenset({"foreign", "joint"}),
    "defence": frozenset({"defence", "joint"}),
    "political": frozenset({"political", "group"}),
    "group": frozenset({"group", "political"}),
}


def can_be_one(one: Collection[Feature], other: Collection[Feature]) -> bool:
    """Tell whether two descriptions can be of one meeting: «وزاري» goes with foreign ministers, not with chiefs of staff."""
    a, b = set(one) & RANKS, set(other) & RANKS
    if a and b and not any(y in _GROUPS.get(x, frozenset({x})) for x in a for y in b):
        return False
    for x, whole in ((a, set(other)), (b, set(one))):
        if (
            "ministerial" in whole
            and x
            and not x & {"foreign", "defence", "joint", "leaders"}
            and not whole & RANKS
        ):
            return False
    return not ("small" in one and "full" in other) and not ("full" in one and "small" in other)


def phrase_end(source: str, start: int, end: int) -> int | None:
    """Give where the first phrase of rank in a stretch ends, to name a meeting by it."""
    ends = [m.end() for _, pattern in _FEATURES if (m := pattern.search(source, start, end))]
    return min(ends) if ends else None


def first_word(pattern: re.Pattern[str], text: str) -> int:
    """Give where a pattern first stands in a text, or the text's length."""
    match = pattern.search(text)
    return match.start() if match else len(text)

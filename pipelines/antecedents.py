"""What an article's bare and loose namings of an alliance mean, settled from the rest of the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipelines.arabic import fold_text
from pipelines.lexicon import coalition as names

COALITION = "coalition"
UNDECIDED = "coalition?"
ISIS = "isis"
RIVAL = "rival:"
YEMEN, IRAQ_2003, GULF_1991 = RIVAL + "saudi_led_yemen", RIVAL + "iraq_2003", RIVAL + "gulf_1991"
# Alliances that fly and shoot, so that «طيران التحالف» may be theirs.
MILITARY = frozenset({COALITION, *(RIVAL + slug for slug in names.MILITARY_RIVALS)})
AFGHANISTAN = RIVAL + "afghanistan"
LEMMAS = frozenset(fold_text(lemma) for lemma in names.LEMMAS)
ITILAF = fold_text(names.LEMMAS[1])

CONTEXT = 60  # characters on either side of a noun that belong to it
_NEAR = 120  # characters: about a sentence
_LEAD = 500  # characters in which a bare noun may wait for the name that follows it
# Words that make a noun without a purpose or a leader more than bare.
_LOOSE = frozenset({"intl", "us", "western", "against_it", "against_terror", "military"})
_FOREIGN = frozenset({"intl", "us", "western"})  # nobody calls the coalition in Yemen so


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A place where a text names an alliance, an organisation or ISIS; offsets are those of the folded text."""

    start: int
    end: int
    text: str  # folded
    body: str  # "coalition", "coalition?", "isis" or "rival:<slug>"
    certain: bool  # the words themselves say it; False when only the context does
    flags: frozenset[str] = (
        frozenset()
    )  # what the words said: intl, us_led, against_isis, definite, military …


def compiled(pattern: str) -> str:
    """Give a lexicon entry as a regular expression over folded text: `_` is an optional gap, a space a needed one."""
    gap = "[ \\t\"'«»“”„‘’()\\[\\]]"
    return fold_text(pattern).replace(" ", gap + "{1,5}").replace("_", gap + "{0,5}")


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)[وفبل]?(?:" + compiled(pattern) + ")")


_WARS = tuple((RIVAL + slug, _words(pattern)) for slug, pattern in names.ERA_CUES)
_YEARS = tuple((RIVAL + slug, re.compile(compiled(pattern))) for slug, pattern in names.YEAR_CUES)
_BASES, _GROUND, _IRAQ = (_words(cues) for cues in (names.OUR_BASES, names.COALITION_CUES, names.IRAQI_CUES))
_SPEAKERS = re.compile(compiled(names.SPEAKERS))
_ARMS = _words(names.ARMS)
_SYRIAN = re.compile(compiled(names.SYRIAN_CUE))
_MODERN = re.compile(compiled(names.MODERN_CUE))
_OLD_YEAR = re.compile(compiled(names.OLD_YEAR))


def resolve_bodies(mentions: list[BodyMention], source: str) -> list[BodyMention]:
    """Settle from the whole article whom its bare and its loose namings mean; `source` is the folded text.

    A bare noun takes the nearest named antecedent of its own lemma and kind; where the article names one kind only,
    that one; where it names none, the war it tells of decides. What the context decides has `certain=False`; what
    nothing decides stays `coalition?`.
    """
    article = _Article(mentions, source)
    settled = [article.of_another_war(m) if m.body == COALITION and m.flags else m for m in mentions]
    article = _Article(settled, source)
    resolved = [article.resolve(m) if m.body == UNDECIDED else m for m in settled]
    # What nothing else settles takes up the coalition where the context has found it.
    article = _Article([replace(m, certain=True) if m.body == COALITION else m for m in resolved], source)
    return [article.resolve(m) if m.body == UNDECIDED else m for m in resolved]


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The namings a bare noun can take up, in order, and the one body they all name, if they do."""

    mentions: list[BodyMention]
    only: str | None


@dataclass
class _Article:
    """An article's mentions with what is asked about them often, each worked out once: the whole stays linear."""

    mentions: list[BodyMention]
    source: str
    _fitting: dict[frozenset[str], _Candidates] = field(default_factory=dict)

    @cached_property
    def named(self) -> list[BodyMention]:
        """List the certain namings of alliances that a noun can take up."""
        return [
            m
            for m in self.mentions
            if m.certain and (m.body != RIVAL + "other" if m.flags else m.body in MILITARY)
        ]

    @cached_property
    def isis(self) -> list[int]:
        return [m.start for m in self.mentions if m.body == ISIS]

    @cached_property
    def ours_is_plain(self) -> bool:
        """Tell whether no naming of the coalition says more than «التحالف الدولي» or «بقيادة الولايات المتحدة»."""
        return not any(
            m.body == COALITION and (not m.flags or "against_isis" in m.flags) for m in self.mentions
        )

    @cached_property
    def wars(self) -> Counter[str]:
        return _wars(self.source)

    @cached_property
    def on_our_ground(self) -> bool:
        return _GROUND.search(self.source) is not None

    @cached_property
    def alone(self) -> bool:
        """Tell whether no other alliance is named, so that a bare «التحالف» can hardly be a party list's."""
        return not any(m.flags and m.body.startswith(RIVAL) for m in self.mentions)

    @cached_property
    def at_our_bases(self) -> bool:
        return _BASES.search(self.source) is not None

    @cached_property
    def in_iraq(self) -> bool:
        return _IRAQ.search(self.source) is not None

    @cached_property
    def modern(self) -> bool:
        return _MODERN.search(self.source) is not None

    @cached_property
    def spoken_for(self) -> bool:
        return _SPEAKERS.search(self.source) is not None

    @cached_property
    def of_the_syrian_opposition(self) -> bool:
        """Tell whether a bare «الائتلاف» is the Syrian opposition's, though the article does not spell it out."""
        ours = any(m.body == COALITION and ITILAF in m.flags for m in self.mentions)
        return not ours and _SYRIAN.search(self.source) is not None

    @cached_property
    def lemmas_of_others(self) -> frozenset[str]:
        return frozenset().union(*(m.flags & LEMMAS for m in self.mentions if m.body == RIVAL + "other"))

    @cached_property
    def other_war(self) -> str | None:
        """Name the one other alliance or war that an article without ISIS is about, or None."""
        if self.isis or not self.ours_is_plain:
            return None
        fought = [m.body for m in self.mentions if m.body in MILITARY and m.body != COALITION]
        if fought and not (self.on_our_ground or (self.modern and self.in_iraq)):
            return fought[0]
        war = self._likeliest(self.wars)
        if war == YEMEN:
            return None if self.on_our_ground or self.in_iraq else war
        if self.modern:
            return None
        old = _OLD_YEAR.search(self.source)
        if war is None and old and not self.on_our_ground:
            return IRAQ_2003 if old.group() >= "2003" else GULF_1991
        return war

    def near_isis(self, mention: BodyMention) -> bool:
        at = bisect_left(self.isis, mention.start - _NEAR)
        return at < len(self.isis) and self.isis[at] <= mention.start + _NEAR

    def of_another_war(self, mention: BodyMention) -> BodyMention:
        """Take «التحالف الدولي» and «بقيادة الولايات المتحدة» from the coalition where another alliance is meant."""
        if "against_isis" in mention.flags:
            return mention
        body = self.other_war or self._beside(mention)
        if body is None and self.ours_is_plain and "us_led" not in mention.flags:
            body = self._international_rival(mention)
        return replace(mention, body=body, certain=False) if body else mention

    def _beside(self, mention: BodyMention) -> str | None:
        """Name the war whose year or country stands beside a naming, when ISIS does not."""
        beside = self.source[max(0, mention.start - CONTEXT) : mention.end + CONTEXT]
        war = next((slug for slug, cue in _YEARS if cue.search(beside)), None)
        return None if war is None or self.near_isis(mention) or _MODERN.search(beside) else war

    @cached_property
    def _international(self) -> BodyMention | None:
        return next(
            (m for m in self.mentions if m.body.startswith(RIVAL) and "intl" in m.flags and m.certain), None
        )

    def _international_rival(self, mention: BodyMention) -> str | None:
        """Name the rival that the article introduced as «التحالف الدولي لـ…» before it said «التحالف الدولي»."""
        rival = self._international
        return rival.body if rival and (rival.start < mention.start or not self.isis) else None

    def resolve(self, mention: BodyMention) -> BodyMention:
        """Give an undecided naming the body that the article gives it, if it gives one."""
        if (
            ITILAF in mention.flags
            and self.of_the_syrian_opposition
            and not mention.flags & {"intl", "us", "military", "against_it"}
        ):
            return replace(mention, body=RIVAL + "syrian_opposition")
        fitting = self._fitting.get(mention.flags)
        if fitting is None:
            fitting = self._fitting[mention.flags] = _candidates(mention, self.named)
        body = _antecedent(mention, fitting) if fitting.mentions else self._by_ground(mention)
        return replace(mention, body=body) if body else mention

    def _by_ground(self, mention: BodyMention) -> str | None:
        """Decide a naming to which no alliance of the article fits by the war the article tells of."""
        loose = bool(mention.flags & (_LOOSE | {"voice"})) or self._among_arms(mention)
        near = self.near_isis(mention) and not mention.flags & self.lemmas_of_others
        if self.spoken_for:
            return COALITION
        foreign = bool(mention.flags & _FOREIGN)
        beside = self._likeliest(_wars(self.source[max(0, mention.start - _NEAR) : mention.end + _NEAR]))
        if beside and not near and not foreign:
            return beside
        war = self._likeliest(self.wars)
        if self.isis and (loose or near):
            outweighed = war is not None and self.wars[war] > 2 * len(self.isis)
            return war if outweighed and not foreign else COALITION
        if war:
            return war
        ours = self.on_our_ground or (self.in_iraq and (self.modern or not _OLD_YEAR.search(self.source)))
        bare = "definite" in mention.flags and self.alone and (self.at_our_bases or bool(self.isis))
        return COALITION if bare or (loose and ours) else None

    def _among_arms(self, mention: BodyMention) -> bool:
        """Tell whether words of war stand beside a noun: «كانت الطائرات تأتي ليلا … لإسرائيل أم للتحالف»."""
        beside = self.source[max(0, mention.start - _NEAR) : mention.end + CONTEXT]
        return "definite" in mention.flags and _ARMS.search(beside) is not None

    def _likeliest(self, wars: Counter[str]) -> str | None:
        """Give the war with the most words; in Iraq or Syria a word or two of Afghanistan are only a comparison."""
        for war, words in wars.most_common():
            if war != AFGHANISTAN or words > 2 or not (self.in_iraq or self.on_our_ground):
                return war
        return None


def _antecedent(mention: BodyMention, fitting: _Candidates) -> str | None:
    """Give the only kind named, else the nearest named before, else one named soon after."""
    if fitting.only:
        return fitting.only
    at = bisect_right(fitting.mentions, mention.start, key=lambda m: m.start)
    if at:
        return fitting.mentions[at - 1].body
    first = fitting.mentions[0]
    return first.body if first.start - mention.start <= _LEAD else None


def _candidates(mention: BodyMention, named: list[BodyMention]) -> _Candidates:
    """List what a bare noun can take up: alliances of its own lemma, or, without any, those that fight."""
    fitting = [m for m in named if _fits(mention, m)]
    fitting = [m for m in fitting if m.flags & mention.flags & LEMMAS] or [
        m for m in fitting if m.body in MILITARY
    ]
    kinds = {m.body for m in fitting}
    return _Candidates(fitting, kinds.pop() if len(kinds) == 1 else None)


def _fits(mention: BodyMention, named: BodyMention) -> bool:
    if mention.flags & (_LOOSE - {"military"}) and named.body != COALITION:
        return "intl" in mention.flags and "intl" in named.flags
    return "military" not in mention.flags or named.body in MILITARY


def _wars(text: str) -> Counter[str]:
    """Count the words of each war other than the one against ISIS."""
    return Counter({slug: n for slug, cue in _WARS if (n := sum(1 for _ in cue.finditer(text)))})

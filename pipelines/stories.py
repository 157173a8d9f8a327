"""Group near-duplicate wire copies into stories: what counts as a copy, and who changed what.

A copy is told by word trigrams of the folded text (Broder 1997, resemblance and containment): most of the shorter text
stands in the other, and neither is much longer. A round-up holds all of a story and much besides, so it is no copy
of it. MinHash with LSH banding only proposes pairs; each is decided on the exact sets.

A story is led by its first article, and every other member is a copy of that very article. So no chain of ever
longer versions forms, and the lineage compares each copy with one text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rensa import RMinHash, RMinHashLSH

from pipelines.arabic import fold, fold_text, tokens

SHINGLE = 3
# Read off 170 real pairs: copies have .67 and more; a report an outlet built of the wire and its own had .63,
# updates and rewritings of the same event .58 and less.
CONTAINMENT = 0.65
# The shorter text's size against the longer: a text with a second event in it had .59, round-ups .4 and less.
BALANCE = 0.6
# A headline of a few words, or a notice that stands in for a text, proves nothing.
LEAST_SHINGLES = 20
# Wires are printed within days; the same words a month later are a bulletin's formula or a reprint.
WINDOW = timedelta(days=7)

# The least resemblance that can pass is .32 (from CONTAINMENT and BALANCE): 64 bands of 2 rows find such a pair
# with probability 1 - (1 - .32²)^64 = .999, a usual copy (.5) always.
_PERMUTATIONS, _BANDS, _SEED = 128, 64, 1
# The sketch's estimate errs by .04 (one standard deviation); what is this far below can't pass, so it isn't looked at.
_PROMISING = 0.15
_KEPT_SETS = 512

Shingles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """An article, as far as its place in time goes."""

    article: str
    outlet: str
    published: datetime | date | None
    seen: datetime  # when it was first collected: the latest it can have come out

    @property
    def moment(self) -> datetime:
        """Give the moment in UTC by which it was out; a mere day counts when it is over."""
        if isinstance(self.published, datetime):
            return _utc(self.published)
        return datetime.combine(self.published, time.max, UTC) if self.published else _utc(self.seen)


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the texts an article has had; `n` counts from 1."""

    n: int
    text: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share."""

    jaccard: float  # shared trigrams among all of both, 0 to 1
    containment: float  # shared trigrams among those of the shorter text, 0 to 1
    balance: float  # size of the shorter text against the longer, 0 to 1

    @property
    def is_copy(self) -> bool:
        """Say whether such texts are copies of one another."""
        return self.containment >= CONTAINMENT and self.balance >= BALANCE


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an article made of the story's first one; `edition` and `of_edition` are the most alike of their texts."""

    edition: int
    of_edition: int
    overlap: Overlap
    added: tuple[str, ...]  # runs of words as only the copy has them, in its spelling and order
    dropped: tuple[str, ...]  # runs of words as only the first article has them


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story."""

    report: Report
    lineage: Lineage | None  # None for the first


@dataclass(frozen=True, slots=True)
class Story:
    """A text that several articles carry, the first one first."""

    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        """Give the story's id, which is that of its first article."""
        return self.members[0].report.article


def shingles(text: str) -> Shingles:
    """Give the word trigrams of `text`, folded, punctuation left out.

    >>> sorted(shingles("بدأ الاجتماعُ في واشنطن"))
    ['الاجتماع في واشنطن', 'بدا الاجتماع في']
    """
    words = [token.text for token in tokens(fold_text(text))]
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def overlap(one: Shingles, other: Shingles) -> Overlap:
    """Measure what two sets of shingles share; nothing when one of them is empty."""
    shorter, longer = sorted((len(one), len(other)))
    if not shorter:
        return Overlap(0.0, 0.0, 0.0)
    shared = len(one & other)
    return Overlap(shared / (shorter + longer - shared), shared / shorter, shorter / longer)


def only_in(text: str, other: Shingles) -> tuple[str, ...]:
    """Give the runs of words of `text` that no trigram it shares with `other` covers, in its own spelling.

    >>> only_in("بدأ في واشنطن اليوم الأربعاء لقاء وزراء التحالف", shingles("بدأ في واشنطن اليوم لقاء وزراء التحالف"))
    ('الأربعاء',)
    """
    folded = fold(text)
    found = list(tokens(folded.text))
    covered = [False] * len(found)
    for i in range(len(found) - SHINGLE + 1):
        if " ".join(token.text for token in found[i : i + SHINGLE]) in other:
            covered[i : i + SHINGLE] = [True] * SHINGLE
    runs: list[str] = []
    start: int | None = None
    for i, inside in enumerate([*covered, True]):
        if not inside and start is None:
            start = i
        elif inside and start is not None:
            first, last = folded.span(found[start].start, found[i - 1].end)
            runs.append(" ".join(text[first:last].split()))
            start = None
    return tuple(runs)


def group(
    reports: Iterable[Report], editions_of: Callable[[str], Sequence[Edition]], settled: Iterable[Report] = ()
) -> list[Story]:
    """Group `reports` into the stories that two or more of them carry, ordered by their first articles.

    `editions_of` gives an article's texts and is asked again when a text is compared, so that no more than the
    sketches (about a kilobyte each) stay in memory. The order of `reports` doesn't matter: they are taken in the order of
    publication (undated ones when they were first seen), then outlet and id. An article joins the story whose first
    article resembles it most. `settled` are earlier articles known to be no copies: they may lead a story and nothing
    else. As no decision depends on a later article, nor on one that is more than WINDOW earlier, the copies among the articles
    of one period on are the same with all before it or with what led in the WINDOW before it.
    """
    index = _Index(editions_of)
    firsts: dict[str, Report] = {}
    copies: dict[str, list[Member]] = {}
    for first in sorted(settled, key=_order):
        firsts[first.article] = first
        index.add(first)
    for report in sorted(reports, key=_order):
        found = index.find(report)
        if found is None:
            firsts[report.article] = report
            index.add(report)
        else:
            copies.setdefault(found[0], []).append(Member(report, found[1]))
    return [
        Story((Member(first, None), *copies[article]))
        for article, first in firsts.items()
        if article in copies
    ]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _order(report: Report) -> tuple[datetime, str, str]:
    return report.moment, report.outlet, report.article


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text of a story's first article, by which copies are found."""

    report: Report
    edition: int
    sketch: RMinHash


class _Index:
    """The first articles met so far."""

    def __init__(self, editions_of: Callable[[str], Sequence[Edition]]) -> None:
        self._editions_of = editions_of
        self._lsh = RMinHashLSH(threshold=_PROMISING, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._entries: list[_Entry] = []
        self._sets: OrderedDict[tuple[str, int], tuple[str, Shingles]] = OrderedDict()

    def add(self, report: Report) -> None:
        """Make `report` one that later articles may be copies of."""
        for edition, sketch in self._sketches(report):
            self._lsh.insert(len(self._entries), sketch)
            self._entries.append(_Entry(report, edition, sketch))

    def find(self, report: Report) -> tuple[str, Lineage] | None:
        """Give the first article that `report` is a copy of, and what became of its text; None when it is none."""
        best: tuple[Overlap, _Entry, int] | None = None
        for edition, sketch in self._sketches(report):
            for key in sorted(self._lsh.query(sketch)):
                entry = self._entries[key]
                if not _near(report, entry.report) or entry.sketch.jaccard(sketch) < _PROMISING:
                    continue
                shared = overlap(
                    self._set(report.article, edition)[1], self._set(entry.report.article, entry.edition)[1]
                )
                if shared.is_copy and (best is None or shared.jaccard > best[0].jaccard):
                    best = shared, entry, edition
        if best is None:
            return None
        shared, entry, edition = best
        text, mine = self._set(report.article, edition)
        source, theirs = self._set(entry.report.article, entry.edition)
        lineage = Lineage(edition, entry.edition, shared, only_in(text, theirs), only_in(source, mine))
        return entry.report.article, lineage

    def _sketches(self, report: Report) -> list[tuple[int, RMinHash]]:
        sketches = []
        for edition in self._editions_of(report.article):
            found = self._keep(report.article, edition)[1]
            if len(found) >= LEAST_SHINGLES:
                sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
                sketch.update(list(found))
                sketches.append((edition.n, sketch))
        return sketches

    def _set(self, article: str, edition: int) -> tuple[str, Shingles]:
        kept = self._sets.get((article, edition))
        if kept is None:
            again = (one for one in self._editions_of(article) if one.n == edition)
            # another process may have deleted it since: then it is like nothing
            kept = self._keep(article, next(again, Edition(edition, "")))
        self._sets.move_to_end((article, edition))
        return kept

    def _keep(self, article: str, edition: Edition) -> tuple[str, Shingles]:
        key = article, edition.n
        if key not in self._sets:
            self._sets[key] = edition.text, shingles(edition.text)
            if len(self._sets) > _KEPT_SETS:
                self._sets.popitem(last=False)
        return self._sets[key]


def _near(one: Report, other: Report) -> bool:
    return abs(one.moment - other.moment) <= WINDOW

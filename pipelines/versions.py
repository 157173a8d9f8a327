"""What an outlet changed in an article: two versions of a text, sentence by sentence and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pipelines.arabic import MARKS, sentences

Span = tuple[int, int]

ALIKE = 0.5  # share of words in common from which two sentences are one that was changed
# Punctuation is a word of its own, «الخميس.» and «الخميس،» differ in it only; vowel marks belong to their word.
_WORD = re.compile(rf"[\w{MARKS}]+|[^\w\s{MARKS}]")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one sentence; the offsets of `spans` and `new_spans` are code points within it."""

    kind: Literal["kept", "added", "removed", "changed"]
    old: str = ""  # the sentence before; empty when it was added
    new: str = ""  # the sentence after; empty when it was removed
    old_spans: tuple[Span, ...] = ()  # changed: the runs of words that went
    new_spans: tuple[Span, ...] = ()  # changed: the runs of words that came


def diff(old: str, new: str) -> list[Change]:
    """Tell what became of each sentence between two versions of a text, in the order of the new one.

    Spaces and line ends are no change. Sentences at one place that share half of their words are one that was changed;
    of the others, those removed stand before those added. A sentence that was moved is removed here and added there.

    «عقد الاجتماع يوم الخميس. وحضره 68 بلداً.» and «عقد الاجتماع يوم الجمعة. وحضره 68 بلداً.»
    → changed («الخميس» → «الجمعة»), kept.
    """
    before, after = _sentences(old), _sentences(new)
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change("kept", one, one) for one in after[j1:j2]]
        else:
            found += _replaced(before[i1:i2], after[j1:j2])
    return found


def _sentences(text: str) -> list[str]:
    return [one for start, end in sentences(text) if (one := " ".join(text[start:end].split()))]


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Pair the sentences that are alike, in their order, and yield them with what stands between the pairs."""
    i = j = 0
    for left, right in [*_pairs(before, after), (len(before), len(after))]:
        yield from (Change("removed", old=one) for one in before[i:left])
        yield from (Change("added", new=one) for one in after[j:right])
        if left < len(before):
            yield _changed(before[left], after[right])
        i, j = left + 1, right + 1


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Choose the pairs of alike sentences, most words in common over all, none crossing another."""
    alike = [[_alikeness(one, other) for other in after] for one in before]
    # best[i][j]: the most that before[i:] and after[j:] can have in common
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike[i][j] + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(before) and j < len(after):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alikeness(one: str, other: str) -> float:
    """Give the share of words two sentences have in common, 0 when it is too small to call them one."""
    matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    if matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def _changed(old: str, new: str) -> Change:
    left, right = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    went: list[Span] = []
    came: list[Span] = []
    matcher = SequenceMatcher(None, [word[0] for word in left], [word[0] for word in right], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if i1 < i2:
            went.append((left[i1].start(), left[i2 - 1].end()))
        if j1 < j2:
            came.append((right[j1].start(), right[j2 - 1].end()))
    return Change("changed", old, new, tuple(went), tuple(came))


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)

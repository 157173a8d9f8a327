"""Cut a text down to what may be quoted: its opening, and the sentences that carry a tag.

Places in the text (of a date, a meeting, a name) move along with the sentences they stand in, so that they point to
the same words in the excerpt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.arabic import sentences

OPENING = 160  # characters of the first sentence that go out when it carries no tag
GAP = "\n[…]\n"  # what stands where something was left out; it holds no word, so the search never finds it
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Which pieces of a text are public; the text itself isn't kept, so that those of a whole archive fit in memory."""

    pieces: tuple[tuple[int, int, int], ...]  # start and end in the whole text, start in the excerpt
    goes_on: bool  # the text has more after the last piece

    def of(self, text: str) -> str:
        """Write the excerpt of `text`, which must be the one it was made for."""
        whole = GAP.join(text[start:end] for start, end, _ in self.pieces)
        return whole + GAP.rstrip() if self.goes_on else whole

    def move(self, start: int, end: int) -> _Span | None:
        """Give the place in the excerpt of a place in the whole text; None when it was left out."""
        for first, last, at in self.pieces:
            if first <= start and end <= last:
                return at + start - first, at + end - first
        return None


def excerpt(text: str, tags: Iterable[_Span]) -> Excerpt:
    """Keep of `text` its opening and each sentence that one of `tags` touches.

    `tags` are spans in code points; an empty one, such as a meeting that only the title names, touches nothing.
    Sentences that follow each other stay together as they were; GAP stands for what is missing between others, and
    at the end.

    >>> text = "وصل الوزير. ثم غادر. ويعود في مارس."
    >>> excerpt(text, [(30, 34)]).of(text)
    'وصل الوزير.\\n[…]\\nويعود في مارس.'
    """
    kept = _pieces(text, [(start, end) for start, end in tags if start < end])
    at = 0
    pieces: list[tuple[int, int, int]] = []
    for start, end in kept:
        pieces.append((start, end, at))
        at += end - start + len(GAP)
    return Excerpt(tuple(pieces), bool(kept and text[kept[-1][1] :].strip()))


def _pieces(text: str, tags: list[_Span]) -> list[_Span]:
    spans = sentences(text)
    chosen = [any(a < end and b > start for a, b in tags) for start, end in spans]
    kept = [span for span, tagged in zip(spans, chosen, strict=True) if tagged]
    if spans and not chosen[0]:
        kept.insert(0, _opening(text, spans[0]))
    merged: list[_Span] = []
    for start, end in kept:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = merged[-1][0], end
        else:
            merged.append((start, end))
    return merged


def _opening(text: str, sentence: _Span) -> _Span:
    """Give the first sentence, or as many whole words of it as OPENING allows."""
    start, end = sentence
    if end - start <= OPENING:
        return sentence
    words = text[start : start + OPENING].rsplit(maxsplit=1)
    return start, start + len(words[0]) if len(words) > 1 else start + OPENING

"""Cut sentences into statements, and give each meeting of a sentence its own stretch of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.document import Document
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx

_VERBS = "|".join(
    (lexicon.FUTURE, lexicon.PRESENT, lexicon.PAST, lexicon.CANCELLED, lexicon.POSTPONED, lexicon.SPEECH)
)
# A mark, a comma with «و» and a verb, or a conjunction that opens a statement.
_BREAK = rx(
    rf"[{lexicon.STRONG_MARK}]|[{lexicon.WEAK_MARK}]\s*(?=[وف](?:{_VERBS})(?!\w))|"
    rf"(?:[{lexicon.WEAK_MARK}]\s*)?(?<!\w)(?=[وف]?{lexicon.STRONG_BREAK}(?!\w))"
)


@dataclass(frozen=True)
class Clauses:
    """The statements of a document's sentences."""

    document: Document
    _breaks: dict[int, list[int]] = field(default_factory=dict)

    def breaks(self, sentence: int) -> list[int]:
        """Give where statements begin in a sentence, its own start included."""
        if sentence not in self._breaks:
            start, end = self.document.sentences[sentence]
            inner = {match.end() for match in _BREAK.finditer(self.document.source, start, end)}
            self._breaks[sentence] = sorted({start} | inner)
        return self._breaks[sentence]

    def around(self, head: Head) -> tuple[int, int]:
        """Give the statement that a head stands in."""
        begins = self.breaks(head.sentence)
        index = bisect_right(begins, head.start) - 1
        end = begins[index + 1] if index + 1 < len(begins) else self.document.sentences[head.sentence][1]
        return begins[index], end

    def apart(self, one: Head, other: Head) -> bool:
        """Tell whether a break of a statement stands between two heads of a sentence."""
        left, right = sorted((one.start, other.start))
        return any(left < b <= right for b in self.breaks(one.sentence))

    def territory(self, head: Head, before: Head | None, after: Head | None) -> tuple[int, int]:
        """Give the stretch of the sentence whose days and places are this meeting's.

        `before` and `after` are the neighbouring meetings of the same sentence. Between two meetings the cut is the last
        break of a statement; without one the last comma; without that, the later meeting begins with its own verb.
        """
        start, end = self.document.sentences[head.sentence]
        if before is not None:
            start = self._cut(before, head)
        if after is not None:
            end = self._cut(head, after)
        return start, end

    def _cut(self, left: Head, right: Head) -> int:
        inner = [b for b in self.breaks(right.sentence) if left.end < b <= right.outer]
        if inner:
            return inner[-1]
        if right.conjoined:
            return right.outer
        between = self.document.source[left.end : right.outer]
        comma = max(between.rfind(mark) for mark in lexicon.WEAK_MARK)
        if comma >= 0:
            return left.end + comma + 1
        verb = None
        for match in _VERB_BEFORE.finditer(between):
            verb = match
        return left.end + verb.start() if verb else right.outer


_VERB_BEFORE = rx(rf"(?<!\w)[وف]?(?:{lexicon.FUTURE}|{lexicon.PRESENT}|{lexicon.PAST})(?!\w)")

"""What filling a slot of a meeting stands on: the document, and how far a word is from its meeting."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelines.meetings.clauses import Clauses
from pipelines.meetings.document import Document
from pipelines.meetings.heads import Head

LOOK_BACK = 600  # characters


class Fill:
    """Fills for one document."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        self._document = document
        self._clauses = clauses
        self._source = document.source

    def _distance(self, head: Head, start: int, end: int) -> float:
        if start >= head.end:
            gap: float = start - min(max(head.end, head.name_end), start)
            breaks = self._breaks_between(head.sentence, head.end, start)
        else:
            gap = (head.outer - end) * 1.3
            breaks = self._breaks_between(head.sentence, end, head.outer)
        return gap + 60 * breaks

    def _breaks_between(self, sentence: int, start: int, end: int) -> int:
        begins = self._clauses.breaks(sentence)
        return bisect_right(begins, end) - bisect_right(begins, start)


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Give the last match of a pattern in a text."""
    last = None
    for match in pattern.finditer(text):
        last = match
    return last

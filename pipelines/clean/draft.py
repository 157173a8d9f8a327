"""A text under correction that never forgets its input: every change is kept as a removal with offsets there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.items import Removal

WHITE_SPACE = "white_space"


@dataclass(frozen=True, slots=True)
class Change:
    """A span of the draft's current text and what takes its place."""

    start: int
    end: int
    reason: str
    replacement: str = ""


@dataclass(slots=True)
class _Edit:
    start: int  # in the input
    end: int
    at: int  # in the current text, where the replacement stands
    replacement: str
    reason: str

    @property
    def until(self) -> int:
        return self.at + len(self.replacement)


class Draft:
    """The input, the text as it stands now, and the edits that lead from one to the other."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._edits: list[_Edit] = []

    def apply(self, changes: Iterable[Change]) -> bool:
        """Make `changes` (spans of the current text) and say whether there were any.

        Empty spans and changes that begin before the previous one ended are passed over. A change that swallows
        earlier edits becomes one edit with them; it brings its own reason unless it only tidies white space.
        """
        ordered: list[Change] = []
        end = 0
        for change in sorted(changes, key=lambda c: (c.start, -c.end)):
            if change.start >= end and change.end > change.start:
                ordered.append(change)
                end = change.end
        if ordered:
            self._merge(ordered)
        return bool(ordered)

    def _merge(self, changes: list[Change]) -> None:
        edits: list[_Edit] = []
        pieces: list[str] = []
        old = self._edits
        i = done = grown = offset = (
            0  # done: current text copied; grown: its new length; offset: input minus current
        )
        for change in changes:
            if change.start < done:  # inside a replacement of several characters that was just rewritten
                continue
            while i < len(old) and old[i].until <= change.start:
                offset = old[i].end - old[i].until
                old[i].at += grown - done
                edits.append(old[i])
                i += 1
            first, start = i, change.start + offset
            while i < len(old) and old[i].at < change.end:
                offset = old[i].end - old[i].until
                i += 1
            end, before, after, reason = change.end + offset, "", "", change.reason
            begin, stop = change.start, change.end
            if swallowed := old[first:i]:
                head, tail = swallowed[0], swallowed[-1]
                if head.at < change.start:
                    before, start, begin = head.replacement[: change.start - head.at], head.start, head.at
                if tail.until > change.end:
                    after, end, stop = tail.replacement[change.end - tail.at :], tail.end, tail.until
                if change.reason == WHITE_SPACE:
                    reason = head.reason
            pieces.append(self.text[done:begin])
            grown += begin - done
            edit = _Edit(start, end, grown, before + change.replacement + after, reason)
            pieces.append(edit.replacement)
            edits.append(edit)
            grown += len(edit.replacement)
            done = stop
        for edit in old[i:]:
            edit.at += grown - done
            edits.append(edit)
        pieces.append(self.text[done:])
        self.text = "".join(pieces)
        self._edits = edits

    def removals(self) -> tuple[Removal, ...]:
        """Give the edits as removals, each as short as it can be, in order of their offsets in the input."""
        rows = []
        for edit in self._edits:
            start, end, new = edit.start, edit.end, edit.replacement
            while start < end and new and self.source[start] == new[0]:
                start, new = start + 1, new[1:]
            while start < end and new and self.source[end - 1] == new[-1]:
                end, new = end - 1, new[:-1]
            if start < end or new:
                rows.append(Removal(start, end, self.source[start:end], edit.reason, new))
        return tuple(rows)


def put_back(text: str, removed: Iterable[Removal]) -> str:
    """Undo `removed` on `text`: the exact inverse of the draft that made them."""
    pieces: list[str] = []
    at = position = 0  # in `text`, in the input
    for row in removed:
        gap = row.start - position
        pieces.append(text[at : at + gap])
        pieces.append(row.text)
        at += gap + len(row.replacement)
        position = row.end
    pieces.append(text[at:])
    return "".join(pieces)

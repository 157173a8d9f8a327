"""Lines that trafilatura takes for text and that belong to the page: headline, date line, caption, byline, notice."""

from __future__ import annotations

from pipelines.clean.blocks import Line, drop_notices, lines_of, whole_lines
from pipelines.clean.draft import Change, Draft
from pipelines.extract.datetext import holds_only_date
from pipelines.extract.metadata import read_byline
from pipelines.extract.page import key_of

_PROSE_WORDS = (
    12  # a line of that length with a sentence's end is prose; the furniture stands above the first one
)
_CAPTION_WORDS = 30


def drop_furniture(
    draft: Draft, title: str, author: str | None, captions: frozenset[str], sites: frozenset[str]
) -> None:
    """Drop the page's lines around the article: above it, below it, and captions wherever they stand."""
    lines = lines_of(draft.text)
    raw = [draft.text[line.start : line.end] for line in lines]
    reasons = [
        _reason(line, text, key_of(title), key_of(author or ""), captions, sites)
        for line, text in zip(lines, raw, strict=True)
    ]
    top = next(
        (
            n
            for n, (line, text) in enumerate(zip(lines, raw, strict=True))
            if not reasons[n] and _is_prose(line, text)
        ),
        0,
    )
    changes: list[Change] = []
    for n, reason in enumerate(reasons):
        near_edge = n < top or n >= len(lines) - 2
        if reason and len(lines) > 1 and (reason == "caption" or near_edge):
            changes.append(whole_lines(lines, n, n, draft.text, reason))
    draft.apply(changes)
    drop_notices(draft)
    _trim_end(draft)


def _reason(
    line: Line, text: str, title: str, author: str, captions: frozenset[str], sites: frozenset[str]
) -> str:
    key = key_of(text)
    if not key:
        # Stray ampersands are cleaning's business, which gives them their own reason.
        return "" if "&" in text else "debris"
    if key == title:
        return "title"
    if holds_only_date(text):
        return "date_line"
    if key == author or key in sites or (author and key.endswith(author) and read_byline(text, sites)):
        return "byline"
    if key in captions and len(line.words) <= _CAPTION_WORDS and not text.rstrip().endswith("."):
        return "caption"
    return ""


def _is_prose(line: Line, text: str) -> bool:
    return len(line.words) >= _PROSE_WORDS or text.rstrip().endswith((".", "؟", "!"))


def _trim_end(draft: Draft) -> None:
    end = len(draft.text.rstrip())
    draft.apply([Change(end, len(draft.text), "white_space")])

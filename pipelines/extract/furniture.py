"""Lines that trafilatura takes for text and that belong to the page: headline, date line, caption, byline, notice."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.clean.blocks import Line, drop_notices, lines_of, whole_lines
from pipelines.clean.draft import Change, Draft
from pipelines.extract.authors import read_byline
from pipelines.extract.datetext import date_part, holds_only_date
from pipelines.extract.page import key_of
from pipelines.lexicon import press

_PROSE_WORDS = (
    12  # a line of that length with a sentence's end is prose; the furniture stands above the first one
)
_LONGEST_DATE_LINE = 140
_NAME_WORDS = 7  # beside the date, with a label and a seam
_EDGE = ("title", "date_line", "byline", "debris")
_TICKER = frozenset(key_of(label) for label in press.TICKER_LABELS)
_HEAD_LINES = 4  # a lead may stand above the headline and the date line
_CAPTION_WORDS = 30


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a page besides its article; all but the author's name as keys (`key_of`)."""

    title: str
    author: str | None
    sites: frozenset[str]
    captions: frozenset[str]
    links: frozenset[str]


def drop_furniture(draft: Draft, around: Surroundings) -> None:
    """Drop the page's lines around the article: above it, below it, and captions wherever they stand."""
    lines = lines_of(draft.text)
    raw = [draft.text[line.start : line.end] for line in lines]
    reasons = [_reason(line, text, around) for line, text in zip(lines, raw, strict=True)]
    prose = [n for n, line in enumerate(lines) if not reasons[n] and _is_prose(line, raw[n])]
    top, bottom = (prose[0], prose[-1]) if prose else (0, len(lines))
    changes: list[Change] = []
    for n, reason in enumerate(reasons):
        outside = n < top or n > bottom
        near_edge = outside or n < _HEAD_LINES or n >= len(lines) - 2
        if len(lines) > 1 and (
            reason == "caption"
            or (reason in ("link", "ticker") and outside)
            or (reason in _EDGE and near_edge)
        ):
            changes.append(whole_lines(lines, n, n, draft.text, reason))
    draft.apply(changes)
    drop_notices(draft)
    _trim_end(draft)


def _reason(line: Line, text: str, around: Surroundings) -> str:
    key = key_of(text)
    if not key:
        # Stray ampersands are cleaning's business, which gives them their own reason.
        return "" if "&" in text else "debris"
    if key == around.title:
        return "title"
    if holds_only_date(text) or _is_dated_byline(text):
        return "date_line"
    author = key_of(around.author or "")
    if (
        key == author
        or key in around.sites
        or (author and key.endswith(author) and read_byline(text, around.sites, edge=True))
    ):
        return "byline"
    if key in around.captions and len(line.words) <= _CAPTION_WORDS and not text.rstrip().endswith("."):
        return "caption"
    if key in _TICKER:
        return "ticker"
    return "link" if key in around.links else ""


def _is_dated_byline(text: str) -> bool:
    """Tell whether a line is a date with a clock time and a name beside it: «سلمى الراوي · 10 مارس 2017، 19:30»."""
    part = date_part(text) if ":" in text and len(text) <= _LONGEST_DATE_LINE else None
    return part is not None and len(text.replace(part, "").split()) <= _NAME_WORDS


def _is_prose(line: Line, text: str) -> bool:
    return len(line.words) >= _PROSE_WORDS or text.rstrip().endswith((".", "؟", "!"))


def _trim_end(draft: Draft) -> None:
    end = len(draft.text.rstrip())
    draft.apply([Change(end, len(draft.text), "white_space")])

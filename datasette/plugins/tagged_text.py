"""Show a text with its tags: every tagged span is marked and carries the number of its explanation.

Spans may overlap (a meeting's name can hold a date), so the text is cut at every edge and each piece carries the
classes of all the spans over it. A number opens its explanation in a popover, which is plain HTML; where a browser does
not know popovers, the list of tags below the text says the same. Paragraphs have addresses of their own (#p3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

_NUMBER = Markup(
    '<sup><button type="button" class="tag-number {kind}" id="at-{n}" popovertarget="tip-{n}" aria-label="{word} {n}">{n}</button></sup>'
)
_AGAIN = Markup(
    '<sup><button type="button" class="tag-number {kind}" popovertarget="tip-{n}" aria-label="{word} {n}">{n}</button></sup>'
)
_PARAGRAPH = Markup(
    '<p id="p{n}">{text} <a class="pilcrow" href="#p{n}" aria-label="{word} {n}"><span aria-hidden="true">¶</span></a></p>'
)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filters `tagged`, `paragraphs` and `difference`."""
    env.filters["tagged"] = tagged
    env.filters["paragraphs"] = paragraphs
    env.filters["difference"] = difference


def paragraphs(text: str | None, paragraph: str = "") -> Markup:
    """Show `text` a paragraph a line, nothing marked; `paragraph` is the word for one, such as «الفقرة»."""
    return tagged(text or "", (), paragraph=paragraph)


def tagged(text: str, tags: Iterable[Mapping[str, Any]], word: str = "", paragraph: str = "") -> Markup:
    """Show `text` in paragraphs with its `tags` marked.

    A tag has `n` (its number), `kind` (a CSS class), `start_char` and `end_char`; `again` when it repeats an earlier
    one, so that its number is no link's target. One that lies outside the text is left out. `word` and `paragraph` are
    what a screen reader says before the numbers of tags and paragraphs, such as «الوسم» and «الفقرة».
    """
    inside = [t for t in tags if 0 <= t["start_char"] < t["end_char"] <= len(text)]
    shown: list[Markup] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            words = _line(text, at, at + len(line), inside, word)
            shown.append(_PARAGRAPH.format(n=len(shown) + 1, text=words, word=paragraph))
        at += len(line) + 1
    return Markup("\n").join(shown)


def _line(text: str, start: int, end: int, tags: list[Mapping[str, Any]], word: str) -> Markup:
    here = [t for t in tags if t["start_char"] < end and t["end_char"] > start]
    edges = sorted(
        {start, end, *(e for t in here for e in (t["start_char"], t["end_char"]) if start < e < end)}
    )
    pieces: list[Markup] = []
    for a, b in pairwise(edges):
        kinds = sorted({t["kind"] for t in here if t["start_char"] <= a and t["end_char"] >= b})
        piece = escape(text[a:b])
        pieces.append(Markup('<mark class="{}">{}</mark>').format(" ".join(kinds), piece) if kinds else piece)
        closing = sorted((t for t in here if t["end_char"] == b), key=lambda t: t["n"])
        for t in closing:
            number = _AGAIN if t.get("again") else _NUMBER
            pieces.append(number.format(n=t["n"], kind=t["kind"], word=word))
    return Markup("").join(pieces)


def difference(extracted: str, removals: Iterable[Mapping[str, Any]]) -> Markup:
    """Show the text as extracted, what was taken out struck through and what replaced it inserted."""
    pieces: list[Markup] = []
    at = 0
    for removal in sorted(removals, key=lambda r: (r["start_char"], r["end_char"])):
        start, end = removal["start_char"], removal["end_char"]
        if start < at or end > len(extracted):
            continue
        pieces.append(escape(extracted[at:start]))
        gone = extracted[start:end].replace("\n", "↵\n")
        pieces.append(Markup("<del>{}</del>").format(gone))
        if removal["replacement"]:
            pieces.append(Markup("<ins>{}</ins>").format(removal["replacement"]))
        at = end
    pieces.append(escape(extracted[at:]))
    return Markup('<div class="as-extracted">{}</div>').format(Markup("").join(pieces))

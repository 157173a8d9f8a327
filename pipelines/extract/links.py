"""Inline links: made plain text where they stand in prose, with the space where one is missing."""

from __future__ import annotations

import re

from lxml.etree import strip_tags
from lxml.html import HtmlElement

from pipelines.arabic import fold_text
from pipelines.extract.page import BLOCKS, ENDS_SENTENCE, squeeze
from pipelines.lexicon import press

_LETTER = re.compile(r"[^\W\d_]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_PROCLITICS = frozenset(fold_text(word) for word in press.PROCLITICS)
_ENCLITICS = frozenset(fold_text(word) for word in press.ENCLITICS)
_PROSE_TAGS = frozenset(
    (
        "p",
        "div",
        "li",
        "td",
        "blockquote",
        "span",
        "section",
        "article",
        "font",
        "strong",
        "b",
        "em",
        "h2",
        "h3",
    )
)
_LINK_WORDS = 6  # words outside its links that make a paragraph prose
_UNWRAPPED = "unwrapped-link"


def unwrap_inline_links(root: HtmlElement) -> None:
    """Make the links inside prose plain text, with a space where one is missing.

    trafilatura drops paragraphs that are mostly links; and «الولايات</a><a>المتحدة» would give one word.
    """
    held: dict[HtmlElement, list[HtmlElement]] = {}
    for link in root.iter("a"):
        parent = link.getparent()
        if (
            parent is not None
            and parent.tag in _PROSE_TAGS
            and not any(c.tag in BLOCKS or c.tag == "img" for c in link.iter())
        ):
            _space_out(link, parent)
            held.setdefault(_paragraph(link), []).append(link)
    for holder, links in held.items():
        if _is_prose(holder, links):
            for link in links:
                link.tag = _UNWRAPPED
    # One pass for all: taking them out one by one costs the square of their number.
    strip_tags(root, _UNWRAPPED)


def _is_prose(holder: HtmlElement, links: list[HtmlElement]) -> bool:
    """Tell whether the paragraph around `links` is prose with links in it, and not a list of links."""
    text = holder.text_content()
    words = len(text.split())
    linked = sum(len(link.text_content().split()) for link in links)
    if holder.tag not in ("p", "blockquote") and linked * 2 > words:
        return False
    return words - linked >= _LINK_WORDS or (
        holder.tag == "p" and words > linked and bool(ENDS_SENTENCE.search(squeeze(text)))
    )


def _paragraph(link: HtmlElement) -> HtmlElement:
    """Give the nearest element around `link` that is a paragraph."""
    node = link
    while (above := node.getparent()) is not None:
        node = above
        if node.tag in ("p", "li", "td", "div", "blockquote", "section", "article", "h2", "h3", "body"):
            break
    return node


def _space_out(link: HtmlElement, parent: HtmlElement) -> None:
    """Put the missing space before and behind a link, unless Arabic writes the two words as one («و<a>التحالف</a>»)."""
    text = link.text_content()
    if len(text.strip()) < 2:
        return
    previous = link.getprevious()
    before = (
        (previous.tail or (previous.text_content() if isinstance(previous.tag, str) else ""))
        if previous is not None
        else parent.text
    )
    if (
        before
        and _LETTER.match(text)
        and (last := _LAST_WORD.search(before))
        and fold_text(last.group()) not in _PROCLITICS
    ):
        if previous is None:
            parent.text = f"{parent.text} "
        else:
            previous.tail = f"{previous.tail or ''} "
    tail = link.tail or ""
    first = _FIRST_WORD.match(tail)
    if first and _LETTER.match(text[-1]) and fold_text(first.group()) not in _ENCLITICS:
        link.tail = f" {tail}"


def link_share(element: HtmlElement, without: HtmlElement | None) -> float:
    """Give the share of the characters of `element` that stand in links, those of `without` not counted."""
    own = len(squeeze(without.text_content())) if without is not None else 0
    links = sum(len(squeeze(a.text_content())) for a in element.iter("a"))
    whole = len(squeeze(element.text_content()))
    if without is not None and any(a is without or without in a.iterdescendants() for a in element.iter("a")):
        links -= own
    return links / (whole - own) if whole > own else 0.0

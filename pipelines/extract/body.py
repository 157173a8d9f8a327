"""The article's body: trafilatura's, on a tree whose known traps are mended first and whose lead is looked for after.

What is mended holds for press pages in general (words at inline links, captions, related blocks, leads set apart);
nothing here knows an outlet.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from pipelines.clean.blocks import is_related_heading
from pipelines.extract.images import drop_captions, find_captions
from pipelines.extract.lead import find_lead, in_page_order
from pipelines.extract.links import link_share, unwrap_inline_links
from pipelines.extract.page import PageTree, short_text, squeeze

_MANY_ELEMENTS = 5000  # from here on its comparison costs seconds
_SHORT = 400  # characters below which a second opinion is asked for


@dataclass(frozen=True, slots=True)
class Body:
    """The text trafilatura found with the lead in front, and the page's captions by their keys."""

    text: str
    captions: frozenset[str]


def find_body(page: PageTree) -> Body:
    """Extract the article's text, paragraphs separated by one line break; "" when there is none.

    The tree is changed: read the metadata first.
    """
    captions = frozenset(find_captions(page.root))
    drop_captions(page.root)
    _drop_related(page.root)
    unwrap_inline_links(page.root)
    text = _trafilatura(page, fast=True)
    if len(text) < _SHORT and sum(1 for _ in page.root.iter()) < _MANY_ELEMENTS:
        # Worth trafilatura's comparison with other extractors, which costs as much again.
        text = max(text, _trafilatura(page, fast=False), key=len)
    if text:
        text = in_page_order(page.root, text)
        text = "\n".join([*find_lead(page, text), text])
    return Body(text, captions)


def _trafilatura(page: PageTree, *, fast: bool) -> str:
    found = bare_extraction(
        page.root, url=page.url or None, include_comments=False, include_tables=True, fast=fast
    )
    return _article_text(found.text if found is not None and not isinstance(found, dict) else "")


def _article_text(text: str | None) -> str:
    lines = (squeeze(line) for line in (text or "").split("\n"))
    return "\n".join(line for line in lines if line)


def _drop_related(root: HtmlElement) -> None:
    """Drop headings such as «اقرأ أيضاً» with the links they open."""
    headings = [
        e
        for e in root.iter(
            "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "a", "label", "td"
        )
        if len(e) <= 2 and is_related_heading(short_text(e, 40))
    ]
    for heading in headings:
        block = heading
        while (above := block.getparent()) is not None and above.tag not in (
            "body",
            "html",
            "article",
            "main",
        ):
            if link_share(above, heading) < 0.7 or len(above.text_content().split()) > 250:
                break
            block = above
        if block.getparent() is None or block.getroottree().getroot() is not root:
            continue
        for sibling in list(block.itersiblings()):
            if sibling.tag not in ("ul", "ol", "div", "p", "a", "table") or link_share(sibling, None) < 0.8:
                break
            sibling.drop_tree()
        if len(block.text_content().split()) <= 250:
            block.drop_tree()

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
from pipelines.extract.lead import find_lead, in_page_order, with_subheadings
from pipelines.extract.links import link_share, unwrap_inline_links
from pipelines.extract.page import PageTree, key_of, short_text, squeeze
from pipelines.lexicon import press

_COMMENT_HEADINGS = frozenset(key_of(heading) for heading in press.COMMENT_HEADINGS)
_COMMENTS_AFTER = 200  # characters of prose before a heading that can open the readers' comments
_LONGEST_LINK = 200  # characters
_MENU_LINKS, _MENU_SHARE = 3, 0.9
_LAYOUT_CELL = 250  # characters that no cell of a table of figures has
_MANY_ELEMENTS = 5000  # from here on its comparison costs seconds
_SHORT = 400  # characters below which a second opinion is asked for


@dataclass(frozen=True, slots=True)
class Body:
    """The text trafilatura found with the lead in front; the page's captions and its links outside prose, by their keys."""

    text: str
    captions: frozenset[str]
    links: frozenset[str]


def find_body(page: PageTree) -> Body:
    """Extract the article's text, paragraphs separated by one line break; "" when there is none.

    The tree is changed: read the metadata first.
    """
    captions = frozenset(find_captions(page.root))
    _drop_menus(page.root)
    _open_layout_tables(page.root)
    drop_captions(page.root)
    _drop_related(page.root)
    _drop_comments(page.root)
    unwrap_inline_links(page.root)
    text = _trafilatura(page, fast=True)
    if len(text) < _SHORT and sum(1 for _ in page.root.iter()) < _MANY_ELEMENTS:
        # Worth trafilatura's comparison with other extractors, which costs as much again.
        text = max(text, _trafilatura(page, fast=False), key=len)
    if text:
        text = with_subheadings(page.root, in_page_order(page.root, text))
        text = "\n".join([*find_lead(page, text), text])
    links = frozenset(filter(None, (key_of(short_text(link, _LONGEST_LINK)) for link in page.root.iter("a"))))
    return Body(text, captions, links)


def _trafilatura(page: PageTree, *, fast: bool) -> str:
    found = bare_extraction(
        page.root, url=page.url or None, include_comments=False, include_tables=True, fast=fast
    )
    text = _article_text(found.text if found is not None and not isinstance(found, dict) else "")
    # trafilatura writes a dash before the items of lists; the page has none there.
    items = {key_of(item.text_content()) for item in page.root.iter("li")} if "- " in text else set()
    lines = (
        line[2:] if line.startswith("- ") and key_of(line) in items else line for line in text.split("\n")
    )
    return "\n".join(lines)


def _article_text(text: str | None) -> str:
    lines = (squeeze(line) for line in (text or "").split("\n"))
    return "\n".join(line for line in lines if line)


def _drop_menus(root: HtmlElement) -> None:
    """Drop navigation and tickers: <nav>, <marquee>, and lists of three links or more and nothing else."""
    for element in list(root.iter("nav", "marquee", "ul", "ol")):
        if element.getparent() is None:
            continue
        links = sum(1 for _ in element.iter("a"))
        if element.tag in ("nav", "marquee") or (
            links >= _MENU_LINKS and link_share(element, None) >= _MENU_SHARE
        ):
            element.drop_tree()


def _open_layout_tables(root: HtmlElement) -> None:
    """Make blocks of the tables that lay out a page, so that their text isn't read as cells."""
    for table in list(root.iter("table")):
        if any(_holds_prose(cell) for cell in table.iter("td")):
            for element in list(table.iter("table", "tbody", "tr", "td", "th", "center")):
                element.tag = "div"


def _holds_prose(cell: HtmlElement) -> bool:
    blocks = sum(1 for _ in cell.iter("p", "div", "h1", "br"))
    return blocks > 1 and len(squeeze(cell.text_content())) > _LAYOUT_CELL


def _drop_comments(root: HtmlElement) -> None:
    """Drop what stands behind a heading such as «تعليقات القراء», once the article has been read."""
    prose = 0
    for element in list(root.iter("p", "h2", "h3", "h4", "h5", "h6")):
        if element.tag == "p":
            prose += len(squeeze(element.text_content()))
        elif (
            prose > _COMMENTS_AFTER
            and key_of(short_text(element, 40)).rstrip("0123456789 ") in _COMMENT_HEADINGS
        ):
            for sibling in list(element.itersiblings()):
                sibling.drop_tree()
            if element.getparent() is not None:
                element.drop_tree()


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

"""The article's body: trafilatura's, on a tree whose known traps are mended first and whose lead is looked for after.

What is mended holds for press pages in general (words at inline links, captions, related blocks, leads set apart);
nothing here knows an outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import strip_tags
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from pipelines.arabic import fold_text
from pipelines.clean.blocks import is_related_heading
from pipelines.extract.page import PageTree, key_of, short_text, squeeze
from pipelines.lexicon import press

_LETTER = re.compile(r"[^\W\d_]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_PROCLITICS = frozenset(fold_text(word) for word in press.PROCLITICS)
_ENCLITICS = frozenset(fold_text(word) for word in press.ENCLITICS)
_PROSE_TAGS = (
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
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "aside",
        "nav",
        "header",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
    )
)
_OUTSIDE = frozenset(
    ("nav", "aside", "footer", "figure", "figcaption", "form", "li", "a", "select", "button", "noscript")
)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])|img-?(?:desc|title|alt)|photo-?(?:desc|credit|title)|image-?(?:desc|credit)",
    re.IGNORECASE,
)
_LEAD_CLASS = re.compile(
    r"lead|lede|intro|summary|standfirst|excerpt|abstract|sapo|chapo|deck|subtitle|sub-title|description|brief|teaser|opening",
    re.IGNORECASE,
)
_AFTERMATH_CLASS = re.compile(
    r"comment|related|share|social|cookie|newsletter|subscribe|promo|advert|breadcrumb|most-?read|sidebar",
    re.IGNORECASE,
)
_LINK_WORDS = 6  # words outside its links that make a paragraph prose
_LEAD_WORDS = 8
_LONGEST_CAPTION = 60
_LONGEST_LEAD = 150
_MANY_ELEMENTS = 5000  # from here on its comparison costs seconds
_UNWRAPPED = "unwrapped-link"
_SHORT = 400  # characters below which a second opinion is asked for
_ENDS_SENTENCE = re.compile(r"[.!؟:…][»\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Body:
    """The text trafilatura found with the lead in front, and the page's captions by their keys."""

    text: str
    captions: frozenset[str]


def find_body(page: PageTree) -> Body:
    """Extract the article's text, paragraphs separated by one line break; "" when there is none.

    The tree is changed: read the metadata first.
    """
    captions = frozenset(_captions(page.root))
    _drop_captions(page.root)
    _drop_related(page.root)
    _unwrap_inline_links(page.root)
    text = _trafilatura(page, fast=True)
    if len(text) < _SHORT and sum(1 for _ in page.root.iter()) < _MANY_ELEMENTS:
        # Worth trafilatura's comparison with other extractors, which costs as much again.
        text = max(text, _trafilatura(page, fast=False), key=len)
    if text:
        text = _in_page_order(page.root, text)
        text = "\n".join([*_find_lead(page, text), text])
    return Body(text, captions)


def _trafilatura(page: PageTree, *, fast: bool) -> str:
    found = bare_extraction(
        page.root, url=page.url or None, include_comments=False, include_tables=True, fast=fast
    )
    return _article_text(found.text if found is not None and not isinstance(found, dict) else "")


def _in_page_order(root: HtmlElement, text: str) -> str:
    """Put paragraphs that trafilatura found later and appended, but that stand before the first one, in front of it."""
    lines = text.split("\n")
    places: dict[str, int] = {}
    for n, element in enumerate(root.iter("p", "div", "h2", "h3", "h4", "li", "blockquote")):
        if key := key_of(_own_text(element))[:60]:
            places.setdefault(key, n)
    first = places.get(key_of(lines[0])[:60])
    if first is None:
        return text
    at = len(lines)
    while at > 1 and places.get(key_of(lines[at - 1])[:60], first) < first:
        at -= 1
    return "\n".join(lines[at:] + lines[:at])


def _article_text(text: str | None) -> str:
    lines = (squeeze(line) for line in (text or "").split("\n"))
    return "\n".join(line for line in lines if line)


def _captions(root: HtmlElement) -> Iterator[str]:
    for image in root.iter("img"):
        for name in ("alt", "title"):
            if value := squeeze(image.get(name)):
                yield key_of(value)
    for element in root.iter("figcaption"):
        yield key_of(element.text_content())
    for element in root.iter("p", "div", "span", "h2", "h3", "h4"):
        if _under_image(element):
            yield key_of(element.text_content())


def _under_image(element: HtmlElement) -> bool:
    """Tell whether `element` is a short line right behind an image that stands alone."""
    text = short_text(element, 250) if len(element) <= 2 else ""
    if not text or len(text.split()) > 25 or _ENDS_SENTENCE.search(text):
        return False
    before = element.getprevious()
    while before is not None and not _has_image(before):
        if squeeze(before.tail) or (
            isinstance(before.tag, str)
            and before.tag not in ("script", "style")
            and squeeze(before.text_content())
        ):
            return False
        before = before.getprevious()
    return before is not None and not squeeze(before.tail) and not squeeze(before.text_content())


def _has_image(element: HtmlElement) -> bool:
    return element.tag in ("img", "picture") or next(element.iter("img"), None) is not None


def _drop_captions(root: HtmlElement) -> None:
    marked = [
        e for e in root.iter("p", "div", "span", "small", "em") if _CAPTION_CLASS.search(e.get("class") or "")
    ]
    for element in [*root.iter("figcaption"), *marked]:
        if element.getparent() is not None and len(element.text_content().split()) <= _LONGEST_CAPTION:
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
            if _link_share(above, heading) < 0.7 or len(above.text_content().split()) > 250:
                break
            block = above
        if block.getparent() is None or block.getroottree().getroot() is not root:
            continue
        for sibling in list(block.itersiblings()):
            if sibling.tag not in ("ul", "ol", "div", "p", "a", "table") or _link_share(sibling, None) < 0.8:
                break
            sibling.drop_tree()
        if len(block.text_content().split()) <= 250:
            block.drop_tree()


def _link_share(element: HtmlElement, without: HtmlElement | None) -> float:
    own = len(squeeze(without.text_content())) if without is not None else 0
    links = sum(len(squeeze(a.text_content())) for a in element.iter("a"))
    whole = len(squeeze(element.text_content()))
    if without is not None and any(a is without or without in a.iterdescendants() for a in element.iter("a")):
        links -= own
    return links / (whole - own) if whole > own else 0.0


def _unwrap_inline_links(root: HtmlElement) -> None:
    """Make the links inside prose plain text, with a space where one is missing.

    trafilatura drops paragraphs that are mostly links; and «الولايات</a><a>المتحدة» would give one word.
    """
    held: dict[HtmlElement, list[HtmlElement]] = {}
    for link in root.iter("a"):
        parent = link.getparent()
        if (
            parent is not None
            and parent.tag in _PROSE_TAGS
            and not any(c.tag in _BLOCKS or c.tag == "img" for c in link.iter())
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
        holder.tag == "p" and words > linked and bool(_ENDS_SENTENCE.search(squeeze(text)))
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


def _find_lead(page: PageTree, text: str) -> list[str]:
    """Find the paragraphs between the headline and the body's first line that belong to the article.

    A paragraph counts as one when the page's own description says the same, when its class calls it a lead, or when it
    is a plain <p> of prose. What stands in lists, figures, navigation and comments doesn't.
    """
    known = key_of(text)
    first = key_of(text.split("\n", 1)[0])[:60]
    descriptions = [
        key_of(d.rstrip("….")) for d in page.metas("og:description", "description", "twitter:description")
    ]
    descriptions += [
        key_of(str(t["description"])) for t in page.things if isinstance(t.get("description"), str)
    ]
    started = False
    found: list[str] = []
    has_heading = next(page.root.iter("h1"), None) is not None
    for element in page.root.iter("h1", "h2", "h3", "h4", "p", "div", "span", "strong"):
        if element.tag == "h1":
            started, found = True, []
            continue
        own = _own_text(element)
        key = key_of(own)
        if not key:
            continue
        if (started or not has_heading) and key[:60].startswith(first[:40]):
            break
        if started and key not in known and _may_lead(element, own):
            described = any(
                len(d) > 30 and (key.startswith(d[:60]) or d.startswith(key[:60])) for d in descriptions
            )
            if (
                described
                or _LEAD_CLASS.search(f"{element.get('class', '')} {element.get('id', '')}")
                or element.tag == "p"
            ):
                found.append(own)
    else:
        return []
    return list(dict.fromkeys(found))[-3:]


def _own_text(element: HtmlElement) -> str:
    """Give the text of a block that holds no other block, "" for one that does."""
    if len(element) > 40 or any(
        isinstance(child.tag, str) and child.tag in _BLOCKS for child in element.iterdescendants()
    ):
        return ""
    return squeeze(element.text_content())


def _may_lead(element: HtmlElement, text: str) -> bool:
    words = text.split()
    if not _LEAD_WORDS <= len(words) <= _LONGEST_LEAD or not re.search("[\u0621-\u064a]", text):
        return False
    around = [element, *element.iterancestors()]
    if any(node.tag in _OUTSIDE for node in around):
        return False
    if any(_AFTERMATH_CLASS.search(f"{node.get('class', '')} {node.get('id', '')}") for node in around[:4]):
        return False
    return _link_share(element, None) < 0.5 and not _under_image(element)

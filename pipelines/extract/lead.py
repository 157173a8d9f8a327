"""The lead that stands apart from the body, and paragraphs that trafilatura found out of order."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pipelines.extract.images import under_image
from pipelines.extract.links import link_share
from pipelines.extract.page import BLOCKS, PageTree, key_of, squeeze

_OUTSIDE = frozenset(
    ("nav", "aside", "footer", "figure", "figcaption", "form", "li", "a", "select", "button", "noscript")
)
_LEAD_CLASS = re.compile(
    r"lead|lede|intro|summary|standfirst|excerpt|abstract|sapo|chapo|deck|subtitle|sub-title|description|brief|teaser|opening",
    re.IGNORECASE,
)
_AFTERMATH_CLASS = re.compile(
    r"comment|related|share|social|cookie|newsletter|subscribe|promo|advert|breadcrumb|most-?read|sidebar",
    re.IGNORECASE,
)
_LEAD_WORDS = 8
_LONGEST_LEAD = 150


def find_lead(page: PageTree, text: str) -> list[str]:
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


def _may_lead(element: HtmlElement, text: str) -> bool:
    words = text.split()
    if not _LEAD_WORDS <= len(words) <= _LONGEST_LEAD or not re.search("[\u0621-\u064a]", text):
        return False
    around = [element, *element.iterancestors()]
    if any(node.tag in _OUTSIDE for node in around):
        return False
    if any(_AFTERMATH_CLASS.search(f"{node.get('class', '')} {node.get('id', '')}") for node in around[:4]):
        return False
    return link_share(element, None) < 0.5 and not under_image(element)


def in_page_order(root: HtmlElement, text: str) -> str:
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


def _own_text(element: HtmlElement) -> str:
    """Give the text of a block that holds no other block, "" for one that does."""
    if len(element) > 40 or any(
        isinstance(child.tag, str) and child.tag in BLOCKS for child in element.iterdescendants()
    ):
        return ""
    return squeeze(element.text_content())

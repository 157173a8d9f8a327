"""The lead that stands apart from the body, and paragraphs that trafilatura found out of order."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pipelines.clean.blocks import is_related_heading
from pipelines.extract.images import under_image
from pipelines.extract.links import link_share
from pipelines.extract.page import BLOCKS, PageTree, key_of, short_text, squeeze

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
_KEY = 60  # characters by which a paragraph is known again
_LEAD_WORDS = 8
_LEAST_LEAD = 5  # of one that its class or the description calls so
_LONGEST_LEAD = 150


def find_lead(page: PageTree, text: str) -> list[str]:
    """Find the paragraphs between the headline and the body's first line that belong to the article.

    A paragraph counts as one when the page's own description says the same, when its class calls it a lead, or when it
    is a plain <p> of prose. What stands in lists, figures, navigation and comments doesn't.
    """
    known = key_of(text)
    first = key_of(text.split("\n", 1)[0])[:_KEY]
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
        if (started or not has_heading) and key[:_KEY].startswith(first[:40]):
            break
        if started and key not in known and _may_lead(element, own):
            described = any(
                len(d) > 30 and (key.startswith(d[:_KEY]) or d.startswith(key[:_KEY])) for d in descriptions
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
    least = _LEAD_WORDS if element.tag == "p" else _LEAST_LEAD
    if not least <= len(words) <= _LONGEST_LEAD or not re.search("[\u0621-\u064a]", text):
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
        if key := key_of(_own_text(element))[:_KEY]:
            places.setdefault(key, n)
    first = places.get(key_of(lines[0])[:_KEY])
    if first is None:
        return text
    at = len(lines)
    while at > 1 and places.get(key_of(lines[at - 1])[:_KEY], first) < first:
        at -= 1
    return "\n".join(lines[at:] + lines[:at])


def with_subheadings(root: HtmlElement, text: str) -> str:
    """Put back the headings between two paragraphs of the article that trafilatura left out."""
    lines = text.split("\n")
    wanted = {key_of(line)[:_KEY] for line in lines}
    after: dict[str, str] = {}
    for heading in root.iter("h2", "h3", "h4"):
        words = short_text(heading, 120)
        before, behind = _neighbour(heading, back=True), _neighbour(heading, back=False)
        if (
            not words
            or before is None
            or behind is None
            or key_of(words)[:_KEY] in wanted
            or is_related_heading(words)
        ):
            continue
        keys = [key_of(_own_text(element))[:_KEY] for element in (before, behind)]
        if all(key and key in wanted for key in keys):
            after[keys[0]] = words
    if not after:
        return text
    pieces = [part for line in lines for part in (line, after.pop(key_of(line)[:_KEY], ""))]
    return "\n".join(piece for piece in pieces if piece)


def _neighbour(element: HtmlElement, *, back: bool) -> HtmlElement | None:
    return next(
        (e for e in element.itersiblings(preceding=back) if e.tag in ("p", "div", "blockquote")), None
    )


def _own_text(element: HtmlElement) -> str:
    """Give the text of a block that holds no other block, "" for one that does."""
    if len(element) > 40 or any(
        isinstance(child.tag, str) and child.tag in BLOCKS for child in element.iterdescendants()
    ):
        return ""
    return squeeze(element.text_content())

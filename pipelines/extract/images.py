"""Lines that say what an image shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipelines.extract.page import ENDS_SENTENCE, key_of, short_text, squeeze

_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])|img-?(?:desc|title|alt)|photo-?(?:desc|credit|title)|image-?(?:desc|credit)",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 60  # words


def find_captions(root: HtmlElement) -> Iterator[str]:
    """Yield the keys of what the page says about its images: alt texts, captions, short lines below an image."""
    for image in root.iter("img"):
        for name in ("alt", "title"):
            if value := squeeze(image.get(name)):
                yield key_of(value)
    for element in root.iter("figcaption"):
        yield key_of(element.text_content())
    for element in root.iter("p", "div", "span", "h2", "h3", "h4"):
        if under_image(element):
            yield key_of(element.text_content())


def under_image(element: HtmlElement) -> bool:
    """Tell whether `element` is a short line right behind an image that stands alone."""
    text = short_text(element, 250) if len(element) <= 2 else ""
    if not text or len(text.split()) > 25 or ENDS_SENTENCE.search(text):
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


def drop_captions(root: HtmlElement) -> None:
    """Drop the captions that the page marks as such; a banner that holds the headline is none."""
    marked = [
        e for e in root.iter("p", "div", "span", "small", "em") if _CAPTION_CLASS.search(e.get("class") or "")
    ]
    for element in [*root.iter("figcaption"), *marked]:
        if element.getparent() is None or next(element.iter("h1", "h2"), None) is not None:
            continue
        if len(element.text_content().split()) <= _LONGEST_CAPTION:
            element.drop_tree()

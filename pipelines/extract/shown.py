"""The dates that a page shows its readers, and how near to the headline they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from pipelines.arabic import fold_text
from pipelines.extract.datetext import Stamp, date_part, read_stamp
from pipelines.extract.page import key_of, short_text, squeeze

_MOST_DATES = 6
_LONGEST_DATE_TEXT = 110  # characters
_MOST_CHILDREN = 8  # of an element whose text may be one date
_CARRIERS = tuple("span div p time li td small font strong b em i h2 h3 h4 h5 h6 a label ins bdi".split())
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta", re.IGNORECASE)
# Weights in elements of document order. A date above the headline is today's as often as the article's; one in a list
# or a side column belongs to another article.
_ABOVE, _NO_CLASS, _IN_HEADER, _IN_LIST = 4, 150, 1000, 5000


def nearness(root: HtmlElement, title: str) -> Callable[[HtmlElement], int]:
    """Give a measure of how far an element is from the headline whose key is `title`; the least is the nearest."""
    order = {element: n for n, element in enumerate(root.iter())}
    named = (h for h in root.iter("h1", "h2", "h3") if title and key_of(short_text(h, 300)) == title)
    first = next(named, None)
    first = first if first is not None else next(root.iter("h1"), None)
    heading = order[first] if first is not None else 0

    def measure(element: HtmlElement) -> int:
        distance = order[element] - heading
        rank = distance if distance >= 0 else -_ABOVE * distance
        rank += 0 if _DATE_CLASS.search(f"{element.get('class', '')} {element.get('id', '')}") else _NO_CLASS
        rank += _IN_LIST if _in_list(element) else 0
        in_header = distance < 0 and any(node.tag == "header" for node in element.iterancestors())
        return rank + (_IN_HEADER if in_header else 0)

    return measure


def shown_dates(root: HtmlElement, near: Callable[[HtmlElement], int]) -> list[tuple[str, Stamp]]:
    """Give the dates that stand on lines of their own, as written and as read, the nearest to the headline first."""
    rows: list[tuple[int, str, Stamp]] = []
    seen: set[str] = set()
    for element, text in _short_texts(root):
        part = date_part(text)
        stamp = read_stamp(part) if part else None
        if part is None or stamp is None or stamp.day is None or part in seen:
            continue
        seen.add(part)
        rows.append((near(element), part, stamp))
    return [(part, stamp) for _, part, stamp in sorted(rows, key=lambda row: row[0])[:_MOST_DATES]]


def _short_texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.iter(*_CARRIERS):
        if len(element) > _MOST_CHILDREN or any(node.tag == "blockquote" for node in element.iterancestors()):
            continue  # a quoted post brings its own date
        own = squeeze(" ".join(t for t in [element.text, *(child.tail for child in element)] if t))
        for text in dict.fromkeys((own, short_text(element, _LONGEST_DATE_TEXT))):
            if 6 <= len(text) <= _LONGEST_DATE_TEXT and any(char.isdigit() for char in fold_text(text)):
                yield element, text


def _in_list(element: HtmlElement) -> bool:
    ancestors = [element, *element.iterancestors()]
    inside = any(node.tag == "article" for node in ancestors)
    if any(node.tag in ("aside", "nav") or (node.tag == "footer" and not inside) for node in ancestors):
        return True
    item = next((node for node, above in pairwise(ancestors) if node.tag == "li" or above.tag == "a"), None)
    return item is not None and any(True for _ in item.iter("a"))

"""Recognise what servers send instead of an article: CAPTCHAs, checks for robots, cookie walls, soft 404s.

Such a page is told by a telltale *and* by having next to no other text, so that an article about CAPTCHAs, or one with
a notice about cookies above it, is never taken for one. The telltales are data: crawler.blockpages_lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import lxml.etree
import lxml.html
from w3lib.encoding import html_to_unicode

from crawler.blockpages_lexicon import HEADERS, SIGNATURES, Kind, Signature

READ = 400_000  # bytes looked at; block pages are small
ENOUGH = 1000  # characters outside menus: with so many a page has a text, whatever else it says
LONGEST = 250  # characters of a line that tells what a page is; a paragraph that happens to say so is longer
REASONS: dict[Kind, str] = {
    "challenge": "a check for robots came instead of the page",
    "captcha": "a CAPTCHA came instead of the page",
    "cookies": "a cookie wall came instead of the page",
    "javascript": "a page without text came, which needs JavaScript",
    "denied": "a refusal came instead of the page",
    "missing": "the page says that it does not exist",
}
UNSEEN = frozenset({"script", "style", "template", "svg", "iframe", "object", "head"})
# What stands around an article. Links, because menus and lists of other articles are made of them.
AROUND = frozenset({"nav", "header", "footer", "aside", "form", "button", "select", "a", "noscript"})
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"}
)
BODY_IN_DATA = re.compile(r'"(?:articleBody|article_body)" ?: ?"((?:[^"\\]|\\.)*)"'.replace(" ?", r"\s*"))
HEADINGS = ("title", "h1", "h2")


@dataclass(frozen=True, slots=True)
class Block:
    """What came instead of an article."""

    kind: Kind
    reason: str  # a short sentence for the ledger


def recognise(
    body: bytes, headers: Iterable[tuple[str, str]] = (), content_type: str | None = None
) -> Block | None:
    """Recognise a page that came instead of an article, or return None.

    `headers`: the response's own, names in any case. Whatever the status: block pages come with 200, 403 and 503.
    E.g. «يرجى تفعيل الجافا سكربت» on a page that says nothing else is {kind: javascript}.
    """
    html = html_to_unicode(content_type, body[:READ], default_encoding="utf-8")[1]
    try:
        page = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):  # nothing to read in it
        page = lxml.html.Element("html")
    lines = _short(page)
    if lines is None:
        return None
    said = _said_by(headers)
    in_data = max((len(found) for found in BODY_IN_DATA.findall(html)), default=0)
    headings = [_squeezed(one.text_content()) for one in page.iter(*HEADINGS)]
    for signature in SIGNATURES:
        if signature.kind != said and not _shows(signature, html, lines, headings):
            continue
        if max(_other_text(signature, lines), in_data) <= signature.most:
            return _block(signature.kind)
    return None


def _block(kind: Kind) -> Block:
    return Block(kind, REASONS[kind])


def _said_by(headers: Iterable[tuple[str, str]]) -> Kind | None:
    """Return what a response's headers themselves say it is."""
    given = [(name.lower(), value) for name, value in headers]
    for name, pattern, kind in HEADERS:
        if any(name == one and re.search(pattern, value, re.IGNORECASE) for one, value in given):
            return kind
    return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A block element's text."""

    text: str
    around: bool  # it stands in a menu, a footer, a link: no article's text


def _short(page: lxml.html.HtmlElement) -> list[_Line] | None:
    """Return a page's lines, or None when it has more text than any page that is no article."""
    lines: list[_Line] = []
    room = ENOUGH
    for line in _lines(page):
        lines.append(line)
        room -= 0 if line.around else len(line.text)
        if room < 0:
            return None
    return lines


def _lines(page: lxml.html.HtmlElement) -> Iterator[_Line]:
    """Yield what a reader sees, an element that makes a line of its own at a time; <noscript> counts as seen."""
    parts: dict[bool, list[str]] = {False: [], True: []}

    def flush() -> Iterator[_Line]:
        for around, texts in parts.items():
            if text := _squeezed("".join(texts)):
                yield _Line(text, around)
            texts.clear()

    # A stack of my own: pages nest deeper than Python's recursion goes.
    stack: list[tuple[lxml.html.HtmlElement | str, bool]] = [(page, False)]
    while stack:
        node, around = stack.pop()
        if isinstance(node, str):
            parts[around].append(node)
            continue
        inside = around or node.tag in AROUND
        if not isinstance(node.tag, str) or node.tag in UNSEEN:
            continue
        if node.tag not in INLINE:
            yield from flush()
        below: list[tuple[lxml.html.HtmlElement | str, bool]] = [(node.text or "", inside)]
        for child in node:
            below += [(child, inside), (child.tail or "", inside)]
        if node.tag not in INLINE:
            below.append(("\n", inside))
        stack += reversed(below)
    yield from flush()


def _shows(signature: Signature, html: str, lines: list[_Line], headings: list[str]) -> bool:
    """Say whether a page bears one of a signature's telltales."""
    marks, phrases, titles = _compiled(signature)
    return (
        any(mark.search(html) for mark in marks)
        or any(_tells(line, phrases) for line in lines)
        or any(title.search(heading) for title in titles for heading in headings)
    )


def _tells(line: _Line, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return len(line.text) <= LONGEST and any(one.search(line.text) for one in patterns)


def _other_text(signature: Signature, lines: list[_Line]) -> int:
    """Count the characters of text that is neither the telltale nor around the article."""
    _, phrases, titles = _compiled(signature)
    return sum(len(line.text) for line in lines if not line.around and not _tells(line, (*phrases, *titles)))


@cache
def _compiled(signature: Signature) -> tuple[tuple[re.Pattern[str], ...], ...]:
    groups = (signature.marks, signature.phrases, signature.headings)
    return tuple(tuple(re.compile(_pattern(one), re.IGNORECASE) for one in group) for group in groups)


def _pattern(written: str) -> str:
    return written.replace(" ", r"\s+").replace(r"\s+?", r"\s*")


def _squeezed(text: str) -> str:
    return " ".join(text.split())

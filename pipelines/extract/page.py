"""One parse of a page, shared by all who read it: its tree, its meta tags, its JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml.etree import Comment, ParserError, ProcessingInstruction, strip_elements
from lxml.html import HtmlElement

from pipelines.arabic import fold_text
from pipelines.extract.errors import EmptyPageError

# What XML can't hold, as characters and as references: lxml reads it, and refuses to write it.
_NOT_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    "|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2}))(?:;|(?![0-9a-fA-F]))"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_JSON_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_ARTICLE_TYPES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "blogposting",
    "report",
    "analysisnewsarticle",
    "webpage",
    "opinionnewsarticle",
)
_DEEPEST = 12
# Elements that start a line of their own.
BLOCKS = frozenset(
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
ENDS_SENTENCE = re.compile(r"[.!؟:…][»\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class PageTree:
    """A parsed page; `meta` keeps every named tag in order, `things` the JSON-LD objects, articles first."""

    root: HtmlElement
    url: str
    meta: tuple[tuple[str, str], ...]
    things: tuple[dict[str, Any], ...]

    def metas(self, *names: str) -> list[str]:
        """Give the contents of the meta tags called `names`, in the order of `names`."""
        return [content for name in names for key, content in self.meta if key == name]


def parse(html: str, url: str) -> PageTree:
    """Parse a decoded page once; raises `EmptyPageError` when nothing can be parsed."""
    try:
        root = lxml.html.document_fromstring(_NOT_XML.sub("", _DECLARATION.sub("", html)))
    except (ParserError, ValueError) as error:
        raise EmptyPageError("empty page: the HTML holds no element") from error
    things = tuple(sorted(_things(root), key=_is_other))
    strip_elements(root, Comment, ProcessingInstruction, "style", with_tail=False)
    for script in list(root.iter("script")):
        # trafilatura falls back on JSON-LD, so that stays.
        if "ld+json" not in (script.get("type") or "") and script.getparent() is not None:
            script.drop_tree()
    return PageTree(root, url, tuple(_meta(root)), things)


def short_text(element: HtmlElement, limit: int) -> str:
    """Give the text of `element` on one line, "" when it is longer than about `limit` characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        stripped = piece.strip()
        length += len(stripped)
        if length > limit:
            return ""
        pieces.append(piece)
    return squeeze("".join(pieces))


def squeeze(text: str | None) -> str:
    """Put `text` on one line with single spaces."""
    return " ".join((text or "").split())


def key_of(text: str) -> str:
    """Give the letters and digits of `text`, folded: what two spellings of one title have in common."""
    return re.sub(r"[\W_]+", " ", fold_text(text)).strip().lower()


def _meta(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        content = squeeze(element.get("content"))
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if content and name:
            yield name.strip().lower(), content


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield from _objects(_load(script.text), 0)


def _load(raw: str) -> Any:  # noqa: ANN401  (JSON may be anything)
    text = _JSON_COMMENT.sub("", raw).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _salvage(text: str) -> dict[str, str]:
    """Read the few fields that matter out of JSON that is broken elsewhere."""
    found: dict[str, str] = {}
    for name in ("@type", "headline", "datePublished", "dateModified"):
        match = re.search(rf'"{name}"\s*:\s*"((?:[^"\\\n]|\\.){{1,400}})"', text)
        if match:
            try:
                found[name] = json.loads(f'"{match[1]}"', strict=False)
            except ValueError:
                found[name] = match[1]
    return found


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth + 1)


def types_of(thing: dict[str, Any]) -> list[str]:
    """Give the types of a JSON-LD object in lower case."""
    kinds = thing.get("@type")
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _is_other(thing: dict[str, Any]) -> bool:
    return not any(kind in _ARTICLE_TYPES for kind in types_of(thing))

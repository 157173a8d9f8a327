"""Author of a page: a name that the page gives somewhere, unless it is the outlet's own, a logo's or an address."""

from __future__ import annotations

import re
from typing import Any

from pipelines.arabic import fold_text
from pipelines.extract.page import PageTree, key_of, short_text, squeeze, types_of
from pipelines.extract.titles import is_site, stated_names
from pipelines.lexicon import press

_AUTHOR_METAS = (
    "article:author",
    "author",
    "authors",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
_ADDRESS = re.compile(
    r"https?:|www\.|@|\.(?:com|net|org|info|news|example|png|jpe?g|gif|svg|html?)\b|/", re.IGNORECASE
)
_NOT_AUTHORS = frozenset(key_of(name) for name in press.NOT_AUTHORS)


def _labels(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((re.escape(fold_text(name)) for name in names), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(ordered)})(?![^\W_])[ ]*[:：/-]?[ ]*", re.IGNORECASE)


_LABEL = _labels(press.AUTHOR_LABELS)
_WEAK_LABEL = _labels(press.WEAK_AUTHOR_LABELS)
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:auth(?:or)?s?|byline|by|writer|reporter|journalist|correspondent)(?:name)?(?![a-z])",
    re.IGNORECASE,
)
_SEAM = re.compile(r"\s*[|·•]\s*|\s+[-–—]\s+")
_LONGEST_AUTHOR = 80
_BYLINE_WORDS = 6
_LONGEST_BYLINE = 120


def find_author(page: PageTree, sites: frozenset[str]) -> str | None:
    """Give the author's name as the page writes it, None when what stands there is no name.

    "Logo Png", an address, a mail account's domain or the outlet's own name are none; «بقلم: سلمى الراوي» gives
    «سلمى الراوي». A desk in brackets, «(أبوظبي - البيان)», is the outlet again.
    """
    found = [name for thing in page.things for name in _people(thing.get("author"))]
    found += page.metas(*_AUTHOR_METAS)
    found += [squeeze(e.text_content()) for e in page.root.xpath(".//*[@rel='author' or @itemprop='author']")]
    found += [
        squeeze(e.text_content())
        for e in page.root.xpath(".//span[@class]|.//a[@class]|.//div[@class]|.//p[@class]|.//address")
        if e.tag == "address" or _AUTHOR_CLASS.search(e.get("class", ""))
    ]
    return next(filter(None, (_as_author(name, sites) for name in found)), None) or _labelled(page, sites)


def _labelled(page: PageTree, sites: frozenset[str]) -> str | None:
    """Find a labelled name on a short line of the page: «10 مارس 2017 | كتب: سلمى الراوي»."""
    for element in page.root.iter(
        "div", "span", "p", "td", "small", "font", "b", "strong", "h4", "h5", "address"
    ):
        text = short_text(element, _LONGEST_BYLINE)
        if ":" not in text or any(
            node.tag in ("aside", "footer", "nav", "li", "form") for node in element.iterancestors()
        ):
            continue
        for part in _SEAM.split(text):
            if author := read_byline(part, sites):
                return author
    return None


def read_byline(line: str, sites: frozenset[str], *, edge: bool = False) -> str | None:
    """Give the author whom a short line names: «بقلم: سلمى الراوي»; None when the line is something else.

    At an article's `edge` «حوار: سلمى الراوي» counts too.
    """
    folded = fold_text(line).strip()
    if len(folded.split()) > _BYLINE_WORDS:
        return None
    strong, weak = _LABEL.match(folded), _WEAK_LABEL.match(folded)
    if strong and (strong.group().strip()[-1] in ":：/-" or len(folded[strong.end() :].split()) in (2, 3)):
        return _as_author(line, sites)
    if edge and weak and ":" in weak.group() and len(folded[weak.end() :].split()) <= 3:
        return _as_author(line.partition(":")[2], sites)
    return None


def _people(value: Any) -> list[str]:  # noqa: ANN401  (JSON-LD writes a string, an object or a list)
    if isinstance(value, list):
        return [name for item in value for name in _people(item)]
    if isinstance(value, dict):
        kinds = types_of(value)
        return [] if "organization" in kinds or "newsmediaorganization" in kinds else stated_names(value)
    return [value] if isinstance(value, str) else []


def _as_author(name: str, sites: frozenset[str]) -> str | None:
    name = squeeze(name).strip(" ()[]|،,:-–")
    folded = fold_text(name)
    if match := _LABEL.match(folded):
        rest = folded[match.end() :]
        name = name[-len(rest) :].strip(" :/-–()") if rest else ""
    key = key_of(name)
    words = key.split()
    if (
        not 1 < len(name) <= _LONGEST_AUTHOR
        or len(words) > 8
        or _ADDRESS.search(name)
        or any(c.isdigit() for c in name)
    ):
        return None
    if (
        key in _NOT_AUTHORS
        or any(word in ("png", "jpg", "logo", "developed") for word in words)
        or is_site(key, sites, loosely=True)
    ):
        return None
    return name

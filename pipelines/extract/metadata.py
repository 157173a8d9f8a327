"""Title and author of a page, without what the site adds of its own: its name, its section, its logo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from pipelines.arabic import fold_text
from pipelines.extract.page import PageTree, key_of, short_text, squeeze, types_of
from pipelines.lexicon import press

# A guillemet or a dash parts only when blanks stand around it: «لـ«الحياة»» and «أميركي-روسي» are no seams.
_SEPARATOR = re.compile(r"\s+(?:[|–—•·«»›:>/~-]|::)+\s+|\s*(?:\|+|::|•)\s*|\s*:\s+|\s+:\s*|\s+-+|\s*[–—]\s+")
_TITLE_METAS = ("og:title", "twitter:title", "headline", "dc.title", "title")
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
_SITE_WORDS = frozenset(key_of(word) for word in (*press.SOURCE_WORDS, *press.SITE_WORDS))


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
_LONGEST_TITLE = 300  # characters; an <h1> that was never closed holds the whole page
_MOST_HEADINGS = 8  # a page with more <h1> than that uses them for something else
_LONGEST_NAME = 6  # words
_MOST_NAMES_AROUND = 4  # segments of site and section names that a title is freed of


def site_names(page: PageTree, names: Iterable[str] = ()) -> frozenset[str]:
    """Give the keys of the names by which the page's site calls itself; `names` are those already known."""
    found = [
        *names,
        *page.metas(
            "og:site_name",
            "application-name",
            "twitter:site",
            "publisher",
            "copyright",
            "al:android:app_name",
        ),
    ]
    for thing in page.things:
        found += _names(thing.get("publisher"))
        if any(kind in ("organization", "newsmediaorganization", "website") for kind in types_of(thing)):
            found += _names(thing)
    found += _learned(_statements(page))
    host = urlsplit(page.url).hostname or ""
    labels = [
        label
        for label in host.split(".")
        if label not in ("www", "com", "net", "org", "news", "ar", "arabic")
    ]
    return frozenset(filter(None, (key_of(name) for name in [*found, host.removeprefix("www."), *labels])))


def _statements(page: PageTree) -> list[str]:
    """Give what the page says its title is, headings of the page included, each on one line."""
    element = page.root.find(".//title")
    stated = [t["headline"] for t in page.things if isinstance(t.get("headline"), str)]
    whole = [element.text_content()] if element is not None else []
    headings = [h.text_content() for h in islice(page.root.iter("h1"), _MOST_HEADINGS)]
    texts = map(squeeze, [*stated, *page.metas(*_TITLE_METAS), *whole, *headings])
    return [text for text in texts if text and len(text) <= _LONGEST_TITLE]


def _learned(statements: list[str]) -> list[str]:
    """Give what one statement of the title has at its edge and another leaves out: the site's or the section's name."""
    keys = {key_of(text) for text in statements if len(key_of(text).split()) > 2}
    found = []
    for title in statements:
        pieces = _split(title)
        for count in range(1, min(len(pieces), _MOST_NAMES_AROUND)):
            if key_of(_join(title, pieces, 0, len(pieces) - count)) in keys:
                found += [title[slice(*piece)] for piece in pieces[-count:]]
            if key_of(_join(title, pieces, count, len(pieces))) in keys:
                found += [title[slice(*piece)] for piece in pieces[:count]]
    return [name for name in found if len(name.split()) <= _LONGEST_NAME]


def _names(thing: object) -> list[str]:
    if isinstance(thing, list):
        return [name for item in thing for name in _names(item)]
    if isinstance(thing, dict):
        values = [thing.get("name"), thing.get("alternateName")]
        return [value for value in values if isinstance(value, str)]
    return [thing] if isinstance(thing, str) else []


def find_title(page: PageTree, sites: frozenset[str]) -> str:
    """Give the headline without the site's name, whichever side it stands on; "" when there is none.

    «المدينة الآن - وزراء التحالف يجتمعون» gives «وزراء التحالف يجتمعون». The site's name is known from `sites`, or
    learned: what one statement of the title has in front or behind and another leaves out.
    """
    statements = _statements(page)
    if not statements:
        return ""
    # An <h1> that the other statements repeat is the headline as the reader sees it.
    headings = [
        text for h in islice(page.root.iter("h1"), _MOST_HEADINGS) if (text := short_text(h, _LONGEST_TITLE))
    ]
    keys = [key_of(text) for text in statements]
    for heading in headings:
        key = key_of(heading)
        if (
            len(key.split()) > 1
            and key not in sites
            and sum(key in other for other in keys) > headings.count(heading)
        ):
            return _strip_sites(heading, sites)
    base = next((text for text in statements if key_of(text) not in sites), statements[0])
    return _strip_sites(_shortest_statement(base, keys), sites)


def _shortest_statement(title: str, others: list[str]) -> str:
    """Cut `title` down to the statement that others make of it without its edge segments."""
    pieces = _split(title)
    for count in range(1, len(pieces)):
        for text in (_join(title, pieces, 0, len(pieces) - count), _join(title, pieces, count, len(pieces))):
            if len(key_of(text).split()) > 2 and key_of(text) in others:
                return text
    return title


def _strip_sites(title: str, sites: frozenset[str]) -> str:
    for _ in range(_MOST_NAMES_AROUND):
        pieces = _split(title)
        if len(pieces) < 2:
            return title
        first, last = key_of(title[slice(*pieces[0])]), key_of(title[slice(*pieces[-1])])
        if _is_site(last, sites):
            title = _join(title, pieces, 0, len(pieces) - 1)
        elif _is_site(first, sites):
            title = _join(title, pieces, 1, len(pieces))
        else:
            return title
    return title


def _is_site(key: str, sites: frozenset[str], *, loosely: bool = False) -> bool:
    """Tell whether `key` is a site's name, alone or with words such as «صحيفة»; `loosely`, with any two words."""
    if not key or key in sites:
        return bool(key)
    for site in sites:
        if len(site) > 3 and f" {site} " in f" {key} ":
            others = f" {key} ".replace(f" {site} ", " ", 1).split()
            if all(word in _SITE_WORDS for word in others) or (loosely and len(others) <= 2):
                return True
    return False


def _split(title: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in _SEPARATOR.finditer(title):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
    if at < len(title):
        spans.append((at, len(title)))
    return spans


def _join(title: str, pieces: list[tuple[int, int]], first: int, end: int) -> str:
    return title[pieces[first][0] : pieces[end - 1][1]].strip()


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
        return [] if "organization" in kinds or "newsmediaorganization" in kinds else _names(value)
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
        or _is_site(key, sites, loosely=True)
    ):
        return None
    return name

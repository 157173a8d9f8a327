"""Title of a page, without what the site adds of its own: its name, its section, its logo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.extract.page import PageTree, key_of, short_text, squeeze, types_of
from pipelines.lexicon import press

# A guillemet or a dash parts only when blanks stand around it: «لـ«الحياة»» and «أميركي-روسي» are no seams.
_SEPARATOR = re.compile(r"\s+(?:[|–—•·«»›:>/~-]|::)+\s+|\s*(?:\|+|::|•)\s*|\s*:\s+|\s+:\s*|\s+-+|\s*[–—]\s+")
_TITLE_METAS = ("og:title", "twitter:title", "headline", "dc.title", "title")
_SITE_WORDS = frozenset(key_of(word) for word in (*press.SOURCE_WORDS, *press.SITE_WORDS))
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
        found += stated_names(thing.get("publisher"))
        if any(kind in ("organization", "newsmediaorganization", "website") for kind in types_of(thing)):
            found += stated_names(thing)
    found += [*_logos(page), *_learned(_statements(page))]
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
    texts = map(squeeze, [*stated, *page.metas(*_TITLE_METAS), *whole])
    return [text for text in texts if text and len(text) <= _LONGEST_TITLE] + _headings(page)


def _headings(page: PageTree) -> list[str]:
    """Give the page's first headings; the logo, which leads to the front page, is none."""
    headings = [
        heading
        for heading in islice(page.root.iter("h1"), _MOST_HEADINGS)
        if not any(_leads_home(link, page) for link in (*heading.iter("a"), *heading.iterancestors("a")))
    ]
    return [text for heading in headings if (text := short_text(heading, _LONGEST_TITLE))]


def _logos(page: PageTree) -> list[str]:
    """Give what the links to the front page say, in words or as the description of an image."""
    home = list(islice((link for link in page.root.iter("a") if _leads_home(link, page)), _MOST_HEADINGS))
    said = [short_text(link, _LONGEST_TITLE) for link in home]
    said += [squeeze(image.get("alt")) for link in home for image in link.iter("img")]
    return [name for name in said if 0 < len(name.split()) <= _LONGEST_NAME]


def _leads_home(link: HtmlElement, page: PageTree) -> bool:
    href = (link.get("href") or "").strip().strip("#")
    own = urlsplit(page.url).netloc
    # Most links lead deeper, and are told by their length alone: a page has hundreds, and resolving costs more.
    if not href or (len(href.partition("#")[0]) > len(f"https://{own}/") and ".." not in href):
        return False
    try:
        target = urlsplit(urljoin(page.url, href))
    except ValueError:  # a broken address leads nowhere
        return False
    return target.netloc == own and target.path in ("", "/") and not target.query


def _learned(statements: list[str]) -> list[str]:
    """Give what one statement of the title has at its edge and another leaves out: the site's or the section's name.

    The same holds for an edge that two of them share round a middle that differs: «… - سياسة - النهر», «… - النهر».
    """
    keys = {key_of(text) for text in statements if len(key_of(text).split()) > 2}
    found = []
    for title in statements:
        pieces = _split(title)
        for count in range(1, min(len(pieces), _MOST_NAMES_AROUND)):
            if key_of(_join(title, pieces, 0, len(pieces) - count)) in keys:
                found += [title[slice(*piece)] for piece in pieces[-count:]]
            if key_of(_join(title, pieces, count, len(pieces))) in keys:
                found += [title[slice(*piece)] for piece in pieces[:count]]
    found += _shared_ends(statements)
    return [name for name in found if len(name.split()) <= _LONGEST_NAME]


def _shared_ends(statements: list[str]) -> list[str]:
    ends: dict[tuple[str, str], set[str]] = {}
    for title in statements:
        pieces = [title[slice(*piece)] for piece in _split(title)]
        if len(pieces) > 1:
            ends.setdefault((key_of(pieces[0]), pieces[-1]), set()).add(key_of(title))
    return [last for (_, last), wholes in ends.items() if len(wholes) > 1]


def stated_names(thing: object) -> list[str]:
    """Give the names that a JSON-LD value states: a string, an object or a list of them."""
    if isinstance(thing, list):
        return [name for item in thing for name in stated_names(item)]
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
    headings = _headings(page)
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
        if is_site(last, sites):
            title = _join(title, pieces, 0, len(pieces) - 1)
        elif is_site(first, sites):
            title = _join(title, pieces, 1, len(pieces))
        else:
            return title
    return title


def is_site(key: str, sites: frozenset[str], *, loosely: bool = False) -> bool:
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

"""Typed sources to addresses: pure functions on bytes, each returning what a source says it has published.

Nothing here fetches. A source's own words for a date are kept raw: reading them is a later, revisable step.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote_plus

import feedparser
import lxml.etree
import lxml.html
from w3lib.encoding import html_to_unicode

from crawler.addresses import canonical, is_article, joined
from crawler.found import Found, Reading, SourceError, normal_lastmod, stated
from crawler.jsonlistings import parse_json_listing
from crawler.outlets.model import Outlet, Source
from crawler.outlets.sources import Kind
from crawler.sitemaps import parse_sitemap
from crawler.wayback import as_live, parse_captures

# Read page by page, until a page brings nothing new.
PAGED: frozenset[Kind] = frozenset({"listing", "json_listing", "search", "wayback"})
FEED_BEGINS = (b"<?xml", b"<rss", b"<feed", b"<rdf")


def read_source(
    outlet: Outlet, source: Source, url: str, body: bytes, base: str, content_type: str | None = None
) -> Reading:
    """Read the body of a source known as `url` and keep the outlet's own articles, each once.

    `base`: the address that answered, after redirects; relative links are relative to it.
    Raises SourceError when the body is not what the declaration says it is.
    """
    reading = _parsed(source, body, base, content_type)
    kept: dict[str, Found] = {}
    for found in reading.found:
        form = canonical(as_live(outlet, found.url) if found.archived else found.url)
        if not form or not is_article(outlet, form):
            continue
        # A list may link an article twice, by its picture and by its headline.
        if form not in kept or (found.title and not kept[form].title):
            kept[form] = replace(found, url=form, source=f"{source.kind} {url}")
    return replace(reading, found=tuple(kept.values()))


def _parsed(source: Source, body: bytes, base: str, content_type: str | None) -> Reading:
    kind = source.kind
    if kind == "feed" or (kind == "search" and _looks_like_feed(body)):
        return parse_feed(body, base)
    if kind in ("listing", "search"):
        return parse_listing(body, base, source.links, content_type)
    if kind == "json_listing" and source.paths:
        return parse_json_listing(body, base, source.paths)
    if kind == "wayback":
        return parse_captures(body, base)
    return parse_sitemap(body, base, news=kind == "news_sitemap")


def _looks_like_feed(body: bytes) -> bool:
    """Say whether a search has answered with a feed; a page in XHTML begins as XML too."""
    begin = body[:1000].lstrip().lower()
    return begin.startswith(FEED_BEGINS) and b"<html" not in begin


def parse_feed(body: bytes, url: str) -> Reading:
    """Parse RSS or Atom, malformed ones too.

    Raises SourceError when feedparser finds neither a feed nor an entry in it.
    """
    # A file object: given bare bytes, feedparser would take them for the name of a file to open.
    feed = feedparser.parse(BytesIO(body), response_headers={"content-location": url})
    if not feed.entries and not feed.get("version"):
        raise SourceError("is not a feed")
    found = []
    for entry in feed.entries:
        link = joined(url, str(dict.get(entry, "link") or ""))
        if link is None:
            continue
        published = str(dict.get(entry, "published") or "")
        updated = str(dict.get(entry, "updated") or "")
        found.append(
            Found(
                url=link,
                source="",
                title=str(dict.get(entry, "title") or ""),
                lastmod=normal_lastmod(updated),
                published=stated("feed", published or updated),
            )
        )
    return Reading(tuple(found), items=len(feed.entries))


def parse_listing(body: bytes, url: str, links: str | None, content_type: str | None = None) -> Reading:
    """Take the links of a listing page, with their texts, and the address of its next page.

    `links`: a regular expression searched in each absolute address; None takes every link.
    Raises SourceError when the page can't be parsed as HTML.
    """
    try:
        text = html_to_unicode(content_type, body, default_encoding="utf-8")[1]
        page = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError):
        raise SourceError("is not an HTML page") from None
    base = joined(url, next(iter(page.xpath("//base/@href")), None)) or url
    found = []
    for anchor in page.iter("a"):
        link = joined(base, anchor.get("href"))
        if link and (links is None or re.search(links, link)):
            found.append(Found(link, "", " ".join(anchor.text_content().split())))
    following = page.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href")
    return Reading(
        tuple(found), next_page=joined(base, following[0]) if following else None, items=len(found)
    )


def source_series(source: Source, today: date, queries: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the addresses that a declared source stands for on a day, those of one list as one series.

    A numbered list is one series of its pages, a search has a series for each of `queries`, a day sitemap one for each
    of its days. `{query}` «التحالف الدولي» becomes %D8%A7…+….
    """
    if source.kind == "day_sitemap":
        days = (today - timedelta(days=back) for back in range(source.days))
        return tuple(
            (_filled(source.url, year=f"{day:%Y}", month=str(day.month), day=str(day.day)),) for day in days
        )
    if source.kind == "search":
        return tuple(_pages(_filled(source.url, query=quote_plus(query)), source.pages) for query in queries)
    return (_pages(source.url, source.pages),)


def _pages(url: str, pages: int) -> tuple[str, ...]:
    if "{page}" not in url:
        return (url,)
    return tuple(_filled(url, page=str(page)) for page in range(1, pages + 1))


def _filled(url: str, **values: str) -> str:
    """Put values into the holes of an address; str.format would stumble over other braces in it."""
    for name, value in values.items():
        url = url.replace(f"{{{name}}}", value)
    return url

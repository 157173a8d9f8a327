"""Typed sources to addresses: pure functions on bytes, each returning what a source says it has published.

Nothing here fetches. A source's own words for a date are kept raw: reading them is a later, revisable step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
import lxml.etree
import lxml.html
from scrapy.utils.gz import gunzip
from w3lib.encoding import html_to_unicode

from crawler.addresses import canonical, is_article
from crawler.items import DateCandidate
from crawler.outlets.model import Outlet, Source

# Bytes: the sitemap protocol's limit for one uncompressed file (sitemaps.org).
MAX_UNPACKED = 50 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"


class SourceError(ValueError):
    """A source answered with something that is not what its declaration says; the message is one line."""


@dataclass(frozen=True, slots=True)
class Found:
    """One address a source names, with what the source says about it."""

    url: str  # canonical
    source: str  # kind and address, e.g. "feed https://…/rss.xml"
    title: str = ""
    lastmod: str | None = None  # ISO 8601: a day, or an instant in UTC
    published: DateCandidate | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one fetched source held."""

    found: tuple[Found, ...] = ()
    children: tuple[str, ...] = ()  # sitemaps an index names, the newest first
    next_page: str | None = None  # what a listing calls its next page
    items: int = 0  # entries seen, also those that are no articles


def read_source(
    outlet: Outlet, source: Source, url: str, body: bytes, base: str, content_type: str | None = None
) -> Reading:
    """Read the body of a source asked for as `url` and keep the outlet's own articles, each once.

    `base`: the address that answered, after redirects; relative links are relative to it.
    Raises SourceError when the body is not what the declaration says it is.
    """
    if source.kind == "feed":
        reading = parse_feed(body, base)
    elif source.kind == "listing":
        reading = parse_listing(body, base, source.links, content_type)
    else:
        reading = parse_sitemap(body, base, news=source.kind == "news_sitemap")
    kept: dict[str, Found] = {}
    for found in reading.found:
        form = canonical(found.url)
        if form and is_article(outlet, form) and form not in kept:
            named = f"{source.kind} {url}"
            kept[form] = Found(form, named, found.title, found.lastmod, found.published)
    return Reading(tuple(kept.values()), reading.children, reading.next_page, reading.items)


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
        link = str(dict.get(entry, "link") or "")
        if not link:
            continue
        published = str(dict.get(entry, "published") or "")
        updated = str(dict.get(entry, "updated") or "")
        hint = published or updated
        found.append(
            Found(
                url=urljoin(url, link),
                source="",
                title=str(dict.get(entry, "title") or ""),
                lastmod=normal_lastmod(updated),
                published=DateCandidate("feed", hint, None) if hint else None,
            )
        )
    return Reading(tuple(found), items=len(feed.entries))


def parse_sitemap(body: bytes, url: str, *, news: bool = False) -> Reading:
    """Parse a sitemap, a sitemap index or a news sitemap, gzipped or not.

    Raises SourceError for what is no sitemap, declares entities or unpacks to more than MAX_UNPACKED bytes.
    """
    found: list[Found] = []
    children: list[tuple[str, str]] = []
    items = 0
    for tag, fields in _sitemap_entries(_unpacked(body)):
        items += 1
        location = urljoin(url, fields.get("loc", ""))
        if not fields.get("loc"):
            continue
        if tag == "sitemap":
            children.append((normal_lastmod(fields.get("lastmod", "")) or "", location))
            continue
        published = fields.get("publication_date", "")
        lastmod = fields.get("lastmod", "")
        hint = ("news_sitemap", published) if published else ("sitemap", "" if news else lastmod)
        found.append(
            Found(
                url=location,
                source="",
                title=fields.get("title", ""),
                lastmod=normal_lastmod(lastmod),
                published=DateCandidate(*hint, None) if hint[1] else None,
            )
        )
    # The sort is stable: children without a lastmod keep the index's own order.
    newest_first = sorted(children, key=lambda child: child[0], reverse=True)
    return Reading(tuple(found), tuple(dict.fromkeys(child[1] for child in newest_first)), items=items)


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
    base = urljoin(url, next(iter(page.xpath("//base/@href")), ""))
    found = []
    for anchor in page.iter("a"):
        link = _joined(base, anchor.get("href"))
        if link and (links is None or re.search(links, link)):
            found.append(Found(link, "", " ".join(anchor.text_content().split())))
    following = page.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href")
    return Reading(
        tuple(found), next_page=_joined(base, following[0]) if following else None, items=len(found)
    )


def source_addresses(source: Source, today: date) -> tuple[str, ...]:
    """Return the addresses a declared source stands for on a day: a listing's pages, a day sitemap's days."""
    if source.kind == "listing" and "{page}" in source.url:
        return tuple(source.url.replace("{page}", str(page)) for page in range(1, source.pages + 1))
    if source.kind == "day_sitemap":
        days = [today - timedelta(days=back) for back in range(source.days)]
        return tuple(
            source.url.replace("{year}", f"{day:%Y}")
            .replace("{month}", str(day.month))
            .replace("{day}", str(day.day))
            for day in days
        )
    return (source.url,)


def read_hint(source: str, raw: str, zone: str) -> DateCandidate:
    """Read the date a feed or a sitemap gave: RFC 822 or ISO 8601, or None as the value for anything else.

    `zone`: the outlet's time zone, assumed where the source names none, and then said so in the candidate.
    """
    try:
        value = datetime.fromisoformat(raw.strip())
    except ValueError:
        try:
            value = parsedate_to_datetime(raw)
        except ValueError:
            return DateCandidate(source, raw, None)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw.strip()):
        return DateCandidate(source, raw, value.date())
    if value.tzinfo is None:
        return DateCandidate(source, raw, value.replace(tzinfo=ZoneInfo(zone)), zone)
    offset = value.strftime("%z")
    return DateCandidate(source, raw, value, "Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}")


def normal_lastmod(raw: str) -> str | None:
    """Bring a source's date of last change to a form that compares as text: a day, or an instant in UTC.

    A date without a zone is compared as if it were UTC: it is only ever compared with others of the same source.
    """
    candidate = read_hint("", raw, "UTC")
    if isinstance(candidate.value, datetime):
        return candidate.value.astimezone(UTC).isoformat(timespec="seconds")
    return candidate.value.isoformat() if candidate.value else None


def _sitemap_entries(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ("url" | "sitemap", its fields by local name), freeing each element once it is read."""
    # Also as UTF-16, which would hide the word from a search for bytes.
    if b"<!ENTITY" in body or b"<!ENTITY" in body.replace(b"\0", b""):
        raise SourceError("declares XML entities, which no sitemap needs; refused")
    events = lxml.etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    root = ""
    try:
        for event, element in events:
            name = _local(element)
            if not root:
                root = name
                if root not in ("urlset", "sitemapindex"):
                    raise SourceError(f"is not a sitemap: its root is <{root[:40]}>")
            if event == "end" and name in ("url", "sitemap"):
                fields: dict[str, str] = {}
                for part in element.iter():
                    if part.text and part.text.strip():
                        fields.setdefault(_local(part), part.text.strip())
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
                yield name, fields
    except lxml.etree.XMLSyntaxError as error:
        raise SourceError(f"is not readable as XML: {str(error)[:100]}") from None
    if not root:
        raise SourceError("is not a sitemap: it holds no XML")


def _local(element: lxml.etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        return gunzip(body, max_size=MAX_UNPACKED)
    except (OSError, EOFError):
        raise SourceError("is broken gzip") from None
    except ValueError:  # Scrapy's own class for "too large" is private
        raise SourceError(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB; refused") from None


def _joined(base: str, href: str | None) -> str | None:
    try:
        return urljoin(base, href.strip()) if href else None
    except ValueError:
        return None

"""Sitemaps, indexes of sitemaps and news sitemaps, gzipped or not (sitemaps.org; Google's news extension)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import lxml.etree
from scrapy.utils.gz import gunzip

from crawler.addresses import joined
from crawler.found import Found, Reading, SourceError, normal_lastmod, stated

# Bytes: the sitemap protocol's limit for one uncompressed file (sitemaps.org).
MAX_UNPACKED = 50 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"


def parse_sitemap(body: bytes, url: str, *, news: bool = False) -> Reading:
    """Parse a sitemap, a sitemap index or a news sitemap, gzipped or not.

    Raises SourceError for what is no sitemap, declares entities or unpacks to more than MAX_UNPACKED bytes.
    """
    found: list[Found] = []
    children: list[tuple[str, str]] = []
    items = 0
    for tag, fields in _sitemap_entries(_unpacked(body)):
        items += 1
        location = joined(url, fields.get("loc"))
        if location is None:
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
                published=stated(*hint),
            )
        )
    # The sort is stable: children without a lastmod keep the index's own order.
    newest_first = sorted(children, key=lambda child: child[0], reverse=True)
    return Reading(tuple(found), tuple(dict.fromkeys(child[1] for child in newest_first)), items=items)


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

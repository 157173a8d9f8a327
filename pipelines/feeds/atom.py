"""Write entries as an Atom feed: RFC 4287, in Arabic, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from pipelines.feeds.model import Entry, Feed, plain

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # an empty feed was never updated, and must say when


def write_atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Write a feed with its entries in the order given; it was updated when the newest of them was."""
    writer = FeedGenerator()
    writer.id(feed.id)
    writer.title(plain(feed.title))
    writer.language("ar")  # xml:lang of the feed
    writer.author(name=plain(feed.author))
    if feed.link:
        writer.link(href=feed.link, rel="self", type="application/atom+xml")
    writer.link(href=feed.page, rel="alternate", type="text/html")
    writer.updated(max((entry.updated for entry in entries), default=_NEVER))
    for entry in entries:
        _add(writer, entry)
    return bytes(writer.atom_str(pretty=True))


def _add(writer: FeedGenerator, entry: Entry) -> None:
    one = writer.add_entry(order="append")
    one.id(entry.id)
    one.title(plain(entry.title))
    one.link(href=entry.link, rel="alternate", type="text/html")
    if entry.source:
        one.link(href=plain(entry.source), rel="related")
    one.updated(entry.updated)
    if entry.published:
        one.published(entry.published)
    if entry.author:
        one.author(name=plain(entry.author))
    one.summary(plain(entry.summary))

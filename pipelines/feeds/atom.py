"""Write entries as an Atom feed: RFC 4287, in Arabic, the same bytes each time.

Written with lxml, and not with feedgen: its entries lose rel and type of their links (1.0.0, of 2023, writes over its
loop's variable), so a reader could take the newspaper's page for ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree

from pipelines.feeds.model import Entry, Feed, plain

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # an empty feed was never updated, and must say when


def write_atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Write a feed with its entries in the order given; it was updated when the newest of them was."""
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANG: "ar"}, nsmap={None: _ATOM})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((entry.updated for entry in entries), default=_NEVER)))
    _text(_element(root, "author"), "name", feed.author)
    if feed.link:
        _element(root, "link", rel="self", href=feed.link, type="application/atom+xml")
    _element(root, "link", rel="alternate", href=feed.page, type="text/html")
    for entry in entries:
        _add(root, entry)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add(root: etree._Element, entry: Entry) -> None:
    one = _element(root, "entry")
    _text(one, "id", entry.id)
    _text(one, "title", entry.title)
    _text(one, "updated", _moment(entry.updated))
    if entry.published:
        _text(one, "published", _moment(entry.published))
    if entry.author:
        _text(_element(one, "author"), "name", entry.author)
    _element(one, "link", rel="alternate", href=entry.link, type="text/html")
    if entry.source:
        _element(one, "link", rel="related", href=entry.source)
    _text(one, "summary", entry.summary)


def _element(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    said = {key: plain(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{_ATOM}}}{name}", said)


def _text(parent: etree._Element, name: str, text: str) -> None:
    _element(parent, name).text = plain(text)


def _moment(at: datetime) -> str:
    return at.isoformat()

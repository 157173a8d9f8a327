"""What a declaration may say of one source: its kind, its address, how sure we are of it, and what belongs to its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from crawler.outlets.reader import Reader

Kind = Literal[
    "feed", "sitemap", "news_sitemap", "day_sitemap", "listing", "json_listing", "search", "wayback"
]
Confidence = Literal["verified", "reported", "unverified"]

SOURCE_KEYS = (
    "kind", "url", "confidence", "evidence", "fallback", "pages", "links", "days", "items", "address", "title", "date",
    "next", "since", "until",
)  # fmt: skip
# Keys that belong to some kinds of source only.
OWNERS: dict[str, tuple[Kind, ...]] = {
    "fallback": ("feed", "sitemap", "news_sitemap", "day_sitemap", "listing", "json_listing", "search"),
    "pages": ("listing", "json_listing", "search", "wayback"),
    "links": ("listing", "search"),
    "days": ("day_sitemap",),
    "items": ("json_listing",),
    "address": ("json_listing",),
    "title": ("json_listing",),
    "date": ("json_listing",),
    "next": ("json_listing",),
    "since": ("wayback",),
    "until": ("wayback",),
}
# What an address of a kind must hold.
HOLES: dict[Kind, tuple[str, ...]] = {"day_sitemap": ("{year}", "{month}", "{day}"), "search": ("{query}",)}


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a JSON listing keeps things, as dotted paths: "data.0.url" is what stands under data, first, url."""

    address: str  # in an item
    items: str = ""  # from the top to the list; "" finds the first list whose items have an address
    title: str = ""
    date: str = ""
    next: str = ""  # from the top to the address of the next page


@dataclass(frozen=True, slots=True)
class Source:
    """One address where an outlet says what it has published."""

    kind: Kind
    url: (
        str  # may hold {page}; day_sitemap: {year}, {month} and {day}; search: {query}; wayback: may end in *
    )
    confidence: Confidence
    evidence: str  # where the address is known from
    pages: int = 1  # listing, json_listing, search, wayback: how many pages to read in one run
    links: str | None = None  # listing, search: regex a link's address must match, beside `article`
    days: int = 1  # day_sitemap: how many days to look back, today included
    paths: Paths | None = None  # json_listing
    fallback: str | None = None  # what the web archive is asked for when this source turns us away
    since: str = ""  # wayback: the first day, month or year of captures, as digits
    until: str = ""  # wayback: the last one


def read_sources(at: Reader) -> tuple[Source, ...]:
    """Read an outlet's list of sources. Raises DeclarationError."""
    entries = at.data.get("sources") or []
    if not isinstance(entries, list):
        at.fail("sources", "must be a list of addresses, each with kind, url, confidence and evidence")
    return tuple(_source(Reader(at.file, f"sources[{n}]", one, SOURCE_KEYS)) for n, one in enumerate(entries))


def _source(one: Reader) -> Source:
    kind = cast("Kind", one.choice("kind", get_args(Kind)))
    url = one.address("url")
    if missing := [hole for hole in HOLES.get(kind, ()) if hole not in url]:
        one.fail("url", f"the address of a {kind} must hold {' and '.join(missing)}")
    for key, owners in OWNERS.items():
        if key in one.data and kind not in owners:
            one.fail(key, f"belongs to a {' or '.join(owners)}, not to a {kind}")
    return Source(
        kind=kind,
        url=url,
        confidence=cast("Confidence", one.choice("confidence", get_args(Confidence))),
        evidence=one.text("evidence"),
        pages=int(one.number("pages", 1, 1, 1000)),
        links=one.regex("links") if "links" in one.data else None,
        days=int(one.number("days", 1, 1, 366)),
        paths=_paths(one) if kind == "json_listing" else None,
        fallback=one.address("fallback") if "fallback" in one.data else None,
        since=_moment(one, "since"),
        until=_moment(one, "until"),
    )


def _paths(at: Reader) -> Paths:
    names = ("items", "title", "date", "next")
    return Paths(at.text("address"), **{name: at.text(name, "") for name in names})


def _moment(at: Reader, key: str) -> str:
    """Read a day, month or year of the web archive's calendar as digits; YAML takes a bare 2014 for a number."""
    if at.data.get(key) is None:
        return ""
    value = str(at.data[key]).replace("-", "")
    if not re.fullmatch(r"(?:19|20)\d\d(?:\d\d){0,2}", value):
        at.fail(key, f"'{at.data[key]}' is no year, month or day, e.g. 2014, 2014-09 or 2014-09-11")
    return value

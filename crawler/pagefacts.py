"""What an outlet's pages say about the outlet itself: its names, country, clock, feeds and links. Pure functions on bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import lxml.etree
import lxml.html
from w3lib.encoding import html_to_unicode

from crawler.addresses import joined
from crawler.found import read_moment

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
PUBLISHED = re.compile(r"(?:article:published|datepublished|pubdate|publish)", re.IGNORECASE)
SEAM = re.compile(r"\s+[|–—-]\s+|\s*[|•·:]\s+")
REGION = re.compile(r"^[a-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?(?P<country>[A-Za-z]{2})$")
# Endings that belong to a country and are sold to everybody.
FOR_SALE = frozenset("tv me co io fm cc ws ai to gg am la la nu".split())
SECOND_LEVEL = frozenset("co com net org gov edu ac info news".split())  # .co.uk, .gov.sa
PLAIN_LABELS = frozenset("www m ar arabic arab news".split())  # parts of a host name that name no outlet


@dataclass(frozen=True, slots=True)
class Facts:
    """What one page says."""

    title: str
    names: tuple[str, ...]  # the outlet's, the surest first
    countries: tuple[str, ...]  # ISO 3166 codes
    moments: tuple[
        datetime, ...
    ]  # dates of publication that name their zone, and not UTC, which says nothing
    feeds: tuple[str, ...]
    links: tuple[tuple[str, str], ...]  # (absolute address, text)
    arabic: float  # share of Arabic letters among the letters that readers see


def read_facts(body: bytes, url: str, content_type: str | None = None) -> Facts:
    """Read what a page says of its outlet; a page that is no HTML says nothing."""
    try:
        text = html_to_unicode(content_type, body, default_encoding="utf-8")[1]
        page = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError):
        return Facts("", (), (), (), (), (), 0.0)
    things = list(_things(page))
    base = joined(url, next(iter(page.xpath("//base/@href")), None)) or url
    title = _squeezed(next(iter(page.xpath("//title/text()")), ""))
    return Facts(
        title,
        tuple(dict.fromkeys(name for name in _names(page, things, title) if name)),
        tuple(dict.fromkeys(_countries(page, things))),
        tuple(_moments(page, things)),
        tuple(dict.fromkeys(_feeds(page, base))),
        tuple(_links(page, base)),
        _arabic_share(page),
    )


def name_of_host(host: str) -> str:
    """Give the part of a host name that names the outlet: "almadapaper" of www.almadapaper.net, "cnn" of arabic.cnn.com."""
    labels = host.lower().split(".")
    labels = labels[:-1] if len(labels) > 1 else labels
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels = labels[:-1]
    telling = [label for label in labels if label not in PLAIN_LABELS] or labels
    plain = re.sub(r"[^a-z0-9]", "", telling[-1])
    return plain if plain[:1].isalpha() else f"n{plain}"


def country_of_host(host: str) -> str | None:
    """Give the country of a host name's ending, GB of .uk; None for .com, and for those that are sold to everybody."""
    ending = host.rsplit(".", 1)[-1].lower()
    code = {"uk": "GB"}.get(ending, ending.upper())
    return code if ending not in FOR_SALE and code in country_zones() else None


@cache
def country_zones() -> dict[str, tuple[str, ...]]:
    """Map each country's code to its time zones, the most used first (the tz database's zone.tab)."""
    table: dict[str, tuple[str, ...]] = {}
    for line in (
        (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    ):
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            table[code] = (*table.get(code, ()), zone)
    return table


def choose_zone(country: str, moments: tuple[datetime, ...]) -> tuple[str, str]:
    """Choose the country's zone that fits the offsets of dated pages, and say in words what is doubtful about it, or ""."""
    zones = country_zones()[country]
    if not moments:
        doubt = (
            f"the first of {len(zones)} zones of {country}; no page names its offset"
            if len(zones) > 1
            else ""
        )
        return zones[0], doubt
    fits = {zone: sum(_fits(moment, zone) for moment in moments) for zone in zones}
    best = max(zones, key=lambda zone: fits[zone])
    if fits[best]:
        return best, ""
    written = ", ".join(sorted({f"{moment:%z}" for moment in moments}))
    return best, f"its dates say {written}, which is not the time of {best}"


def _fits(moment: datetime, zone: str) -> bool:
    return moment.utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()


def named_moment(raw: str) -> datetime | None:
    """Read a date that names an offset; None for one without, and for UTC, which many systems write anywhere."""
    moment = read_moment(raw)
    return moment if moment is not None and moment.utcoffset() else None


def _things(page: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, nested ones too."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        for _ in range(500):
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, dict):
                yield one
            below = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
            waiting += [child for child in below if isinstance(child, dict | list)]


def _names(page: lxml.html.HtmlElement, things: list[dict[str, Any]], title: str) -> Iterator[str]:
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        yield from map(_squeezed, page.xpath("//meta[@property=$n or @name=$n]/@content", n=name))
    for thing in things:
        if {"Organization", "NewsMediaOrganization", "WebSite"} & set(_types(thing)):
            yield _squeezed(thing.get("name"))
    pieces = SEAM.split(title)
    yield from (_squeezed(piece) for piece in (pieces[-1], pieces[0]) if len(pieces) > 1 or len(title) < 40)


def _types(thing: dict[str, Any]) -> list[str]:
    kind = thing.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind)]


def _countries(page: lxml.html.HtmlElement, things: list[dict[str, Any]]) -> Iterator[str]:
    for thing in things:
        code = thing.get("addressCountry")
        code = code.get("name") if isinstance(code, dict) else code
        if isinstance(code, str) and code.strip().upper() in country_zones():
            yield code.strip().upper()
    for raw in page.xpath(
        "/html/@lang | //meta[@property='og:locale']/@content | //meta[@http-equiv='content-language']/@content"
    ):
        match = REGION.match(raw.strip())
        if match and match["country"].upper() in country_zones() and match["country"].upper() != "AR":
            yield match["country"].upper()


def _moments(page: lxml.html.HtmlElement, things: list[dict[str, Any]]) -> Iterator[datetime]:
    raws = [thing.get("datePublished") for thing in things]
    for meta in page.iter("meta"):
        if PUBLISHED.search(f"{meta.get('property', '')} {meta.get('name', '')} {meta.get('itemprop', '')}"):
            raws.append(meta.get("content"))
    raws += page.xpath("//time/@datetime")
    for raw in raws:
        moment = named_moment(raw) if isinstance(raw, str) else None
        if moment is not None:
            yield moment


def _feeds(page: lxml.html.HtmlElement, base: str) -> Iterator[str]:
    for link in page.iter("link"):
        if (
            "alternate" in (link.get("rel") or "").lower()
            and (link.get("type") or "").lower() in FEED_TYPES[:2]
        ):
            address = joined(base, link.get("href"))
            if address:
                yield address
    for link in page.iter("a"):
        href = link.get("href") or ""
        if re.search(r"(?:^|[/._-])(?:rss|feed|atom)(?:$|[/.?])", href, re.IGNORECASE):
            address = joined(base, href)
            if address:
                yield address


def _links(page: lxml.html.HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    for anchor in page.iter("a"):
        address = joined(base, anchor.get("href"))
        if address:
            yield address, _squeezed(anchor.text_content())


def _arabic_share(page: lxml.html.HtmlElement) -> float:
    seen = " ".join(
        page.xpath(
            "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)] | //title/text()"
        )
    )
    letters = [char for char in seen if char.isalpha()]
    return sum("\u0600" <= char <= "\u06ff" for char in letters) / len(letters) if letters else 0.0


def _squeezed(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""

"""Ask an outlet's sources what is new, one after the other, and write it to the ledger.

In the declared order, so that the ledger's "found by" is the same however often a crawl is repeated or killed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import canonical
from crawler.blockpages import Block, recognise
from crawler.discover import Reading, SourceError, read_source, source_addresses
from crawler.guard import PrivateAddressError
from crawler.hosts import AskedToRestError
from crawler.ledger import Ledger, Validators
from crawler.outlets.model import Outlet, Source
from crawler.politeness import RobotsRefusedError, conditional, header
from crawler.runs import Tally


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asking one address came to; `reading` is None when it gave nothing new."""

    status: int | None
    reading: Reading | None


async def read_sources(crawler: Crawler, outlet: Outlet, ledger: Ledger, tally: Tally, today: date) -> None:
    """Read every source of an outlet into its ledger; what one source does wrong is noted, and the others go on."""
    asked: set[str] = set()  # over all sources: an index may name what is declared as well
    listed: set[str] = set()
    for source in outlet.sources:
        queue = deque(source_addresses(source, today))
        room = _room(crawler, source, len(queue))
        while queue and room > 0:
            url = queue.popleft()
            if url in asked:
                continue
            asked.add(url)
            room -= 1
            answer = await _ask(crawler, outlet, source, url, ledger, tally)
            if answer.reading is None:
                if source.kind == "listing" and answer.status != 304:
                    break  # further pages of a listing lie behind this one
                continue
            listed.update(found.url for found in answer.reading.found)
            tally.listed = len(listed)
            queue.extend(child for child in answer.reading.children if canonical(child))
            if source.kind == "listing" and "{page}" not in source.url and answer.reading.next_page:
                queue.append(answer.reading.next_page)


def _room(crawler: Crawler, source: Source, addresses: int) -> int:
    if source.kind == "listing":
        return source.pages
    return addresses + crawler.settings.getint("SITEMAPS_PER_RUN")


async def _ask(
    crawler: Crawler, outlet: Outlet, source: Source, url: str, ledger: Ledger, tally: Tally
) -> _Asked:
    """Fetch one address of a source, unless it is unchanged, and put what it names on the ledger."""
    known = ledger.validators(url)
    request = Request(
        url,
        headers=dict(conditional(known.etag, known.last_modified)),
        dont_filter=True,
        callback=NO_CALLBACK,
    )
    try:
        response = await crawler.engine.download_async(request)
    except Exception as error:  # noqa: BLE001 - one source that fails, however, must not keep the others from us
        reason = str(error)[:200] or type(error).__name__
        ledger.source_failed(outlet.id, source.kind, url, None, reason)
        _failure(tally, error).append(f"{url}: {reason}")
        return _Asked(None, None)
    if response.status == 304:
        ledger.source_unchanged(url)
        tally.same += 1
        return _Asked(304, None)
    if response.status != 200:
        reason = f"the server answered {response.status}"
        ledger.source_failed(outlet.id, source.kind, url, response.status, reason)
        _trouble(tally, response.status).append(f"{url}: {reason}")
        return _Asked(response.status, None)
    media = header(response, "Content-Type")
    if block := _block(response, media):
        ledger.source_failed(outlet.id, source.kind, url, 200, block.reason)
        (tally.wrong if block.kind == "missing" else tally.refused).append(f"{url}: {block.reason}")
        return _Asked(200, None)
    try:
        reading = read_source(outlet, source, url, response.body, response.url, media)
    except SourceError as error:
        ledger.source_failed(outlet.id, source.kind, url, 200, str(error))
        tally.wrong.append(f"{url}: {error}")
        return _Asked(200, None)
    tally.read += 1
    tally.found += ledger.record_source(
        outlet.id, source.kind, url, 200, reading.items, reading.found, _validators(source, reading, response)
    )
    return _Asked(200, reading)


def _block(response: Response, media: str | None) -> Block | None:
    """Recognise a block page; a feed or a sitemap is none, even when it has a style sheet for people."""
    if (
        response.body[:200]
        .lstrip()
        .startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"\x1f\x8b"))
    ):
        return None
    return recognise(response.body, (), media)


def _failure(tally: Tally, error: Exception) -> list[str]:
    """Choose what a failure means: refused us, wrongly declared, or out of order."""
    if isinstance(error, RobotsRefusedError | AskedToRestError):
        return tally.refused
    return tally.wrong if isinstance(error, PrivateAddressError) else tally.out


def _trouble(tally: Tally, status: int) -> list[str]:
    """Choose what a status means: refused us, out of order, or not there any more."""
    if status in (401, 403, 429, 451):
        return tally.refused
    return tally.out if status >= 500 else tally.wrong


def _validators(source: Source, reading: Reading, response: Response) -> Validators:
    """Keep what lets us ask later for changes only, unless the body is needed to go on from there.

    An index that answers 304 would hide its children, a listing its next page.
    """
    follows = source.kind == "listing" and source.pages > 1 and "{page}" not in source.url
    if reading.children or follows:
        return Validators()
    return Validators(header(response, "ETag"), header(response, "Last-Modified"))

"""Ask an outlet's sources what is new, one after the other, and write it to the ledger.

In the declared order, so that the ledger's "found by" is the same however often a crawl is repeated or killed. A source
that turns us away may name a fallback: what a web archive has kept of the outlet is then asked for in its place.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import canonical
from crawler.blockpages import Block, recognise
from crawler.discover import PAGED, read_source, source_series
from crawler.found import Reading, SourceError
from crawler.guard import PrivateAddressError
from crawler.hosts import AskedToRestError
from crawler.ledger import Ledger
from crawler.outlets.model import Outlet, Source
from crawler.politeness import RobotsRefusedError, conditional, header
from crawler.runs import Tally
from crawler.sitemaps import MAX_UNPACKED
from crawler.sourceledger import Validators
from crawler.titles import TitleTest
from crawler.wayback import list_address, list_from_now_on

TURNED_AWAY = (
    401,
    403,
    451,
)  # for these a fallback is asked; 429 asks to wait, robots.txt is a wish to be kept
REFUSED = (*TURNED_AWAY, 429)
MANY_REFUSED = 5  # articles refused to us, after which a fallback is asked although the source itself answers
RECENT = timedelta(days=30)  # how far back a fallback begins; older copies are a source of their own
DATA = (b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"\x1f\x8b", b"{", b"[")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asking one address came to; `reading` is None when it gave nothing new."""

    status: int | None
    reading: Reading | None
    refused: bool = False
    leads_to: tuple[str, ...] = ()  # what to ask for next, as it says now or, unchanged, as it said then


async def read_sources(crawler: Crawler, outlet: Outlet, ledger: Ledger, tally: Tally, today: date) -> None:
    """Read every source of an outlet into its ledger; what one source does wrong is noted, and the others go on."""
    titles = TitleTest.from_settings(crawler.settings) if outlet.large else None
    if titles:
        passed_over = ledger.passed_over(outlet.id, titles.rules)
        tally.found += ledger.judged_again((url, titles.verdict(title)) for url, title in passed_over)
    round_ = _Round(crawler, outlet, ledger, tally, today, titles)
    for source in outlet.sources:
        refused = await round_.read(source)
        if source.fallback and (refused or ledger.refused(outlet.id) >= MANY_REFUSED):
            await round_.read(_stand_in(source, source.fallback, today))


def _stand_in(source: Source, address: str, today: date) -> Source:
    """Make the source that stands in for one that turns us away: what a web archive has copied lately."""
    since = f"{today - RECENT:%Y%m%d}"
    return Source("wayback", address, source.confidence, f"fallback of {source.url}", since=since)


class _Round:
    """One reading of an outlet's sources."""

    def __init__(
        self,
        crawler: Crawler,
        outlet: Outlet,
        ledger: Ledger,
        tally: Tally,
        today: date,
        titles: TitleTest | None,
    ) -> None:
        self._crawler = crawler
        self._outlet = outlet
        self._ledger = ledger
        self._tally = tally
        self._today = today
        self._titles = titles
        self._queries = tuple(crawler.settings.getlist("SEARCH_QUERIES"))
        self._asked: set[str] = set()  # over all sources: an index may name what is declared as well
        self._listed: set[str] = set()

    async def read(self, source: Source) -> bool:
        """Read one source and return whether the server turned us away."""
        if source.kind == "wayback":
            return await self._read_captures(source)
        series = source_series(source, self._today, self._queries)
        if source.kind not in PAGED:
            return await self._read_tree(source, [url for one in series for url in one])
        refused = False
        for pages in series:
            refused |= await self._read_pages(source, pages)
        return refused

    async def _read_tree(self, source: Source, addresses: list[str]) -> bool:
        """Read feeds and sitemaps with what hangs below them, each address once."""
        refused = False
        queue = deque(addresses)
        room = len(addresses) + self._crawler.settings.getint("SITEMAPS_PER_RUN")
        while queue and room > 0:
            url = queue.popleft()
            if url in self._asked:
                continue
            room -= 1
            answer = await self._ask(source, url)
            refused |= answer.refused
            queue.extend(child for child in answer.leads_to if canonical(child))
        return refused

    async def _read_pages(self, source: Source, pages: tuple[str, ...]) -> bool:
        """Read a list page by page until one fails or names nothing that the pages before it didn't name.

        So a calendar that goes on for ever ends at its second empty month, and a site that answers every page's number
        with its first page at the second.
        """
        named: set[str] = set()
        queue = deque(pages)
        for _ in range(source.pages):
            while queue and queue[0] in self._asked:
                queue.popleft()
            if not queue:
                break
            answer = await self._ask(source, queue.popleft())
            if answer.reading:
                fresh = {found.url for found in answer.reading.found} - named
                if not fresh:
                    break
                named |= fresh
            elif answer.status != 304:
                return answer.refused
            if not queue:
                queue.extend(page for page in answer.leads_to if canonical(page))
        return False

    async def _read_captures(self, source: Source) -> bool:
        """Read on in a web archive's list where the last run stopped; `pages` of it, ROWS captures each."""
        archive = self._crawler.settings["WAYBACK"].rstrip("/")
        url = self._ledger.list_from(source.url)
        url = list_address(archive, source) if url is None else url
        for _ in range(source.pages):
            if not url or url in self._asked:
                break
            answer = await self._ask(source, url, known_as=source.url)
            if answer.reading is None:
                # A resumption key that is not known any more: from the beginning.
                if answer.status in (400, 404):
                    self._ledger.list_on(source.url, list_address(archive, source))
                return answer.refused
            following = answer.reading.next_page
            url = following or list_from_now_on(archive, source, self._today)
            self._ledger.list_on(source.url, url)
            if not following:
                break
        return False

    async def _ask(self, source: Source, url: str, known_as: str | None = None) -> _Asked:
        """Fetch one address of a source, unless it is unchanged, and put what it names on the ledger.

        `known_as`: the name the ledger knows the source by, where it isn't the address.
        """
        self._asked.add(url)
        name = known_as or url
        try:
            response = await self._crawler.engine.download_async(self._request(source, url, name))
        except Exception as error:  # noqa: BLE001 - one source that fails, however, must not keep the others from us
            reason = str(error)[:200] or type(error).__name__
            return self._without(source, name, None, reason, _failure(self._tally, error))
        if response.status == 304:
            self._ledger.source_unchanged(name)
            self._tally.same += 1
            return _Asked(304, None, leads_to=self._ledger.leads_to(name))
        if response.status != 200:
            reason = f"the server answered {response.status}"
            trouble = _trouble(self._tally, response.status)
            return self._without(
                source, name, response.status, reason, trouble, response.status in TURNED_AWAY
            )
        media = header(response, "Content-Type")
        if block := wall(response, media):
            trouble = self._tally.wrong if block.kind == "missing" else self._tally.refused
            return self._without(source, name, 200, block.reason, trouble, block.kind != "missing")
        try:
            reading = read_source(self._outlet, source, name, response.body, response.url, media)
        except SourceError as error:
            return self._without(source, name, 200, str(error), self._tally.wrong)
        if self._titles:
            reading = self._titles.marked(reading)
        self._tally.read += 1
        self._tally.found += self._ledger.record_source(
            self._outlet.id, source.kind, name, 200, reading.items, reading.found,
            _validators(source, response), _leads_to(source, reading),
        )  # fmt: skip
        self._listed.update(found.url for found in reading.found)
        self._tally.listed = len(self._listed)
        return _Asked(200, reading, leads_to=_leads_to(source, reading))

    def _request(self, source: Source, url: str, name: str) -> Request:
        known = self._ledger.validators(name)
        most = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
        # The sitemaps' own protocol allows them more than we give a page.
        large = {"download_maxsize": max(most, MAX_UNPACKED)} if "sitemap" in source.kind and most else {}
        return Request(
            url,
            headers=dict(conditional(known.etag, known.last_modified)),
            dont_filter=True,
            callback=NO_CALLBACK,
            meta=large,
        )

    def _without(
        self,
        source: Source,
        name: str,
        status: int | None,
        reason: str,
        trouble: list[str],
        turned_away: bool = False,
    ) -> _Asked:
        """Note that a source gave nothing, for the ledger and for the run's judgement."""
        self._ledger.source_failed(self._outlet.id, source.kind, name, status, reason)
        trouble.append(f"{name}: {reason}")
        return _Asked(status, None, turned_away)


def wall(response: Response, media: str | None) -> Block | None:
    """Recognise a block page; data is none, even a feed that has a style sheet for people."""
    if response.body[:200].lstrip().startswith(DATA):
        return None
    return recognise(response.body, (), media)


def _failure(tally: Tally, error: Exception) -> list[str]:
    """Choose what a failure means: refused us, wrongly declared, or out of order."""
    if isinstance(error, RobotsRefusedError | AskedToRestError):
        return tally.refused
    return tally.wrong if isinstance(error, PrivateAddressError) else tally.out


def _trouble(tally: Tally, status: int) -> list[str]:
    """Choose what a status means: refused us, out of order, or not there any more."""
    if status in REFUSED:
        return tally.refused
    return tally.out if status >= 500 else tally.wrong


def _leads_to(source: Source, reading: Reading) -> tuple[str, ...]:
    """List what is to be asked for after this, also when it is unchanged: an index's sitemaps, a list's next page."""
    if source.kind in PAGED:
        return (reading.next_page,) if reading.next_page and source.kind != "wayback" else ()
    return reading.children


def _validators(source: Source, response: Response) -> Validators:
    """Keep what lets us ask later for changes only; the list of a web archive is read on, never again."""
    if source.kind == "wayback":
        return Validators()
    return Validators(header(response, "ETag"), header(response, "Last-Modified"))

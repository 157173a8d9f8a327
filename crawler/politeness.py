"""How the crawler behaves towards a server: who it says it is, what robots.txt asks, when to come back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from crawler.guard import PrivateAddressError

PRODUCT = "Tahaluf"  # the token that robots.txt may name us by
VERSION = "0.1"
SHORTEST_WAIT = timedelta(minutes=1)
USUAL_WAIT = timedelta(hours=1)  # after a 429 that does not say how long
LONGEST_WAIT = timedelta(days=7)  # a server that asks for more is asked again after a week

logger = logging.getLogger(__name__)


class RobotsRefusedError(IgnoreRequest):
    """The host's robots.txt does not want this address fetched."""


class RobotsUnreachableError(IgnoreRequest):
    """The host's robots.txt could not be had, so nothing may be fetched for now (RFC 9309 §2.3.1.4)."""


def user_agent(contact: str) -> str:
    """Return the name the crawler gives itself, with the address of whoever runs it.

    Without a contact the name says so, which is honest and a reason for the operator to set one.
    """
    return f"{PRODUCT}/{VERSION} (news archive for research; {contact.strip() or 'no contact given'})"


def retry_after(value: str | None, now: datetime) -> datetime:
    """Return the moment a server asked us to come back (RFC 9110 §10.2.3), within sensible bounds.

    `value`: the Retry-After header, seconds or an HTTP date; without a readable one, USUAL_WAIT from `now`.
    """
    wait = USUAL_WAIT
    if value and value.strip().isdecimal():
        wait = timedelta(seconds=min(int(value.strip()[:9]), LONGEST_WAIT.total_seconds()))
    elif value:
        try:
            wait = parsedate_to_datetime(value) - now
        except (ValueError, TypeError):  # TypeError: a date without a zone
            wait = USUAL_WAIT
    return now + min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def asks_to_wait(status: int, retry: str | None) -> bool:
    """Say whether an answer asks us to come back later: 429, or 503 with a Retry-After (RFC 6585 §4, RFC 9110 §15.6.4)."""
    return status == 429 or (status == 503 and retry is not None)


def conditional(etag: str | None, last_modified: str | None) -> Mapping[str, str]:
    """Return the headers that ask for a thing only if it has changed (RFC 9110 §13.1)."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's robots.txt with what RFC 9309 asks beside it: no answer means wait, and Crawl-delay is kept.

    Scrapy takes an unreachable robots.txt for permission.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asked: dict[str, asyncio.Future[RobotParser | None]] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override] # `spider` is deprecated
        """Raise RobotsRefusedError or RobotsUnreachableError for what may not be fetched."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parser = await self.robot_parser(request)
        if parser is None:
            raise RobotsUnreachableError("robots.txt can't be reached")
        if not parser.allowed(request.url, self._robotstxt_useragent or PRODUCT):
            raise RobotsRefusedError("robots.txt refuses this address")

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, fetched once; None when they can't be had."""
        host = urlsplit(request.url).netloc
        if host not in self._asked:
            self._asked[host] = asyncio.ensure_future(self._fetch(request))
        return await asyncio.shield(self._asked[host])

    async def _fetch(self, request: Request) -> RobotParser | None:
        parts = urlsplit(request.url)
        asking = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True},
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(asking)
        except PrivateAddressError:
            raise  # a refusal of ours; nothing to wait for
        except Exception as error:  # noqa: BLE001 - whatever keeps the rules from us, the answer is to wait
            logger.info("%s: %s", asking.url, error or type(error).__name__)
            return None
        if response.status >= 500 or response.status == 429:
            return None
        rules = response.body if response.status < 400 else b""  # 4xx: there are no rules
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules)
        self._keep_delay(parser, parts.hostname or "")
        return parser

    def _keep_delay(self, parser: RobotParser, host: str) -> None:
        """Make the host's Crawl-delay the least pause between two requests to it."""
        asked = parser.crawl_delay(self._robotstxt_useragent or PRODUCT)
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(host)
        if not asked or slot is None or asked <= slot.delay:
            return
        slot.delay = float(asked)
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": float(asked), "jitter": 0}
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, float(asked))
            throttle.maxdelay = max(throttle.maxdelay, float(asked))


class PauseAfterAnswer:
    """Lets the pause between two requests to a host begin when the answer to the first has come.

    Scrapy counts from when it let go of a request. A busy crawler, or a slow line, may have sent it long after, and the
    host would see two requests closer to each other than it is promised.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.answered, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PauseAfterAnswer:
        """Listen to a crawler's answers."""
        return cls(crawler)

    def answered(self, request: Request) -> None:
        """Begin the pause of the request's host."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(request.meta.get(downloader.DOWNLOAD_SLOT, ""))
        if slot is not None:
            slot.lastseen = monotonic()


def header(response: Response, name: str) -> str | None:
    """Return a response's header as text, or None; bytes that are not ASCII are kept as Latin-1 (RFC 9110 §5.5)."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None

"""The one generic spider: an outlet's sources, then its articles, by way of the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler.addresses import canonical, is_article, is_home
from crawler.blockpages import Block, recognise
from crawler.clock import utc_now
from crawler.crawls import close_run, open_run, plan_next
from crawler.evidence import Evidence
from crawler.failures import in_words
from crawler.figures import look, newest_day
from crawler.guard import PrivateAddressError
from crawler.hosts import HostRestsError, Hosts
from crawler.items import DateCandidate, Page, Read
from crawler.ledger import BLOCKED_WAIT, Ledger, Task
from crawler.outlets.model import Outlet
from crawler.overlap import new_dates, read_overlap
from crawler.politeness import (
    USUAL_WAIT,
    RobotsRefusedError,
    RobotsUnreachableError,
    asks_to_wait,
    conditional,
    header,
    retry_after,
    user_agent,
)
from crawler.runs import Outcome, Tally, judge
from crawler.schedule import Bounds
from crawler.sources import read_sources
from crawler.wayback import original_address

BATCH = 50  # addresses taken from the ledger at a time, so that memory does not grow with the frontier
ENOUGH_BLOCKS = 5  # block pages in a row after which we stop asking: more would be rude, and pointless


class OutletSpider(Spider):
    """Collects one outlet; the loader makes a subclass per declaration."""

    outlet: ClassVar[Outlet]
    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 600)]

    def __init__(
        self, connection: sqlite3.Connection, evidence: Evidence, limit: int, bounds: Bounds
    ) -> None:
        super().__init__()
        self.connection = connection
        self.evidence = evidence
        self.ledger = Ledger(connection, utc_now)
        self.hosts = Hosts(connection, self.outlet.id, utc_now)
        self.tally = Tally()
        self.outcome = Outcome("running")
        self._limit = limit
        self._bounds = bounds
        self._blocks_in_a_row = 0
        self._started = utc_now()
        self._run = open_run(connection, self.outlet.id, self._started)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Give the outlet its delay and the crawler its name; what the command line says is stronger."""
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.outlet.delay, priority="spider")
        settings.set("AUTOTHROTTLE_START_DELAY", cls.outlet.delay, priority="spider")
        settings.set("USER_AGENT", user_agent(settings["CONTACT"]), priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_args: Any, **_kwargs: Any) -> OutletSpider:  # noqa: ANN401 - Scrapy's
        """Open the archive that the settings name, and begin the run's row."""
        doors = {name: load_object(path) for name, path in crawler.settings.getdict("DOORS").items()}
        archive = Path(crawler.settings["ARCHIVE"])
        evidence = Evidence(archive, cls.outlet.id, utc_now(), doors["warc"])
        limit, bounds = crawler.settings.getint("PAGES_PER_RUN"), Bounds.from_settings(crawler.settings)
        spider = cls(doors["open_archive"](archive, None), evidence, limit, bounds)
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        crawler.signals.connect(spider.on_error, signal=signals.item_error)
        crawler.signals.connect(spider.on_item, signal=signals.item_scraped)
        crawler.signals.connect(spider.on_closed, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Put back what is owed, read the sources, then ask for articles, a batch from the ledger at a time."""
        self.ledger.plan_revisits(self.outlet.id)
        self.ledger.requeue(self.outlet.id)
        await read_sources(self.crawler, self.outlet, self.ledger, self.tally, utc_now().date())
        since = (self.connection, self.outlet.id, self.ledger.since)
        self.tally.overlap = read_overlap(*since)
        self.tally.newest = newest_day(new_dates(*since), self.outlet.timezone)
        taken = 0
        while True:
            room = BATCH if not self._limit else min(BATCH, self._limit - taken)
            tasks = self.ledger.take(self.outlet.id, room) if room > 0 else []
            for task in tasks:
                yield self._request(task)
            taken += len(tasks)
            if len(tasks) < BATCH:
                return
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _request(self, task: Task) -> Request:
        return Request(
            task.archived or task.url,
            callback=self.parse_article,
            errback=self.on_failure,
            headers=dict(conditional(task.etag, task.last_modified)),
            dont_filter=True,  # also for redirects: one that is dropped would leave its address in flight
            cb_kwargs={"task": task},
        )

    def parse_article(self, response: Response, task: Task) -> Iterator[Page]:
        """Settle an address by its answer; what came is handed on as a Page."""
        if response.status == 304:
            self.ledger.unchanged(task.url)
            self.tally.unchanged += 1
        elif 200 <= response.status < 300 and response.body.strip():
            yield from self._page(response, task)
        elif 200 <= response.status < 300:
            self.ledger.failed(task.url, response.status, "the answer was empty")
            self.tally.failed += 1
        else:
            self._refused(response, task)

    def _page(self, response: Response, task: Task) -> Iterator[Page]:
        """Hand on an answer that is a page. Raises CloseSpider after too many block pages in a row."""
        block = self._block(response)
        if block and block.kind != "missing":
            self._blocked(response, task, block.reason, block)
            return
        url = self._settled_redirect(response, task) if response.meta.get("redirect_urls") else task.url
        if url is None:
            return
        self._blocks_in_a_row = 0
        if block:
            self.evidence.keep(self._as_page(response, task, task.url))
            self.ledger.gone(task.url, response.status, block.reason)
            self.tally.gone += 1
            self.tally.astray += 1
            self.tally.walls.append(block.reason)
            return
        self.tally.fetched += 1
        yield self._as_page(response, task, url)

    def _block(self, response: Response) -> Block | None:
        return recognise(response.body, headers_of(response), header(response, "Content-Type"))

    def _settled_redirect(self, response: Response, task: Task) -> str | None:
        """Return the article's address that a redirect led to, or None when there is nothing to read there."""
        final = canonical(original_address(self.outlet, response.url) if task.archived else response.url)
        if final is None or is_home(self.outlet, final) or not is_article(self.outlet, final):
            home = final is not None and is_home(self.outlet, final)
            where = "the front page" if home else response.url[:200]
            reason = f"redirects to {where}, which is no article"
            self.ledger.skipped(task.url, response.status, reason)
            self.tally.skipped += 1
            if home:
                self.tally.astray += 1
                self.tally.walls.append(reason)
            return None
        if final != task.url and not self.ledger.redirected(task.url, final):
            self.tally.skipped += 1
            return None
        return final

    def _as_page(self, response: Response, task: Task, url: str) -> Page:
        return Page(
            url=url,
            outlet=self.outlet.id,
            body=response.body,
            status=response.status,
            fetched=utc_now(),
            content_type=header(response, "Content-Type"),
            headers=headers_of(response),
            found_by=task.found_by,
            hints=tuple(DateCandidate(source, raw, None) for source, raw in task.hints),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            archived=response.url if task.archived else None,
        )

    def _refused(self, response: Response, task: Task) -> None:
        """Settle an address whose answer is no page. Raises CloseSpider when the server asks us to wait."""
        status = response.status
        answer = f"the server answered {status}"
        asked = header(response, "Retry-After")
        if status in (404, 410):
            self.ledger.gone(task.url, status)
            self.tally.gone += 1
        elif asks_to_wait(status, asked):
            until = retry_after(asked, utc_now())
            reason = f"{answer} and asked us to wait until {until:%Y-%m-%d %H:%M} UTC"
            self.ledger.postpone(self.outlet.id, until, reason)
            self.tally.blocked += 1
            self.tally.refused.append(reason)
            raise CloseSpider("asked_to_wait")
        elif (block := self._block(response)) and block.kind != "missing":
            self._blocked(response, task, f"{answer}; {block.reason}", block)
        elif status in (401, 403, 451):
            self._blocked(response, task, answer, None)
        else:
            self.ledger.failed(task.url, status, answer)
            self.tally.failed += 1

    def _blocked(self, response: Response, task: Task, reason: str, block: Block | None) -> None:
        """Keep a refusal as evidence and settle its address. Raises CloseSpider after too many in a row."""
        self.evidence.keep(self._as_page(response, task, task.url))
        self.ledger.blocked(task.url, response.status, reason)
        self.tally.blocked += 1
        if block:
            self.tally.walls.append(block.reason)
        self._blocks_in_a_row += 1
        if self._blocks_in_a_row == ENOUGH_BLOCKS:  # once: another answer may still be on its way
            until = utc_now() + BLOCKED_WAIT
            rest = f"{ENOUGH_BLOCKS} pages in a row were refused; the rest waits until {until:%Y-%m-%d %H:%M} UTC"
            self.ledger.postpone(self.outlet.id, until, rest)
            self.tally.refused.append(f"{rest}; {reason}")
            raise CloseSpider("blocked")

    def on_failure(self, failure: Failure) -> None:
        """Settle an address that gave no answer at all."""
        task: Task = failure.request.cb_kwargs["task"]  # type: ignore[attr-defined] # set by Scrapy
        error = failure.value
        if isinstance(error, RobotsRefusedError):
            self.ledger.blocked(task.url, None, str(error), forever=True)
            self.tally.blocked += 1
        elif isinstance(error, HostRestsError):
            self.ledger.rest(task.url, error.until, str(error))
            self.tally.failed += 1
        elif isinstance(error, RobotsUnreachableError):
            self.ledger.rest(task.url, utc_now() + USUAL_WAIT, str(error))
            self.tally.failed += 1
        elif isinstance(error, PrivateAddressError):
            self.ledger.failed(task.url, None, str(error))
            self.tally.failed += 1
        else:
            self.ledger.failed(task.url, None, in_words(error))
            self.tally.failed += 1

    def on_error(self, failure: Failure) -> None:
        """Keep an exception of our own code, in a pipeline or here: such a run is broken, whatever else it did."""
        self.tally.errors.append(f"{type(failure.value).__name__}: {str(failure.value)[:200]}")

    def on_item(self, item: Page | Read) -> None:
        """Note what a page that was read had, for the run's figures."""
        if isinstance(item, Read) and (seen := look(item)):
            self.tally.looks.append(seen)

    def on_closed(self, reason: str) -> None:
        """Judge the run, plan the next one and finish this one's row."""
        now = utc_now()
        self.outcome = judge(self.outlet, self.tally, reason, now.date())
        self.ledger.plan_revisits(self.outlet.id)
        plan = plan_next(
            self.connection, self.outlet, self.tally.overlap, self.outcome, self._started, self._bounds,
            revisit=self.ledger.next_revisit(self.outlet.id), asked_to_wait=self.hosts.rests_until(),
        )  # fmt: skip
        close_run(self.connection, self._run, self.tally, self.outcome, plan, now)
        self.evidence.close()
        self.connection.close()


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Give a response's headers as text, in their order."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )

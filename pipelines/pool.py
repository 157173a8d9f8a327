"""Reading in other processes: trafilatura takes tens of milliseconds and grows about a megabyte a page.

Workers come from a fork server that has the reader loaded, and are replaced after a few hundred pages. A worker that
dies or hangs costs the one page it held, which becomes a row in `failures`.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import ForkServerContext
from typing import TYPE_CHECKING, ClassVar

from crawler.items import Captured, Page, Read, Reading
from crawler.outlets.model import Outlet
from pipelines.read import read_page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_Task = tuple[Page, Outlet | None, bool, bool]

PAGES_A_WORKER = 300
SAMPLE = 5
SECONDS_A_PAGE = 60.0


class ReaderPool:
    """A pool of reading processes that survives the page that kills one of them."""

    def __init__(self, workers: int | None = None, seconds: float = SECONDS_A_PAGE) -> None:
        self._workers = workers or max(1, os.cpu_count() or 1)
        self._seconds = seconds
        self._room = asyncio.Semaphore(
            self._workers
        )  # a page's time counts from when a worker is free for it
        self._alone = asyncio.Lock()
        self._executor = _start(self._workers)
        self._left = PAGES_A_WORKER * self._workers

    async def read(
        self, page: Page, outlet: Outlet | None, *, keep_all: bool = False, quick: bool = False
    ) -> Reading:
        """Read one page in a worker; a worker that dies or exceeds its time gives a failed reading."""
        task = (page, outlet, keep_all, quick)
        async with self._room:
            executor = self._fresh()
            try:
                return await self._run(executor, task)
            except TimeoutError:
                self._replace(executor)
                return self._too_long()
            except BrokenProcessPool:
                self._replace(executor)
        # All pages in work break with the pool. Which of them broke it shows when each is read by itself.
        async with self._alone:
            executor = _start(1)
            try:
                return await self._run(executor, task)
            except TimeoutError:
                return self._too_long()
            except BrokenProcessPool:
                reason = "the reading process died"
                return Reading("failed", reason, stage="read", error=reason)
            finally:
                _kill(executor)

    def close(self) -> None:
        """End the workers, without waiting for what they hold."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _run(self, executor: ProcessPoolExecutor, task: _Task) -> Reading:
        future = asyncio.get_running_loop().run_in_executor(executor, _read, *task)
        return await asyncio.wait_for(future, self._seconds)

    def _fresh(self) -> ProcessPoolExecutor:
        """Give the pool for the next page, a new one after some hundred pages a worker; the old one ends its work.

        The pool's own max_tasks_per_child would do it worker by worker, and stalls when several end at once
        (CPython issue 115634).
        """
        if self._left == 0:
            self._renew().shutdown(wait=False)
        self._left -= 1
        return self._executor

    def _renew(self) -> ProcessPoolExecutor:
        """Put a new pool in the place of the present one, which is returned."""
        old, self._executor = self._executor, _start(self._workers)
        self._left = PAGES_A_WORKER * self._workers
        return old

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """End a pool that can't be used; once, though several pages find it broken."""
        if broken is self._executor:
            self._renew()
        _kill(broken)

    def _too_long(self) -> Reading:
        reason = f"reading took more than {self._seconds:g} s"
        return Reading("failed", reason, stage="read", error=reason)


def _start(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    assert isinstance(context, ForkServerContext)
    context.set_forkserver_preload(["pipelines.read"])
    return ProcessPoolExecutor(workers, mp_context=context)


def _read(page: Page, outlet: Outlet | None, keep_all: bool, quick: bool) -> Reading:
    return read_page(page, outlet, keep_all=keep_all, quick=quick)


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):
        process.kill()
    executor.shutdown(wait=False)


def is_sampled(url: str) -> bool:
    """Say whether a page is read in full even when it can't concern us, so that an outlet's health shows on any news.

    One page in SAMPLE, by its address: the same pages in every crawl, whatever else happens.
    """
    return hashlib.sha256(url.encode()).digest()[0] % SAMPLE == 0


class ReadPipeline:
    """Scrapy's door to `read_page`; all spiders of one process share one pool."""

    _shared: ClassVar[ReaderPool | None] = None
    _users: ClassVar[int] = 0

    def __init__(self, outlet: Outlet | None) -> None:
        self._outlet = outlet

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadPipeline:
        """Take the outlet's declaration from the spider."""
        return cls(getattr(crawler.spider, "outlet", None))

    def open_spider(self) -> None:
        """Start the pool when this is the first spider."""
        cls = type(self)
        cls._users += 1
        if cls._shared is None:
            cls._shared = ReaderPool()

    async def process_item(self, item: Captured) -> Read:
        """Read one captured page."""
        assert self._shared is not None
        quick = not is_sampled(item.page.url)
        return Read(item, await self._shared.read(item.page, self._outlet, quick=quick))

    def close_spider(self) -> None:
        """End the pool when this was the last spider."""
        cls = type(self)
        cls._users -= 1
        if cls._users == 0 and cls._shared is not None:
            cls._shared.close()
            cls._shared = None

"""Reading in other processes: trafilatura takes tens of milliseconds and grows about a megabyte a page.

Workers come from a fork server that has the reader loaded, and are replaced after a few hundred pages. A worker that
dies or hangs costs the one page it held, which becomes a row in `failures`.
"""

from __future__ import annotations

import asyncio
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

PAGES_A_WORKER = 300
SECONDS_A_PAGE = 60.0


class ReaderPool:
    """A pool of reading processes that survives the page that kills one of them."""

    def __init__(self, workers: int | None = None, seconds: float = SECONDS_A_PAGE) -> None:
        self._workers = workers or max(1, os.cpu_count() or 1)
        self._seconds = seconds
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        assert isinstance(context, ForkServerContext)
        context.set_forkserver_preload(["pipelines.read"])
        return ProcessPoolExecutor(self._workers, mp_context=context, max_tasks_per_child=PAGES_A_WORKER)

    async def read(
        self, page: Page, outlet: Outlet | None, *, keep_all: bool = False, quick: bool = False
    ) -> Reading:
        """Read one page in a worker; a worker that dies or exceeds its time gives a failed reading."""
        executor = self._executor
        future = asyncio.get_running_loop().run_in_executor(executor, _read, page, outlet, keep_all, quick)
        try:
            return await asyncio.wait_for(future, self._seconds)
        except TimeoutError:
            reason = f"reading took more than {self._seconds:g} s"
        except BrokenProcessPool:
            reason = "the reading process died"
        if (
            executor is self._executor
        ):  # several pages may have been waiting on the broken pool: replace it once
            self._executor = self._start()
            _kill(executor)
        return Reading("failed", reason, stage="read", error=reason)

    def close(self) -> None:
        """End the workers, without waiting for what they hold."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _read(page: Page, outlet: Outlet | None, keep_all: bool, quick: bool) -> Reading:
    return read_page(page, outlet, keep_all=keep_all, quick=quick)


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


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
        return Read(item, await self._shared.read(item.page, self._outlet, quick=True))

    def close_spider(self) -> None:
        """End the pool when this was the last spider."""
        cls = type(self)
        cls._users -= 1
        if cls._users == 0 and cls._shared is not None:
            cls._shared.close()
            cls._shared = None

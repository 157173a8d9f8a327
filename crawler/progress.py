"""Show how a sweep is getting on: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.collecting import say_aside
from crawler.items import Page, Read

EVERY = 20  # pages between two plain lines


class Progress:
    """Counts outlets, requests and articles of several crawlers; a context manager. `plain`: lines also on a terminal."""

    def __init__(self, outlets: int, *, plain: bool = False) -> None:
        self._outlets = outlets
        self._finished = self._answers = self._pages = self._articles = 0
        self._bar: Bar | None = None
        if sys.stderr.isatty() and not plain:
            columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._text(), total=max(outlets, 1))

    def __enter__(self) -> Progress:
        """Begin to show."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._bar:
            self._bar.stop()

    def watch(self, crawler: Crawler) -> None:
        """Count what a crawler does."""
        crawler.signals.connect(self._answer, signal=signals.response_received, weak=False)
        crawler.signals.connect(self._item, signal=signals.item_scraped, weak=False)
        crawler.signals.connect(self._closed, signal=signals.spider_closed, weak=False)

    def _answer(self, response: Response) -> None:  # noqa: ARG002 - Scrapy passes it by name
        self._answers += 1
        self._show()

    def _item(self, item: Page | Read) -> None:
        self._pages += 1
        self._articles += isinstance(item, Read) and item.reading.outcome == "article"
        self._show(line=self._pages % EVERY == 0)

    def _closed(self) -> None:
        self._finished += 1
        self._show(line=self._outlets > 1)

    def _show(self, *, line: bool = False) -> None:
        if self._bar:
            self._bar.update(self._task, completed=self._finished, description=self._text())
        elif line:
            say_aside(self._text())

    def _text(self) -> str:
        return (
            f"{self._finished}/{self._outlets} outlets, {self._answers} answers, {self._pages} pages read, "
            f"{self._articles} articles"
        )

"""`scrapy sweep [OUTLET…] [--due]`: collect all outlets, or some, at the same time."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.collecting import conclude, due, line, named, prepare, say, told
from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError
from crawler.lock import OutletBusyError, OutletLock
from crawler.outlets.model import Outlet
from crawler.progress import Progress


class Command(Door):
    """Collect outlets in one process, a spider each."""

    requires_crawler_process = True
    default_settings: ClassVar[dict[str, Any]] = {}

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] [OUTLET…]"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Collect all outlets into the archive, or those named"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--due", action="store_true", help="leave out what was collected lately")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Collect, with progress on stderr; print a line per outlet, and why others were left out."""
        if self.settings is None or self.crawler_process is None:
            raise BadUseError("scrapy sweep needs a project")
        outlets = self.outlets()
        asked = named(outlets, args) if args else list(outlets.values())
        chosen = [outlet for outlet in asked if outlet.crawl]
        if chosen:
            prepare(self.settings, outlets, chosen)
            ready = due(self.settings, chosen, utc_now()) if opts.due else chosen
            locks = self._locked(ready)
            self._collect([outlet for outlet in ready if outlet.id in locks], locks)
            if len(ready) < len(chosen):
                say(f"not due yet: {', '.join(outlet.id for outlet in chosen if outlet not in ready)}")
        for outlet in asked:
            if not outlet.crawl:
                say(f"{outlet.id:<14} left out    {outlet.reason}")
        if not chosen:
            raise BadUseError("none of these outlets is crawled")

    def _locked(self, outlets: Sequence[Outlet]) -> dict[str, OutletLock]:
        """Take the outlets that no other run is collecting; say of the others who has them."""
        locks: dict[str, OutletLock] = {}
        for outlet in outlets:
            lock = OutletLock(self.archive(), outlet.id)
            try:
                lock.acquire(utc_now())
            except OutletBusyError as busy:
                say(f"{outlet.id:<14} busy        {busy}")
            else:
                locks[outlet.id] = lock
        if outlets and not locks:
            self.exitcode = WORK_FAILED
        return locks

    def _collect(self, outlets: Sequence[Outlet], locks: Mapping[str, OutletLock]) -> None:
        assert self.crawler_process is not None
        assert self.settings is not None
        crawlers: dict[str, Crawler] = {}
        with Progress(len(outlets), plain=self.settings.getbool("LOG_JSON")) as progress:
            for outlet in outlets:
                crawlers[outlet.id] = self.crawler_process.create_crawler(outlet.id)
                progress.watch(crawlers[outlet.id])
                # given back as soon as its own crawl is over: others of the sweep may go on for hours
                crawlers[outlet.id].signals.connect(
                    locks[outlet.id].release, signal=signals.engine_stopped, weak=False
                )
                self.crawler_process.crawl(crawlers[outlet.id])
            if outlets:
                self.crawler_process.start()
                conclude(self.settings)
        results = [(outlet, *told(crawlers[outlet.id])) for outlet in outlets]
        for result in results:
            say(line(*result))
        outcomes = [outcome for _, outcome, _ in results]
        broke = any(outcome.status in ("broken", "interrupted") for outcome in outcomes)
        if broke or (outcomes and all(outcome.is_failure for outcome in outcomes)):
            self.exitcode = WORK_FAILED

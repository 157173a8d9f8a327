"""`scrapy crawl OUTLET`: collect one outlet."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from crawler.clock import utc_now
from crawler.collecting import conclude, line, named, prepare, say, told
from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError
from crawler.lock import OutletLock
from crawler.progress import Progress


class Command(Door):
    """Scrapy's own command, with the archive looked after and an exit code that tells the truth."""

    requires_crawler_process = True
    default_settings: ClassVar[dict[str, Any]] = {}

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] OUTLET"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Collect one outlet into the archive"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Collect, and print a line with what came of it."""
        if len(args) != 1:
            raise BadUseError("name one outlet; `scrapy list` names them, `scrapy sweep` collects several")
        outlets = self.outlets()
        chosen = named(outlets, args)
        if not chosen[0].crawl:
            raise BadUseError(f"{chosen[0].id} is not crawled: {chosen[0].reason}")
        if self.settings is None or self.crawler_process is None:
            raise BadUseError("scrapy crawl needs a project")
        prepare(self.settings, outlets, chosen)
        lock = OutletLock(self.archive(), chosen[0].id)
        lock.acquire(utc_now())
        crawler = self.crawler_process.create_crawler(chosen[0].id)
        with Progress(1, plain=self.settings.getbool("LOG_JSON")) as progress:
            progress.watch(crawler)
            self.crawler_process.crawl(crawler)
            self.crawler_process.start()
        lock.release()
        conclude(self.settings)
        outcome, tally = told(crawler)
        say(line(chosen[0], outcome, tally))
        self.exitcode = WORK_FAILED if outcome.is_failure else 0

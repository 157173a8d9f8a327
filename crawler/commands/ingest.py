"""`scrapy ingest PATH…`: read saved pages into the archive, offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.addresses import canonical
from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError, Reading


class Command(Door):
    """Read saved pages (.html, .txt, .warc, .warc.gz, .wacz, .jsonl, or a folder of them) into the archive."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] PATH…"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Read saved pages into the archive, offline"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--outlet", help="the outlet these pages are of: a declaration's id")
        parser.add_argument("--url", help="the address of a single page")
        parser.add_argument("--published", metavar="DATE", help="the day it was published, 2017-03-10")
        parser.add_argument(
            "--keep", choices=["all"], help="store articles that don't concern the coalition too"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the pages, print a line for each, and a last one with the counts."""
        if not args:
            raise BadUseError("name at least one file or folder")
        if opts.url and (len(args) > 1 or Path(args[0]).is_dir()):
            raise BadUseError("--url goes with a single file")
        result = self.worker("ingest")(
            self.archive(),
            [Path(path) for path in args],
            self.outlets(),
            outlet=opts.outlet,
            url=opts.url,
            published=opts.published,
            keep_all=opts.keep == "all",
            canonical=canonical,
            report=_say,
        )
        for line in result.problems:
            self.complain(line)
        for line in result.left_out:
            print(f"left out: {line}")  # noqa: T201
        print(result.summary())  # noqa: T201
        self.exitcode = WORK_FAILED if result.failed else 0


def _say(name: str, reading: Reading) -> None:
    line = f"{reading.outcome:<11} {name}: {reading.title or '—'} ({reading.length} characters): {reading.reason}"
    print(line)  # noqa: T201

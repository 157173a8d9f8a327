"""`scrapy reread [--into FILE]`: run extraction and tagging again over what is captured."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError


class Command(Door):
    """Run extraction and tagging again over everything that is captured, with no network."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Extract and tag again what is captured"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "--into",
            metavar="FILE",
            help="make a new archive from the WARC files alone; the old one isn't needed",
        )
        parser.add_argument(
            "--warcs", metavar="FOLDER", help="with --into: the folder of WARC files (that of the archive)"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read everything again, print the counts, and name the captures whose bytes are gone."""
        if args:
            raise BadUseError("takes no arguments")
        if opts.warcs and not opts.into:
            raise BadUseError("--warcs goes with --into FILE")
        if opts.into:
            warcs = Path(opts.warcs) if opts.warcs else self.archive().with_suffix(".warc")
            result = self.worker("rebuild")(warcs, Path(opts.into), self.outlets())
        else:
            result = self.worker("reread")(self.archive(), self.outlets())
        for line in result.problems:
            self.complain(line)
        print(f"{result.pages} captures read again, {result.articles} of them articles")  # noqa: T201
        self.exitcode = WORK_FAILED if result.problems else 0

"""`scrapy takedown ARTICLE --reason WHY`: remove an article for good."""

from __future__ import annotations

import argparse

from crawler.addresses import canonical
from crawler.collecting import say
from crawler.doors import Door
from crawler.items import BadUseError


class Command(Door):
    """Remove an article from the archive, and keep it out of all that is read, made again or published later."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] [ARTICLE]"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Remove an article (its id or address) for good; without one, apply the list of takedowns"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--reason", help="who asked and why, for the list beside the WARC files")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take down, and say what is left to do."""
        if len(args) > 1:
            raise BadUseError("name one article at a time")
        if args and not (opts.reason or "").strip():
            raise BadUseError("--reason is missing: say who asked and why")
        asked = args[0] if args else None
        for line in self.worker("take_down")(self.archive(), asked, opts.reason or "", canonical=canonical):
            say(line)
        if args:
            say("now publish: scrapy publish DIR --drop-before")

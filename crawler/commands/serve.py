"""`scrapy serve`: browse the archive in Datasette."""

from __future__ import annotations

import argparse

from crawler.doors import Door
from crawler.items import BadUseError


class Command(Door):
    """Serve the archive with Datasette on 127.0.0.1, until it is stopped."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Browse the archive in Datasette"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, help="the port on 127.0.0.1 (8001)")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, or say that the port is taken."""
        if args:
            raise BadUseError("takes no arguments")
        self.worker("serve")(self.archive(), opts.port)

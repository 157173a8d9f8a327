"""`scrapy serve [--public DIR]`: browse the archive, or a published copy of it, in Datasette."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.doors import Door
from crawler.items import BadUseError


class Command(Door):
    """Serve the archive with Datasette on 127.0.0.1, or a published copy, until it is stopped."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Browse the archive in Datasette"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, help="the port (8001)")
        parser.add_argument("--public", metavar="DIR", help="serve the copy that `scrapy publish DIR` made")
        parser.add_argument(
            "--host", default=None, help="the address to listen on, with --public only (127.0.0.1)"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, or say that the port is taken."""
        if args:
            raise BadUseError("takes no arguments")
        if opts.public:
            host = {"host": opts.host} if opts.host else {}
            self.worker("serve_public")(Path(opts.public), opts.port, **host)
        if opts.host:
            raise BadUseError("--host goes with --public: the archive itself is served on this machine only")
        self.worker("serve")(self.archive(), opts.port)

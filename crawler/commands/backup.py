"""`scrapy backup FILE`: copy the archive while it is in use."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.collecting import say
from crawler.doors import Door
from crawler.items import BadUseError


class Command(Door):
    """Copy the archive to a new file, whatever is written to it meanwhile."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] FILE"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Copy the archive to FILE while it is in use"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Copy, and say how much."""
        if len(args) != 1:
            raise BadUseError("name one new file")
        size = self.worker("backup")(self.archive(), Path(args[0]))
        say(f"{args[0]}: {size:,} bytes, checked")

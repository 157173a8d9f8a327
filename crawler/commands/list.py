"""`scrapy list`: name the declared outlets."""

from __future__ import annotations

import argparse

from crawler.collecting import say
from crawler.doors import Door


class Command(Door):
    """Scrapy's own command, with one line instead of a traceback for a declaration that is wrong."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "List the declared outlets"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Print the ids, one a line."""
        say("\n".join(self.outlets()))

"""`scrapy reread`: run extraction and tagging again over what is captured."""

from __future__ import annotations

import argparse

from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError


class Command(Door):
    """Run extraction and tagging again over everything that is captured, with no network."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Extract and tag again what is captured"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Read everything again, print the counts, and name the captures whose bytes are gone."""
        if args:
            raise BadUseError("takes no arguments")
        result = self.worker("reread")(self.archive(), self.outlets())
        for line in result.problems:
            self.complain(line)
        print(f"{result.pages} captures read again, {result.articles} of them articles")  # noqa: T201
        self.exitcode = WORK_FAILED if result.problems else 0

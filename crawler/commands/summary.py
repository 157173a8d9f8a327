"""`scrapy summary`: say what the archive holds."""

from __future__ import annotations

import argparse

from crawler.doors import Door
from crawler.items import BadUseError


class Command(Door):
    """Say what the archive holds: articles, meetings, disagreements, and what was left out and why."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Say what the archive holds"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Print the summary."""
        if args:
            raise BadUseError("takes no arguments")
        print("\n".join(self.worker("summary")(self.archive())))  # noqa: T201

"""`scrapy health [OUTLET…] [--json]`: say how each outlet is doing, and which need a person."""

from __future__ import annotations

import argparse
import json
from contextlib import closing

from crawler.clock import utc_now
from crawler.collecting import named, say
from crawler.doors import WORK_FAILED, Door
from crawler.health import Health, as_json, assess, read_runs, table


class Command(Door):
    """Judge the outlets by their runs; end with 1 when one of them needs a person."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] [OUTLET…]"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Say how each outlet is doing; ends with 1 when one needs a person"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print a JSON list, for other programs")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table or the list."""
        healths = self._healths(args)
        if opts.json:
            say(json.dumps([as_json(one) for one in healths], ensure_ascii=False, indent=2))
        else:
            say("\n".join(table(healths)))
        if any(one.needs for one in healths):
            self.exitcode = WORK_FAILED

    def _healths(self, args: list[str]) -> list[Health]:
        outlets = self.outlets()
        asked = named(outlets, args) if args else [one for one in outlets.values() if one.crawl]
        with closing(self.worker("open_archive")(self.archive(), None)) as connection:
            runs = read_runs(connection)
        if not any(one.id in runs for one in asked):
            self.complain("none of these outlets has been collected into this archive yet")
            self.exitcode = WORK_FAILED
        now = utc_now()
        # An outlet whose declaration is gone is no longer collected: it is not asked after.
        return [assess(one, runs.get(one.id, []), now) for one in asked]

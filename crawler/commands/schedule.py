"""`scrapy schedule`: sweep what is due, again and again, in the foreground until it is stopped."""

from __future__ import annotations

import argparse
import sys

from crawler.collecting import prepare, say_aside
from crawler.doors import Door
from crawler.items import BadUseError
from crawler.scheduling import Rhythm, sweep_until_told


class Command(Door):
    """Sweep every few minutes what is due; SIGTERM or Ctrl-C ends the sweep under way first, and then this."""

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Sweep what is due, again and again, until stopped"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="pause between two sweeps (SCHEDULE_EVERY)"
        )
        parser.add_argument("--jitter", type=int, metavar="SECONDS", help="more or less (SCHEDULE_JITTER)")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what every sweep needs, once and before the first one, and begin."""
        assert self.settings is not None
        if args:
            raise BadUseError("takes no arguments: what is due is swept")
        every = self.settings.getint("SCHEDULE_EVERY") if opts.every is None else opts.every
        jitter = self.settings.getint("SCHEDULE_JITTER") if opts.jitter is None else opts.jitter
        if every < 1 or not 0 <= jitter <= every:
            raise BadUseError("--every must be at least 1, --jitter from 0 to --every")
        outlets = self.outlets()
        crawled = [outlet for outlet in outlets.values() if outlet.crawl]
        if not crawled:
            raise BadUseError("none of the declared outlets is crawled")
        prepare(self.settings, outlets, crawled)
        say_aside(f"sweeping what is due every {every} s, give or take {jitter}; SIGTERM or Ctrl-C stops it")
        sweep_until_told(self._sweep(opts), Rhythm(every, jitter), self.complain)

    def _sweep(self, opts: argparse.Namespace) -> list[str]:
        """Give the command of one sweep, with the settings that we were given."""
        given = [part for setting in opts.set for part in ("-s", setting)]
        if opts.loglevel:
            given += ["-L", opts.loglevel]
        return [sys.executable, "-m", "scrapy", "sweep", "--due", *given]

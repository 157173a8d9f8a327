"""What `scrapy crawl` and `scrapy sweep` share: which outlets, into which archive, and how a run is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.crawls import is_due
from crawler.items import BadUseError
from crawler.logs import VOICE
from crawler.outlets.model import Outlet
from crawler.outlets.reader import nearest
from crawler.runs import Outcome, Tally
from crawler.schedule import Bounds
from crawler.spiders.outlet import OutletSpider


def named(outlets: Mapping[str, Outlet], names: Iterable[str]) -> list[Outlet]:
    """Return the outlets that were named, each once, in that order.

    Raises BadUseError for a name that is not declared, with the nearest one that is.
    """
    chosen = {}
    for name in names:
        if name not in outlets:
            raise BadUseError(
                f"no outlet is called '{name}'{nearest(name, outlets) or '; scrapy list names them'}"
            )
        chosen[name] = outlets[name]
    return list(chosen.values())


def prepare(settings: BaseSettings, outlets: Mapping[str, Outlet], chosen: Iterable[Outlet]) -> None:
    """Open the archive for what is about to be collected and write the declarations into it.

    A sample archive is moved aside before the first real crawl. Raises BadUseError when sample and real outlets are
    asked for together, TahalufError when the archive can't be used.
    """
    samples = {outlet.sample for outlet in chosen}
    if samples == {True, False}:
        raise BadUseError("sample outlets and real ones can't be collected together: name one kind")
    kind = "sample" if samples == {True} else "real"
    doors = settings.getdict("DOORS")
    with closing(load_object(doors["open_archive"])(Path(settings["ARCHIVE"]), kind)) as connection:
        load_object(doors["put_outlets"])(connection, outlets.values())
    if kind == "real" and not settings["CONTACT"]:
        say_aside("no contact address is set; webmasters want one: export TAHALUF_CONTACT=name@example.org")


def conclude(settings: BaseSettings) -> None:
    """Make what depends on the whole archive anew, now that all that was collected is in."""
    doors = settings.getdict("DOORS")
    with closing(load_object(doors["open_archive"])(Path(settings["ARCHIVE"]), None)) as connection:
        load_object(doors["derive"])(connection)


def due(settings: BaseSettings, chosen: Iterable[Outlet], now: datetime) -> list[Outlet]:
    """Keep the outlets whose last run says that it is time, or that never had one."""
    doors = settings.getdict("DOORS")
    with closing(load_object(doors["open_archive"])(Path(settings["ARCHIVE"]), None)) as connection:
        usual = Bounds.from_settings(settings).usual
        return [outlet for outlet in chosen if is_due(connection, outlet.id, now, usual)]


def told(crawler: Crawler) -> tuple[Outcome, Tally]:
    """Return what a finished crawler's run came to; one that never began is broken."""
    spider = crawler.spider
    if isinstance(spider, OutletSpider) and spider.outcome.status != "running":
        return spider.outcome, spider.tally
    return Outcome("broken", "the crawl did not start; the log above says why"), Tally()


def line(outlet: Outlet, outcome: Outcome, tally: Tally) -> str:
    """Tell a run in one line."""
    parts = [f"{tally.found} new", f"{tally.fetched} fetched"]
    counts = ("unchanged", "gone", "skipped", "failed", "blocked")
    parts += [f"{getattr(tally, name)} {name}" for name in counts if getattr(tally, name)]
    return f"{outlet.id:<14} {outcome.status:<11} {', '.join(parts)}{f': {outcome.reason}' if outcome.reason else ''}"


def say(text: str) -> None:
    """Print a line of the result."""
    print(text, flush=True)  # noqa: T201 - a command's voice


def say_aside(text: str) -> None:
    """Print a line that is not part of the result: progress, a warning."""
    logging.getLogger(VOICE).info(text)

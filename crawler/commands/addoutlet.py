"""`scrapy addoutlet URL`: declare an outlet by looking at it."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from crawler.clock import utc_now
from crawler.collecting import say
from crawler.declaring import Declaration, SurveyError, declare, write
from crawler.doors import Door
from crawler.items import BadUseError
from crawler.outlets.model import ID
from crawler.outlets.reader import shown
from crawler.pagefacts import name_of_host
from crawler.settings import ROOT
from crawler.spiders.surveyor import Survey, SurveySpider


class Command(Door):
    """Look at an outlet's front page, feeds, sitemaps and three articles, and write its declaration."""

    requires_crawler_process = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "ERROR"}

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] URL"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Declare an outlet by looking at it"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--id", help="the outlet's short name, a-z, 0-9 and _; else made of its address")
        parser.add_argument(
            "--country", metavar="CODE", help="where it is edited, two letters; else what its pages say"
        )
        parser.add_argument(
            "--into", metavar="FOLDER", help="where the declaration goes; its pages beside it in pages/"
        )
        parser.add_argument("--replace", action="store_true", help="overwrite a declaration that is there")
        parser.add_argument("--sample", action="store_true", help="an invented outlet, for tests")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, write, and say what was found and what a person must check."""
        address = self._address(args)
        assert self.settings is not None
        into = Path(opts.into) if opts.into else Path(self.settings["OUTLETS"])
        frozen = into / "pages" if opts.into else ROOT / "tests" / "outlets"
        outlet_id = opts.id or name_of_host(urlsplit(address).hostname or "")
        if not ID.fullmatch(outlet_id):
            raise BadUseError(
                f"'{outlet_id}' can't be an outlet's id: a-z, 0-9 and _, beginning with a letter"
            )
        self._keep_what_is_there(into / f"{outlet_id}.yml", frozen / outlet_id, replacing=opts.replace)
        today = utc_now().date()
        survey = self._survey(address)
        made = declare(survey, today, outlet_id=outlet_id, country=opts.country, sample=opts.sample)
        read = write(made, survey.pages, into, frozen, self.worker("freeze"), replacing=opts.replace)
        _report(made, survey, read, into / f"{made.id}.yml", frozen / made.id, today)

    def _address(self, args: list[str]) -> str:
        if len(args) != 1:
            raise BadUseError(
                "give the address of the outlet's Arabic front page, e.g. https://www.example.org/"
            )
        address = args[0] if "://" in args[0] else f"https://{args[0]}"
        try:
            parts = urlsplit(address)
            good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
        except ValueError:
            good = None
        if not good:
            raise BadUseError(f"'{args[0]}' is no address of a web page; give one that begins with https://")
        return address if parts.path else f"{address}/"

    def _keep_what_is_there(self, declaration: Path, pages: Path, *, replacing: bool) -> None:
        for path in (declaration, pages):
            if path.exists() and not replacing:
                raise BadUseError(
                    f"{shown(path)} is there already; --replace overwrites it, --id gives another name"
                )

    def _survey(self, address: str) -> Survey:
        if self.crawler_process is None:
            raise BadUseError("scrapy addoutlet needs a project")
        crawler = self.crawler_process.create_crawler(SurveySpider)
        self.crawler_process.crawl(crawler, url=address)
        self.crawler_process.start()
        if not isinstance(crawler.spider, SurveySpider):
            raise SurveyError(f"{address}: the look at it did not start; the log above says why")
        return crawler.spider.survey


def _report(
    made: Declaration, survey: Survey, read: list[dict[str, Any]], path: Path, pages: Path, today: date
) -> None:
    say(f"wrote {shown(path)} on {today}")
    for source in survey.sources:
        say(f"  {source.kind:<13} {source.url} ({source.reading.items})")
    say(
        f"  {'article':<13} {made.pattern.regex} fits {made.pattern.matched} of {made.pattern.learnt_from} addresses"
    )
    say(f"froze {len(read)} pages in {shown(pages)}: compare each with what it is read as")
    for number, one in enumerate(read, 1):
        told = (
            f"{one['title']} ({one['published']})" if "title" in one else f"{one['outcome']}: {one['reason']}"
        )
        say(f"  {number}.json        {told}")
    say("to check:")
    for line in made.to_check:
        say(f"  - {line}")
    if not read:
        say("  - pages: none of its articles could be fetched")

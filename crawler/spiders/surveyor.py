"""The spider of `scrapy addoutlet`: looks at an outlet as a polite visitor does and says what it found.

It asks one thing after the other, obeys robots.txt and the address guard as every crawl does, and guesses an address only
where the pages themselves name none. When its time is up it stops guessing and goes on with what it has.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from crawler.addresses import canonical, joined
from crawler.clock import utc_now
from crawler.discover import parse_feed
from crawler.found import Found, Reading, SourceError
from crawler.items import Page
from crawler.outlets.sources import Kind
from crawler.pagefacts import Facts, named_moment, read_facts
from crawler.politeness import RobotsRefusedError, header, user_agent
from crawler.shapes import same_site
from crawler.sitemaps import parse_sitemap
from crawler.sources import wall
from crawler.spiders.outlet import headers_of

SECONDS = 200  # after which nothing is asked that can be done without
LEAST_ARABIC = 0.4  # of a front page's letters; menus and names in Latin letters are usual
ENOUGH_FEEDS = 3
PAGES = 3  # frozen for review
TRIES = 6  # articles asked for to get them
SAMPLE = 300  # addresses of a source that are looked at
HEADLINE = 25  # characters: a link so long on a front page is a headline, a shorter one a menu's
FEED_PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml")
ARTICLE_MAPS, OTHER_MAPS = r"post|article|news|story", r"categor|tag|author|page|image|video|section"
NEWS_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemaps/news.xml", "/google_news.xml")


@dataclass(frozen=True, slots=True)
class Answered:
    """A source that answered as its kind should."""

    kind: Kind
    url: str
    reading: Reading


@dataclass(slots=True)
class Survey:
    """What was found; `problem` says in a line why there is nothing."""

    home: str = ""
    problem: str = ""
    facts: Facts | None = None
    sources: list[Answered] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # what did not answer as it should, with the reason
    pages: list[Page] = field(default_factory=list)
    page_facts: list[Facts] = field(default_factory=list)
    menu: list[str] = field(default_factory=list)  # links of the front page that are no headlines
    headlines: list[str] = field(default_factory=list)

    def articles(self) -> list[Found]:
        """List the articles that the sources name, feeds first; a front page's headlines where there is no source."""
        found: dict[str, Found] = {}
        for source in self.sources:
            for one in source.reading.found[:SAMPLE]:
                url = canonical(one.url)
                if url and same_site(urlsplit(url).hostname or "", urlsplit(self.home).hostname or ""):
                    found.setdefault(url, one)
        return [*found.values()] or [Found(url, "listing") for url in self.headlines]

    def moments(self) -> tuple[datetime, ...]:
        """List the dates of publication that name an offset, of pages and sources."""
        raws = [one.published.raw for source in self.sources for one in source.reading.found if one.published]
        stated = (named_moment(raw) for raw in raws[:200])
        return (
            *(moment for facts in self.page_facts for moment in facts.moments),
            *(moment for moment in stated if moment),
        )


def _promising(children: list[str]) -> str:
    """Choose the sitemap of an index that is likeliest to name articles."""
    names = [child.rsplit("/", 1)[-1].lower() for child in children]
    by_name = [child for child, name in zip(children, names, strict=True) if re.search(ARTICLE_MAPS, name)]
    others = [child for child, name in zip(children, names, strict=True) if not re.search(OTHER_MAPS, name)]
    return (by_name or others or children)[0]


class SurveySpider(Spider):
    """Looks at one outlet; `survey` is what came of it."""

    name = "addoutlet"
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 - as Scrapy declares it
        "ITEM_PIPELINES": {},
        "DOWNLOAD_DELAY": 1,
        "AUTOTHROTTLE_START_DELAY": 1,
        "DOWNLOAD_TIMEOUT": 30,
        "RETRY_TIMES": 1,
    }

    def __init__(self, url: str) -> None:
        super().__init__()
        self.survey = Survey(home=url)
        self._asked: set[str] = set()
        self._until = time.monotonic() + SECONDS

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Give the crawler its name."""
        super().update_settings(settings)
        settings.set("USER_AGENT", user_agent(settings["CONTACT"]), priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SurveySpider:  # noqa: ANN401 - Scrapy's
        """Take the address."""
        spider = cls(*args, **kwargs)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Look at the front page, then at feeds, sitemaps and a few articles."""
        if await self._look_at_home():
            await self._look_for_feeds()
            await self._look_for_sitemaps()
            await self._look_at_articles()
        no_requests: tuple[Request, ...] = ()
        for request in no_requests:  # Scrapy wants a generator
            yield request

    async def _look_at_home(self) -> bool:
        survey = self.survey
        response = await self._get(survey.home)
        if response is None:
            survey.problem = survey.silent[-1]
            return False
        survey.home = response.url
        facts = read_facts(response.body, response.url, header(response, "Content-Type"))
        if facts.arabic < LEAST_ARABIC:
            share = round(100 * facts.arabic)
            survey.problem = f"{response.url}: {share} % of its letters are Arabic; give the address of its Arabic front page"
            return False
        survey.facts = facts
        host = urlsplit(response.url).hostname or ""
        for link, text in facts.links:
            url = canonical(link)
            if url and same_site(urlsplit(url).hostname or "", host):
                (survey.headlines if len(text) >= HEADLINE else survey.menu).append(url)
        survey.headlines = [url for url in dict.fromkeys(survey.headlines) if url not in survey.menu]
        return True

    async def _look_for_feeds(self) -> None:
        named = self.survey.facts.feeds if self.survey.facts else ()
        host = urlsplit(self.survey.home).hostname or ""
        own = [
            url for url in named if same_site(urlsplit(url).hostname or "", host) and "comments" not in url
        ]
        for url in own[: 2 * ENOUGH_FEEDS]:
            if len(self._answered("feed")) < ENOUGH_FEEDS:
                await self._try("feed", url)
        for path in FEED_PATHS:
            if not self._answered("feed"):
                await self._try("feed", urljoin(self.survey.home, path), guess=True)

    async def _look_for_sitemaps(self) -> None:
        home = self.survey.home
        named = await self._named_by_robots(urljoin(home, "/robots.txt"))
        newest_first = sorted(named, key=lambda url: "news" not in url)
        for url in newest_first[:4]:
            await self._try("sitemap", url)
        for path in SITEMAP_PATHS:
            if not self._answered("sitemap", "news_sitemap"):
                await self._try("sitemap", urljoin(home, path), guess=True)
        children = [child for one in self._answered("sitemap") for child in one.reading.children]
        for url in [child for child in children if "news" in child.rsplit("/", 1)[-1]][:2]:
            await self._try("sitemap", url)
        for path in NEWS_PATHS:
            if not self._answered("news_sitemap"):
                await self._try("sitemap", urljoin(home, path), guess=True)
        # Sitemaps without an index may be of sections only; of an index one child shows what articles look like.
        if children and not any(one.reading.found for one in self.survey.sources):
            await self._try("sitemap", _promising(children))

    async def _named_by_robots(self, url: str) -> list[str]:
        response = await self._get(url, robots=True)
        lines = response.text.splitlines() if response is not None and hasattr(response, "text") else []
        named = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap:")]
        return [
            address for one in dict.fromkeys(named) if (address := joined(url, one)) and canonical(address)
        ]

    async def _try(self, kind: Kind, url: str, *, guess: bool = False) -> None:
        """Ask one address and keep it as a source if it answers as its kind should."""
        if self._late() and (guess or self.survey.sources):
            return
        response = await self._get(url, quiet=guess)
        if response is None:
            return
        try:
            reading = (
                parse_feed(response.body, response.url)
                if kind == "feed"
                else parse_sitemap(response.body, response.url, news=True)
            )
        except SourceError as error:
            if not guess:
                self.survey.silent.append(f"{url}: {error}")
            return
        if not reading.found and not reading.children:
            self.survey.silent.append(f"{url}: names nothing")
            return
        news = any(one.published and one.published.source == "news_sitemap" for one in reading.found)
        self.survey.sources.append(
            Answered("news_sitemap" if kind == "sitemap" and news else kind, url, reading)
        )

    async def _look_at_articles(self) -> None:
        articles = [url for one in self.survey.articles() if (url := canonical(one.url))]
        for url in articles[:TRIES]:
            if len(self.survey.pages) == PAGES or (self.survey.pages and self._late()):
                return
            response = await self._get(url)
            if response is None:
                continue
            media = header(response, "Content-Type")
            self.survey.pages.append(
                Page(
                    canonical(response.url) or url,
                    "",
                    response.body,
                    response.status,
                    utc_now(),
                    media,
                    headers_of(response),
                )
            )
            self.survey.page_facts.append(read_facts(response.body, response.url, media))

    def _late(self) -> bool:
        """Say whether the time for looking around is up: robots.txt may ask for minutes between two requests."""
        return time.monotonic() > self._until

    def _answered(self, *kinds: Kind) -> list[Answered]:
        return [one for one in self.survey.sources if one.kind in kinds]

    async def _get(self, url: str, *, quiet: bool = False, robots: bool = False) -> Response | None:
        """Ask for an address once; None when it gave nothing, with the reason on `silent` unless `quiet`."""
        if url in self._asked:
            return None
        self._asked.add(url)
        meta = {"dont_obey_robotstxt": True} if robots else {}
        request = Request(url, dont_filter=True, callback=NO_CALLBACK, meta=meta)
        reason = ""
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except RobotsRefusedError:
            reason = "robots.txt does not want it fetched"
        except Exception as error:  # noqa: BLE001 - whatever keeps a page from us, the survey goes on without it
            reason = " ".join(str(error).split())[:200] or type(error).__name__
        else:
            if response.status != 200:
                reason = f"the server answered {response.status}"
            elif not robots and (block := wall(response, header(response, "Content-Type"))):
                reason = block.reason
        if reason:
            if not quiet and not robots:
                self.survey.silent.append(f"{url}: {reason}")
            return None
        return response

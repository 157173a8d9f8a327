"""The whole press as a map from address to resource, each with its one or two editions.

A resource has a second edition when an article it shows has one: its bytes then differ.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import parse_qs, unquote

from tests.press import pages, sources
from tests.press.houses import BY_HOST, House
from tests.press.loader import Article, load_press

PIXEL = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xd9\xd9\xd9\x00\x00\x00!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
FRONT_PAGE = 6  # articles on an outlet's front page
FOUNDED = datetime(2014, 1, 1, tzinfo=UTC)  # Last-Modified of what carries no date of its own


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a resource: bytes, validators."""

    body: bytes
    etag: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at an address."""

    status: int
    content_type: str
    editions: tuple[Edition, ...]  # one or two


@dataclass(frozen=True)
class Outlet:
    """One outlet's pages; everything is rendered when first asked for and kept."""

    house: House
    articles: tuple[Article, ...]  # first editions, newest first
    _made: dict[str, Resource] = field(default_factory=dict, compare=False)

    @cached_property
    def _by_path(self) -> dict[str, Article]:
        return {unquote(pages.path_of(self.house, article)): article for article in self.articles}

    def get(self, path: str, query: str = "") -> Resource:
        """Give the resource at `path` (percent-encoded or not); the outlet's 404 page when there is none."""
        key = f"{unquote(path)}?{query}"
        if key not in self._made:
            self._made[key] = self._find(unquote(path), query) or self._missing()
        return self._made[key]

    def _find(self, path: str, query: str) -> Resource | None:
        if article := self._by_path.get(path):
            return self._article(article, printing=False)
        if path.startswith(self.house.closed_path):
            number = path.removeprefix(self.house.closed_path)
            closed = next((article for article in self.articles if str(article.n) == number), None)
            return self._article(closed, printing=True) if closed else None
        if path.startswith("/media/"):
            return Resource(200, "image/gif", (_edition(PIXEL, FOUNDED, 1),))
        return self._source(path) or self._list(path, query)

    def _article(self, article: Article, *, printing: bool) -> Resource:
        # The furniture around the text (related, most read) is that of the first edition: it alone must not change a page.
        return self._resource(
            self._html,
            lambda shelf: pages.article_page(self.house, shelf[0], self.articles, printing=printing),
            (article,),
        )

    def _source(self, path: str) -> Resource | None:
        house = self.house
        if path == "/robots.txt":
            return Resource(200, "text/plain; charset=utf-8", (_edition(sources.robots(house), FOUNDED, 1),))
        if house.feed and path == {"rss": "/rss.xml", "atom": "/atom.xml"}[house.feed]:
            write = {"rss": sources.rss, "atom": sources.atom}[house.feed]
            kind = f"application/{house.feed}+xml; charset=utf-8"
            return self._resource(kind, lambda shelf: write(house, shelf), self.articles)
        if house.news_sitemap and path == "/news-sitemap.xml":
            return self._resource(
                "application/xml", lambda shelf: sources.news_sitemap(house, shelf), self.articles
            )
        if path in sources.sitemaps(house, self.articles):
            kind = "application/gzip" if path.endswith(".gz") else "application/xml"
            return self._resource(kind, lambda shelf: sources.sitemaps(house, shelf)[path], self.articles)
        return None

    def _list(self, path: str, query: str) -> Resource | None:
        chosen = self._shelf_of(path)
        asked = parse_qs(query).get("page", ["1"])[0]
        page = int(asked) if asked.isdecimal() else 0
        per_page = FRONT_PAGE if path == "/" else pages.PER_PAGE
        if chosen is None or not 1 <= page <= -(-len(chosen[1]) // per_page):
            return None
        heading, found = chosen

        def write(shelf: Sequence[Article]) -> bytes:
            return pages.list_page(
                self.house, heading, shelf, self.articles, page=page, path=path, per_page=per_page
            )

        return self._resource(self._html, write, found)

    def _shelf_of(self, path: str) -> tuple[str, tuple[Article, ...]] | None:
        names = pages.sections(self.articles)
        if path == "/":
            return self.house.name, self.articles
        if path == "/latest":
            return "آخر الأخبار", self.articles
        if path.startswith("/tag/"):
            tag = path.removeprefix("/tag/")
            return tag, tuple(article for article in self.articles if tag in article.tags)
        match = re.fullmatch(r"/section/([1-9]\d*)", path)
        if match is None or int(match[1]) > len(names):
            return None
        section = names[int(match[1]) - 1]
        return section, tuple(article for article in self.articles if article.section == section)

    @property
    def _html(self) -> str:
        return f"text/html; charset={self.house.encoding}" if self.house.charset_in_header else "text/html"

    def _missing(self) -> Resource:
        return Resource(
            404, self._html, (_edition(pages.missing_page(self.house, self.articles), FOUNDED, 1),)
        )

    def _resource(
        self, kind: str, write: Callable[[Sequence[Article]], bytes], shelf: tuple[Article, ...]
    ) -> Resource:
        states = []
        for number in (1, 2):
            articles = tuple(article.as_of(number) for article in shelf)
            states.append(_edition(write(articles), max(map(sources.touched, articles)), number))
        return Resource(200, kind, tuple(states[:1] if states[0].body == states[1].body else states))


def open_press() -> dict[str, Outlet]:
    """Load every article and give each outlet under its host name; outlets without an article are left out."""
    press = load_press()
    return {host: Outlet(house, press[house.id]) for host, house in BY_HOST.items() if press.get(house.id)}


def _edition(body: bytes, modified: datetime, number: int) -> Edition:
    return Edition(
        body,
        f'"{hashlib.sha256(body).hexdigest()[:16]}-{number}"',
        modified.astimezone(UTC).replace(microsecond=0),
    )

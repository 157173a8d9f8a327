"""What search engines are told: robots.txt, and sitemaps that name every page in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.languages import ARABIC, ENGLISH

PART = (
    2_000  # articles in one sitemap: the protocol allows 50,000 addresses, but an answer should not take long
)
PAGES = ("/", "/meetings", "/coverage", "/coverage/meetings", "/compare", "/outlets", "/review", "/questions",
         "/downloads", "/changes", "/status", "/about", "/methodology", "/takedown", "/accessibility", "/privacy")  # fmt: skip
# Searches, facets, SQL and exports are endless; every page they lead to has an address of its own.
_CLOSED = (
    "/search",
    "/compare?",
    "/changes?",
    "/review?",
    "/{database}/",
    "/{database}?",
    "/{database}$",
    "/-/",
)
_FILES = ("/*.csv", "/*.json", "/*.xlsx", "/*.db")
_KINDS = {
    "meetings": ("/meeting/", "select id, null from meetings order by id"),
    "outlets": ("/outlet/", "select id, null from outlets order by id"),
    "years": (
        "/year/",
        "select distinct substr(month, 1, 4), null from articles where month is not null order by 1",
    ),
    "months": ("/month/", "select distinct month, null from articles where month is not null order by 1"),
    "days": (
        "/on/",
        "select distinct published_day, null from articles where published_day is not null order by 1",
    ),
}
_PARTS = "select coalesce(max(rowid), 0) from articles"
_ARTICLES = """
select id, (select max(seen) from versions where article = articles.id) from articles
where rowid > :after and rowid <= :until and relevance <> 'no' order by rowid
"""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /robots.txt, /sitemap.xml and the sitemaps it names."""
    return [
        (r"^/robots\.txt$", robots),
        (r"^/sitemap\.xml$", sitemaps),
        (r"^/sitemap-articles-(?P<part>[1-9]\d{0,5})\.xml$", articles),
        (r"^/sitemap-(?P<kind>pages|meetings|outlets|years|months|days)\.xml$", sitemap),
    ]


async def robots(request: Request, datasette: Datasette) -> Response:
    """Say what may be read: the pages, in both languages."""
    name = quote(datasette.get_database().name)
    closed = [path.format(database=name) for path in _CLOSED]
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for path in closed for prefix in ("", "/en")),
        *(f"Disallow: {path}" for path in _FILES),
        "",
        f"Sitemap: {_absolute(datasette, request, '/sitemap.xml')}",
    ]
    return Response.text("\n".join(lines) + "\n")


async def sitemaps(request: Request, datasette: Datasette) -> Response:
    """Name the sitemaps."""
    highest = (await datasette.get_database().execute(_PARTS)).first()[0]
    names = ["pages", *_KINDS, *(f"articles-{n + 1}" for n in range(-(-highest // PART)))]
    places = [_absolute(datasette, request, f"/sitemap-{name}.xml") for name in names]
    body = "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>\n" for place in places)
    return _xml(f"<sitemapindex {_NAMES}>\n{body}</sitemapindex>\n")


async def sitemap(request: Request, datasette: Datasette) -> Response:
    """Name the pages of one kind."""
    kind = request.url_vars["kind"]
    if kind == "pages":
        return _urls(datasette, request, ((path, None) for path in PAGES))
    prefix, sql = _KINDS[kind]
    rows = (await datasette.get_database().execute(sql)).rows
    return _urls(datasette, request, ((prefix + quote(row[0], safe=""), row[1]) for row in rows))


async def articles(request: Request, datasette: Datasette) -> Response:
    """Name the articles of one part."""
    after = (int(request.url_vars["part"]) - 1) * PART
    rows = (await datasette.get_database().execute(_ARTICLES, {"after": after, "until": after + PART})).rows
    if not rows:
        raise NotFound("sitemap")
    return _urls(datasette, request, ((f"/article/{quote(row[0], safe='')}", row[1]) for row in rows))


def _urls(datasette: Datasette, request: Request, pages: Iterable[tuple[str, str | None]]) -> Response:
    site = _absolute(datasette, request, "/").removesuffix("/")
    body = "".join(one for path, changed in pages for one in _entries(site, path, changed))
    return _xml(f"<urlset {_NAMES}>\n{body}</urlset>\n")


def _entries(site: str, path: str, changed: str | None) -> Iterator[str]:
    """Write a page once in each language; each names both."""
    places = {ARABIC: f"{site}{path}", ENGLISH: f"{site}/en{path}".removesuffix("/")}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(place)}/>'
        for code, place in places.items()
    )
    day = f"<lastmod>{changed[:10]}</lastmod>" if changed else ""
    return (f"<url><loc>{escape(place)}</loc>{day}{links}</url>\n" for place in places.values())


def _absolute(datasette: Datasette, request: Request, path: str) -> str:
    return str(datasette.absolute_url(request, datasette.urls.path(path)))


def _xml(body: str) -> Response:
    return Response(_XML + body, content_type="application/xml; charset=utf-8")

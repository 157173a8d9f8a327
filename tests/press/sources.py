"""What leads to the articles: feeds, sitemaps, a news sitemap, robots.txt; in one edition or the other."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from tests.press.houses import House
from tests.press.loader import Article
from tests.press.pages import summary_of, url_of

SITEMAP_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS_NS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NEWS_LENGTH = 5  # a news sitemap holds the latest only


def touched(article: Article) -> datetime:
    """Give when the article last changed, in this edition."""
    return article.modified or article.published


def robots(house: House) -> bytes:
    """Write robots.txt: one closed section, no delay, the sitemap's address where there is one."""
    lines = ["User-agent: *", f"Disallow: {house.closed_path}", "Crawl-delay: 0"]
    if house.sitemap:
        lines += ["", f"Sitemap: http://{house.host}/sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def rss(house: House, articles: Sequence[Article]) -> bytes:
    """Write the outlet's RSS 2.0 feed with all its articles."""
    zone = ZoneInfo(house.timezone)
    items = "".join(
        f"<item><title>{_feed_text(house, article.title)}</title><link>{escape(url_of(house, article))}</link>"
        f'<guid isPermaLink="false">{house.id}-{article.n}</guid>'
        f"<description>{_feed_text(house, summary_of(article))}</description>"
        f"<category>{escape(article.section)}</category>"
        f"<pubDate>{format_datetime(article.published.astimezone(zone))}</pubDate></item>\n"
        for article in articles
    )
    built = (
        f"<lastBuildDate>{format_datetime(_latest(articles).astimezone(zone))}</lastBuildDate>"
        if articles
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{house.name}</title>'
        f"<link>{house.home}</link><description>{house.slogan} (منفذ مخترع للاختبار)</description>"
        f"<language>ar</language>{built}\n{items}</channel></rss>\n"
    ).encode()


def atom(house: House, articles: Sequence[Article]) -> bytes:
    """Write the outlet's Atom feed; `updated` moves on in a second edition, `published` does not."""
    zone = ZoneInfo(house.timezone)
    entries = "".join(
        f'<entry><title>{escape(article.title)}</title><link href="{escape(url_of(house, article))}"/>'
        f"<id>tag:{house.host},2014:{article.n}</id>"
        f"<published>{article.published.astimezone(zone).isoformat()}</published>"
        f"<updated>{touched(article).astimezone(zone).isoformat()}</updated>"
        f"<author><name>{escape(article.author or house.name)}</name></author>"
        f"<summary>{escape(summary_of(article))}</summary></entry>\n"
        for article in articles
    )
    updated = f"<updated>{_latest(articles).astimezone(zone).isoformat()}</updated>" if articles else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">'
        f"<title>{house.name}</title><subtitle>منفذ مخترع للاختبار</subtitle>"
        f'<id>{house.home}</id><link rel="self" href="{house.home}atom.xml"/>{updated}\n{entries}</feed>\n'
    ).encode()


def sitemaps(house: House, articles: Sequence[Article]) -> dict[str, bytes]:
    """Write the outlet's sitemaps: path to bytes. An index has one sitemap for each year of publication."""
    if house.sitemap is None:
        return {}
    if house.sitemap == "flat":
        return {"/sitemap.xml": _urlset(house, articles)}
    suffix = ".xml.gz" if house.sitemap == "index_gz" else ".xml"
    files: dict[str, bytes] = {}
    rows = ""
    for year in sorted({article.published.year for article in articles}):
        shelf = [article for article in articles if article.published.year == year]
        body = _urlset(house, shelf)
        files[f"/sitemap-{year}{suffix}"] = gzip.compress(body, mtime=0) if suffix == ".xml.gz" else body
        rows += (
            f"<sitemap><loc>http://{house.host}/sitemap-{year}{suffix}</loc>"
            f"<lastmod>{_latest(shelf).isoformat()}</lastmod></sitemap>\n"
        )
    files["/sitemap.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {SITEMAP_NS}>\n{rows}</sitemapindex>\n'.encode()
    )
    return files


def news_sitemap(house: House, articles: Sequence[Article]) -> bytes:
    """Write the news sitemap with the latest articles, their titles and publication dates."""
    rows = "".join(
        f"<url><loc>{escape(url_of(house, article))}</loc><news:news><news:publication><news:name>{house.name}</news:name>"
        f"<news:language>ar</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news>"
        f"<lastmod>{touched(article).isoformat()}</lastmod></url>\n"
        for article in articles[:NEWS_LENGTH]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SITEMAP_NS} {NEWS_NS}>\n{rows}</urlset>\n'.encode()
    )


def _urlset(house: House, articles: Sequence[Article]) -> bytes:
    rows = "".join(
        f"<url><loc>{escape(url_of(house, article))}</loc>"
        + (f"<lastmod>{touched(article).isoformat()}</lastmod>" if house.sitemap_lastmod else "")
        + "</url>\n"
        for article in articles
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SITEMAP_NS}>\n{rows}</urlset>\n'.encode()


def _feed_text(house: House, text: str) -> str:
    if "double_entities" in house.quirks:
        text = text.replace('"', "&quot;")
    return escape(text)


def _latest(articles: Sequence[Article]) -> datetime:
    return max(touched(article) for article in articles)

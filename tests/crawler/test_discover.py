"""Sources: what a feed or sitemap says must arrive unchanged, and what is hostile or broken must not hurt."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover import parse_feed, parse_listing, source_series
from crawler.found import SourceError, normal_lastmod
from crawler.outlets.model import Source
from crawler.sitemaps import parse_sitemap

AT = "https://test.example/rss.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def rss(items: str) -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>ص</title>{items}</channel></rss>'.encode()
    )


def test_rss_keeps_title_link_and_the_raw_date() -> None:
    reading = parse_feed(
        rss(
            "<item><title>التحالف يجتمع</title><link>/news/1</link><pubDate>Fri, 10 Mar 2017 09:15 GMT</pubDate></item>"
        ),
        AT,
    )
    (found,) = reading.found
    assert (found.url, found.title) == ("https://test.example/news/1", "التحالف يجتمع")
    assert found.published is not None
    assert (found.published.source, found.published.raw) == ("feed", "Fri, 10 Mar 2017 09:15 GMT")
    assert found.lastmod is None


def test_atom_tells_publication_from_change() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://test.example/news/1"/>
      <published>2017-03-10T09:15:00+03:00</published><updated>2017-03-11T01:00:00+03:00</updated></entry></feed>"""
    (found,) = parse_feed(feed, AT).found
    assert found.published is not None
    assert found.published.raw == "2017-03-10T09:15:00+03:00"
    assert found.lastmod == "2017-03-10T22:00:00+00:00"


@pytest.mark.parametrize(
    "broken", ["<item><title>أ & ب</title><link>/news/1</link>", "<item><link>/news/1</link></item><oops"]
)
def test_a_malformed_feed_still_gives_its_links(broken: str) -> None:
    body = rss("").replace(b"</channel></rss>", broken.encode())
    assert [found.url for found in parse_feed(body, AT).found] == ["https://test.example/news/1"]


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00garbage", b"/etc/hostname", "<html><p>صفحة</p></html>".encode()]
)
def test_garbage_is_not_a_feed(body: bytes) -> None:
    with pytest.raises(SourceError, match="is not a feed"):
        parse_feed(body, AT)


def test_an_index_names_its_children_the_newest_first() -> None:
    body = f"""<sitemapindex {NS}><sitemap><loc>/a.xml</loc><lastmod>2016-01-01</lastmod></sitemap>
      <sitemap><loc>/b.xml</loc><lastmod>2017-03-10T10:00:00+03:00</lastmod></sitemap>
      <sitemap><loc>/c.xml</loc></sitemap></sitemapindex>""".encode()
    at = "https://test.example/"
    assert parse_sitemap(body, at).children == (f"{at}b.xml", f"{at}a.xml", f"{at}c.xml")


def test_a_news_sitemaps_date_and_title_are_found_and_images_do_not_pass_for_pages() -> None:
    body = f"""<urlset {NS} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="urn:image"><url>
      <loc> https://test.example/news/1 </loc><i:image><i:loc>https://test.example/1.jpg</i:loc></i:image>
      <n:news><n:publication><n:name>صحيفة</n:name></n:publication><n:publication_date>2017-03-10</n:publication_date>
      <n:title>خبر</n:title></n:news></url></urlset>""".encode()
    (found,) = parse_sitemap(gzip.compress(body), AT, news=True).found
    assert (found.url, found.title) == ("https://test.example/news/1", "خبر")
    assert found.published is not None
    assert (found.published.source, found.published.raw) == ("news_sitemap", "2017-03-10")


BOMB = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (BOMB, "declares XML entities"),
        (BOMB.decode().encode("utf-16"), "declares XML entities"),
        (gzip.compress(b" " * (60 * 2**20)), "unpacks to more than 50 MiB"),
        (b"\x1f\x8b\x08" + b"not gzip", "is broken gzip"),
        (b"<html><body>404</body></html>", "its root is <html>"),
        (b"no xml at all", "is not"),
        (b"", "is not"),
    ],
)
def test_hostile_and_wrong_sitemaps_are_refused_in_one_line(body: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint) as caught:
        parse_sitemap(body, AT)
    assert "\n" not in str(caught.value)


def test_half_a_sitemap_gives_what_it_has() -> None:
    body = f"<urlset {NS}><url><loc>https://test.example/news/1</loc></url><url><loc>https://test.ex".encode()
    assert "https://test.example/news/1" in [found.url for found in parse_sitemap(body, AT).found]


def test_a_listing_gives_links_texts_and_its_next_page() -> None:
    body = """<base href="https://test.example/ar/"><a href="news/1"> خبر  أول </a><a href="//cdn.example/x">س</a>
      <a>بلا عنوان</a><a href="http://[broken/">ع</a><a rel="nofollow next" href="?page=2">التالي</a>""".encode()
    reading = parse_listing(body, "https://test.example/latest", r"/news/")
    assert [(found.url, found.title) for found in reading.found] == [
        ("https://test.example/ar/news/1", "خبر أول")
    ]
    assert reading.next_page == "https://test.example/ar/?page=2"


def test_an_empty_listing_is_an_error() -> None:
    with pytest.raises(SourceError, match="is not an HTML page"):
        parse_listing(b"", AT, None)


@given(st.binary(max_size=300))
def test_no_bytes_break_a_parser(body: bytes) -> None:
    for parse in (parse_feed, parse_sitemap, lambda one, at: parse_listing(one, at, None)):
        problem = ""
        try:
            parse(body, AT)
        except SourceError as error:  # the only one that read_sources knows how to live with
            problem = str(error)
        assert "\n" not in problem


def test_days_and_instants_compare_as_text() -> None:
    order = ["2017-03-10", "2017-03-10T00:30:00+03:00", "2017-03-11", "2017-03-11T01:00:00Z"]
    forms = [str(normal_lastmod(raw)) for raw in order]
    assert forms[1] == "2017-03-09T21:30:00+00:00"
    assert sorted(forms) == [forms[1], forms[0], forms[2], forms[3]]


def test_day_sitemaps_and_numbered_listings_become_addresses() -> None:
    days = Source(
        "day_sitemap", "https://a.example/s?yyyy={year}&mm={month}&dd={day}", "reported", "t", days=2
    )
    assert source_series(days, date(2017, 3, 1), ()) == (
        ("https://a.example/s?yyyy=2017&mm=3&dd=1",),
        ("https://a.example/s?yyyy=2017&mm=2&dd=28",),
    )
    pages = Source("listing", "https://a.example/{page}/", "reported", "t", pages=2)
    assert source_series(pages, date(2017, 3, 1), ()) == (("https://a.example/1/", "https://a.example/2/"),)

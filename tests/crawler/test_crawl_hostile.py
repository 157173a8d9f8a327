"""What the web throws at a crawler's sources: none of it may stop a run, fill the disk, or hang it for ever."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed, page, sitemap

HOST = "http://barid.example"
LOC = "<loc>{}</loc>".format


def with_one_article(desk: Desk, *sources: str) -> None:
    """Declare hostile sources and behind them a feed with one article, which must still be read."""
    desk.declare("barid", *sources, f"feed {HOST}/rss.xml")
    desk.answers[f"{HOST}/rss.xml"] = feed(f"{HOST}/news/1")
    desk.answers[f"{HOST}/news/1"] = page()


def crawl(desk: Desk, *more: str) -> str:
    result = desk.scrapy("crawl", "barid", *more)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
    assert desk.rows("SELECT url FROM pages WHERE url LIKE '%/1'") == [(f"{HOST}/news/1",)]
    return result.stdout


def errors(desk: Desk) -> dict[str, str]:
    return dict(
        desk.rows(
            "SELECT replace(url, 'http://barid.example', ''), error FROM sources WHERE error IS NOT NULL"
        )
    )


def test_a_feed_of_100_megabytes_is_not_read(desk: Desk) -> None:
    with_one_article(desk, f"feed {HOST}/huge.xml", f"feed {HOST}/packed.xml")
    huge = b"<rss version='2.0'><channel>" + b"<item/>" * (100 * 2**20 // 7)
    desk.answers[f"{HOST}/huge.xml"] = Answer(huge, validators=False)
    packed = gzip.compress(huge, compresslevel=1)
    desk.answers[f"{HOST}/packed.xml"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    assert "1 new, 1 fetched" in crawl(desk)
    assert set(errors(desk)) == {"/huge.xml", "/packed.xml"}


def test_sitemaps_that_name_themselves_and_each_other_end(desk: Desk) -> None:
    with_one_article(desk, f"sitemap {HOST}/a.xml")
    desk.answers[f"{HOST}/a.xml"] = sitemap(LOC(f"{HOST}/a.xml"), LOC(f"{HOST}/b.xml"), index=True)
    desk.answers[f"{HOST}/b.xml"] = sitemap(LOC(f"{HOST}/a.xml"), LOC(f"{HOST}/b.xml#again"), index=True)
    crawl(desk)
    assert desk.site.asked().count(f"{HOST}/a.xml") == 1
    assert desk.site.asked().count(f"{HOST}/b.xml") <= 2


def test_an_index_without_end_is_read_to_its_limit(desk: Desk) -> None:
    with_one_article(desk, f"sitemap {HOST}/0.xml")
    for number in range(40):
        desk.answers[f"{HOST}/{number}.xml"] = sitemap(LOC(f"{HOST}/{number + 1}.xml"), index=True)
    crawl(desk, "-s", "SITEMAPS_PER_RUN=5")
    assert len([url for url in desk.site.asked() if url.endswith(".xml") and "rss" not in url]) == 6


def test_a_calendar_that_goes_on_for_ever_ends_where_it_names_nothing_new(desk: Desk) -> None:
    with_one_article(desk, f"listing {HOST}/day/2017-03-10\npages: 1000")
    for back in range(1000):
        day = date(2017, 3, 10) - timedelta(days=back)
        links = f"<a href='/news/{back + 2}'>خبر</a>" if back < 3 else "<a href='/news/2'>الأكثر قراءة</a>"
        body = f"{links}<a rel='prev next' href='/day/{day - timedelta(days=1)}'>السابق</a>"
        desk.answers[f"{HOST}/day/{day}"] = Answer(body.encode())
        desk.answers[f"{HOST}/news/{back + 2}"] = page()
    assert "4 new, 4 fetched" in crawl(desk)
    assert len([url for url in desk.site.asked() if "/day/" in url]) == 4


def test_gzip_and_entity_bombs_are_refused_in_a_line(desk: Desk) -> None:
    paths = ("gz", "broken.gz", "lol", "lol16", "feed", "file")
    with_one_article(
        desk, *(f"{'feed' if one in ('feed', 'file') else 'sitemap'} {HOST}/{one}" for one in paths)
    )
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'lol'}'>" for n in range(12))
    lol = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><urlset><url><loc>&e11;</loc></url></urlset>"
    desk.answers[f"{HOST}/gz"] = Answer(gzip.compress(b"<urlset>" + b" " * (60 * 2**20)))
    desk.answers[f"{HOST}/broken.gz"] = Answer(b"\x1f\x8b\x08" + b"no gzip at all" * 9)
    desk.answers[f"{HOST}/lol"] = Answer(lol.encode())
    desk.answers[f"{HOST}/lol16"] = Answer(
        lol.replace("?xml version='1.0'", "?xml version='1.0' encoding='utf-16'").encode("utf-16")
    )
    rss = f"<!DOCTYPE x [{entities}]><rss version='2.0'><channel><item><title>&e11;</title><link>{HOST}/news/2</link></item></channel></rss>"
    desk.answers[f"{HOST}/feed"] = Answer(rss.encode())
    outside = f"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><rss version='2.0'><channel><item><title>&f;</title><link>{HOST}/news/3</link></item></channel></rss>"
    desk.answers[f"{HOST}/file"] = Answer(outside.encode())
    for number in (2, 3):
        desk.answers[f"{HOST}/news/{number}"] = page()
    crawl(desk)
    said = errors(desk)
    assert said["/gz"] == "unpacks to more than 50 MiB; refused"
    assert said["/broken.gz"] == "is broken gzip"
    assert said["/lol"] == said["/lol16"] == "declares XML entities, which no sitemap needs; refused"
    titles = [row[0] or "" for row in desk.rows("SELECT title FROM urls")]
    assert max(map(len, titles)) < 100
    hostname = Path("/etc/hostname").read_text().strip()
    assert not [title for title in titles if hostname in title]


def test_a_content_type_that_lies_is_not_believed(desk: Desk) -> None:
    with_one_article(desk, f"sitemap {HOST}/map", f"listing {HOST}/list", f"feed {HOST}/page.rss")
    desk.answers[f"{HOST}/rss.xml"] = Answer(
        desk.answers[f"{HOST}/rss.xml"].body, headers={"Content-Type": "text/html; charset=windows-1256"}
    )
    desk.answers[f"{HOST}/map"] = Answer(
        sitemap(LOC(f"{HOST}/news/2")).body, headers={"Content-Type": "image/png"}
    )
    desk.answers[f"{HOST}/list"] = Answer(
        b"<a href=/news/3>3</a>", headers={"Content-Type": "application/pdf"}
    )
    desk.answers[f"{HOST}/page.rss"] = Answer(
        b"<html><p>no feed</p></html>", headers={"Content-Type": "application/rss+xml"}
    )
    for number in (2, 3):
        desk.answers[f"{HOST}/news/{number}"] = page()
    assert "3 new, 3 fetched" in crawl(desk)
    assert errors(desk) == {"/page.rss": "is not a feed"}


def test_links_that_are_no_addresses_are_left_and_one_article_has_one_address(desk: Desk) -> None:
    with_one_article(desk, f"feed {HOST}/odd.xml", f"sitemap {HOST}/odd-map.xml", f"listing {HOST}/odd")
    odd = [
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[broken/news/9", f"{HOST}:99999/news/9",
        f"{HOST}/news/" + "9" * 10_000, "http://other.example/news/9", "//", "mailto:a@b.example",
    ]  # fmt: skip
    same = [
        f"{HOST}/news/1?utm_source=rss", f"{HOST}:80/news/1#top", "http://BARID.example/news/1?fbclid=x",
        f"{HOST}/news/1;jsessionid=7A?PHPSESSID=9",
    ]  # fmt: skip
    desk.answers[f"{HOST}/odd.xml"] = feed(*odd, *same)
    desk.answers[f"{HOST}/odd-map.xml"] = sitemap(*(LOC(link) for link in (*odd, *same)))
    desk.answers[f"{HOST}/odd"] = Answer(
        "".join(f"<a href='{link}'>x</a>" for link in (*odd, *same)).encode()
    )
    assert "1 new, 1 fetched" in crawl(desk)
    assert desk.rows("SELECT url FROM urls") == [(f"{HOST}/news/1",)]
    assert errors(desk) == {}


def test_a_list_that_is_not_json_is_named_and_passed_by(desk: Desk) -> None:
    with_one_article(
        desk, f"json_listing {HOST}/api\naddress: url", f"json_listing {HOST}/deep\naddress: url"
    )
    desk.answers[f"{HOST}/api"] = Answer(b'{"data": [{"url": "/news/2"')
    desk.answers[f"{HOST}/deep"] = Answer(b"[" * 500_000)
    crawl(desk)
    assert errors(desk) == {"/api": "is not JSON", "/deep": "is not JSON"}

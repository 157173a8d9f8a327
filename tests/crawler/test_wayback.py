"""The web archive's copies: what is gone or refused must still be found, read as captured, and said to be a copy."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from crawler.found import SourceError
from crawler.outlets.model import Source
from crawler.sources import RECENT
from crawler.wayback import captured, list_address, list_from_now_on, parse_captures
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import one_feed, page

ARCHIVE = "http://archive.example"
HOST = "http://barid.example"
SOURCE = Source("wayback", f"{HOST}/news/*", "unverified", "this test", pages=5)
LIST = list_address(ARCHIVE, SOURCE)


def recent() -> str:
    """Give the list that a fallback asks for today."""
    return list_address(ARCHIVE, SOURCE, f"{datetime.now(UTC).date() - RECENT:%Y%m%d}")


def captures(*rows: tuple[str, str], more: str = "") -> Answer:
    body: list[list[str]] = [["timestamp", "original"], *map(list, rows)]
    return Answer(json.dumps(body + ([[], [more]] if more else [])).encode(), validators=False)


def crawl(desk: Desk, *more: str) -> str:
    result = desk.scrapy("crawl", "barid", "-s", f"WAYBACK={ARCHIVE}", *more)
    assert "Traceback" not in result.stderr
    return result.stdout


def test_the_list_is_asked_for_pages_that_answered_the_first_capture_of_each() -> None:
    assert (
        f"{ARCHIVE}/cdx/search/cdx?url=barid.example%2Fnews%2F%2A&output=json&fl=timestamp%2Coriginal"
        "&filter=statuscode%3A200&filter=mimetype%3Atext%2Fhtml&collapse=urlkey&limit=5000&showResumeKey=true"
    ) == LIST


def test_the_resumption_key_goes_on_where_the_list_stopped() -> None:
    key = "example%2Cbarid%29%2Fnews%2F2+20170310091500"
    body = json.dumps([["timestamp", "original"], ["20170310091500", f"{HOST}/news/1"], [], [key]]).encode()
    reading = parse_captures(body, LIST)
    assert [(one.url, one.archived) for one in reading.found] == [
        (f"{HOST}/news/1", f"{ARCHIVE}/web/20170310091500id_/{HOST}/news/1")
    ]
    assert reading.next_page == f"{LIST}&resumeKey={key}"
    assert parse_captures(body, str(reading.next_page)).next_page == reading.next_page
    assert parse_captures(b"[]", LIST).items == 0


@pytest.mark.parametrize("body", [b"", b"<html>Blocked</html>", b'{"a": 1}', b"[1]", b"[" * 100_000])
def test_what_is_no_list_of_captures_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceError, match=r"is not .*web archive's list"):
        parse_captures(body, LIST)


def test_a_list_read_to_its_end_is_asked_for_what_came_since_and_a_closed_one_for_nothing() -> None:
    assert "&from=20170303&" in list_from_now_on(ARCHIVE, SOURCE, date(2017, 3, 10))
    closed = Source("wayback", f"{HOST}/*", "unverified", "this test", until="2016")
    assert list_from_now_on(ARCHIVE, closed, date(2017, 3, 10)) == ""
    open_yet = Source("wayback", f"{HOST}/*", "unverified", "this test", until="2017")
    assert "&to=2017&" in list_from_now_on(ARCHIVE, open_yet, date(2017, 3, 10))


def test_a_captures_address_says_when_and_of_what() -> None:
    assert captured("https://a.example/web/20170310id_/http://x.example/1?a=b") == (
        "20170310",
        "http://x.example/1?a=b",
    )
    assert captured(f"{HOST}/news/1") is None


def test_a_dead_outlet_is_read_from_the_archive_and_every_page_says_so(desk: Desk) -> None:
    desk.declare("barid", f"wayback {HOST}/news/*\npages: 1")
    key = "example%2Cbarid%29%2Fnews%2F2+20170311000000"
    desk.answers[LIST] = captures(
        ("20170310091500", "http://www.barid.example:80/news/1"),
        ("20170310091600", f"{HOST}/tag/1"),
        more=key,
    )
    desk.answers[f"{LIST}&resumeKey={key}"] = captures(("20170311000000", f"{HOST}/news/2"))
    first = f"{ARCHIVE}/web/20170310091500id_/http://www.barid.example:80/news/1"
    asked, nearest = (
        f"{ARCHIVE}/web/{moment}id_/{HOST}/news/2" for moment in ("20170311000000", "20170312000000")
    )
    desk.answers[first] = page("من نسخة الأرشيف")
    desk.answers[asked] = Answer(status=302, headers={"Location": nearest})
    desk.answers[nearest] = page("أقرب نسخة")
    assert crawl(desk) == "barid          healthy     1 new, 1 fetched\n"
    assert crawl(desk) == "barid          healthy     1 new, 1 fetched\n"  # on from the resumption key
    assert desk.rows("SELECT url, found_by, archived FROM pages ORDER BY url") == [
        (f"{HOST}/news/1", f"wayback {HOST}/news/*", first),
        (f"{HOST}/news/2", f"wayback {HOST}/news/*", nearest),
    ]
    assert desk.rows("SELECT state, archived FROM urls ORDER BY url") == [("done", first), ("done", asked)]
    assert not [url for url in desk.site.asked() if url.startswith(HOST)]
    desk.site.seen.clear()
    crawl(desk)
    (last,) = desk.site.asked()
    assert "&from=20" in last


def test_an_outlet_that_refuses_us_is_read_from_its_fallback(desk: Desk) -> None:
    desk.declare("barid", f"feed {HOST}/rss.xml\nfallback: '{HOST}/news/*'")
    desk.answers[f"{HOST}/rss.xml"] = Answer(status=403)
    desk.answers[recent()] = captures(("20170310091500", f"{HOST}/news/1"))
    copy = f"{ARCHIVE}/web/20170310091500id_/{HOST}/news/1"
    desk.answers[copy] = page()
    told = crawl(desk)
    assert told.startswith("barid          healthy     1 new, 1 fetched: ")
    assert f"{HOST}/rss.xml: the server answered 403" in told
    assert desk.rows("SELECT url, archived FROM pages") == [(f"{HOST}/news/1", copy)]


def test_a_source_that_answers_is_out_of_order_or_asks_to_wait_has_no_fallback(desk: Desk) -> None:
    (link,) = one_feed(desk, "/news/1")
    desk.declare("barid", f"feed {HOST}/rss.xml\nfallback: '{HOST}/news/*'")
    crawl(desk)
    for status in (500, 404):
        desk.answers[f"{HOST}/rss.xml"] = Answer(status=status)
        crawl(desk)
    desk.answers[f"{HOST}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /rss.xml")
    crawl(desk)
    assert not [url for url in desk.site.asked() if url.startswith(ARCHIVE)]
    assert desk.rows("SELECT url, archived FROM pages") == [(link, None)]


def test_articles_that_are_refused_one_by_one_are_read_from_copies_in_the_next_run(desk: Desk) -> None:
    links = one_feed(desk, *(f"/news/{number}" for number in range(6)))
    desk.declare("barid", f"feed {HOST}/rss.xml\nfallback: '{HOST}/news/*'")
    desk.answers["http://barid.example/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/5")
    for link in links[:5]:
        desk.answers[link] = Answer(status=403)
    rows = [("20170310091500", link) for link in links]
    desk.answers[recent()] = captures(*rows)
    for moment, link in rows:
        desk.answers[f"{ARCHIVE}/web/{moment}id_/{link}"] = page()
    crawl(desk)
    assert desk.rows("SELECT count(*) FROM pages") == [(0,)]
    told = crawl(desk)
    assert ", 5 fetched" in told
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(link,) for link in links[:5]]
    # What robots.txt forbids is the outlet's own wish: the archive is no way round it.
    assert desk.rows("SELECT state, archived FROM urls WHERE url LIKE '%/5'") == [("blocked", None)]


def test_a_copy_of_another_page_or_a_wall_of_the_archives_own_is_no_article(desk: Desk) -> None:
    desk.declare("barid", f"wayback {HOST}/news/*")
    desk.answers[LIST] = captures(*(("20170310091500", f"{HOST}/news/{number}") for number in (1, 2)))
    first, second = (f"{ARCHIVE}/web/20170310091500id_/{HOST}/news/{number}" for number in (1, 2))
    home = f"{ARCHIVE}/web/20170310091500id_/{HOST}/"
    desk.answers[first] = Answer(status=302, headers={"Location": home})
    desk.answers[home] = page("الصفحة الأولى")
    desk.answers[second] = Answer(status=403)
    crawl(desk)
    assert desk.rows("SELECT url, state, reason FROM urls ORDER BY url") == [
        (f"{HOST}/news/1", "skipped", "redirects to the front page, which is no article"),
        (f"{HOST}/news/2", "blocked", "the server answered 403"),
    ]
    assert desk.rows("SELECT count(*) FROM pages") == [(0,)]


def test_an_archive_that_asks_to_wait_is_noted_and_asked_again_from_the_same_place(desk: Desk) -> None:
    desk.declare("barid", f"wayback {HOST}/news/*")
    desk.answers[LIST] = Answer(status=429)
    told = crawl(desk)
    assert told.startswith("barid          blocked     0 new, 0 fetched: ")
    desk.answers[LIST] = captures(("20170310091500", f"{HOST}/news/1"))
    desk.change("UPDATE hosts SET until = '2017-01-01T00:00:00+00:00'")
    assert "1 new" in crawl(desk)


def test_a_resumption_key_that_has_died_does_not_end_the_list_for_ever(desk: Desk) -> None:
    desk.declare("barid", f"wayback {HOST}/news/*")
    desk.answers[LIST] = captures(("20170310091500", f"{HOST}/news/1"), more="dead")
    crawl(desk)
    desk.answers[f"{LIST}&resumeKey=dead"] = Answer(status=400)
    crawl(desk)
    desk.answers[LIST] = captures(("20170310091500", f"{HOST}/news/2"))
    assert "1 new" in crawl(desk)

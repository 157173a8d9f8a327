"""Crawls that are turned away: a wall must never become an article, and a run behind one must never look healthy."""

from __future__ import annotations

from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import one_feed, page

HTML = {"Content-Type": "text/html; charset=utf-8"}
CAPTCHA = Answer(
    "<html><body><h1>أثبت أنك لست روبوتا</h1><button>متابعة</button></body></html>".encode(), headers=HTML
)
CHALLENGE = Answer(
    b"<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script></body></html>",
    headers={**HTML, "cf-mitigated": "challenge"},
)
MISSING = Answer("<html><body><h1>الصفحة غير موجودة</h1></body></html>".encode(), headers=HTML)
WALL = "a CAPTCHA came instead of the page"


def kept(desk: Desk) -> list[tuple[str, bytes]]:
    """Read the addresses and bodies of the responses that were kept as evidence."""
    found = []
    for path in sorted(Path(desk.folder / "archive.refused").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    address = record.rec_headers.get_header("WARC-Target-URI")
                    found.append((address, record.content_stream().read()))
    return found


def test_a_block_page_with_200_is_kept_as_evidence_and_is_never_a_page(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3", "/news/4")
    desk.answers[links[1]] = CAPTCHA
    desk.answers[links[2]] = MISSING
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 0
    assert result.stdout == "barid          healthy     4 new, 2 fetched, 1 gone, 1 blocked\n"
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(links[0],), (links[3],)]
    assert desk.rows("SELECT url, state, reason, next_due IS NULL FROM urls ORDER BY url")[1:3] == [
        (links[1], "blocked", WALL, 0),
        (links[2], "gone", "the page says that it does not exist", 1),
    ]
    assert sorted(kept(desk)) == [(links[1], CAPTCHA.body), (links[2], MISSING.body)]


def test_a_page_that_was_read_stays_when_a_wall_stands_before_it(desk: Desk) -> None:
    (link,) = one_feed(desk, "/news/1")
    desk.scrapy("crawl", "barid")
    before = desk.rows("SELECT * FROM pages")
    desk.answers[link] = CAPTCHA
    desk.due_again(link)
    result = desk.scrapy("crawl", "barid")
    assert (result.returncode, result.stdout) == (
        1,
        f"barid          blocked     0 new, 0 fetched, 1 blocked: none of 1 pages could be fetched; {WALL}\n",
    )
    assert desk.rows("SELECT * FROM pages") == before
    assert desk.rows("SELECT state, reason FROM urls") == [("blocked", WALL)]


def test_after_five_walls_in_a_row_we_stop_asking_and_the_rest_waits_a_day(desk: Desk) -> None:
    links = one_feed(desk, *(f"/news/{number}" for number in range(9)))
    for number, link in enumerate(links):
        desk.answers[link] = Answer(CHALLENGE.body, 403 if number % 2 else 200, CHALLENGE.headers)
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 1
    assert result.stdout.startswith("barid          blocked     9 new, 0 fetched, ")
    assert ": 5 pages in a row were refused; the rest waits until " in result.stdout
    assert "(and 1 more)" not in result.stdout
    asked = [url for url in desk.site.asked() if url in links]
    assert len(asked) <= 6  # one may have been on its way
    assert desk.rows("SELECT count(*) FROM urls WHERE next_due > datetime('now', '+23 hours')") == [(9,)]
    reasons = {row[0] for row in desk.rows("SELECT reason FROM urls WHERE state = 'blocked'")}
    challenge = "a check for robots came instead of the page"
    assert reasons == {challenge, f"the server answered 403; {challenge}"}
    desk.site.seen.clear()
    desk.scrapy("crawl", "barid")
    assert not set(desk.site.asked()) & set(links)


def test_an_outlet_that_sends_everybody_to_its_front_page_is_blocked(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3", "/news/4", "/news/5")
    desk.answers["http://barid.example/"] = page("الصفحة الأولى")
    for link in links[1:]:
        desk.answers[link] = Answer(status=302, headers={"Location": "/"})
    result = desk.scrapy("crawl", "barid")
    front = "redirects to the front page, which is no article"
    assert result.returncode == 1
    assert f"4 of 5 pages were refused or led elsewhere; {front}" in result.stdout
    assert desk.rows("SELECT url FROM pages") == [(links[0],)]
    assert desk.rows("SELECT status, reason FROM crawls")[0][0] == "blocked"


def test_a_wall_before_the_feed_or_behind_a_redirect_is_blocked(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3")
    desk.answers[links[0]] = Answer(status=302, headers={"Location": "http://consent.example/?back=1"})
    desk.answers["http://consent.example/?back=1"] = Answer(
        "<html><body><p>وافق على ملفات تعريف الارتباط للمتابعة</p></body></html>".encode(), headers=HTML
    )
    desk.declare("diwan", "feed http://diwan.example/rss.xml")
    desk.answers["http://diwan.example/rss.xml"] = CHALLENGE
    barid, diwan = desk.scrapy("sweep").stdout.splitlines()
    assert barid == "barid          healthy     3 new, 2 fetched, 1 blocked"
    assert diwan.startswith("diwan          blocked     0 new, 0 fetched: http://diwan.example/rss.xml: ")
    assert diwan.endswith(": a check for robots came instead of the page")
    rows = desk.rows("SELECT state, reason FROM urls ORDER BY url")
    assert rows[0] == ("blocked", "a cookie wall came instead of the page")

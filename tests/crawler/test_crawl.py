"""A crawl, end to end, against a real server: what would hurt is a lost page, a page fetched twice, or a green lie."""

from __future__ import annotations

import gzip

from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة</title>{items}</channel></rss>"""


def feed(*links: str, date: str = "Fri, 10 Mar 2017 09:15:00 +0300") -> Answer:
    items = "".join(
        f"<item><title>خبر</title><link>{link}</link><pubDate>{date}</pubDate></item>" for link in links
    )
    return Answer(FEED.format(items=items).encode())


def sitemap(*entries: str, index: bool = False) -> Answer:
    root, tag = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    inner = "".join(f"<{tag}>{entry}</{tag}>" for entry in entries)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Answer(f'<?xml version="1.0"?><{root} xmlns="{namespace}">{inner}</{root}>'.encode())


def page(text: str = "خبر") -> Answer:
    return Answer(f"<html><body><p>{text}</p></body></html>".encode(), headers={"Content-Type": "text/html"})


def one_feed(desk: Desk, *paths: str) -> list[str]:
    """Declare an outlet with a feed of these articles, all of them there."""
    host = "http://barid.example"
    desk.declare("barid", f"feed {host}/rss.xml")
    desk.answers[f"{host}/rss.xml"] = feed(*(host + path for path in paths))
    for path in paths:
        desk.answers[host + path] = page(path)
    return [host + path for path in paths]


def test_a_feeds_articles_are_fetched_with_the_dates_it_gave(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2")
    result = desk.scrapy("crawl", "barid")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "barid          healthy     2 new, 2 fetched\n"
    hint = "feed Fri, 10 Mar 2017 09:15:00 +0300"
    found_by = "feed http://barid.example/rss.xml"
    assert desk.rows("SELECT url, hint, found_by FROM pages ORDER BY url") == [
        (url, hint, found_by) for url in links
    ]
    assert desk.rows("SELECT DISTINCT state, attempts FROM urls") == [("done", 0)]
    assert desk.rows("SELECT outlet, status, found, fetched FROM crawls") == [("barid", "healthy", 2, 2)]
    assert all(agent.startswith("Tahaluf/") for agent in desk.site.agents)


def test_a_second_run_asks_for_the_sources_only_and_changes_no_address(desk: Desk) -> None:
    one_feed(desk, "/news/1", "/news/2")
    desk.scrapy("crawl", "barid")
    before = desk.rows("SELECT * FROM urls ORDER BY url"), desk.rows("SELECT * FROM pages ORDER BY url")
    desk.site.seen.clear()
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 0
    assert result.stdout == "barid          quiet       0 new, 0 fetched: nothing new\n"
    assert desk.site.asked() == desk.site.asked(304) == ["http://barid.example/rss.xml"]
    assert (
        desk.rows("SELECT * FROM urls ORDER BY url"),
        desk.rows("SELECT * FROM pages ORDER BY url"),
    ) == before


def test_a_newer_lastmod_brings_an_article_back_and_a_304_changes_nothing(desk: Desk) -> None:
    host = "http://diwan.example"
    desk.declare("diwan", f"sitemap {host}/sitemap.xml")
    entry = f"<loc>{host}/news/{{}}</loc><lastmod>{{}}</lastmod>"
    desk.answers[f"{host}/sitemap.xml"] = sitemap(
        entry.format(1, "2017-03-10"), entry.format(2, "2017-03-10")
    )
    desk.answers[f"{host}/news/1"] = page("كما كان")
    desk.answers[f"{host}/news/2"] = page("قبل التعديل")
    desk.scrapy("crawl", "diwan")
    later = "2017-03-11T08:00:00+03:00"
    desk.answers[f"{host}/sitemap.xml"] = sitemap(entry.format(1, later), entry.format(2, later))
    desk.answers[f"{host}/news/2"] = page("بعد التعديل")
    result = desk.scrapy("crawl", "diwan")
    assert result.stdout == "diwan          healthy     0 new, 1 fetched, 1 unchanged\n"
    kept = desk.rows("SELECT url, body FROM pages ORDER BY url")
    assert ["كما كان" in kept[0][1].decode(), "بعد التعديل" in kept[1][1].decode()] == [True, True]
    assert desk.rows("SELECT DISTINCT state, lastmod FROM urls") == [("done", "2017-03-11T05:00:00+00:00")]


def test_a_crawl_that_is_told_to_stop_keeps_what_it_has_and_is_not_green(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3")
    feed_at = "http://barid.example/rss.xml"
    for stuck in (feed_at, links[1]):
        whole = desk.answers[stuck]
        desk.answers[stuck] = Answer(whole.body, headers=whole.headers, seconds=1)
        running = desk.start("crawl", "barid")
        while stuck not in desk.site.asked():
            assert running.poll() is None, running.communicate()
        running.terminate()
        told, complaints = running.communicate(timeout=30)
        desk.answers[stuck] = whole
        assert (running.returncode, complaints) == (1, "")
        assert told.startswith("barid          interrupted ")
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(links[0],), (links[1],)]
    assert desk.scrapy("crawl", "barid").returncode == 0
    assert desk.site.asked().count(links[0]) == desk.site.asked().count(links[1]) == 1
    assert desk.rows("SELECT status FROM crawls") == [("interrupted",), ("interrupted",), ("healthy",)]


def test_a_long_frontier_is_worked_off_in_batches_and_over_several_runs(desk: Desk) -> None:
    links = one_feed(desk, *(f"/news/{number:03}" for number in range(130)))
    first = desk.scrapy("crawl", "barid", "-s", "PAGES_PER_RUN=110")
    assert first.stdout == "barid          healthy     130 new, 110 fetched\n"
    second = desk.scrapy("crawl", "barid", "-s", "PAGES_PER_RUN=110")
    assert second.stdout == "barid          healthy     0 new, 20 fetched\n"
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(link,) for link in links]
    assert len(desk.site.asked()) == 130 + 2


def test_sitemap_index_listing_pages_and_news_sitemap_are_all_followed(desk: Desk) -> None:
    host = "http://diwan.example"
    desk.declare(
        "diwan",
        f"sitemap {host}/index.xml",
        f"news_sitemap {host}/news.xml",
        f"listing {host}/latest?page={{page}}\npages: 2",
        f"listing {host}/world\npages: 3",
    )
    loc = "<loc>{}</loc>".format
    desk.answers[f"{host}/index.xml"] = sitemap(
        loc(f"{host}/index.xml"), loc(f"{host}/2017.xml.gz"), index=True
    )
    desk.answers[f"{host}/2017.xml.gz"] = Answer(gzip.compress(sitemap(loc(f"{host}/news/1")).body))
    desk.answers[f"{host}/news.xml"] = Answer(
        f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
             xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{host}/news/2</loc><news:news>
             <news:publication_date>2017-03-10</news:publication_date><news:title>خبر</news:title></news:news></url>
           </urlset>""".encode()
    )
    desk.answers[f"{host}/latest?page=1"] = Answer(
        b"<a href='/news/3?utm_source=home#top'>3</a> <a href='/tag/9'>9</a>"
    )
    desk.answers[f"{host}/latest?page=2"] = Answer(
        b"<a href='/news/4'>4</a> <a href='javascript:go()'>go</a>"
    )
    desk.answers[f"{host}/world"] = Answer(b"<a href='/news/5'>5</a> <a rel='next' href='/world/2'>next</a>")
    desk.answers[f"{host}/world/2"] = Answer(b"<a href='/news/6'>6</a> <a rel='next' href='/world'>back</a>")
    for number in range(1, 7):
        desk.answers[f"{host}/news/{number}"] = page(str(number))
    result = desk.scrapy("crawl", "diwan")
    assert (result.returncode, result.stdout) == (0, "diwan          healthy     6 new, 6 fetched\n")
    assert desk.rows("SELECT url, found_by FROM pages ORDER BY url") == [
        (f"{host}/news/1", f"sitemap {host}/2017.xml.gz"),
        (f"{host}/news/2", f"news_sitemap {host}/news.xml"),
        (f"{host}/news/3", f"listing {host}/latest?page=1"),
        (f"{host}/news/4", f"listing {host}/latest?page=2"),
        (f"{host}/news/5", f"listing {host}/world"),
        (f"{host}/news/6", f"listing {host}/world/2"),
    ]
    assert desk.site.asked().count(f"{host}/index.xml") == 1
    assert desk.rows(f"SELECT hint FROM pages WHERE url = '{host}/news/2'") == [("news_sitemap 2017-03-10",)]
    # What is behind an index and a list's next page is looked at again, though these themselves are unchanged.
    first = [url for url in desk.site.asked() if "/news/" not in url]
    desk.answers[f"{host}/2017.xml.gz"] = Answer(
        gzip.compress(sitemap(loc(f"{host}/news/1"), loc(f"{host}/news/7")).body)
    )
    desk.answers[f"{host}/news/7"] = page("7")
    desk.site.seen.clear()
    assert desk.scrapy("crawl", "diwan").stdout == "diwan          healthy     1 new, 1 fetched\n"
    assert [url for url in desk.site.asked() if "/news/" not in url] == first
    assert [url for url in desk.site.asked() if url not in desk.site.asked(304)] == [
        f"{host}/2017.xml.gz",
        f"{host}/news/7",
    ]


def test_redirects_settle_both_addresses_and_never_make_an_article_of_the_front_page(desk: Desk) -> None:
    links = one_feed(desk, "/news/old", "/news/other-old", "/news/dead", "/news/new", "/news/loop")
    old, other, dead, new, loop = links
    desk.answers[old] = Answer(status=301, headers={"Location": f"{new}?utm_medium=social"})
    desk.answers[f"{new}?utm_medium=social"] = desk.answers[new]
    desk.answers[other] = Answer(status=302, headers={"Location": "/news/elsewhere"})
    desk.answers["http://barid.example/news/elsewhere"] = page("انتقل")
    desk.answers[dead] = Answer(status=302, headers={"Location": "/"})
    desk.answers["http://barid.example/"] = page("الصفحة الأولى")
    desk.answers[loop] = Answer(status=302, headers={"Location": loop})
    assert desk.scrapy("crawl", "barid").returncode == 0
    elsewhere = "http://barid.example/news/elsewhere"
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(elsewhere,), (new,)]
    assert desk.rows("SELECT url, state, reason FROM urls ORDER BY url") == [
        (dead, "skipped", "redirects to the front page, which is no article"),
        (elsewhere, "done", None),
        (loop, "failed", "IgnoreRequest: max redirections reached"),
        (new, "done", None),
        (old, "done", f"redirects to {new}"),
        (other, "done", f"redirects to {elsewhere}"),
    ]


def test_every_refusal_leaves_its_reason_on_the_ledger(desk: Desk) -> None:
    links = one_feed(
        desk, "/news/gone", "/news/secret", "/news/sick", "/news/cut", "/news/closed/1", "/news/well"
    )
    gone, secret, sick, cut, closed, well = links
    desk.answers["http://barid.example/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/closed/")
    desk.answers[gone] = Answer(status=410)
    desk.answers[secret] = Answer(status=403)
    desk.answers[sick] = Answer(status=500)
    desk.answers[cut] = Answer(b"<html>", hang_up=True)
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 0
    assert result.stdout == "barid          healthy     6 new, 1 fetched, 1 gone, 2 failed, 2 blocked\n"
    rows = {
        row[0]: row[1:]
        for row in desk.rows("SELECT url, state, attempts, reason, next_due IS NULL FROM urls")
    }
    assert rows[gone] == ("gone", 0, "the server answered 410", 1)
    assert rows[secret] == ("blocked", 1, "the server answered 403", 0)
    assert rows[sick] == ("failed", 1, "the server answered 500", 0)
    assert rows[cut][0] == "failed"
    assert rows[closed] == ("blocked", 1, "robots.txt refuses this address", 1)
    assert rows[well][0] == "done"
    assert closed not in desk.site.asked()


def test_a_server_that_asks_to_wait_is_left_alone_until_then(desk: Desk) -> None:
    links = one_feed(desk, *(f"/news/{number}" for number in range(5)))
    for link in links:
        desk.answers[link] = Answer(status=429, headers={"Retry-After": "7200"})
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 1
    assert "blocked" in result.stdout
    assert "asked us to wait until" in result.stdout
    asked = len([url for url in desk.site.asked() if url in links])
    assert asked <= 2  # the one that was told, and one that was already on its way
    desk.scrapy("crawl", "barid")
    assert len([url for url in desk.site.asked() if url in links]) == asked
    assert desk.rows("SELECT count(*) FROM urls WHERE next_due > datetime('now', '+1 hour')") == [(5,)]


def test_a_page_that_breaks_the_reader_makes_the_run_broken_and_stays_in_flight(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2")
    desk.answers[links[0]] = page("BREAK THE READER")
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 1
    assert "broken" in result.stdout
    assert "RuntimeError: the reader broke" in result.stdout
    assert desk.rows("SELECT url, state FROM urls ORDER BY url") == [
        (links[0], "in_flight"),
        (links[1], "done"),
    ]


def test_one_bad_source_does_not_keep_the_others_from_being_read(desk: Desk) -> None:
    host = "http://barid.example"
    desk.declare("barid", f"feed {host}/broken.xml", f"sitemap {host}/bomb.xml", f"feed {host}/rss.xml")
    desk.answers[f"{host}/broken.xml"] = Answer("صفحة لا خلاصة".encode() * 50)
    desk.answers[f"{host}/bomb.xml"] = Answer(
        b'<!DOCTYPE a [<!ENTITY a "aa">]><urlset><url>&a;</url></urlset>'
    )
    desk.answers[f"{host}/rss.xml"] = feed(f"{host}/news/1")
    desk.answers[f"{host}/news/1"] = page()
    result = desk.scrapy("crawl", "barid")
    expected = f"1 new, 1 fetched: {host}/broken.xml: is not a feed (and 1 more)\n"
    assert (result.returncode, result.stdout) == (0, f"barid          healthy     {expected}")
    assert desk.rows("SELECT url, error FROM sources ORDER BY url") == [
        (f"{host}/bomb.xml", "declares XML entities, which no sitemap needs; refused"),
        (f"{host}/broken.xml", "is not a feed"),
        (f"{host}/rss.xml", None),
    ]


def test_what_is_too_large_is_not_read_and_the_rest_goes_on(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3")
    desk.declare("barid", "feed http://barid.example/huge.xml", "feed http://barid.example/rss.xml")
    desk.answers["http://barid.example/huge.xml"] = Answer(b"<rss>" + b" " * 200_000)
    desk.answers[links[0]] = page("خبر" * 100_000)
    bomb = gzip.compress(b" " * 5_000_000)
    desk.answers[links[1]] = Answer(bomb, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    result = desk.scrapy("crawl", "barid", "-s", "DOWNLOAD_MAXSIZE=100000")
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
    assert "3 new, 1 fetched, 2 failed" in result.stdout
    assert desk.rows("SELECT url FROM pages") == [(links[2],)]
    assert desk.rows("SELECT DISTINCT state, attempts FROM urls WHERE state <> 'done'") == [("failed", 1)]


def test_robots_without_an_answer_means_wait(desk: Desk) -> None:
    one_feed(desk, "/news/1")
    desk.answers["http://barid.example/robots.txt"] = Answer(status=503)
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 1
    assert result.stdout.startswith(
        "barid          outage      0 new, 0 fetched: http://barid.example/rss.xml: robots.txt"
    )
    assert desk.site.asked() == []

"""Large outlets: what was passed over by its title must stand on the ledger, and come back when the rules get better."""

from __future__ import annotations

from pipelines.titles import RULES
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import page

HOST = "http://barid.example"
ITEM = "<item><title>{}</title><link>{}</link><pubDate>Fri, 10 Mar 2017 09:15:00 +0300</pubDate></item>"
SPORT = "نتائج مباريات الدوري الإسباني"
OURS = "اجتماع التحالف الدولي"


def feed(*items: tuple[str, str]) -> Answer:
    inner = "".join(ITEM.format(title, HOST + path) for title, path in items)
    return Answer(f"<?xml version='1.0'?><rss version='2.0'><channel>{inner}</channel></rss>".encode())


def large(desk: Desk) -> None:
    desk.declare("barid", f"feed {HOST}/rss.xml", more="large: true\n")
    for number in (1, 2, 3):
        desk.answers[f"{HOST}/news/{number}"] = page()


def states(desk: Desk) -> list[tuple[str, str, str | None]]:
    return desk.rows("SELECT url, state, reason FROM urls ORDER BY url")


def test_a_title_of_another_subject_is_passed_over_and_on_the_ledger_with_its_reason(desk: Desk) -> None:
    large(desk)
    desk.answers[f"{HOST}/rss.xml"] = feed((OURS, "/news/1"), (SPORT, "/news/2"), ("", "/news/3"))
    result = desk.scrapy("crawl", "barid")
    assert result.stdout == "barid          healthy     3 new, 2 fetched\n"
    reason = f"not fetched, by its title: its headline is of sport: «الدوري» (rules {RULES})"
    assert states(desk)[1] == (f"{HOST}/news/2", "skipped", reason)
    assert f"{HOST}/news/2" not in desk.site.asked()
    assert desk.rows(f"SELECT title FROM urls WHERE url = '{HOST}/news/2'") == [(SPORT,)]


def test_a_small_outlet_is_fetched_whole(desk: Desk) -> None:
    large(desk)
    desk.declare("barid", f"feed {HOST}/rss.xml")
    desk.answers[f"{HOST}/rss.xml"] = feed((SPORT, "/news/2"))
    assert "1 new, 1 fetched" in desk.scrapy("crawl", "barid").stdout


def test_what_other_rules_passed_over_is_judged_again_by_those_of_today(desk: Desk) -> None:
    large(desk)
    desk.answers[f"{HOST}/rss.xml"] = feed((OURS, "/news/1"), (SPORT, "/news/2"))
    desk.scrapy("crawl", "barid")
    old = desk.rows("SELECT reason FROM urls WHERE state = 'skipped'")[0][0].replace(RULES, "0123abcd")
    desk.change("UPDATE urls SET state = 'skipped', reason = ?", old)
    desk.scrapy("crawl", "barid")
    assert [row[:2] for row in states(desk)] == [
        (f"{HOST}/news/1", "done"),
        (f"{HOST}/news/2", "skipped"),
    ]
    assert str(states(desk)[1][2]).endswith(f"(rules {RULES})")


def test_a_title_that_was_changed_brings_its_article_back_and_a_newer_lastmod_alone_does_not(
    desk: Desk,
) -> None:
    large(desk)
    desk.declare("barid", f"news_sitemap {HOST}/news.xml", more="large: true\n")
    entry = (
        f"<url><loc>{HOST}/news/2</loc><lastmod>{{}}</lastmod><n:news xmlns:n='http://www.google.com/schemas/"
        "sitemap-news/0.9'><n:title>{}</n:title></n:news></url>"
    )
    for day, title, state in (
        ("2017-03-10", SPORT, "skipped"),
        ("2017-03-11", SPORT, "skipped"),
        ("2017-03-12", OURS, "done"),
    ):
        inner = entry.format(day, title)
        desk.answers[f"{HOST}/news.xml"] = Answer(f"<urlset>{inner}</urlset>".encode())
        desk.scrapy("crawl", "barid")
        assert desk.rows("SELECT state FROM urls") == [(state,)]

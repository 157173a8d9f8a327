"""kill -9 at every single request of a crawl: a page lost or doubled would never be noticed later."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer, Loopback
from tests.crawler.test_crawl import feed, page, sitemap

HOST = "http://diwan.example"
CONTENT = (
    """SELECT url, outlet, found_by, state, attempts, etag, lastmod, http_status, reason, title
       FROM urls ORDER BY url""",
    "SELECT url, source, raw FROM url_hints ORDER BY url, source, raw",
    "SELECT url, outlet, kind, etag, items FROM sources ORDER BY url",
    "SELECT * FROM pages ORDER BY url",
)


def build(desk: Desk) -> None:
    desk.declare(
        "diwan", f"sitemap {HOST}/index.xml", f"feed {HOST}/rss.xml", f"listing {HOST}/p/{{page}}\npages: 2"
    )
    entry = f"<loc>{HOST}/{{}}</loc><lastmod>2017-03-{{}}</lastmod>"
    desk.answers |= {
        f"{HOST}/index.xml": sitemap(entry.format("a.xml", "11"), entry.format("b.xml", "10"), index=True),
        f"{HOST}/a.xml": sitemap(entry.format("news/1", "11"), entry.format("news/2", "10")),
        f"{HOST}/b.xml": sitemap(entry.format("news/3", "09")),
        f"{HOST}/rss.xml": feed(f"{HOST}/news/1", f"{HOST}/news/4", f"{HOST}/news/5"),
        f"{HOST}/p/1": Answer(b"<a href='/news/2'>2</a>"),
        f"{HOST}/p/2": Answer(b"<a href='/news/6'>6</a>"),
        f"{HOST}/news/5": Answer(status=301, headers={"Location": "/news/50"}),
        f"{HOST}/news/6": Answer(status=410),
    }
    desk.answers |= {f"{HOST}/news/{number}": page(str(number)) for number in (1, 2, 3, 4, 50)}


def content(desk: Desk) -> list[list[tuple[Any, ...]]]:
    return [desk.rows(query) for query in CONTENT]


def test_killed_at_any_request_and_run_again_it_ends_as_an_undisturbed_crawl(desk: Desk) -> None:
    build(desk)
    assert desk.scrapy("crawl", "diwan").returncode == 0
    undisturbed, requests = content(desk), [url for url, _ in desk.site.seen]
    assert len(requests) == 14  # robots.txt, 6 addresses of sources, 6 articles and one redirect
    with ThreadPoolExecutor(2) as lanes:  # two at a time, each with a server and an archive of its own
        for ended in lanes.map(lambda stuck: killed_and_resumed(desk.folder, stuck), requests):
            assert ended == undisturbed


def killed_and_resumed(folder: Path, stuck: str) -> list[list[tuple[Any, ...]]]:
    """Crawl, kill it at one request, crawl again; return what the archive then holds."""
    with Loopback() as site:
        desk = Desk(Path(mkdtemp(dir=folder)), site)
        build(desk)
        whole = desk.answers.get(stuck)
        desk.answers[stuck] = Answer(seconds=30)
        running = desk.start("crawl", "diwan")
        while stuck not in [url for url, _ in site.seen]:
            assert running.poll() is None, running.communicate()
            time.sleep(0.01)
        running.kill()
        running.communicate()
        desk.answers[stuck] = whole or Answer(status=404)
        done_before = {url for url, _ in site.seen} - {stuck, f"{HOST}/index.xml", f"{HOST}/robots.txt"}
        site.seen.clear()
        assert desk.scrapy("crawl", "diwan").returncode == 0, stuck
        again = set(site.asked(200)) & done_before
        assert not again, f"killed at {stuck}, then fetched twice"
        first, second = desk.rows("SELECT status FROM crawls")
        assert first == ("killed",)
        assert second in (("healthy",), ("quiet",))  # quiet: when only the page that is gone was left
        return content(desk)

"""Fifty outlets at once: each host's pause must hold however many others are asked in the meantime."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from urllib.parse import urlsplit

from tests.crawler.conftest import Desk
from tests.crawler.test_crawl import feed, page

OUTLETS = 50
DELAY = 1.0  # seconds


def test_fifty_outlets_at_once_keep_the_pause_of_each(desk: Desk) -> None:
    for number in range(OUTLETS):
        host = f"http://paper{number}.example"
        desk.declare(f"paper{number}", f"feed {host}/rss.xml")
        declaration = desk.outlets / f"paper{number}.yml"
        text = declaration.read_text(encoding="utf-8").replace("delay: 0", f"delay: {DELAY}")
        declaration.write_text(text, encoding="utf-8")
        links = [f"{host}/news/{one}" for one in range(3)]
        desk.answers[f"{host}/rss.xml"] = feed(*links)
        desk.answers.update({link: page(link) for link in links})
    result = desk.scrapy("sweep")
    assert result.returncode == 0, result.stderr
    assert desk.rows("SELECT count(*) FROM pages") == [(3 * OUTLETS,)]
    asked: dict[str, list[float]] = defaultdict(list)
    for (url, _), moment in zip(desk.site.seen, desk.site.times, strict=True):
        asked[urlsplit(url).hostname or ""].append(moment)
    assert [len(moments) for moments in asked.values()] == [5] * OUTLETS  # robots.txt, feed, three articles
    pauses = [later - earlier for moments in asked.values() for earlier, later in pairwise(moments)]
    assert min(pauses) >= DELAY
    first, last = min(map(min, asked.values())), max(map(max, asked.values()))
    assert last - first < OUTLETS * DELAY  # at once, not one after the other

"""Calendars and feeds of the site: they follow their page's query string, and a second fetch is the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import feedparser
import httpx
import icalendar
import pytest

from tests.site.archive_rows import ANNOUNCED, HELD, MINISTERIAL
from tests.site.serving import served

ATOMS = [
    "/meetings.atom",
    "/meetings.atom?year=2017",
    "/disagreements.atom",
    "/changes.atom",
    "/search.atom?q=التحالف",
]
CALENDARS = ["/meetings.ics", "/meetings.ics?year=2017", f"/meeting/{MINISTERIAL}.ics"]


@pytest.fixture(scope="module")
def press_site(press_archive: Path) -> Iterator[httpx.Client]:
    with served(press_archive) as client:
        yield client


def uids(answer: httpx.Response) -> list[str]:
    return [str(event["UID"]) for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]


@pytest.mark.parametrize("path", CALENDARS)
def test_calendar_is_one_and_the_same_each_time(press_site: httpx.Client, path: str) -> None:
    answer = press_site.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content == press_site.get(path).content
    assert answer.content == press_site.get(f"/en{path}").content, "a file has no language"
    assert len(set(uids(answer))) == len(uids(answer)) > 0
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("path", ATOMS)
def test_feed_is_valid_and_the_same_each_time(press_site: httpx.Client, path: str) -> None:
    answer = press_site.get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.content == press_site.get(path).content
    feed = feedparser.parse(answer.content)
    assert feed.bozo == 0
    assert feed.entries
    base = str(press_site.base_url).rstrip("/")
    (own,) = (link.href for link in feed.feed.links if link.rel == "self")
    assert own.startswith(base + path.split("?")[0])
    moments = [entry.updated for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.feed.updated == moments[0]


def test_every_entry_leads_to_a_page(press_site: httpx.Client) -> None:
    for path in ATOMS:
        for entry in feedparser.parse(press_site.get(path).content).entries[:5]:
            assert press_site.get(entry.link).status_code == 200, entry.link


def test_filter_of_the_list_is_the_filter_of_its_feeds(press_site: httpx.Client) -> None:
    for query in ("year=2017", "level=political_directors", "disputed=1", "year=2017&city=Washington"):
        page = press_site.get(f"/meetings?{query}").text
        of_calendar = uids(press_site.get(f"/meetings.ics?{query}"))
        entries = feedparser.parse(press_site.get(f"/meetings.atom?{query}").content).entries
        for key in [uid.removesuffix("@tahaluf") for uid in of_calendar]:
            assert f'href="/meeting/{key}"' in page
        assert 0 < len(of_calendar) <= len(entries) < 51
    # three are known by their month alone, which is no day of a calendar
    assert len(uids(press_site.get("/meetings.ics"))) == 51 - 3


def test_search_feed_is_the_search(site: httpx.Client) -> None:
    found = feedparser.parse(site.get("/search.atom", params={"q": "واشنطن"}).content)
    assert {entry.link.rsplit("/", 1)[1] for entry in found.entries} == {ANNOUNCED, HELD}
    assert "واشنطن" in found.feed.title
    narrowed = feedparser.parse(site.get("/search.atom", params={"q": "واشنطن", "outlet": "sada"}).content)
    assert [entry.link.rsplit("/", 1)[1] for entry in narrowed.entries] == [HELD]
    assert narrowed.feed.id != found.feed.id
    assert feedparser.parse(site.get("/search.atom").content).bozo == 0


@pytest.mark.parametrize("q", ['"', "NEAR(", "<script>", "a" * 2000, "\u202e", "\0", "* OR x"])
def test_hostile_search_is_a_valid_feed_and_workbook(site: httpx.Client, q: str) -> None:
    answer = site.get("/search.atom", params={"q": q})
    assert answer.status_code == 200
    assert feedparser.parse(answer.content).bozo == 0
    assert site.get("/search.xlsx", params={"q": q}).content.startswith(b"PK")


@pytest.mark.parametrize("path", ["/meeting/nothing.ics", "/meeting/.ics"])
def test_meeting_that_is_not_there_is_a_404(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


def test_edited_article_is_a_change(press_site: httpx.Client) -> None:
    titles = [entry.title for entry in feedparser.parse(press_site.get("/changes.atom").content).entries]
    assert len([title for title in titles if title.startswith("عُدّل بعد نشره")]) == 2
    assert len([title for title in titles if title.startswith("أُضيف")]) == 51

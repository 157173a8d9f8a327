"""Whatever stands in a screen's address: a page in the reader's language, never a 500, never live markup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from datasette import Request  # type: ignore[attr-defined]
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils import module_from_path  # type: ignore[import-untyped]
from lxml import html

from pipelines.archive import open_archive
from tests.site.archive_rows import ANNOUNCED, HELD, MINISTERIAL, TEXTS, build, put
from tests.site.serving import ROOT, served

HOSTILE = [
    "'",
    '"',
    "%00",
    "%FF%FE",
    "<script>alert(1)</script>",
    "\u202e22\u202c",
    "'; drop table meetings; --",
    "ا" * 2000,
    "../../etc",
]
ADDRESSES = ["/meetings?level={}", "/meetings?host={}", "/meetings?year={}&view=calendar", "/meetings?view={}", "/coverage?year={}&show={}",
             "/compare?meeting={}", f"/compare?meeting={MINISTERIAL}&a={{}}&b={{}}", "/changes?kind={}&before={}", "/review?kind={}&page={}&outlet={}",
             "/coverage/meetings?outlet={}", "/meetings.csv?city={}", "/coverage.csv?year={}", "/review.csv?outlet={}", "/changes.csv?before={}"]  # fmt: skip
BAD = {
    "/on/2017-02-30": 400, "/on/today": 400, "/on/2017-3-2": 400, "/on/٢٠١٧-٠٣-٢٢": 400, "/on/0001-01-01": 404, "/on/9999-12-31": 404,
    "/month/2017-13": 400, "/month/2017-00": 400, "/month/2017": 400, "/month/1066-10": 404, "/year/17": 400, "/year/-200": 400,
    "/year/9999": 404, "/year/2017-03": 400, "/month/x.csv": 400, "/year/0000.csv": 404, "/on/2017-03-22'--": 400,
    "/meeting/%00": 404, "/outlet/%27": 404, "/outlet/x.csv": 404, f"/compare?meeting={MINISTERIAL}&a_from=2017-99-01": 400,
    f"/compare?meeting={MINISTERIAL}&b_to=2017-W12-3": 400,
    "/compare?meeting=nothing": 404, "/sitemap-articles-99.xml": 404, "/sitemap-x.xml": 404,
}  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_answered(site: httpx.Client, value: str) -> None:
    for address in ADDRESSES:
        for language in ("", "/en"):
            answer = site.get(language + address.replace("{}", value))
            assert answer.status_code in (200, 400, 404), (language + address, value)
            if answer.headers["content-type"].startswith("text/html"):
                assert "<script>alert" not in answer.text
            else:  # a file is taken away, never shown
                assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(("path", "status"), BAD.items())
def test_absurd_addresses_are_told_so(site: httpx.Client, path: str, status: int) -> None:
    for language, direction in (("", "rtl"), ("/en", "ltr")):
        answer = site.get(language + path, follow_redirects=True)
        assert answer.status_code == status
        assert f'dir="{direction}"' in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/on/2017-03-22", "/month/2017-03", "/year/2017", "/compare", "/changes", "/review", "/outlets"]
)
def test_an_empty_archive_says_what_to_run(empty_site: httpx.Client, path: str) -> None:
    answer = empty_site.get(path)
    assert answer.status_code == 503
    assert "make run" in answer.text


def test_the_first_and_the_last_month_lead_nowhere_beyond(site: httpx.Client) -> None:
    for month, neighbour in (("1900-01", "/month/1900-02"), ("2100-12", "/month/2100-11")):
        tree = html.fromstring(site.get(f"/month/{month}").text)
        assert tree.xpath("//main//nav[@class='pages']/a/@href") == [neighbour]


def test_prose_needs_no_archive(empty_site: httpx.Client) -> None:
    for path in ("/about", "/methodology", "/takedown", "/accessibility", "/privacy", "/en/privacy"):
        assert empty_site.get(path).status_code == 200


def test_an_archive_of_an_older_version_still_has_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    build(path)
    connection = sqlite3.connect(path)
    for name in (
        "articles_by_day_and_relevance",
        "articles_by_outlet_and_relevance",
        "dates_by_day_and_article",
        "dates_to_review",
        "versions_by_seen",
        "urls_that_are_gone",
    ):
        connection.execute(f"drop index {name}")
    connection.execute("drop table coverage_months")
    connection.commit()
    connection.close()
    with served(path) as client:
        assert "لم يُحسب جدول التغطية بعد" in client.get("/coverage").text
        for page in ("/outlets", "/outlet/rukn", "/year/2017", "/review", "/changes", "/sitemap-days.xml"):
            assert client.get(page).status_code == 200, page


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The sample archive after an outlet moved a meeting to another day, and another took its article away."""
    path = tmp_path_factory.mktemp("edited") / "archive.db"
    build(path)
    connection = open_archive(path, None)
    title, text = TEXTS[ANNOUNCED]
    moved = text.replace("22 مارس الجاري", "23 مارس الجاري")
    put(
        connection,
        "versions",
        article=ANNOUNCED,
        n=2,
        seen="2026-11-22T08:00:00+00:00",
        title=title,
        text=moved,
        sha256="ef" * 32,
    )
    put(
        connection,
        "urls",
        url=f"http://sada.test/{HELD}",
        outlet="sada",
        state="gone",
        first_seen="2026-11-20",
        fetched="2026-11-23T09:00:00+00:00",
    )
    connection.commit()
    connection.close()
    with served(path) as client:
        yield client


def test_changes_tell_what_was_dated_anew_and_what_is_gone(edited: httpx.Client) -> None:
    changes = html.fromstring(edited.get("/changes").text).xpath("//article")
    kinds = [one.xpath(".//span[contains(@class,'status')]")[0].text for one in changes]
    assert kinds[:2] == ["زال من موقعه", "تغيّر فيه تاريخ"]  # newest first
    assert kinds.count("أُضيف") == 4
    redated = changes[1]
    assert [one.text_content() for one in redated.xpath("./p/del")] == ["الأربعاء 22 مارس 2017"]
    assert [one.text_content() for one in redated.xpath("./p/ins")] == ["الخميس 23 مارس 2017"]
    for kind, count in (("gone", 1), ("redated", 1), ("corrected", 1), ("added", 4)):
        assert len(html.fromstring(edited.get(f"/changes?kind={kind}").text).xpath("//article")) == count


@pytest.mark.parametrize(
    ("where", "start"),
    [
        ({"issues": "https://forge.example/new"}, "https://forge.example/new?title="),
        ({"contact": "desk@paper.example"}, "mailto:desk@paper.example?subject="),
        ({}, None),
    ],
)
def test_a_correction_is_proposed_where_the_project_says(where: dict[str, str], start: str | None) -> None:
    review = module_from_path(str(ROOT / "datasette" / "plugins" / "page_review.py"), "page_review")
    row = {
        "id": "m1",
        "article": ANNOUNCED,
        "text": "22 مارس الجاري",
        "sentence": "ن" * 9000,
        "first": "2017-03-22",
        "link": "known",
        "reason": None,
    }
    proposal = review._proposal(
        Datasette(metadata={"plugins": {"tahaluf": where}}), Request.fake("/review"), row
    )
    if start is None:
        assert proposal is None
        return
    assert proposal.startswith(start)
    assert f"article%2F{ANNOUNCED}" in proposal
    assert "+" not in proposal or start.startswith("https")  # a mail program shows a plus as it is
    assert len(proposal) < 12_000

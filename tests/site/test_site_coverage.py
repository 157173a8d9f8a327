"""The coverage page: three states that differ in words, every cell a link, and no outlet called silent by mistake."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pipelines.archive import open_archive
from pipelines.coverage import read_collected, write_coverage
from tests.site.archive_rows import ANNOUNCED, MINISTERIAL, build, put
from tests.site.serving import served

FRENCH = "2014-09-15-paris-ministerial"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The sample archive with a second known meeting that nobody was crawled for, and its ledger made."""
    path = tmp_path_factory.mktemp("coverage") / "archive.db"
    build(path)
    connection = open_archive(path, None)
    put(connection, "outlets", id="ghaib", name_ar="الغائب", name_en="Ghaib", sample=1)
    put(connection, "known_meetings", id=FRENCH, first="2014-09-15", last="2014-09-15", precision="day", city="Paris",
        country="France", level="ministerial_foreign_full", name_en="Paris conference", status="held",
        confidence="high", sources="https://example.org/c")  # fmt: skip
    write_coverage(connection, read_collected(connection))
    connection.close()
    with served(path) as client:
        yield client


def cells(page: str) -> dict[str, str]:
    """Give the class and the content of each outlet's cell of the ministerial."""
    row = re.search(rf'<tr id="{MINISTERIAL}">.*?</tr>', page, re.DOTALL)
    assert row is not None
    found = re.findall(r'<td class="(\w+)" data-label="([^"]+)">(.*?)</td>', row[0], re.DOTALL)
    return {name: f"{state} {content}" for state, name, content in found}


def test_each_state_has_its_own_words_sign_and_link(ledger: httpx.Client) -> None:
    found = cells(ledger.get("/coverage").text)
    assert set(found) == {"ركن الخبر", "صدى المدينة", "القلم اليومي"}
    assert found["ركن الخبر"].startswith("reported")
    assert all(
        part in found["ركن الخبر"] for part in ("✓", "ذكرته", f'href="/article/{ANNOUNCED}"', "قبله: 1")
    )
    assert "بعده: 1" in found["صدى المدينة"]
    # It has an article eleven days after the meeting, and none that names it.
    assert found["القلم اليومي"].startswith("silent")
    assert all(part in found["القلم اليومي"] for part in ("○", "لم تذكره", "outlet=qalam", "published_day__gte=2017-02-20"))  # fmt: skip


def test_what_was_not_crawled_stands_apart_and_blames_nobody(ledger: httpx.Client) -> None:
    page = ledger.get("/coverage").text
    apart = re.search(r'<p class="quiet">[^<]*<span class="sign".*?</p>', page, re.DOTALL)
    assert apart is not None
    assert 'href="/outlet/ghaib"' in apart[0]
    assert "لم تُجمع" in apart[0]
    section = page[page.index('id="y2014"') :]
    assert "لم تُجمع أي صحيفة في أوقات هذه الاجتماعات" in section
    assert f"/known_meetings/{FRENCH}" in section
    assert "لم تذكره" not in section


def test_every_cell_is_a_link_that_answers(ledger: httpx.Client) -> None:
    page = ledger.get("/coverage").text
    contents = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    links = [re.search(r'href="([^"]+)"', content) for content in contents]
    assert len(links) == 3
    for link in links:
        assert link is not None
        assert ledger.get(link[1].replace("&amp;", "&")).status_code == 200
    silent = ledger.get(
        next(link[1] for link in links if link and "outlet=" in link[1]).replace("&amp;", "&")
    )
    assert "qalam-00000003" in silent.text


def test_the_page_is_arabic_with_one_heading_and_no_code_in_sight(ledger: httpx.Client) -> None:
    page = ledger.get("/coverage").text
    assert '<html lang="ar" dir="rtl">' in page
    assert page.count("<h1") == 1
    assert "<script" not in page
    assert ' style="' not in page
    main = page[page.index("<main") : page.index("</main>")]
    words = re.sub(r"<bdi.*?</bdi>|<[^>]+>", " ", main)
    assert re.findall(r"[A-Za-z]{2,}", words) == []


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("?year=2017", "y2017", "y2014"), ("?outlet=ghaib", "y2017", "data-label"), ("?level=leaders", "لا اجتماع", "y20"),
     ("?year='%22<b>", "لا اجتماع", "<b>")],
)  # fmt: skip
def test_filters_are_in_the_address(ledger: httpx.Client, query: str, shown: str, hidden: str) -> None:
    answer = ledger.get(f"/coverage{query}")
    assert answer.status_code == 200
    assert shown in answer.text
    assert hidden not in answer.text[answer.text.index("</form>", answer.text.index("<main")) :]


def test_the_meeting_page_has_its_line_of_coverage(ledger: httpx.Client) -> None:
    page = ledger.get(f"/meeting/{MINISTERIAL}").text
    line = page[page.index('id="h-coverage"') : page.index('id="h-facts"')]
    assert "جُمعت في وقته ولم تذكره" in line
    assert 'href="/outlet/qalam"' in line
    assert "قبله: مقال واحد، بعده: مقال واحد" in line
    assert f'href="/coverage?year=2017#{MINISTERIAL}"' in line
    assert 'id="h-coverage"' not in ledger.get("/meeting/unknown-brussels").text


def test_the_table_says_its_states_in_arabic(ledger: httpx.Client) -> None:
    page = ledger.get("/archive/coverage").text
    assert "لم تذكره" in page
    assert not re.search(r">\s*(silent|reported|not_crawled)\s*<", page)


def test_without_a_ledger_the_pages_say_so(
    site: httpx.Client, empty_site: httpx.Client, tmp_path: Path
) -> None:
    assert "لم يُحسب سجل التغطية بعد" in site.get("/coverage").text
    assert site.get(f"/meeting/{MINISTERIAL}").status_code == 200
    assert empty_site.get("/coverage").status_code == 503
    older = tmp_path / "older.db"
    build(older)
    connection = sqlite3.connect(older)
    connection.execute("drop table coverage")
    connection.commit()
    connection.close()
    with served(older) as client:
        assert "لم يُحسب سجل التغطية بعد" in client.get("/coverage").text
        assert client.get(f"/meeting/{MINISTERIAL}").status_code == 200


def test_a_large_ledger_is_opened_year_by_year(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build(path)
    connection = open_archive(path, None)
    outlets = [f"outlet{n:02}" for n in range(40)]
    for outlet in outlets:
        put(connection, "outlets", id=outlet, name_ar=f"صحيفة {outlet[6:]}", name_en=outlet, sample=1)
    for n in range(40):
        day = f"{2015 + n % 2}-05-{1 + n // 2:02}"
        put(connection, "known_meetings", id=f"{day}-rome", first=day, last=day, precision="day", level="other",
            name_en="Rome", status="held", confidence="high", sources="https://example.org/d")  # fmt: skip
        for outlet in outlets:
            put(connection, "coverage", meeting=f"{day}-rome", outlet=outlet, state="silent", reach="crawl", before=0,
                on_day=0, after=0, undecided=0)  # fmt: skip
    connection.close()
    with served(path) as client:
        page = client.get("/coverage").text
        assert "<table" not in page
        assert 'href="/coverage?year=2016"' in page
        assert "لم تذكره: <b>800</b>" in page
        assert len(page) < 30_000
        year = client.get("/coverage?year=2016").text
    assert year.count('<td class="silent"') == 800

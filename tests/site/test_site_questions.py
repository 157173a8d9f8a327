"""Questions and downloads: the answer on the page, in a file and in Datasette's own JSON is one answer."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest

from pipelines.exports import FORMATS, TABULAR, Asked, select
from pipelines.questions import Question, load_questions
from tests.site.archive_rows import ANNOUNCED, MINISTERIAL
from tests.site.serving import served


@pytest.fixture(scope="module")
def press_site(press_archive: Path) -> Iterator[httpx.Client]:
    with served(press_archive) as client:
        yield client


@pytest.mark.parametrize("question", load_questions().values(), ids=lambda one: one.name)
def test_page_file_and_json_give_the_same_answer(
    press_archive: Path, press_site: httpx.Client, question: Question
) -> None:
    rows = list(select(connection := sqlite3.connect(press_archive), Asked(question.name)).rows(connection))
    for prefix, title in (("", question.title.ar), ("/en", question.title.en)):
        page = press_site.get(f"{prefix}/questions/{question.name}")
        assert page.status_code == 200
        assert title.replace("'", "&#39;") in page.text
        assert page.text.count("<tr>") == min(len(rows), 200) + 1
    file = press_site.get(f"/questions/{question.name}.csv")
    assert len(list(csv.reader(io.StringIO(file.text)))) == len(rows) + 1
    answer = press_site.get(f"/archive/{question.name}.json?_shape=arrays").json()
    assert answer["rows"] == [list(row) for row in rows][:1000]


def test_parameters_of_the_address_decide(site: httpx.Client) -> None:
    asked = {"member_count": "72"}
    page = site.get("/questions/who_first_said_count", params=asked).text
    assert 'value="72"' in page
    assert "اختتم وزراء خارجية 72 دولة" in page
    assert "يضم 68 دولة" not in page
    assert 'href="/questions/who_first_said_count.xlsx?member_count=72"' in page
    file = site.get("/questions/who_first_said_count.csv", params=asked).text
    assert "72 دولة" in file
    assert "68 دولة" not in file
    rows = site.get("/archive/who_first_said_count.json", params={**asked, "_shape": "array"}).json()
    assert [row["outlet"] for row in rows] == ["sada"]


def test_answer_links_to_pages_and_says_names(site: httpx.Client) -> None:
    page = site.get("/questions/who_first_said_count").text
    assert f'<a href="/article/{ANNOUNCED}">واشنطن تدعو وزراء التحالف إلى اجتماع موسع</a>' in page
    assert f'<a href="/meeting/{MINISTERIAL}">' in page
    assert '<a href="/outlet/rukn">ركن الخبر</a>' in page
    english = site.get("/en/questions/who_first_said_count").text
    assert f'<a href="/en/article/{ANNOUNCED}">' in english
    assert ">Rukn</a>" in english


@pytest.mark.parametrize(
    "query",
    ["member_count=x", "member_count=", "member_count=1e9", "member_count=%00", "member_count=" + "9" * 40],
)
def test_what_is_no_number_is_an_arabic_400(site: httpx.Client, query: str) -> None:
    page = site.get(f"/questions/who_first_said_count?{query}")
    assert page.status_code == 400
    assert "لم يُفهم السؤال" in page.text
    assert site.get(f"/questions/who_first_said_count.csv?{query}").status_code == 400


@pytest.mark.parametrize(
    "value", ["'; drop table articles --", "<script>alert(1)</script>", "\u202eabc", "%" * 50, "ب" * 3000]
)
def test_hostile_value_is_an_empty_answer(site: httpx.Client, value: str) -> None:
    page = site.get("/questions/uncovered_meetings", params={"outlets": value})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert site.get("/questions/articles_by_wording", params={"word": value}).status_code == 200


@pytest.mark.parametrize("path", ["/questions/nothing", "/questions/nothing.csv", "/downloads/nothing.csv",
                                  "/downloads/articles_fts.csv", "/downloads/sqlite_master.csv",
                                  "/questions/who_first_said_count.exe"])  # fmt: skip
def test_what_there_is_not_is_an_arabic_404(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "الصفحة غير موجودة" in answer.text


def test_every_file_of_the_downloads_page_is_there(site: httpx.Client) -> None:
    page = site.get("/downloads").text
    links = re.findall(r'href="(/downloads/[^"]+)"', page)
    assert len(links) > 150
    assert links[0].startswith("/downloads/meetings"), "what people look for comes first"
    for link in [one for one in links if "/articles" in one or "/meeting" in one]:
        answer = site.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"] == f'attachment; filename="{link.rsplit("/", 1)[1]}"'
        assert answer.content


def test_workbook_of_the_site_reads_from_right_to_left(site: httpx.Client) -> None:
    raw = site.get("/downloads/meetings.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["meetings"]
    assert sheet.sheet_view.rightToLeft
    assert sheet.max_row == 3


def test_published_copy_gives_its_ready_files_with_their_hashes(public_copy: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(
        public_copy, tmp_path / "copy"
    )  # the server's log must not lie in the published folder
    with served(copy / "public.db", public=True) as client:
        page = client.get("/downloads").text
        links = re.findall(r'href="(/downloads/meetings[^"]+)"', page)
        assert {Path(link).name for link in links} == {f"meetings{FORMATS[form].suffix}" for form in TABULAR}
        for link in links:
            body = client.get(link).content
            assert body == (public_copy / link.lstrip("/")).read_bytes()
            assert hashlib.sha256(body).hexdigest() in page
        assert "هذه نسخة منشورة" in page
        assert client.get("/downloads/urls.csv").status_code == 404

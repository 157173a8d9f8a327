"""Saved pages on disk: every kind is read, an index is believed, and what can't be read is named."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.items import Page
from pipelines.saved import Given, Saved
from pipelines.warc import WarcFile

NOON = datetime(2017, 3, 10, 12, tzinfo=UTC)
PAGE = Page("http://manara.example/1", "manara", b"<p>1</p>", 200, NOON, "text/html", (("Server", "x"),))


def warc(folder: Path, *pages: Page) -> Path:
    file = WarcFile(folder, "pages.warc.gz")
    for page in pages:
        file.write(page, hashlib.sha256(page.body).hexdigest())
    file.close()
    return folder / "pages.warc.gz"


def test_html_page_is_known_by_the_address_it_gives_itself(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<html><head><link rel="canonical" href="https://sada.example/a/1"></head><p>x</p></html>'
    )
    ((_, page),) = Saved(NOON).pages(path)
    assert page.url == "https://sada.example/a/1"


def test_page_without_an_address_is_known_by_its_hash_and_never_by_a_path_of_this_machine(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.txt"
    path.write_text("نص")
    ((_, page),) = Saved(NOON).pages(path)
    assert page.url.startswith("urn:sha256:")
    assert str(tmp_path) not in page.url + page.found_by


def test_what_the_caller_says_wins_over_what_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<link rel="canonical" href="https://sada.example/a/1">')
    given = Given(outlet="manara", url="http://manara.example/9", published="2017-03-10")
    ((_, page),) = Saved(NOON, given).pages(path)
    assert (page.url, page.outlet) == ("http://manara.example/9", "manara")
    assert [(hint.source, hint.raw) for hint in page.hints] == [("given", "2017-03-10")]


def test_warc_and_wacz_give_their_pages_and_leave_errors_out(tmp_path: Path) -> None:
    path = warc(tmp_path, PAGE, replace(PAGE, url="http://manara.example/gone", status=404))
    wacz = tmp_path / "pages.wacz"
    with zipfile.ZipFile(wacz, "w") as archive:
        archive.write(path, "archive/data.warc.gz")
    for one in (path, wacz):
        assert [(page.url, page.body) for _, page in Saved(NOON).pages(one)] == [(PAGE.url, PAGE.body)]


def test_records_of_json_lines_carry_their_own_address_outlet_and_day(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    record = {
        "url": "http://x.example/1",
        "title": "عنوان",
        "text": "نص",
        "published": "2017-03-10",
        "outlet": "sada",
    }
    path.write_text(json.dumps(record) + "\nnot json\n" + json.dumps({"title": "بلا نص"}) + "\n")
    saved = Saved(NOON)
    ((name, page),) = saved.pages(path)
    assert (page.url, page.outlet, page.hints[0].raw) == ("http://x.example/1", "sada", "2017-03-10")
    assert name == "articles.jsonl:1"
    assert [line.split("jsonl: ")[1] for line in saved.problems] == [
        "line 2 is not JSON",
        "line 3 has no field 'text'",
    ]


def test_index_of_a_folder_decides_what_is_read_and_the_rest_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>a</p>")
    (tmp_path / "a.gold.txt").write_text("a")
    (tmp_path / "index.jsonl").write_text(
        json.dumps({"file": "a.html", "url": "http://x.example/a", "outlet": "x"})
    )
    saved = Saved(NOON)
    assert [(page.url, page.outlet) for _, page in saved.pages(tmp_path)] == [("http://x.example/a", "x")]
    assert saved.left_out == ["a.gold.txt: not named by the folder's index"]
    assert saved.problems == []


def test_folder_without_an_index_is_read_whole_and_other_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.html").write_text("<p>a</p>")
    (tmp_path / "b.txt").write_text("نص")
    (tmp_path / "notes.docx").write_text("x")
    saved = Saved(NOON)
    assert len(list(saved.pages(tmp_path))) == 2
    assert saved.left_out == ["notes.docx: not a kind of file that holds pages"]


def test_unreadable_file_is_a_problem_that_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"no warc")
    (tmp_path / "b.wacz").write_bytes(b"no zip")
    (tmp_path / "c.txt").write_text("نص")
    saved = Saved(NOON)
    assert len(list(saved.pages(tmp_path))) == 1
    assert [line.split(": ")[0].rsplit("/", 1)[-1] for line in saved.problems] == ["a.warc", "b.wacz"]

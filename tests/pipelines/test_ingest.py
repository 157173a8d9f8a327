"""`scrapy ingest`, as a person calls it: saved pages in, verdicts on the ledger, one clear line for what can't be read."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.archive import open_archive
from tests.conftest import ROOT

TEXT = "واشنطن تستضيف اجتماع التحالف\n\nتستضيف واشنطن يوم 22 مارس 2017 اجتماع وزراء خارجية التحالف الدولي ضد داعش.\n"
SPORT = "فوز كبير\n\nفاز الفريق في مباراة الأمس بثلاثة أهداف أمام جمهور غفير في الملعب الدولي.\n"


def scrapy(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def ingest(archive: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return scrapy("ingest", *arguments, "-s", f"ARCHIVE={archive}")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def rows(archive: Path, sql: str) -> list[tuple[object, ...]]:
    return sqlite3.connect(archive).execute(sql).fetchall()


def test_text_with_a_title_line_becomes_an_article(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = ingest(
        archive, page, "--outlet", "elaph", "--published", "2017-03-10", "--url", "https://elaph.com/a/1.html"
    )
    assert done.returncode == 0, done.stderr
    assert rows(archive, "select title, outlet, url, published_day from articles") == [
        ("واشنطن تستضيف اجتماع التحالف", "elaph", "https://elaph.com/a/1.html", "2017-03-10")
    ]


def test_ingesting_again_changes_nothing(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    for _ in range(2):
        assert ingest(archive, page, "--outlet", "elaph").returncode == 0
    assert (
        rows(archive, "select count(*) from articles")
        == rows(archive, "select count(*) from captures")
        == [(1,)]
    )
    assert rows(archive, "select count(*) from versions") == [(1,)]


def test_irrelevant_article_is_on_the_ledger_only_unless_all_is_kept(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(SPORT, encoding="utf-8")
    assert ingest(archive, page).returncode == 0
    assert rows(archive, "select count(*) from articles") == [(0,)]
    (title, verdict, length), = rows(archive, "select title, verdict, length from urls")  # fmt: skip
    assert (title, verdict) == ("فوز كبير", "irrelevant")
    assert isinstance(length, int)
    assert length > 50
    assert ingest(archive, page, "--keep", "all").returncode == 0
    assert rows(archive, "select relevance from articles") == [("no",)]


def test_saved_real_pages_are_all_read_and_judged(archive: Path, shared: Path) -> None:
    done = ingest(archive, shared / "data" / "pages")
    assert done.returncode == 0, done.stderr
    verdicts = {str(outlet): verdict for outlet, verdict in rows(archive, "select outlet, verdict from urls")}
    assert len(verdicts) == 9
    persian = {outlet for outlet, verdict in verdicts.items() if verdict == "not_arabic"}
    assert len(persian) == 3
    assert all("persian" in outlet for outlet in persian)
    assert {verdict for outlet, verdict in verdicts.items() if outlet not in persian} == {"irrelevant"}
    assert rows(archive, "select count(*) from urls where coalesce(title, '') = '' or length < 300") == [(0,)]
    reasons = [
        str(reason) for (reason,) in rows(archive, "select reason from urls where verdict = 'not_arabic'")
    ]
    assert all(reason.startswith("not Arabic: the text reads as fa") for reason in reasons)
    assert ingest(archive, shared / "data" / "pages", "--keep", "all").returncode == 0
    assert rows(archive, "select count(*), count(distinct relevance), min(relevance) from articles") == [
        (6, 1, "no")
    ]


BAD_USE = {
    "missing file": (["nowhere.html"], "no such file"),
    "no path": ([], "name at least one"),
    "unknown outlet": (["{page}", "--outlet", "elapf"], "did you mean elaph"),
    "date that is none": (["{page}", "--published", "yesterday"], "not a date"),
    "one address for a folder": (["{folder}", "--url", "https://x.example/1"], "single file"),
}


@pytest.mark.parametrize("case", BAD_USE)
def test_bad_use_is_one_line_and_leaves_no_archive_behind(archive: Path, tmp_path: Path, case: str) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    arguments, message = BAD_USE[case]
    done = ingest(archive, *(one.format(page=page, folder=tmp_path) for one in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not archive.exists()


UNREADABLE = {
    "empty.html": (b"", "empty"),
    "blank.html": (b"<html><body></body></html>", ""),
    "really.html": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + b"\x00" * 300, "PDF"),
    "broken.warc.gz": (b"\x1f\x8b\x08 not gzip", "not a readable WARC"),
    "broken.wacz": (b"not zip", "not a readable WACZ"),
    "broken.jsonl": (b"{no json}\n", "line 1 is not JSON"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_page_is_said_and_the_others_are_read(archive: Path, tmp_path: Path, name: str) -> None:
    content, message = UNREADABLE[name]
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(content)
    good.write_text(TEXT, encoding="utf-8")
    done = ingest(archive, bad, good)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert message in done.stderr + done.stdout
    assert rows(archive, "select count(*) from articles") == [(1,)]


def test_page_that_is_no_page_is_a_row_in_failures(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "really.html"
    page.write_bytes(UNREADABLE["really.html"][0])
    ingest(archive, page)
    ((stage, error),) = rows(archive, "select stage, error from failures")
    assert stage == "extract"
    assert "PDF" in str(error)


def test_archive_of_a_newer_version_is_one_line(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    connection = open_archive(archive, "real")
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tahaluf', 'm999', '2030-01-01')"
    )
    connection.close()
    done = ingest(archive, page)
    assert done.returncode == 1
    assert "newer version" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_json_lines_bring_their_own_outlet_which_gets_a_row(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    title, _, text = TEXT.partition("\n\n")
    record = {
        "url": "http://x.example/1",
        "title": title,
        "text": text,
        "published": "2017-03-10",
        "outlet": "رسالة",
    }
    path.write_text(json.dumps(record), encoding="utf-8")
    assert ingest(archive, path).returncode == 0
    assert rows(
        archive,
        "select a.title, a.published_day, o.declared from articles a join outlets o on o.id = a.outlet",
    ) == [(title, "2017-03-10", 0)]


def test_reread_without_network_gives_the_same_archive(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    ingest(archive, page, "--outlet", "elaph", "--published", "2017-03-10")
    tables = ("articles", "versions", "dates", "mentions", "meetings", "urls")
    before = {table: rows(archive, f"select * from {table} order by 1, 2") for table in tables}
    page.unlink()
    done = scrapy("reread", "-s", f"ARCHIVE={archive}")
    assert done.returncode == 0, done.stderr
    assert {table: rows(archive, f"select * from {table} order by 1, 2") for table in tables} == before


def test_reread_says_which_bytes_are_gone_and_keeps_the_article(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    ingest(archive, page, "--outlet", "elaph")
    for warc in (tmp_path / "archive.warc").iterdir():
        warc.unlink()
    done = scrapy("reread", "-s", f"ARCHIVE={archive}")
    assert done.returncode == 1
    assert ".warc.gz" in done.stderr
    assert rows(archive, "select count(*) from articles") == [(1,)]


def test_reread_of_nothing_says_what_to_do(archive: Path) -> None:
    done = scrapy("reread", "-s", f"ARCHIVE={archive}")
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert not archive.exists()

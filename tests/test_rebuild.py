"""`scrapy reread --into`: an archive made again from WARC files alone is the archive it was."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.items import DateCandidate, Page
from pipelines.capture import warc_folder
from pipelines.rebuild import rebuild
from pipelines.reread import reread
from pipelines.warc import WarcError, WarcFile
from pipelines.warc_index import visits
from tests.conftest import ROOT, scrapy
from tests.content import content, differences

SAVED = "يعقد وزراء خارجية دول التحالف الدولي ضد داعش اجتماعًا في واشنطن في 22 مارس الجاري.\nويبحثون إعادة الاستقرار."
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
# What no WARC holds: what sources answered, which edition of the press was collected, and the ledger's note of when a
# sitemap said that a page had changed. Everything else must be equal.
NOT_IN_WARCS = {"sources", "archive", "urls"}


def ledger(archive: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(archive)) as connection:
        return connection.execute(
            "select url, outlet, found_by, state, etag, last_modified, http_status, verdict, reason, title, length from urls"
            " order by url"
        ).fetchall()


def check_equal(archive: Path, again: Path) -> None:
    differing = differences(archive, again)
    assert differing.keys() <= NOT_IN_WARCS, {
        table: differing[table] for table in differing.keys() - NOT_IN_WARCS
    }
    assert ledger(archive) == ledger(again)
    if "archive" in differing:
        assert [row[0] for row in differing["archive"][0]] == ["press_edition"]
        assert differing["archive"][1] == []


def test_press_made_again_from_its_warcs_is_the_same_archive(press_archive: Path, tmp_path: Path) -> None:
    done = scrapy("reread", "--into", tmp_path / "new.db", archive=press_archive)
    assert done.returncode == 0, done.stderr
    check_equal(press_archive, tmp_path / "new.db")
    names = {path.name for path in warc_folder(press_archive).iterdir()}
    assert {path.name for path in warc_folder(tmp_path / "new.db").iterdir()} == names
    again = scrapy("reread", archive=tmp_path / "new.db")
    assert again.returncode == 0, "and it can be read again in its turn"
    check_equal(press_archive, tmp_path / "new.db")


def test_lost_archive_comes_back_in_its_place(press_archive: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    shutil.copytree(warc_folder(press_archive), warc_folder(archive))
    done = scrapy("reread", "--into", archive, archive=archive)
    assert done.returncode == 0, done.stderr
    check_equal(press_archive, archive)


def test_warcs_of_another_folder_can_be_named(press_archive: Path, tmp_path: Path) -> None:
    shutil.copytree(warc_folder(press_archive), tmp_path / "backup")
    done = scrapy("reread", "--into", tmp_path / "new.db", "--warcs", tmp_path / "backup")
    assert done.returncode == 0, done.stderr
    check_equal(press_archive, tmp_path / "new.db")


def test_saved_pages_come_back_with_what_was_said_of_them(tmp_path: Path) -> None:
    (tmp_path / "قديم.txt").write_text(f"عنوان\n\n{SAVED}", encoding="utf-8")
    (tmp_path / "page.html").write_text(
        f"<html><body><article><h1>عنوان آخر</h1><p>{SAVED}</p></article></body></html>", encoding="utf-8"
    )
    (tmp_path / "other.txt").write_text(
        "عنوان ثالث\n\nفاز الفريق بالمباراة أمس.\nوصفق الجمهور طويلًا.", encoding="utf-8"
    )
    archive = tmp_path / "archive.db"
    assert (
        scrapy("ingest", tmp_path / "قديم.txt", "--published", "2017-03-10", archive=archive).returncode == 0
    )
    assert (
        scrapy(
            "ingest", tmp_path / "page.html", "--url", "http://www.example.org/1", archive=archive
        ).returncode
        == 0
    )
    assert scrapy("ingest", tmp_path / "other.txt", "--keep", "all", archive=archive).returncode == 0
    done = scrapy("reread", "--into", tmp_path / "new.db", archive=archive)
    assert done.returncode == 0, done.stderr
    assert differences(archive, tmp_path / "new.db") == {}
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        found = connection.execute(
            "select relevance, published_source from articles order by 1, 2"
        ).fetchall()
    assert ("no", None) in found
    assert any(source == "given" for _, source in found)


# --- visits ----------------------------------------------------------------------------------------------------------


def page(text: str, hours: int, raw: str = "2017-03-10") -> Page:
    body = f"خبر\n\nيعقد التحالف الدولي ضد داعش اجتماعًا في باريس في 2 يونيو. {text}".encode()
    return Page(
        "http://x.example/1", "x", body, 200, NOON + timedelta(hours=hours), "text/plain", (("Server", "x"),),
        "feed http://x.example/rss", (DateCandidate("feed", raw, None),),
    )  # fmt: skip


def write(folder: Path, name: str, *visits: tuple[Page, bool]) -> None:
    import hashlib

    warc = WarcFile(folder, name)
    for one, again in visits:
        warc.write(one, hashlib.sha256(one.body).hexdigest(), NOON if again else None)
    warc.close()


def test_page_that_went_back_to_an_earlier_state_ends_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "warcs"
    write(folder, "b.warc.gz", (page("أولى", 0), False), (page("ثانية", 1), False))
    write(folder, "a.warc.gz", (page("أولى", 2, "2017-03-11"), True))  # by its name it would come first
    result = rebuild(folder, tmp_path / "new.db", {})
    assert result.problems == []
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        assert connection.execute("select text like '%أولى%', published from articles").fetchall() == [
            (1, "2017-03-11")
        ]
        assert connection.execute("select count(*) from captures").fetchone() == (2,)
        texts = [row[0] for row in connection.execute("select text from versions order by n")]
    assert [text.split()[-1] for text in texts] == ["أولى", "ثانية", "أولى"]
    before = content(tmp_path / "new.db")
    result = reread(tmp_path / "new.db", {})
    assert result.problems == []
    after = content(tmp_path / "new.db")
    assert [row[:4] for row in after["versions"]] == [row[:4] for row in before["versions"]], (
        "read again, it is so still"
    )
    assert {row[6] for row in after["articles"]} == {row[6] for row in before["articles"]}


def test_revisit_without_its_bytes_is_named(tmp_path: Path) -> None:
    write(tmp_path / "warcs", "a.warc.gz", (page("أولى", 0), True), (page("ثانية", 1), False))
    result = rebuild(tmp_path / "warcs", tmp_path / "new.db", {})
    assert len(result.problems) == 1
    assert "the bytes of http://x.example/1 at 2026-11-20 12:00 are missing" in result.problems[0]
    assert result.articles == 1


# --- damage, kills, bad use ------------------------------------------------------------------------------------------


def test_file_cut_off_gives_what_it_has_and_is_named(press_archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "warcs"
    shutil.copytree(warc_folder(press_archive), folder)
    cut = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size * 2 // 3])
    broken = folder / "broken.warc.gz"
    broken.write_bytes(gzip.compress(b"no record"))
    done = scrapy("reread", "--into", tmp_path / "new.db", "--warcs", folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {line.split(": ")[1] for line in done.stderr.splitlines()} == {"broken.warc.gz", cut.name}
    with closing(sqlite3.connect(tmp_path / "new.db")) as new, closing(sqlite3.connect(press_archive)) as old:
        captures = [one.execute("select count(*) from captures").fetchone()[0] for one in (new, old)]
    assert captures[0] < captures[1]
    assert captures[0] > captures[1] // 2


def test_changed_bytes_are_named_and_the_rest_comes_back(tmp_path: Path) -> None:
    first, second = page("أولى", 0), page("ثانية", 1)
    write(tmp_path / "warcs", "a.warc.gz", (first, False))
    write(tmp_path / "warcs", "b.warc.gz", (second, False))
    path = tmp_path / "warcs" / "a.warc.gz"
    records = gzip.decompress(path.read_bytes()).replace("أولى".encode(), "أخرى".encode())
    path.write_bytes(b"".join(gzip.compress(b"WARC/1.1" + part) for part in records.split(b"WARC/1.1")[1:]))
    result = rebuild(tmp_path / "warcs", tmp_path / "new.db", {})
    assert len(result.problems) == 1
    assert "does not hold the bytes captured" in result.problems[0]
    assert result.articles == 1


def test_killed_rebuild_leaves_nothing_under_the_name_and_can_be_run_again(
    press_archive: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "scrapy", "reread", "--into", str(tmp_path / "new.db"),
               "-s", f"ARCHIVE={press_archive}", "-s", "OUTLETS=tests/press/outlets"]  # fmt: skip
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not (tmp_path / ".new.db.building-wal").exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert not (tmp_path / "new.db").exists()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    check_equal(press_archive, tmp_path / "new.db")
    assert not list(tmp_path.glob(".new.db.building*"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--into", "{here}/old.db"), "exists already"),
        (("--into", "{here}/nowhere/new.db"), "does not exist"),
        (("--into", "{here}/new.db", "--warcs", "{here}/nowhere"), "no such folder"),
        (("--into", "{here}/new.db", "--warcs", "{here}"), "holds no WARC file"),
        (("--warcs", "{here}"), "goes with --into"),
    ],
)
def test_bad_use_is_one_line_and_makes_nothing(
    press_archive: Path, tmp_path: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    (tmp_path / "old.db").write_bytes(b"mine")
    done = scrapy("reread", *(one.format(here=tmp_path) for one in arguments), archive=press_archive)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert complaint in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old.db"]


def test_file_cut_at_any_byte_is_named_unless_a_record_ends_there(tmp_path: Path) -> None:
    write(tmp_path, "whole.warc.gz", (page("أولى", 0), False), (page("ثانية", 1), False))
    whole = (tmp_path / "whole.warc.gz").read_bytes()
    cut = tmp_path / "cut.warc.gz"
    silent = []
    complaints: set[str] = set()
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        try:
            silent.append((length, len(list(visits(cut)))))
        except WarcError as error:
            complaints.add(str(error).partition(": ")[0])
    assert complaints == {"cut.warc.gz"}
    assert [count for _, count in silent] == [0, 0, 1, 1], (
        "before, within and between the two visits, at records' ends"
    )

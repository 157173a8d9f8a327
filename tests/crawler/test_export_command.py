"""`scrapy export`, as a person and cron call it: what it says, where it writes, and what a kill or a full disk leaves."""

from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.site.archive_rows import build


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    build(tmp_path / "archive.db")
    return tmp_path / "archive.db"


def command(archive: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "scrapy", "export", *map(str, arguments), "-s", f"ARCHIVE={archive}"]


def export(archive: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(archive, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_standard_output_is_the_table_and_nothing_else(archive: Path) -> None:
    done = export(archive, "outlets")
    assert done.returncode == 0
    assert done.stderr == ""
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["id", "qalam", "rukn", "sada"]


def test_ending_of_the_file_tells_the_format(archive: Path, tmp_path: Path) -> None:
    for name, begins in (
        ("a.xlsx", b"PK"),
        ("b.parquet", b"PAR1"),
        ("c-excel.csv", b"\xef\xbb\xbf"),
        ("d.ics", b"BEGIN"),
    ):
        done = export(archive, "meetings", "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
    folder = export(archive, "meetings", "--format", "jsonl", "-o", f"{tmp_path}/new/")
    assert folder.returncode == 0
    assert (tmp_path / "new" / "meetings.jsonl").read_text().count("\n") == 2


def test_all_goes_into_a_folder_and_as_sql_into_one_file(archive: Path, tmp_path: Path) -> None:
    assert export(archive, "all", "--format", "csv", "-o", tmp_path / "csv").returncode == 0
    assert {"articles.csv", "meeting_timeline.csv"} <= {path.name for path in (tmp_path / "csv").iterdir()}
    assert export(archive, "all", "--format", "sql", "-o", tmp_path / "all.sql").returncode == 0
    fresh = sqlite3.connect(":memory:")
    fresh.executescript((tmp_path / "all.sql").read_text(encoding="utf-8"))
    assert fresh.execute("select count(*) from articles").fetchone() == (4,)


def test_list_describes_every_table_view_and_question(archive: Path) -> None:
    said = export(archive, "--list").stdout
    for line in ("articles  [table]", "first_reports  [view]", "who_first_said_count  [question]",
                 "    --param member_count=68", "    --since --until --outlet", "    xlsx"):  # fmt: skip
        assert line in said
    assert "_fts" not in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["meetngs"], "did you mean meetings"),
        (["meetings", "--format", "exel"], "excel-csv"),
        (["outlets", "--format", "ics"], "can't be written as ics"),
        (["meetings", "--since", "2017-02-01", "--until", "2017-01-01"], "is after"),
        (["who_first_said_count", "--param", "x"], "write it as name=value"),
        (["articles", "--outlet", "raken"], "did you mean rukn"),
        ([], "name one table"),
        (["meetings", "articles"], "name one table"),
        (["all"], "name a folder"),
        (["all", "--since", "2017-01-01", "-o", "x"], "takes no filters"),
    ],
)
def test_bad_use_is_one_line_and_exit_2(archive: Path, arguments: list[str], words: str) -> None:
    done = export(archive, *arguments)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr
    assert done.stdout == ""


def test_nothing_found_is_a_valid_empty_file_and_a_word(archive: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a.sql", "a.ics", "a.atom"):
        done = export(archive, "meetings", "--since", "2030-01-01", "-o", tmp_path / name)
        assert done.returncode == 0, name
        assert "no rows" in done.stderr
        assert (tmp_path / name).exists()
    assert (tmp_path / "a.csv").read_text().startswith("id,title")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["meetings"].max_row == 1


def test_missing_archive_and_folder_are_said(archive: Path, tmp_path: Path) -> None:
    missing = export(tmp_path / "nothing.db", "meetings")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "no such archive" in missing.stderr
    folder = export(archive, "meetings", "-o", tmp_path / "nowhere" / "a.csv")
    assert folder.returncode == 1
    assert "No such file or directory" in folder.stderr


def test_full_disk_leaves_the_old_file_and_nothing_else(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "articles.csv").write_text("old")
    script = f"ulimit -f 1; exec {' '.join(command(archive, 'articles', '-o', target / 'articles.csv'))}"
    many = sqlite3.connect(archive)
    many.execute("update articles set text = ?", ("ب" * 10_000,))
    many.commit()
    many.execute("pragma wal_checkpoint(truncate)")
    many.close()
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [(path.name, path.read_text()) for path in target.iterdir()] == [("articles.csv", "old")]


def test_killed_export_leaves_nothing_under_the_name(archive: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(archive)
    connection.executemany(
        "insert into url_hints values ('u', ?, 'x')", [(str(number),) for number in range(300_000)]
    )
    connection.commit()
    connection.close()
    target = tmp_path / "target"
    target.mkdir()
    process = subprocess.Popen(command(archive, "url_hints", "-o", target / "out.xlsx"), cwd=ROOT)
    for _ in range(200):
        if list(target.iterdir()):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [path.name for path in target.iterdir()]
    assert left, "it was killed before it began to write"
    assert all(name.startswith(".out.xlsx.") and name.endswith(".part") for name in left)


def test_reader_that_has_had_enough_is_no_traceback(archive: Path) -> None:
    connection = sqlite3.connect(archive)
    connection.executemany(
        "insert into url_hints values ('u', ?, 'x')", [(str(number),) for number in range(50_000)]
    )
    connection.commit()
    connection.close()
    process = subprocess.Popen(
        command(archive, "url_hints"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"url,source,raw\r\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


def test_new_since_last_gives_each_row_once(archive: Path, tmp_path: Path) -> None:
    first = export(archive, "disagreements", "--new-since-last")
    assert first.stdout.count("member_count") == 2
    again = export(archive, "disagreements", "--new-since-last")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")  # cron mails what a command says
    connection = sqlite3.connect(archive)
    connection.execute(
        "insert into disagreements select 'new', meeting, field, '74', outlets, sentences from disagreements limit 1"
    )
    connection.commit()
    connection.close()
    third = export(archive, "disagreements", "--new-since-last")
    assert third.stdout.splitlines()[1].startswith("new,")
    assert len(third.stdout.splitlines()[1:]) >= 1
    assert "d68" not in third.stdout
    other = export(archive, "disagreements", "--outlet", "rukn", "--new-since-last")
    assert "d68" in other.stdout, "another filter is another export"
    file = export(archive, "disagreements", "--new-since-last", "-o", tmp_path / "new.csv")
    assert "no rows" in file.stderr or file.stderr == ""
    assert (tmp_path / "new.csv").read_text().startswith("id,meeting")


def test_failed_export_is_given_again(archive: Path, tmp_path: Path) -> None:
    failed = export(archive, "disagreements", "--new-since-last", "-o", tmp_path / "nowhere" / "new.csv")
    assert failed.returncode == 1
    done = export(archive, "disagreements", "--new-since-last")
    assert "d68" in done.stdout
    assert "d72" in done.stdout


def test_bar_is_for_a_terminal(archive: Path, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(archive, "articles", "-o", tmp_path / "a.csv"),
        cwd=ROOT,
        stderr=follower,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    process.wait(timeout=60)
    os.close(follower)
    shown = os.read(leader, 65_536).decode()
    assert "rows" in shown
    assert "4/4" in shown

"""`scrapy publish`, as an operator types it: what goes out and what never does, the same bytes again, kills, bad input."""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from pipelines.archive import open_archive
from pipelines.manifest import sha256_of, verify
from pipelines.public import INDEXES, PUBLIC
from pipelines.release import Place
from pipelines.search import indexed
from tests.conftest import ROOT, scrapy
from tests.public_words import split_words, words_in
from tests.test_run import copy_of

LATER = "insert into crawls (outlet, started, finished, status) values ('sada', ?1, ?1, 'healthy')"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def note_a_crawl(archive: Path, day: str) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as connection:
        connection.execute(LATER, (f"{day}T05:00:00+00:00",))


# --- what goes out ---------------------------------------------------------------------------------------------------


def test_words_outside_tagged_sentences_are_in_no_file_of_a_copy_of_excerpts(
    press_archive: Path, public_copy: Path
) -> None:
    public, private = split_words(press_archive)
    assert len(private) > 500, "the press must have sentences to hide"
    found: set[str] = set()
    for path in public_copy.rglob("*"):
        if path.is_file():
            leaked = words_in(path) & private
            assert not leaked, f"{path.name}: {sorted(leaked)[:3]}"
            found |= words_in(path) & public
    assert len(found) > 0.8 * len(public), "and the tagged sentences are there"


def test_copy_of_full_texts_holds_those_words(press_archive: Path, tmp_path: Path) -> None:
    """The test above can fail: the same words are found where they may be."""
    done = scrapy("publish", tmp_path / "newsroom", "--texts", "full", archive=press_archive)
    assert done.returncode == 0, done.stderr
    _, private = split_words(press_archive)
    for name in (
        "public.db",
        "downloads/articles.csv",
        "downloads/articles.xlsx",
        "downloads/articles.parquet",
    ):
        assert len(words_in(tmp_path / "newsroom" / name) & private) > 0.8 * len(private), name


def test_no_word_of_the_hidden_text_is_in_the_search_indexes(press_archive: Path, public_copy: Path) -> None:
    def terms(path: Path) -> tuple[set[str], ...]:
        found = []
        with closing(sqlite3.connect(path)) as connection:
            for index in INDEXES:
                connection.execute(
                    f"create virtual table temp.{index}_words using fts5vocab(main, {index}, 'row')"
                )
                found.append({row[0] for row in connection.execute(f"select term from temp.{index}_words")})
        return tuple(found)

    with closing(sqlite3.connect(public_copy / "public.db")) as connection:
        texts = [field for row in connection.execute("select title, text from articles") for field in row]
    for n, (public, everything) in enumerate(
        zip(terms(public_copy / "public.db"), terms(press_archive), strict=True)
    ):
        assert public == {word for text in texts for word in indexed(text)[n].split()}
        assert len(everything - public) > 100


def test_crawlers_own_tables_are_empty_and_withheld_columns_blank(
    press_archive: Path, public_copy: Path
) -> None:
    with (
        closing(sqlite3.connect(public_copy / "public.db")) as public,
        closing(sqlite3.connect(press_archive)) as archive,
    ):
        for table, decided in PUBLIC.items():
            rows = public.execute(f"select count(*) from {table}").fetchone()[0]
            if decided.is_private:
                assert rows == 0, table
                continue
            if table != "archive":
                assert rows == archive.execute(f"select count(*) from {table}").fetchone()[0], table
            for column in f"{decided.withheld} {decided.full}".split():
                assert public.execute(
                    f"select count(*) from {table} where coalesce({column}, '') not in ('', 0)"
                ).fetchone() == (0,), f"{table}.{column}"
        assert {row[0] for row in public.execute("select key from archive")} == {
            "index",
            "kind",
            "texts",
            "until",
        }


def test_every_tag_still_points_to_its_words(public_copy: Path) -> None:
    with closing(sqlite3.connect(public_copy / "public.db")) as public:
        for table in ("dates", "mentions"):
            wrong = public.execute(
                f"select t.id from {table} t join articles a on a.id = t.article"
                " where t.start_char < t.end_char and substr(a.text, t.start_char + 1, t.end_char - t.start_char) <> t.text"
            ).fetchall()
            assert wrong == []
            assert public.execute(f"select count(*) from {table} where start_char < 0").fetchone() == (0,)
        (hidden,) = public.execute("select count(*) from evidence where start_char < 0").fetchone()
        assert hidden > 0, (
            "evidence in hidden sentences keeps its phrase and says that its place is not public"
        )
        also = public.execute("select also_at from mentions where also_at <> ''").fetchall()
        assert also
        assert public.execute("pragma foreign_key_check").fetchall() == []
        assert public.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_nothing_in_the_copy_names_a_path_of_this_machine(press_archive: Path, public_copy: Path) -> None:
    for path in public_copy.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for place in (str(ROOT), str(press_archive.parent), str(public_copy.parent)):
                assert place.encode() not in content, path.name


def test_downloads_have_the_rows_that_the_manifest_says(public_copy: Path) -> None:
    manifest = json.loads((public_copy / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "sample"
    assert manifest["texts"] == "excerpts"
    assert 0 < manifest["characters"]["public"] < manifest["characters"]["all"]
    for table, rows in manifest["rows"].items():
        if table.startswith("_"):
            continue
        with (public_copy / "downloads" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream)) == rows + 1, table
        for ending in ("-excel.csv", ".xlsx", ".jsonl", ".parquet", ".sql"):
            assert (public_copy / "downloads" / f"{table}{ending}").is_file(), table + ending
    with closing(sqlite3.connect(":memory:")) as loaded:
        loaded.executescript((public_copy / "downloads" / "public.sql").read_text(encoding="utf-8"))
        assert loaded.execute("select count(*) from articles").fetchone() == (manifest["rows"]["articles"],)


def test_datapackage_describes_every_csv_column_by_column(public_copy: Path) -> None:
    package = json.loads((public_copy / "datapackage.json").read_text(encoding="utf-8"))
    assert "sample" in package["title"]
    described = {one["path"]: one for one in package["resources"]}
    assert len({one["name"] for one in package["resources"]}) == len(package["resources"])
    plain = [path for path in (public_copy / "downloads").glob("*.csv") if not path.stem.endswith("-excel")]
    assert {f"downloads/{path.name}" for path in plain} | {"public.db"} == described.keys()
    for path in plain:
        one = described[f"downloads/{path.name}"]
        assert one["hash"] == f"sha256:{sha256_of(path)}"
        assert one["bytes"] == path.stat().st_size
        with path.open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        fields = one["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        for at, field in enumerate(fields):
            values = [row[at] for row in rows if row[at]]
            if field["type"] in ("integer", "number"):
                assert all(float(value) is not None for value in values)
            if field["type"] == "date":
                assert all(len(value) == 10 for value in values), f"{path.name}: {field['name']}"
        key = [head.index(name) for name in one["schema"].get("primaryKey", [])]
        if key:
            assert len({tuple(row[at] for at in key) for row in rows}) == len(rows), path.name


def test_citation_and_rights_say_whose_it_is(public_copy: Path) -> None:
    citation = yaml.safe_load((public_copy / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "version", "date-released"} <= citation.keys()
    rights = (public_copy / "RIGHTS.md").read_text(encoding="utf-8")
    for words in ("ملكٌ لناشريها", "belong to their publishers", "مقتطفات", "أرشيف تجريبي", "Apache-2.0"):
        assert words in rights


def test_what_somebody_added_to_the_archive_stays_home_and_is_named(
    press_archive: Path, tmp_path: Path
) -> None:
    archive = copy_of(press_archive, tmp_path)
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("create table notes (words text)")
        connection.execute("insert into notes values ('secret source')")
        connection.execute("create view my_notes as select words from notes")
        connection.execute("alter table articles add column memo text")
        connection.execute("update articles set memo = 'secret source'")
        connection.commit()
    done = scrapy("publish", tmp_path / "site", archive=archive)
    assert done.returncode == 0
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["articles.memo", "notes"]
    for name, content in files_of(tmp_path / "site").items():
        assert b"secret source" not in content, name


# --- the same bytes again --------------------------------------------------------------------------------------------


def test_same_archive_gives_the_same_bytes(press_archive: Path, public_copy: Path, tmp_path: Path) -> None:
    other = copy_of(press_archive, tmp_path)
    with closing(sqlite3.connect(other)) as connection:  # another file of the same rows
        connection.execute("vacuum")
    time.sleep(1.1)  # a clock that shows seconds would show it
    assert scrapy("publish", tmp_path / "site", archive=other).returncode == 0
    assert files_of(tmp_path / "site") == files_of(public_copy)


def test_publishing_again_changes_nothing_and_says_so(press_archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    assert scrapy("publish", copy, archive=press_archive).returncode == 0
    before = copy.readlink()
    again = scrapy("publish", copy, archive=press_archive)
    assert again.returncode == 0
    assert "nothing has changed" in again.stdout
    assert copy.readlink() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [str(before), ".site.lock", "site"]


def test_what_is_being_written_neither_waits_nor_shows(
    press_archive: Path, public_copy: Path, tmp_path: Path
) -> None:
    archive = copy_of(press_archive, tmp_path)
    with closing(open_archive(archive, None)) as writer:
        writer.execute("begin immediate")
        writer.execute(LATER, ("2030-01-01T05:00:00+00:00",))
        done = scrapy("publish", tmp_path / "site", archive=archive)
        writer.execute("commit")
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "site") == files_of(public_copy)


# --- kills, full disks -----------------------------------------------------------------------------------------------


def building(folder: Path) -> int | None:
    """Tell which folder is being built in, by its inode; None when there is none."""
    try:
        return (folder / ".site.building").stat().st_ino
    except FileNotFoundError:
        return None


def test_killed_publishing_leaves_the_old_copy_whole_and_the_next_one_clears_up(
    press_archive: Path, tmp_path: Path
) -> None:
    archive, copy = copy_of(press_archive, tmp_path), tmp_path / "site"
    assert scrapy("publish", copy, archive=archive).returncode == 0
    old = files_of(copy)
    note_a_crawl(archive, "2030-01-01")
    command = [sys.executable, "-m", "scrapy", "publish", str(copy), "-s", f"ARCHIVE={archive}"]
    for seconds in (0, 0.2, random.uniform(0, 0.6)):
        before = building(tmp_path)
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while building(tmp_path) in (None, before) and run.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert verify(copy) == [], f"killed {seconds} s after it began to build"
    assert run.returncode in (0, -signal.SIGKILL)
    done = scrapy("publish", copy, archive=archive)
    assert done.returncode == 0, done.stderr
    assert verify(copy) == []
    assert files_of(copy) != old
    assert not list(tmp_path.glob(".site.building*"))
    assert len(list(tmp_path.glob(".site.*[0-9a-f]"))) <= 2, "the new copy and the one before it"


def test_folder_before_the_last_stays_for_who_still_reads_it(press_archive: Path, tmp_path: Path) -> None:
    archive, copy = copy_of(press_archive, tmp_path), tmp_path / "site"
    folders = []
    for year in (2030, 2031, 2032):
        note_a_crawl(archive, f"{year}-01-01")
        assert scrapy("publish", copy, archive=archive).returncode == 0
        folders.append(copy.resolve())
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert verify(folders[1]) == []


@pytest.mark.parametrize(
    "most", [100_000, 900_000]
)  # bytes that a file may have: early and late in the database
def test_disk_that_refuses_is_one_line_and_leaves_the_old_copy(
    press_archive: Path, tmp_path: Path, most: int
) -> None:
    archive, copy = copy_of(press_archive, tmp_path), tmp_path / "site"
    assert scrapy("publish", copy, archive=archive).returncode == 0
    old = files_of(copy)
    note_a_crawl(archive, "2030-01-01")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "publish", str(copy), "-s", f"ARCHIVE={archive}"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    refused(done)
    assert files_of(copy) == old
    assert not list(tmp_path.glob(".site.building*"))


def test_disk_that_fills_up_among_the_downloads_leaves_the_old_copy(
    press_archive: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=9m", "none", str(disk)], capture_output=True, check=False)  # fmt: skip
    if mounted.returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        archive, copy = copy_of(press_archive, tmp_path), disk / "site"
        assert scrapy("publish", copy, archive=archive).returncode == 0
        old = files_of(copy)
        note_a_crawl(archive, "2030-01-01")
        done = scrapy("publish", copy, archive=archive)
        refused(done)
        assert "downloads" in done.stderr
        assert files_of(copy) == old
        assert not list(disk.glob(".site.building*"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("publish: ")


def test_two_at_once_is_one_line(press_archive: Path, tmp_path: Path) -> None:
    with Place(tmp_path / "site").building():
        done = scrapy("publish", tmp_path / "site", archive=press_archive)
    assert done.returncode == 1
    assert "being published by another process" in done.stderr


# --- bad use ---------------------------------------------------------------------------------------------------------


def test_what_is_not_ours_is_never_touched(press_archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "diary.txt").write_text("mine")
    (tmp_path / "link").symlink_to("folder")
    for name, complaint in (
        ("file", "is a file"),
        ("folder", "other files in it"),
        ("link", "not a published copy"),
        ("nowhere/site", "does not exist"),
        ("folder/..", "name a folder"),
    ):
        done = scrapy("publish", f"{tmp_path}/{name}", archive=press_archive)
        assert (done.returncode, done.stdout) == (2, ""), name
        assert complaint in done.stderr
        assert done.stderr.count("\n") == 1
    assert (tmp_path / "folder" / "diary.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "link"]


def test_empty_folder_is_taken(press_archive: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert scrapy("publish", tmp_path / "site", archive=press_archive).returncode == 0
    assert verify(tmp_path / "site") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder_is_one_line(press_archive: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = scrapy("publish", tmp_path / "site", archive=press_archive)
    tmp_path.chmod(0o755)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_where_nothing_can_be_written_is_one_line(press_archive: Path) -> None:
    done = scrapy("publish", "/proc/site", archive=press_archive)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_missing_and_empty_archives_publish_nothing(tmp_path: Path) -> None:
    missing = scrapy("publish", tmp_path / "site", archive=tmp_path / "archive.db")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "no such archive" in missing.stderr
    open_archive(tmp_path / "archive.db", "real").close()
    empty = scrapy("publish", tmp_path / "site", archive=tmp_path / "archive.db")
    assert (empty.returncode, empty.stderr.count("\n")) == (1, 1)
    assert "holds no articles yet" in empty.stderr
    assert not (tmp_path / "site").is_symlink()


# --- checking --------------------------------------------------------------------------------------------------------


def test_verify_names_each_file_that_is_missing_extra_or_changed(public_copy: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(public_copy, copy)
    assert scrapy("publish", "--verify", copy).stdout.endswith("every file is as the manifest says\n")
    (copy / "downloads" / "meetings.csv").unlink()
    (copy / "downloads" / "more.csv").write_text("x")
    with (copy / "public.db").open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\xff")
    (copy / "RIGHTS.md").write_text("shorter")
    done = scrapy("publish", copy, "--verify")
    size = (public_copy / "RIGHTS.md").stat().st_size
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"publish: changed: RIGHTS.md: 7 bytes instead of {size}",
        "publish: missing: downloads/meetings.csv",
        "publish: extra: downloads/more.csv",
        "publish: changed: public.db: other bytes of the same number",
    ]


@pytest.mark.parametrize("manifest", [None, "no json", '{"files": [{"path": "x"}]}', "[]"])
def test_verify_says_what_is_no_copy(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    done = scrapy("publish", "--verify", tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "manifest" in done.stderr

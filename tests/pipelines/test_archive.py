"""Opening an archive: the sample and the real never mix, and what can't be used says so in one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipelines.archive import ArchiveError, archive_kind, open_archive, transaction
from pipelines.capture import warc_folder
from pipelines.search import fold_query


def test_sample_is_moved_aside_with_its_warcs_before_real_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "archive.db"
    sample = open_archive(path, "sample")
    sample.execute("insert into outlets (id, name_ar, name_en) values ('x', 'س', 'X')")
    sample.close()
    warc_folder(path).mkdir()
    (warc_folder(path) / "x.warc.gz").write_bytes(b"sample")

    real = open_archive(path, "real")

    assert archive_kind(real) == "real"
    assert real.execute("select count(*) from outlets").fetchone() == (0,)
    assert not warc_folder(path).exists()
    aside = sqlite3.connect(tmp_path / "archive.sample.db")
    assert aside.execute("select id from outlets").fetchall() == [("x",)]
    assert (tmp_path / "archive.sample.warc" / "x.warc.gz").read_bytes() == b"sample"
    assert "moved aside to archive.sample.db" in capsys.readouterr().err


def test_second_sample_moved_aside_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for _ in range(2):
        open_archive(path, "sample").close()
        open_archive(path, "real").close()
        path.unlink()
    assert (tmp_path / "archive.sample.db").exists()


def test_sample_is_never_written_into_a_real_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_archive(path, "real").close()
    with pytest.raises(ArchiveError, match=r"never mixed.*ARCHIVE=archive\.sample\.db"):
        open_archive(path, "sample")


def test_archive_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    made = open_archive(path, "real")
    made.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tahaluf', 'm999_later', '2030-01-01')"
    )
    made.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="newer version"):
        open_archive(path, "real")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 not a database at all, but long enough to be read as a header", b"x" * 5000]
)
def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="not an archive of Tahaluf"):
        open_archive(path, "real")
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    other = sqlite3.connect(path)
    other.execute("create table articles (id integer)")
    other.close()
    with pytest.raises(ArchiveError, match="not an archive of Tahaluf"):
        open_archive(path, "real")
    tables = sqlite3.connect(path).execute("select name from sqlite_master where type = 'table'").fetchall()
    assert tables == [("articles",)]


def test_missing_folder_and_missing_archive_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        open_archive(tmp_path / "no" / "archive.db", "real")
    with pytest.raises(ArchiveError, match="make run"):
        open_archive(tmp_path / "archive.db", None)
    assert not (tmp_path / "archive.db").exists()


def test_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    connection = open_archive(tmp_path / "archive.db", "real")

    def fail_half_way() -> None:
        with transaction(connection):
            connection.execute("insert into outlets (id, name_ar, name_en) values ('x', 'س', 'X')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert connection.execute("select count(*) from outlets").fetchone() == (0,)


def test_index_made_by_older_rules_is_made_anew(tmp_path: Path) -> None:
    """An entry that was folded by other rules can't be taken out again: FTS5 needs the very words that were put in."""
    path = tmp_path / "archive.db"
    connection = open_archive(path, "real")
    connection.execute("insert into outlets (id, name_ar, name_en) values ('x', 'س', 'X')")
    connection.execute(
        "insert into articles (id, outlet, url, title, label, text, extracted, language, relevance, relevance_score, characters)"
        " values ('x-1', 'x', 'http://x.example/1', 'للتحالف', '', 'نص', 'نص', 'ar', 'main', 1, 2)"
    )
    connection.execute("update archive set value = 'older' where key = 'index'")
    connection.close()
    again = open_archive(path, "real")
    found = again.execute(
        "select count(*) from articles_fts where articles_fts match ?", (fold_query("التحالف"),)
    ).fetchone()
    assert found == (1,)

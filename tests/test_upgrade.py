"""An archive of any age comes up to date with its rows kept, by any command; one of the future is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.schema import migrate, migrations
from pipelines.search import fold_query
from tests.conftest import ROOT, scrapy

FIRST_RELEASE = ROOT / "tests" / "oldest_archive.sql"
NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]


@pytest.fixture
def oldest(tmp_path: Path) -> Path:
    archive = tmp_path / "archive.db"
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(FIRST_RELEASE.read_text(encoding="utf-8"))
    return archive


def rows(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give the rows of each table, but for what keeps books about the schema and the index."""
    with closing(sqlite3.connect(archive)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "select name from pragma_table_list where schema = 'main' and type = 'table'"
            )
            if not name.startswith(("sqlite_", "_sqlite_"))
        ]
        found = {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in names}
    found["archive"] = [row for row in found["archive"] if row[0] != "index"]
    return found


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the statement that made each thing, white space aside."""
    kept = connection.execute("select name, sql from sqlite_master where sql is not null")
    return {name: " ".join(sql.split()) for name, sql in kept}


def check_kept(before: dict[str, list[tuple[object, ...]]], archive: Path) -> None:
    after = rows(archive)
    assert sum(map(len, before.values())) > 20
    for table, there in before.items():
        if table in after and there:
            assert [row[: len(there[0])] for row in after[table]] == there, table
    with closing(sqlite3.connect(archive)) as connection, closing(sqlite3.connect(":memory:")) as newest:
        migrate(newest)
        assert schema(connection) == schema(newest)
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_first_migration_is_still_what_it_was() -> None:
    """Archives in the world were made by it: whatever must change is a new one."""
    with closing(sqlite3.connect(":memory:")) as kept, closing(sqlite3.connect(":memory:")) as made:
        kept.executescript(FIRST_RELEASE.read_text(encoding="utf-8"))
        migrations.apply(Database(made), stop_before=NAMES[1])
        assert schema(kept) == schema(made)


def test_oldest_archive_migrates_with_its_rows(oldest: Path) -> None:
    before = rows(oldest)
    with closing(sqlite3.connect(oldest)) as connection:
        migrate(connection)
    check_kept(before, oldest)


@pytest.mark.parametrize("command", [("summary",), ("export", "articles"), ("health",)])
def test_oldest_archive_comes_up_to_date_when_a_command_opens_it(
    oldest: Path, command: tuple[str, ...]
) -> None:
    before = rows(oldest)
    done = scrapy(*command, archive=oldest)
    assert "Traceback" not in done.stderr
    check_kept(before, oldest)
    with closing(sqlite3.connect(oldest)) as connection:
        found = connection.execute(
            "select count(*) from articles_fts where articles_fts match ?", (fold_query("للتّحالف"),)
        ).fetchone()
    assert found == (2,), "and what no index held is found"


def test_every_age_in_between_migrates_too(oldest: Path, tmp_path: Path) -> None:
    before = rows(oldest)
    for stop in NAMES[1:]:
        archive = tmp_path / f"{stop}.db"
        shutil.copy(oldest, archive)
        with closing(sqlite3.connect(archive)) as connection:
            migrations.apply(Database(connection), stop_before=stop)
        with closing(sqlite3.connect(archive)) as connection:
            migrate(connection)
        check_kept(before, archive)


def test_upgraded_archive_is_published(oldest: Path, tmp_path: Path) -> None:
    done = scrapy("publish", tmp_path / "site", archive=oldest)
    assert done.returncode == 0, done.stderr
    assert "2 articles" in done.stdout


@pytest.mark.parametrize(
    "command",
    [("summary",), ("publish", "{here}/site"), ("backup", "{here}/copy.db"), ("reread",), ("health",)],
)
def test_archive_of_a_newer_version_is_one_line_and_stays_as_it_is(
    oldest: Path, command: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(oldest)) as connection:
        migrate(connection)
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tahaluf', 'm999_later', '2030-01-01')"
        )
        connection.commit()
    before = oldest.read_bytes()
    done = scrapy(*(part.format(here=oldest.parent) for part in command), archive=oldest)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "made by a newer version of Tahaluf (m999_later); update the project" in done.stderr
    assert oldest.read_bytes() == before

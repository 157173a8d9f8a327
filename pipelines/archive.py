"""Open the archive: make it, migrate it, and keep the sample apart from what was really collected."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from crawler.items import TahalufError
from pipelines.schema import migrate, unknown_migrations
from pipelines.search import fingerprint, rebuild

Kind = Literal["sample", "real"]
FOLDERS = (
    ".warc",
    ".refused",
)  # what lies beside an archive and belongs to it: captures, and what came instead of pages


class ArchiveError(TahalufError):
    """An archive that can't be used; the message is one line and says what to do."""


def open_archive(path: Path, kind: Kind | None) -> sqlite3.Connection:
    """Open the archive at `path` for writing, in autocommit mode, with every migration applied.

    `kind` says what is about to be written. "real" moves a sample archive aside to `<name>.sample.db` first and says
    so on stderr; "sample" refuses an archive that holds collected articles; None takes an existing archive as it is.
    Raises ArchiveError.
    """
    path = Path(path)
    if kind is None and not path.exists():
        raise ArchiveError(f"{path}: no such archive; `make run` makes a sample, `make crawl` a real one")
    if not path.parent.is_dir():
        raise ArchiveError(f"{path}: the folder {path.parent} does not exist")
    connection = _connect(path)
    held = archive_kind(connection)
    if kind == "real" and held == "sample":
        connection = _move_aside(path, connection)
        held = None
    if kind == "sample" and held == "real":
        connection.close()
        raise ArchiveError(
            f"{path} holds collected articles, and the sample is never mixed into them: "
            f"name another file (make run ARCHIVE={sample_path(path).name})"
        )
    if kind is not None and held is None:
        connection.execute("insert or ignore into archive (key, value) values ('kind', ?)", (kind,))
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block as one write transaction that takes the lock at once."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def iso(value: date | None) -> str | None:
    """Write a day as the archive's columns hold it."""
    return value.isoformat() if value else None


def as_day(value: object) -> date | None:
    """Read a day from a column of the archive."""
    return date.fromisoformat(str(value)) if value else None


def archive_kind(connection: sqlite3.Connection) -> str | None:
    """Tell whether the archive is "sample" or "real"; None when nothing was written to it yet."""
    row = connection.execute("select value from archive where key = 'kind'").fetchone()
    return None if row is None else str(row[0])


def sample_path(path: Path) -> Path:
    """Give the name a sample archive gets when it is moved aside: `archive.db` → `archive.sample.db`."""
    return path.with_suffix(f".sample{path.suffix}")


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        _refuse_another_programs(path, connection)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma foreign_keys = on")
        newer = unknown_migrations(connection)
        if newer:
            connection.close()
            raise ArchiveError(
                f"{path}: made by a newer version of Tahaluf ({newer[-1]}); update the project"
            )
        migrate(connection)
        _renew_index(connection)
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"{path}: cannot be opened: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path}: not an archive of Tahaluf: {error}") from error
    return connection


def _renew_index(connection: sqlite3.Connection) -> None:
    """Make the search index anew when the folding or stemming has changed: old entries could not be taken out of it."""
    row = connection.execute("select value from archive where key = 'index'").fetchone()
    if row is None or row[0] != fingerprint():
        with transaction(connection):
            rebuild(connection)
            connection.execute(
                "insert or replace into archive (key, value) values ('index', ?)", (fingerprint(),)
            )


def _refuse_another_programs(path: Path, connection: sqlite3.Connection) -> None:
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    if tables and "archive" not in tables:
        connection.close()
        raise ArchiveError(f"{path}: not an archive of Tahaluf: it holds {', '.join(sorted(tables)[:3])}")


def _move_aside(path: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    aside = sample_path(path)
    for leftover in (aside, *(Path(f"{aside}{end}") for end in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    for suffix in FOLDERS:
        if aside.with_suffix(suffix).is_dir():
            shutil.rmtree(aside.with_suffix(suffix))
        if path.with_suffix(suffix).is_dir():
            path.with_suffix(suffix).rename(aside.with_suffix(suffix))
    path.rename(aside)
    print(f"{path.name} held the sample: moved aside to {aside.name}", file=sys.stderr)  # noqa: T201
    return _connect(path)

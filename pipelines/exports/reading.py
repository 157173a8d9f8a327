"""Open an archive to read from it: one moment of it, whatever is written meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipelines.archive import open_archive
from pipelines.exports.files import ExportError
from pipelines.schema import is_behind


def open_to_read(archive: Path) -> sqlite3.Connection:
    """Open an archive or a published copy for reading. Raises ArchiveError and ExportError.

    An archive that an older version made is brought up to date first. Otherwise not a byte of it changes: a published
    copy must stay what its manifest says.
    """
    if not archive.exists():
        open_archive(archive, None)  # says what to run
    connection = _connect(archive)
    if is_behind(connection):
        connection.close()
        open_archive(archive, None).close()
        connection = _connect(archive)
    return connection


def _connect(archive: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        # Text that is no UTF-8 must not stop an export: what can't be read is shown as such.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("begin")
        there = connection.execute("select 1 from sqlite_master where name = 'articles'").fetchone()
    except sqlite3.Error as error:
        raise ExportError(f"{archive}: cannot be read: {error}") from error
    if there is None:
        connection.close()
        raise ExportError(f"{archive}: not an archive of Tahaluf")
    return connection

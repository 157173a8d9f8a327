"""Remember beside the archive what an export has handed over, so that the next one gives only what is new.

The marks lie in `<archive>.exported.db`. They are written only after the file stands under its name (or the stream has
taken everything): an export that was killed is given again, and nothing is lost in between.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pipelines.exports.files import ExportError
from pipelines.exports.selection import Row, Selection

_BYTES = 16


class Marks:
    """What one export (its name, filters and parameters) has handed over before."""

    def __init__(self, archive: Path, selection: Selection) -> None:
        self._path = archive.with_suffix(".exported.db")
        self._selection = selection
        self._export = json.dumps(
            [selection.name, selection.sql, dict(selection.values)], ensure_ascii=False, sort_keys=True
        )
        self._seen: list[bytes] = []
        self._connection = self._open()

    def new(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows that were never handed over. A table's row is known by its key, any other by all its cells."""
        for row in rows:
            mark = _mark(self._export, [row[place] for place in self._selection.key])
            if not self._connection.execute("select 1 from handed_over where mark = ?", (mark,)).fetchone():
                self._seen.append(mark)
                yield row

    def keep(self) -> None:
        """Note that the rows given by `new` have arrived. Raises ExportError."""
        try:
            with closing(self._connection) as connection, connection:
                connection.executemany(
                    "insert or ignore into handed_over values (?)", [(mark,) for mark in self._seen]
                )
        except sqlite3.Error as error:
            raise ExportError(f"{self._path}: cannot be written: {error}") from error

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self._path, timeout=30)
            connection.execute("create table if not exists handed_over (mark blob primary key) without rowid")
        except sqlite3.Error as error:
            raise ExportError(f"{self._path}: what was exported can't be noted here: {error}") from error
        return connection


def _mark(export: str, key: list[object]) -> bytes:
    said = json.dumps([export, key], ensure_ascii=False, default=repr)
    return hashlib.blake2b(said.encode(), digest_size=_BYTES).digest()

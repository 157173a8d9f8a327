"""SQL that a fresh sqlite3 loads: one selection as a table, or the whole archive.

The standard library's iterdump is not used: it writes an FTS index by poking at sqlite_master, which a shell refuses
(SQLITE_DBCONFIG_DEFENSIVE), and gives numbers with 15 digits. The search index is left out: it can be made anew.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable
from typing import BinaryIO

from pipelines.exports.selection import Row, Selection, sources

# articles and stories name each other, so no order satisfies a check at each row: it waits for the commit.
_BEGIN = b"pragma foreign_keys = off;\nbegin transaction;\npragma defer_foreign_keys = on;\n"
_COMMIT = b"commit;\n"
_DECLARED = {"integer": "integer", "real": "real"}


def write_sql(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write one selection as `create table` and `insert`s; give the number of rows.

    A table keeps its own declaration; a view or a question becomes a table of its name.
    """
    out.write(_BEGIN)
    declared = selection.schema or _declaration(selection)
    out.write(f"{declared};\n".encode())
    count = _inserts(selection.name, selection.names, rows, out)
    out.write(_COMMIT)
    return count


def write_archive(
    connection: sqlite3.Connection, out: BinaryIO, report: Callable[[int], None] | None = None
) -> int:
    """Write every table of the archive, then its indexes and views; give the number of rows.

    Tables come after those they refer to, as far as an order goes; which migrations ran is kept. It is for reading and for
    other databases: a copy to go on with is made by `VACUUM INTO`, which has the index, too. `report` is told the rows so
    far, now and then.
    """
    out.write(_BEGIN)
    count = 0
    tables = in_order(connection)
    for table in tables:  # all before the first row: a check looks for the table it refers to
        schema = connection.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
        out.write(f"{schema};\n".encode())
    for table in tables:
        told = connection.execute(f'pragma table_info("{table}")').fetchall()
        key = ", ".join(f'"{name}"' for _, name, *_, part in sorted(told, key=lambda row: row[5]) if part)
        rows = connection.execute(f'select * from "{table}" order by {key or "rowid"}')  # noqa: S608
        count += _inserts(table, [name for _, name, *_ in told], rows, out)
        if report is not None:
            report(count)
    for kind in ("index", "view"):
        out.writelines(
            f"{sql};\n".encode()
            for (sql,) in connection.execute(
                "select sql from sqlite_master where type = ? and sql is not null and tbl_name in"
                " (select name from pragma_table_list where type in ('table', 'view')) order by name",
                (kind,),
            )
        )
    out.write(_COMMIT)
    return count


def in_order(connection: sqlite3.Connection) -> list[str]:
    """Name the tables, each after those it refers to; in a circle, the first by name."""
    tables = [name for name, kind in sources(connection).items() if kind == "table"]
    if connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone():
        tables.append("_sqlite_migrations")
    wanted = {
        table: {row[2] for row in connection.execute(f'pragma foreign_key_list("{table}")')} - {table}
        for table in tables
    }
    ordered: list[str] = []
    while wanted:
        free = [table for table, parents in wanted.items() if not parents & wanted.keys()]
        for table in free or [min(wanted, key=lambda name: (len(wanted[name] & wanted.keys()), name))]:
            ordered.append(table)
            del wanted[table]
    return ordered


def quoted(value: object) -> str:
    """Write a value as SQL: numbers with all their digits, text with its quotes doubled, bytes as X'…'."""
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f"{'-' if value < 0 else ''}9e999"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    # A statement's text ends at a NUL, and sqlite3's shell drops a CR before a LF: such texts travel as bytes.
    if "\0" in text or "\r" in text:
        return f"cast(x'{text.encode().hex()}' as text)"
    return "'" + text.replace("'", "''") + "'"


def _inserts(table: str, names: list[str], rows: Iterable[Row], out: BinaryIO) -> int:
    begin = f"""insert into "{table}" ({", ".join(f'"{name}"' for name in names)}) values ("""  # noqa: S608
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is the answer
        out.write(f"{begin}{', '.join(map(quoted, row))});\n".encode())
    return count


def _declaration(selection: Selection) -> str:
    columns = ", ".join(f'"{one.name}" {_DECLARED.get(one.kind, "text")}' for one in selection.columns)
    return f'create table "{selection.name}" ({columns})'

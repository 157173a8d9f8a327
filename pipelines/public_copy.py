"""Make public.db: a new database filled with what `pipelines.public` lets out, so that nothing else was ever in it.

Rows come in the order of their keys and nothing in the file tells when it was made: the same archive gives the same
bytes. (The header names SQLite's version; another version may lay the pages out otherwise.)
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipelines.excerpts import Excerpt, excerpt
from pipelines.public import INDEXES, PUBLIC, Columns, Texts, tables
from pipelines.search import rebuild

_UNTIL = """
select max(moment) from (select max(finished) as moment from crawls
  union all select max(fetched) from captures union all select max(seen) from versions)
"""
_TAGS = """
select article, start_char, end_char, '' from dates union all select article, start_char, end_char, also_at from mentions
"""
_SPAN = re.compile(r"(\d+)-(\d+)")  # of mentions.also_at, as pipelines/store.py writes it
_Row = tuple[object, ...]
_Change = Callable[[_Row], _Row]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a public copy holds."""

    rows: dict[str, int]  # by table; the tables of which no row goes out are left out
    schema: str  # the last migration
    kind: str  # sample or real
    until: str  # the last moment at which something was collected, ISO 8601
    characters: int  # of all articles' texts
    public_characters: int  # of those, how many went out


def copy_public(archive: sqlite3.Connection, target: Path, texts: Texts) -> Copied:
    """Write what may be public of `archive` to the new file `target`; both `target` and its work file must not exist.

    The archive is read in one transaction, so a crawl that goes on meanwhile neither waits nor shows. Raises
    sqlite3.Error when the disk refuses.
    """
    work = target.with_suffix(".work")
    archive.execute("begin")
    try:
        with closing(sqlite3.connect(work, isolation_level=None)) as made:
            made.execute("pragma journal_mode = off")
            made.execute("pragma synchronous = off")
            made.execute("pragma foreign_keys = off")
            made.execute("begin")
            copied = _fill(archive, made, texts)
            made.execute("commit")
            # Only now, into a file of its own: no page of it ever held anything else, and none is empty.
            made.execute("vacuum into ?", (str(target),))
    finally:
        archive.execute("rollback")
        work.unlink(missing_ok=True)
    return copied


def _fill(archive: sqlite3.Connection, made: sqlite3.Connection, texts: Texts) -> Copied:
    excerpts = _Excerpts(archive) if texts == "excerpts" else None
    _create(archive, made, "table")
    rows: dict[str, int] = {}
    for table, columns in tables(archive):
        decided = PUBLIC.get(table)
        if decided is not None and not decided.is_private:
            rows[table] = _copy_table(archive, made, table, columns, decided, excerpts)
    until = str(archive.execute(_UNTIL).fetchone()[0] or "")
    made.executemany("insert into archive (key, value) values (?, ?)", [("texts", texts), ("until", until)])
    rows["archive"] += 2
    _create(archive, made, "index", "view")
    for index in INDEXES:
        made.execute(archive.execute("select sql from sqlite_master where name = ?", (index,)).fetchone()[0])
    rebuild(made)
    for index in INDEXES:
        made.execute(f"insert into {index}({index}) values ('optimize')")  # noqa: S608
    (schema,) = archive.execute("select max(name) from _sqlite_migrations").fetchone()
    kind = archive.execute("select value from archive where key = 'kind'").fetchone()
    whole = archive.execute("select total(length(text)) from articles").fetchone()[0]
    public = made.execute("select total(length(text)) from articles").fetchone()[0]
    return Copied(rows, str(schema), str(kind[0]) if kind else "real", until, int(whole), int(public))


def _create(archive: sqlite3.Connection, made: sqlite3.Connection, *kinds: str) -> None:
    """Make the archive's tables, indexes or views, each of them of a declared table."""
    known = {table for table, _ in tables(archive)} & PUBLIC.keys()
    for kind in kinds:
        rows = archive.execute(
            "select name, tbl_name, sql from sqlite_master where type = ? and sql is not null order by name",
            (kind,),
        ).fetchall()
        for name, table, sql in rows:
            if kind == "view" or table in known:
                made.execute(sql)
            if kind == "view" and not _answers(made, name):
                made.execute(f'drop view "{name}"')


def _answers(made: sqlite3.Connection, view: str) -> bool:
    """Say whether a view needs nothing that isn't public: somebody may have made one over a table of their own."""
    try:
        made.execute(f'select * from "{view}" limit 0')  # noqa: S608
    except sqlite3.OperationalError:
        return False
    return True


def _copy_table(
    archive: sqlite3.Connection,
    made: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    decided: Columns,
    excerpts: _Excerpts | None,
) -> int:
    info = archive.execute(f'pragma table_info("{table}")').fetchall()
    key = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]] or list(columns)
    kept = [name for name in columns if name in decided.named() - set(decided.withheld.split())]
    withheld = {row[1]: _nothing(row) for row in info if row[1] not in kept}
    names = [*kept, *withheld]
    marks = ", ".join("?" * len(names))
    source = archive.execute(
        f"select {_quoted(kept)} from {table} where {decided.where} order by {_quoted(key)}"  # noqa: S608
    )
    change = excerpts.change(table, kept, decided, info) if excerpts else lambda row: row
    blank = tuple(withheld.values())
    made.executemany(
        f"insert into {table} ({_quoted(names)}) values ({marks})",  # noqa: S608
        ((*change(row), *blank) for row in source),
    )
    return int(made.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _nothing(info: _Row) -> object:
    """Give the empty value of a column, of which `info` is the row of `pragma table_info`."""
    if not info[3]:
        return None
    return "" if str(info[2]).lower() == "text" else 0


class _Excerpts:
    """The excerpts of an archive's articles, and what they change in the rows of each table."""

    def __init__(self, archive: sqlite3.Connection) -> None:
        tags: dict[str, list[tuple[int, int]]] = {}
        for article, start, end, elsewhere in archive.execute(_TAGS):
            tags.setdefault(article, []).extend([(start, end), *_spans(elsewhere)])
        self._excerpts: dict[str, Excerpt] = {
            article: excerpt(text, tags.get(article, ()))
            for article, text in archive.execute("select id, text from articles")
        }
        self._left_out: dict[tuple[str, str], int] = {}

    def change(self, table: str, names: Sequence[str], decided: Columns, info: Sequence[_Row]) -> _Change:
        """Give the function that turns a whole row of `table` into its public form."""
        empty = {row[1]: _nothing(row) for row in info if row[1] in decided.full.split()}
        places = decided.place.split()

        def changed(row: _Row) -> _Row:
            values = dict(zip(names, row, strict=True)) | empty
            if decided.excerpt:
                whole = str(values[decided.excerpt])
                values[decided.excerpt] = self._excerpts[str(values["id"])].of(whole)
            if places and values.get("field", "text") == "text":
                self._move(table, values, places)
            return tuple(values[name] for name in names)

        return changed

    def _move(self, table: str, values: dict[str, object], places: Sequence[str]) -> None:
        start, end, *others = places
        article = str(values["article"])
        kept = self._excerpts[article]
        first, last = int(str(values[start])), int(str(values[end]))
        if first < last:
            values[start], values[end] = kept.move(first, last) or self._nowhere(table, article)
        for name in others:
            moved = [kept.move(*span) for span in _spans(str(values[name]))]
            values[name] = " ".join(f"{span[0]}-{span[1]}" for span in moved if span)

    def _nowhere(self, table: str, article: str) -> tuple[int, int]:
        """Give a place that is none: -1, -2 … by article, because a key may hold it."""
        count = self._left_out[table, article] = self._left_out.get((table, article), 0) + 1
        return -count, -count


def _spans(elsewhere: str) -> Iterator[tuple[int, int]]:
    for start, end in _SPAN.findall(elsewhere):
        yield int(start), int(end)

"""Turn what was asked for into one SELECT: a table, a view or a question, with its filters and its columns."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from crawler.items import BadUseError
from pipelines.dictionary import Column, load_dictionary
from pipelines.exports.bounds import bounds_of
from pipelines.questions import Question, load_questions

Row = tuple[object, ...]
SourceKind = Literal["table", "view", "question"]

# What migrations ran is the archive's own affair. Search indexes are virtual tables and can be made anew.
_HIDDEN = ("sqlite_", "_sqlite_migrations")
_FETCH = 500  # rows taken from SQLite at a time: articles are long


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to have: the words of the command line, or of an address of the site."""

    what: str
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """One SELECT that is ready to run."""

    name: str
    kind: SourceKind
    columns: tuple[Column, ...]
    sql: str
    values: Mapping[str, str | int]
    key: tuple[int, ...]  # the columns that tell a row from another; all of them where nothing is declared
    schema: str | None = None  # the CREATE TABLE of a table

    @property
    def names(self) -> list[str]:
        """Give the columns' names."""
        return [column.name for column in self.columns]

    def count(self, connection: sqlite3.Connection) -> int:
        """Count the rows."""
        return int(connection.execute(f"select count(*) from ({self.sql})", dict(self.values)).fetchone()[0])  # noqa: S608

    def rows(self, connection: sqlite3.Connection) -> Iterator[Row]:
        """Yield the rows as they come from the database, a few hundred in memory at a time."""
        cursor = connection.execute(self.sql, dict(self.values))
        while batch := cursor.fetchmany(_FETCH):
            yield from batch


def sources(connection: sqlite3.Connection) -> dict[str, SourceKind]:
    """Name every table, view and question of the archive that can be exported, in that order."""
    found: dict[str, SourceKind] = {}
    kinds: tuple[SourceKind, ...] = ("table", "view")
    for kind in kinds:
        rows = connection.execute(
            "select name from pragma_table_list where schema = 'main' and type = ? order by name", (kind,)
        )
        found.update({name: kind for (name,) in rows if not name.startswith(_HIDDEN)})
    return {**found, **dict.fromkeys(load_questions(), "question")}


def select(connection: sqlite3.Connection, asked: Asked) -> Selection:
    """Make the SELECT for what was asked. Raises BadUseError, with the nearest names, for what there is not."""
    known = sources(connection)
    if asked.what not in known:
        raise BadUseError(f"there is no table, view or question {asked.what!r}{nearest(asked.what, known)}")
    _check_days(asked)
    if known[asked.what] == "question":
        return _question(connection, load_questions()[asked.what], asked)
    return _table(connection, asked, known[asked.what])


def nearest(word: str, names: Iterable[str]) -> str:
    """Say which names are near a mistyped one: "; did you mean meetings or mentions?"; empty when none is."""
    found = difflib.get_close_matches(word.lower(), list(names), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(found)}?" if found else ""


def _check_days(asked: Asked) -> None:
    for name, value in (("since", asked.since), ("until", asked.until)):
        if value is not None and not _is_day(value):
            raise BadUseError(f"--{name} {value}: not a day such as 2017-03-22")
    if asked.since and asked.until and asked.since > asked.until:
        raise BadUseError(f"--since {asked.since} is after --until {asked.until}")


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _table(connection: sqlite3.Connection, asked: Asked, kind: SourceKind) -> Selection:
    if asked.parameters:
        raise BadUseError(
            f"{asked.what} is a {kind} and takes no --param; --since, --until and --outlet narrow it"
        )
    told = connection.execute(f'pragma table_info("{asked.what}")').fetchall()
    dictionary = load_dictionary()
    columns = tuple(dictionary.column(asked.what, name, declared) for _, name, declared, *_ in told)
    key = tuple(place for place, *_, part in sorted(told, key=lambda row: row[5]) if part)
    conditions, values = _conditions(connection, asked)
    where = f" where {' and '.join(conditions)}" if conditions else ""
    # By its key, so that two archives that hold the same give the same file.
    order = ", ".join(f't."{columns[place].name}"' for place in key)
    sql = f'select t.* from "{asked.what}" t{where}{" order by " + order if order else ""}'  # noqa: S608
    schema = connection.execute(
        "select sql from sqlite_master where name = ? and type = 'table'", (asked.what,)
    ).fetchone()
    return Selection(
        asked.what,
        kind,
        columns,
        sql,
        values,
        key or tuple(range(len(columns))),
        schema[0] if schema else None,
    )


def _conditions(connection: sqlite3.Connection, asked: Asked) -> tuple[list[str], dict[str, str | int]]:
    bounds = bounds_of(asked.what)
    conditions: list[str] = []
    values: dict[str, str | int] = {}
    for name, sign, value in (("since", ">=", asked.since), ("until", "<=", asked.until)):
        if value is not None:
            if bounds.day is None:
                raise BadUseError(f"{asked.what} has no day that --{name} could narrow")
            conditions.append(f"{bounds.day} {sign} :{name}")
            values[name] = value
    if asked.outlet is not None:
        if bounds.outlet is None:
            raise BadUseError(f"{asked.what} has no outlet that --outlet could narrow")
        _check_outlet(connection, asked.outlet)
        conditions.append(bounds.outlet)
        values["outlet"] = asked.outlet
    return conditions, values


def _check_outlet(connection: sqlite3.Connection, outlet: str) -> None:
    ids = [row[0] for row in connection.execute("select id from outlets order by id")]
    if outlet not in ids:
        raise BadUseError(f"there is no outlet {outlet!r}{nearest(outlet, ids)}")


def _question(connection: sqlite3.Connection, question: Question, asked: Asked) -> Selection:
    given = dict(asked.parameters)
    takes = [one.name for one in question.parameters]
    for name, value in (("since", asked.since), ("until", asked.until), ("outlet", asked.outlet)):
        if value is not None:
            if name not in takes:
                raise BadUseError(f"{question.name} takes no --{name}{_takes(takes)}")
            given[name] = value
    if asked.outlet is not None:
        _check_outlet(connection, asked.outlet)
    for name in given:
        if name not in takes:
            raise BadUseError(
                f"{question.name} has no parameter {name!r}{nearest(name, takes) or _takes(takes)}"
            )
    values = question.values(given)
    if values.get("since") and values.get("until") and str(values["since"]) > str(values["until"]):
        raise BadUseError(f"since {values['since']} is after until {values['until']}")
    told = connection.execute(f"select * from ({question.sql}) limit 0", values).description  # noqa: S608
    dictionary = load_dictionary()
    columns = tuple(dictionary.column(question.name, name) for name, *_ in told)
    return Selection(question.name, "question", columns, question.sql, values, tuple(range(len(columns))))


def _takes(names: list[str]) -> str:
    return f"; it takes {', '.join(names)}" if names else "; it takes none"

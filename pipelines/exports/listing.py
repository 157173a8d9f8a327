"""What `scrapy export --list` says: everything that can be exported, how it is narrowed, and in which formats."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipelines.dictionary import load_dictionary
from pipelines.exports.bounds import bounds_of
from pipelines.exports.formats import FORMATS, TABULAR, formats_of
from pipelines.exports.reading import open_to_read
from pipelines.exports.selection import Asked, SourceKind, select, sources
from pipelines.questions import Question, load_questions


def describe(archive: Path) -> list[str]:
    """Describe every table, view and question, and every format, in lines. Raises ArchiveError and ExportError."""
    lines = []
    with closing(open_to_read(archive)) as connection:
        for name, kind in sources(connection).items():
            told = _question(load_questions()[name]) if kind == "question" else _table(name, kind)
            lines += [*told, *_formats(connection, name)]
    return [
        *lines,
        "all  [every table and view into a folder; with --format sql the whole archive into one file]",
        "formats:",
        *(f"    {form.name:<10} {form.about}" for form in FORMATS.values()),
    ]


def _question(question: Question) -> Iterator[str]:
    yield f"{question.name}  [question]"
    yield f"    {question.title.en}"
    if question.parameters:
        yield "    " + " ".join(f"--param {one.name}={one.default}" for one in question.parameters)


def _table(name: str, kind: SourceKind) -> Iterator[str]:
    yield f"{name}  [{kind}]"
    about = load_dictionary().table_about(name)[1]
    if about:
        yield f"    {about}"
    bounds = bounds_of(name)
    filters = [*(["--since --until"] if bounds.day else []), *(["--outlet"] if bounds.outlet else [])]
    if filters:
        yield f"    {' '.join(filters)}"


def _formats(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    more = [form for form in formats_of(select(connection, Asked(name))) if form not in TABULAR]
    if more:
        yield f"    also as {' and '.join(more)}"

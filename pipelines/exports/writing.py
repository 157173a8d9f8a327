"""Write exports: one to a file or a stream, or every table in every format into a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.items import BadUseError
from pipelines.exports.dump import write_archive
from pipelines.exports.files import ExportError, replacing
from pipelines.exports.formats import FORMATS, TABULAR, formats_of, open_source
from pipelines.exports.selection import Asked, Row, Selection, nearest, select, sources

# Told the rows so far, now and then.
Report = Callable[[int], None]
SITE = "http://127.0.0.1:8001"
_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was written."""

    what: str  # the table, view or question
    format: str
    path: Path
    rows: int  # of a calendar or a feed: its entries


def export(
    connection: sqlite3.Connection,
    asked: Asked,
    form: str,
    path: Path,
    *,
    site: str = SITE,
    report: Report | None = None,
) -> Written:
    """Write what was asked for to `path`, whole or not at all. Raises BadUseError and ExportError."""
    selection = select(connection, asked)
    check_format(selection, form)
    with replacing(path) as out:
        rows = write_into(connection, selection, form, out, site=site, report=report)
    return Written(asked.what, form, path, rows)


def export_all(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    what: Sequence[str] | None = None,
    formats: Sequence[str] = TABULAR,
    site: str = SITE,
    report: Report | None = None,
) -> list[Written]:
    """Write every table and view (or those of `what`) in every format into `folder`, made when missing.

    The files are called `<name><ending of the format>`: articles.csv, articles-excel.csv, articles.xlsx … Formats that
    don't suit a table (a calendar of outlets) are left out. The same rows give the same bytes.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made: {error.strerror}") from error
    names = (
        what
        if what is not None
        else [name for name, kind in sources(connection).items() if kind != "question"]
    )
    written = []
    for name in names:
        suits = formats_of(select(connection, Asked(name)))
        for form in formats:
            if form in suits:
                path = folder / f"{name}{FORMATS[form].suffix}"
                written.append(export(connection, Asked(name), form, path, site=site, report=report))
    return written


def export_archive(connection: sqlite3.Connection, path: Path, report: Report | None = None) -> Written:
    """Write the whole archive as SQL that a fresh sqlite3 loads. Raises ExportError."""
    with replacing(path) as out:
        return Written("archive", "sql", path, write_archive(connection, out, report))


def write_into(
    connection: sqlite3.Connection,
    selection: Selection,
    form: str,
    out: BinaryIO,
    *,
    rows: Iterable[Row] | None = None,
    site: str = SITE,
    report: Report | None = None,
) -> int:
    """Write a selection (or some of its rows) to an open handle; give the number of rows. Raises ExportError."""
    taken = selection.rows(connection) if rows is None else rows
    if report is not None:
        taken = _reported(taken, report)
    try:
        return FORMATS[form].write(selection, taken, out, open_source(connection, site))
    except sqlite3.Error as error:
        raise ExportError(f"{selection.name}: the archive can't be read: {error}") from error


def check_format(selection: Selection, form: str) -> None:
    """Make sure that a selection can be written in a format. Raises BadUseError."""
    if form not in FORMATS:
        hint = nearest(form, FORMATS) or f"; there are {', '.join(FORMATS)}"
        raise BadUseError(f"there is no format {form!r}{hint}")
    suits = formats_of(selection)
    if form not in suits:
        raise BadUseError(f"{selection.name} can't be written as {form}; it can as {', '.join(suits)}")


def _reported(rows: Iterable[Row], report: Report) -> Iterator[Row]:
    count = 0
    for count, row in enumerate(rows, 1):
        if count % _EVERY == 0:
            report(count)
        yield row
    report(count)

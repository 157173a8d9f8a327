"""What `scrapy export` does: find the archive, find what is meant, write it where it is wanted, and say so."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.items import BadUseError
from pipelines.archive import open_archive
from pipelines.dictionary import load_dictionary
from pipelines.exports.bounds import bounds_of
from pipelines.exports.files import ExportError, replacing
from pipelines.exports.formats import FORMATS, TABULAR, formats_of
from pipelines.exports.marks import Marks
from pipelines.exports.selection import Asked, Row, Selection, select, sources
from pipelines.exports.writing import Report, check_format, export_all, export_archive, write_into
from pipelines.questions import load_questions

ALL = "all"
# Opens what shows progress; it is told how many rows to expect, None where nobody knows.
Progress = Callable[[int | None], AbstractContextManager[Report]]


@dataclass(frozen=True, slots=True)
class Order:
    """The command line, read."""

    asked: Asked
    format: str | None
    output: str | None
    site: str
    new_since_last: bool = False


def export_command(archive: Path, order: Order, out: BinaryIO, progress: Progress) -> list[str]:
    """Export as ordered; give the lines to say about it on stderr. Raises BadUseError and ExportError."""
    with closing(_open(archive)) as connection:
        if order.asked.what == ALL:
            return _everything(connection, order, progress)
        selection = select(connection, order.asked)
        form = _format(order)
        check_format(selection, form)
        marks = Marks(archive, selection) if order.new_since_last else None
        path = _path(order, selection, form)
        with progress(None if marks else selection.count(connection)) as report:
            rows = selection.rows(connection) if marks is None else marks.new(selection.rows(connection))
            if path is None:
                count = _to_stream(connection, selection, form, out, rows, order, report)
            else:
                with replacing(path) as handle:
                    count = write_into(
                        connection, selection, form, handle, rows=rows, site=order.site, report=report
                    )
        if marks is not None:
            marks.keep()
        return _said(selection, count, path, quiet=marks is not None and path is None)


def describe(archive: Path) -> list[str]:
    """Describe everything that can be exported, in lines: name, rows' meaning, filters, parameters and formats."""
    dictionary, questions = load_dictionary(), load_questions()
    with closing(_open(archive)) as connection:
        lines = []
        for name, kind in sources(connection).items():
            if kind == "question":
                asked = questions[name]
                takes = " ".join(f"--param {one.name}={one.default}" for one in asked.parameters)
                lines += [
                    f"{name}  [question]",
                    f"    {asked.title.en}",
                    *([f"    {takes}"] if takes else []),
                ]
            else:
                bounds = bounds_of(name)
                filters = [
                    *(["--since --until"] if bounds.day else []),
                    *(["--outlet"] if bounds.outlet else []),
                ]
                lines += [f"{name}  [{kind}]", f"    {dictionary.table_about(name)[1]}".rstrip()]
                lines += [f"    {' '.join(filters)}"] if filters else []
            more = [form for form in formats_of(select(connection, Asked(name))) if form not in TABULAR]
            lines += [f"    also as {' and '.join(more)}"] if more else []
    return [
        *lines,
        "all  [every table and view into a folder; with --format sql the whole archive into one file]",
        "formats:",
        *(f"    {form.name:<10} {form.about}" for form in FORMATS.values()),
    ]


def parameters(given: Sequence[str]) -> dict[str, str]:
    """Read `--param name=value` as often as it was given. Raises BadUseError."""
    read: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise BadUseError(f"--param {one}: write it as name=value")
        read[name] = value
    return read


def _open(archive: Path) -> sqlite3.Connection:
    """Bring the archive up to date and open it for reading: one moment of it, whatever is written meanwhile."""
    if not archive.exists() or os.access(archive, os.W_OK):
        open_archive(archive, None).close()
    try:
        connection = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        # Text that is no UTF-8 must not stop an export: what can't be read is shown as such.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("begin")
        connection.execute("select count(*) from sqlite_master")
    except sqlite3.Error as error:
        raise ExportError(f"{archive}: cannot be read: {error}") from error
    return connection


def _format(order: Order) -> str:
    """Tell the format: as asked, else by the file's ending, else CSV."""
    if order.format is not None:
        return order.format
    if order.output:
        # the longest ending first, so that -excel.csv is not taken for .csv
        for form in sorted(FORMATS.values(), key=lambda one: -len(one.suffix)):
            if order.output.endswith(form.suffix):
                return form.name
    return "csv"


def _path(order: Order, selection: Selection, form: str) -> Path | None:
    """Tell the file to write, None for the standard output; a folder gets a file named after what is in it."""
    if order.output is None or order.output == "-":
        if not FORMATS[form].text and sys.stdout.isatty():
            raise BadUseError(f"{form} is no text for a terminal; name a file with -o")
        return None
    path = Path(order.output)
    if path.is_dir() or order.output.endswith(os.sep):
        _make(path)
        return path / f"{selection.name}{FORMATS[form].suffix}"
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made: {error.strerror}") from error


def _to_stream(
    connection: sqlite3.Connection,
    selection: Selection,
    form: str,
    out: BinaryIO,
    rows: Iterator[Row],
    order: Order,
    report: Report,
) -> int:
    """Write to the standard output; nothing at all when only new rows were asked for and there is none.

    A mail of cron is sent when a command says something: a head without rows would be a mail every hour.
    """
    if order.new_since_last:
        first = next(rows, None)
        if first is None:
            return 0
        rows = _chained(first, rows)
    try:
        count = write_into(connection, selection, form, out, rows=rows, site=order.site, report=report)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"the standard output can't be written: {error.strerror}") from error
    return count


def _chained(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _said(selection: Selection, count: int, path: Path | None, *, quiet: bool) -> list[str]:
    if count == 0:
        return [] if quiet else [f"{selection.name}: no rows; {path or 'the output'} is valid and empty"]
    return [f"{selection.name}: {count} rows to {path}"] if path is not None else []


def _everything(connection: sqlite3.Connection, order: Order, progress: Progress) -> list[str]:
    asked = order.asked
    if order.new_since_last or asked.parameters or asked.since or asked.until or asked.outlet:
        raise BadUseError("all takes no filters; export one table with them")
    if not order.output:
        raise BadUseError("name a folder with -o, or a file for --format sql")
    path = Path(order.output)
    with progress(None) as report:
        if order.format == "sql" and not path.is_dir():
            written = [export_archive(connection, path, report)]
        else:
            forms = (order.format,) if order.format else TABULAR
            if forms[0] not in FORMATS:
                raise BadUseError(f"there is no format {forms[0]!r}; there are {', '.join(FORMATS)}")
            written = export_all(connection, path, formats=forms, site=order.site, report=report)
    return [f"{one.what}: {one.rows} rows to {one.path}" for one in written]


@contextmanager
def silent(_: int | None) -> Iterator[Report]:
    """Show no progress."""
    yield lambda _: None


def as_order(values: Mapping[str, object]) -> Order:
    """Make an order of the command's options: what, since, until, outlet, param, format, output, site, new_since_last."""

    def text(name: str) -> str | None:
        value = values.get(name)
        return None if value is None else str(value)

    given = values.get("param") or ()
    assert isinstance(given, Sequence)
    asked = Asked(str(values["what"]), text("since"), text("until"), text("outlet"), parameters(given))
    return Order(
        asked, text("format"), text("output"), text("site") or "", bool(values.get("new_since_last", False))
    )

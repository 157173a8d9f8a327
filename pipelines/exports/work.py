"""What `scrapy export` does: find the archive, find what is meant, write it where it is wanted, and say so."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from crawler.items import BadUseError
from pipelines.exports.files import ExportError, replacing
from pipelines.exports.formats import FORMATS, TABULAR
from pipelines.exports.marks import Marks
from pipelines.exports.reading import open_to_read
from pipelines.exports.selection import Asked, Row, Selection, select
from pipelines.exports.writing import Report, check_format, export_all, export_archive, write_into

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
    with closing(open_to_read(archive)) as connection:
        if order.asked.what == ALL:
            return _everything(connection, order, progress)
        selection = select(connection, order.asked)
        form = _format(order)
        check_format(selection, form)
        path = _path(order, selection, form)
        if not order.new_since_last:
            with progress(selection.count(connection)) as report:
                job = Job(connection, selection, form, order.site, report)
                count = _write(job, selection.rows(connection), path, out)
            return _said(selection, count, path)
        marks = Marks(archive, selection)
        rows = marks.new(selection.rows(connection))
        first = next(rows, None)
        if first is None and path is None:
            # A mail of cron is sent when a command says something: a head without rows would be one every hour.
            return []
        with progress(None) as report:
            job = Job(connection, selection, form, order.site, report)
            count = _write(job, chain([] if first is None else [first], rows), path, out)
        marks.keep()
        return _said(selection, count, path)


@dataclass(frozen=True, slots=True)
class Job:
    """What is written, in which format, and who hears of it."""

    connection: sqlite3.Connection
    selection: Selection
    form: str
    site: str
    report: Report


def _write(job: Job, rows: Iterator[Row], path: Path | None, out: BinaryIO) -> int:
    """Write to `path`, or to `out` where there is none; give the number of rows."""
    if path is not None:
        with replacing(path) as handle:
            return write_into(
                job.connection, job.selection, job.form, handle, rows=rows, site=job.site, report=job.report
            )
    try:
        count = write_into(
            job.connection, job.selection, job.form, out, rows=rows, site=job.site, report=job.report
        )
        out.flush()
    except BrokenPipeError:  # who reads has had enough: for the command to end quietly
        raise
    except OSError as error:
        raise ExportError(f"the standard output can't be written: {error.strerror}") from error
    return count


def parameters(given: Sequence[str]) -> dict[str, str]:
    """Read `--param name=value` as often as it was given. Raises BadUseError."""
    read: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise BadUseError(f"--param {one}: write it as name=value")
        read[name] = value
    return read


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


def _said(selection: Selection, count: int, path: Path | None) -> list[str]:
    if count == 0:
        return [f"{selection.name}: no rows; {path or 'the output'} is valid and empty"]
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

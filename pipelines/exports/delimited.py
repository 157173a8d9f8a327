"""CSV in two dialects: plain for programs, and one that Excel opens as Arabic and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from pipelines.exports.selection import Row, Selection

_BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page
# What Excel and LibreOffice take for the beginning of a formula, the full-width forms too. Source: OWASP, CSV Injection.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write UTF-8 without a byte order mark, lines after RFC 4180; give the number of rows. NULL is an empty cell."""
    with _text(out) as stream:
        return _write(csv.writer(stream), selection, rows)


def write_excel_csv(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write UTF-8 with a byte order mark, and set `'` before every text that could run as a formula."""
    with _text(out) as stream:
        stream.write(_BOM)
        guarded = (tuple(guard(value) for value in row) for row in rows)
        return _write(csv.writer(stream), selection, guarded)


def could_run(value: object) -> bool:
    """Tell whether a spreadsheet could take a cell for a formula: text that begins with = + - @, a tab, a line's end."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def guard(value: object) -> object:
    """Give a value that no spreadsheet runs: «=1+1» becomes «'=1+1»; numbers stay numbers."""
    return f"'{value}" if could_run(value) else value


def _text(out: BinaryIO) -> io.TextIOWrapper:
    return _Borrowed(out, encoding="utf-8", newline="", write_through=False)


class _Borrowed(io.TextIOWrapper):
    """A text layer over a handle that stays open: who opened it closes it."""

    def close(self) -> None:
        """Hand the handle back."""
        if not self.closed:
            self.flush()
            self.detach()


def _write(writer: object, selection: Selection, rows: Iterable[Row]) -> int:
    put = writer.writerow  # type: ignore[attr-defined]
    put(selection.names)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is the answer
        put(row)
    return count

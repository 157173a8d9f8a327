"""XLSX for a newsroom that reads Arabic: sheets from right to left, a head that stays, real dates, links, and a sheet
that explains the columns.

Written row by row (XlsxWriter's constant_memory), so a million rows need no more memory than a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from pipelines.dictionary import Column, load_dictionary
from pipelines.exports.delimited import could_run
from pipelines.exports.selection import Row, Selection

# Excel's own limits, by "Excel specifications and limits" of its documentation.
ROWS = 1_048_575  # below the head
LINKS = 65_000  # of 65,530 a sheet
LONGEST_LINK = 2_079
CELL = 32_767  # characters
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_CUT = "…"
_NAME = 31  # characters of a sheet's name
# The file's own date is fixed: the same rows give the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes naive moments
_WIDTHS = {"day": 12, "moment": 17, "integer": 10, "real": 10, "link": 40, "text": 24}

_Format = Any  # XlsxWriter carries no types


def write_xlsx(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a workbook; give the number of rows. More than a sheet holds go on in a second one.

    Every text is written as text, so nothing runs; one that looks like a formula is marked as quoted, so that editing
    its cell doesn't make it one. A text longer than a cell holds is cut and ends in «…»; CSV has it whole.
    """
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": selection.name, "created": _MADE})
    writer = _Sheets(book, selection)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is the answer
        writer.put(row)
    writer.finish()
    _explain(book, selection)
    book.close()
    return count


class _Sheets:
    """The sheets of one selection; the next begins when one is full."""

    def __init__(self, book: xlsxwriter.Workbook, selection: Selection) -> None:
        self._book, self._selection = book, selection
        self._head = book.add_format({"bold": True, "bottom": 1, "reading_order": 2, "valign": "top"})
        self._arabic = book.add_format(
            {"reading_order": 0, "valign": "top"}
        )  # 0: by the text's own first letter
        self._quoted = book.add_format({"quote_prefix": True, "valign": "top"})
        self._link = book.add_format({"font_color": "#0b5394", "underline": 1, "valign": "top"})
        self._formats = {
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
        }
        self._sheet: Any = None
        self._sheets = self._row = self._links = 0

    def put(self, row: Row) -> None:
        """Write one row."""
        if self._sheet is None or self._row == ROWS:
            self._begin()
        self._row += 1
        for place, (column, value) in enumerate(zip(self._selection.columns, row, strict=True)):
            self._cell(place, column, value)

    def finish(self) -> None:
        """Close the last sheet; an empty selection has its head all the same."""
        if self._sheet is None:
            self._begin()
        self._filter()

    def _begin(self) -> None:
        self._filter()
        self._sheets += 1
        ending = "" if self._sheets == 1 else f" {self._sheets}"
        self._sheet = self._book.add_worksheet(self._selection.name[: _NAME - len(ending)] + ending)
        self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._selection.columns):
            self._sheet.set_column(place, place, _WIDTHS[column.kind])
            self._sheet.write_string(0, place, column.title_ar or column.name, self._head)
        self._row = self._links = 0

    def _filter(self) -> None:
        if self._sheet is not None and self._selection.columns:
            self._sheet.autofilter(0, 0, self._row, len(self._selection.columns) - 1)

    def _cell(self, place: int, column: Column, value: object) -> None:
        if value is None:
            return
        if isinstance(value, int | float):
            self._sheet.write_number(self._row, place, value, self._arabic)
            return
        text = str(value)
        moment = _moment(column, text)
        if moment is not None:
            self._sheet.write_datetime(self._row, place, moment, self._formats[column.kind])
        elif self._may_link(column, text):
            self._links += 1
            self._sheet.write_url(self._row, place, text, self._link, string=text)
        else:
            shown = text if len(text) <= CELL else text[: CELL - 1] + _CUT
            self._sheet.write_string(
                self._row, place, shown, self._quoted if could_run(text) else self._arabic
            )

    def _may_link(self, column: Column, text: str) -> bool:
        return (
            column.kind == "link"
            and self._links < LINKS
            and len(text) <= LONGEST_LINK
            and text.startswith(("http://", "https://"))
        )


def _moment(column: Column, text: str) -> date | datetime | None:
    """Read a day or a moment as Excel can hold it, moments in UTC; None where the cell must stay text."""
    try:
        if column.kind == "day":
            day = date.fromisoformat(text)
            return day if day >= FIRST_DAY else None
        if column.kind == "moment" and len(text) > len("2017-03-22"):
            at = datetime.fromisoformat(text)
            return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo and at.date() >= FIRST_DAY else None
    except (ValueError, OverflowError):
        return None
    return None


def _explain(book: xlsxwriter.Workbook, selection: Selection) -> None:
    """Add the sheet that says, in Arabic, what each column is and what its codes mean."""
    dictionary = load_dictionary()
    words = dictionary.sheet()
    sheet = book.add_worksheet(words["name"])
    sheet.right_to_left()
    head = book.add_format({"bold": True, "reading_order": 2})
    wrapped = book.add_format({"text_wrap": True, "reading_order": 2, "valign": "top"})
    for place, width in enumerate((24, 22, 70, 34)):
        sheet.set_column(place, place, width)
    lines: list[tuple[tuple[str, ...], _Format]] = [
        ((dictionary.table_title(selection.name),), head),
        ((dictionary.table_about(selection.name)[0],), wrapped),
        (tuple(words[part] for part in ("title", "column", "about", "example")), head),
    ]
    for column in selection.columns:
        about = " ".join((column.about_ar, words["kinds"].get(column.kind, ""))).strip()
        lines.append(((column.title_ar, column.name, about, column.example), wrapped))
    coded = [(column, dictionary.codes(column.name)) for column in selection.columns]
    if any(codes for _, codes in coded):
        lines.append(((words["codes"],), head))
    for column, codes in coded:
        lines += [((column.title_ar, code, word), wrapped) for code, word in codes.items()]
    for row, (cells, how) in enumerate(lines):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, how)

"""The formats an export can have: one table of names, endings, media types and writers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.exports.columnar import write_parquet
from pipelines.exports.delimited import write_csv, write_excel_csv
from pipelines.exports.dump import write_sql
from pipelines.exports.feeds import Source, feed_column, meeting_column, write_feed, write_ics
from pipelines.exports.jsonlines import write_jsonl
from pipelines.exports.selection import Row, Selection
from pipelines.exports.spreadsheet import write_xlsx

Writer = Callable[[Selection, Iterable[Row], BinaryIO, Source], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a selection."""

    name: str
    suffix: str
    media_type: str
    write: Writer
    about: str
    text: bool = True  # may go to a terminal


def _rows_only(write: Callable[[Selection, Iterable[Row], BinaryIO], int]) -> Writer:
    return lambda selection, rows, out, _: write(selection, rows, out)


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("csv", ".csv", "text/csv; charset=utf-8", _rows_only(write_csv), "UTF-8 for programs"),
        Format("excel-csv", "-excel.csv", "text/csv; charset=utf-8", _rows_only(write_excel_csv),
               "UTF-8 with a byte order mark, formulas made harmless"),
        Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
               _rows_only(write_xlsx), "a workbook from right to left, columns explained", text=False),
        Format("jsonl", ".jsonl", "application/jsonl; charset=utf-8", _rows_only(write_jsonl), "an object a line"),
        Format("parquet", ".parquet", "application/vnd.apache.parquet", _rows_only(write_parquet),
               "typed columns for data tools", text=False),
        Format("sql", ".sql", "application/sql; charset=utf-8", _rows_only(write_sql), "loads into a fresh sqlite3"),
        Format("ics", ".ics", "text/calendar; charset=utf-8", write_ics, "a calendar of the meetings in it"),
        Format("atom", ".atom", "application/atom+xml; charset=utf-8", write_feed,
               "a feed of the articles, meetings or disagreements in it"),
    )
}  # fmt: skip
# What every table, view and question can be written as.
TABULAR = ("csv", "excel-csv", "xlsx", "jsonl", "parquet", "sql")


def formats_of(selection: Selection) -> tuple[str, ...]:
    """Name the formats that a selection can be written as."""
    calendar = ("ics",) if meeting_column(selection) is not None else ()
    return (*TABULAR, *calendar, *(("atom",) if feed_column(selection) is not None else ()))


def open_source(connection: sqlite3.Connection, site: str) -> Source:
    """Give what feeds are made from; `site` is an address with or without a slash at its end."""
    return Source(connection, site.rstrip("/"))

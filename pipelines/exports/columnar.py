"""Parquet for data people: typed columns, dates as dates, in groups of rows that fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dictionary import Column
from pipelines.exports.files import ExportError
from pipelines.exports.selection import Row, Selection

_GROUP_ROWS = 50_000
_GROUP_CHARACTERS = 8_000_000  # whichever comes first: full texts are long
_TYPES = {
    "text": pa.string(),
    "link": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
}


def write_parquet(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a Parquet file, zstd-compressed; give the number of rows. Days are date32, moments microseconds in UTC.

    Raises ExportError for a value that its column's type can't hold; nothing is rounded or left out in silence.
    """
    schema = pa.schema([pa.field(column.name, _TYPES[column.kind]) for column in selection.columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = zip(*group, strict=True)
            arrays = [
                _array(column, values) for column, values in zip(selection.columns, columns, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += sum(len(value) for value in row if isinstance(value, str))
        if len(group) == _GROUP_ROWS or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _array(column: Column, values: tuple[object, ...]) -> pa.Array:
    try:
        if column.kind == "day":
            values = tuple(None if value is None else date.fromisoformat(str(value)) for value in values)
        elif column.kind == "moment":
            values = tuple(None if value is None else datetime.fromisoformat(str(value)) for value in values)
        return pa.array(values, type=_TYPES[column.kind])
    except (ValueError, TypeError, pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ExportError(f"column {column.name}: a value is no {column.kind}: {error}") from error

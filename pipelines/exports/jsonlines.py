"""JSON Lines: an object a row, with the database's own types, for programs that read a line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from pipelines.exports.selection import Row, Selection


def write_jsonl(selection: Selection, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a JSON object a line in UTF-8, keys in the table's order; give the number of rows."""
    names = selection.names
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is the answer
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":"))
        # JSON lets these two stand as they are, and many readers of lines break at them.
        out.write(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode() + b"\n")
    return count

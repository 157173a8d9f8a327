"""A table as CSV, as the site answers it: UTF-8, a header line, lines that end in CRLF (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write `columns` of `rows` as CSV; None is an empty cell.

    >>> csv_text(["outlet", "articles"], [{"outlet": "ركن الساحة", "articles": 2, "more": 1}])
    'outlet,articles\\r\\nركن الساحة,2\\r\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return out.getvalue()


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the arguments of a Response that offers the table as the file `name`."""
    return {
        "body": csv_text(columns, rows),
        "headers": {"content-disposition": f'attachment; filename="{name}"'},
        "content_type": "text/csv; charset=utf-8",
    }

"""What the site answers with when somebody takes something away: a selection of bounded size, as a file in memory."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.items import BadUseError
from pipelines.dictionary import load_dictionary
from pipelines.exports.formats import FORMATS, Format
from pipelines.exports.selection import Asked, Selection, select
from pipelines.exports.writing import check_format, write_into

# What a browser may wait for; more is for the downloads, or for `scrapy export`.
LARGEST = 20_000

_FOUND = """
select a.published_day, a.outlet, a.id as article, a.label, a.url
from json_each(:rows) asked join articles a on a.rowid = asked.value order by asked.key
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A file to send."""

    body: bytes
    media_type: str
    filename: str


def by_suffix(suffix: str) -> Format:
    """Find the format of a file's ending: `-excel.csv`. Raises BadUseError."""
    for form in FORMATS.values():
        if form.suffix == suffix:
            return form
    raise BadUseError(
        f"there is no format {suffix!r}; there are {', '.join(one.suffix for one in FORMATS.values())}"
    )


def answer_question(connection: sqlite3.Connection, asked: Asked, suffix: str, site: str) -> Answer:
    """Answer a question as a file. Raises BadUseError for a wrong parameter and for more rows than a browser wants."""
    return answer(connection, select(connection, asked), suffix, site)


def answer_search(connection: sqlite3.Connection, rows: Sequence[int], suffix: str, site: str) -> Answer:
    """Give the articles of these rowids, in this order, as a file called search."""
    dictionary = load_dictionary()
    names = ("published_day", "outlet", "article", "label", "url")
    columns = tuple(dictionary.column("articles_about_meetings", name) for name in names)
    values = {"rows": json.dumps(list(rows))}
    return answer(connection, Selection("search", "question", columns, _FOUND, values, (2,)), suffix, site)


def answer(connection: sqlite3.Connection, selection: Selection, suffix: str, site: str) -> Answer:
    """Write a selection into memory. Raises BadUseError."""
    form = by_suffix(suffix)
    check_format(selection, form.name)
    rows = list(islice(selection.rows(connection), LARGEST + 1))
    if len(rows) > LARGEST:
        raise BadUseError(f"more than {LARGEST} rows: narrow it, or run `scrapy export {selection.name}`")
    out = io.BytesIO()
    write_into(connection, selection, form.name, out, rows=rows, site=site)
    return Answer(out.getvalue(), form.media_type, f"{selection.name}{suffix}")

"""A selection as a calendar or an Atom feed: whatever has meetings, articles or disagreements in its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from pipelines.exports.selection import Row, Selection
from pipelines.feeds.atom import write_atom
from pipelines.feeds.calendar import write_calendar
from pipelines.feeds.model import Entry, Feed
from pipelines.feeds.records import (
    article_entries,
    disagreement_entries,
    events,
    meeting_entries,
    tag,
    words,
)

Subject = Literal["meetings", "articles", "disagreements"]

# The tables that a feed is about, and the column that says of which row.
_TABLES: Mapping[str, tuple[Subject, str]] = {
    "disagreements": ("disagreements", "meeting"),
    "meetings": ("meetings", "id"),
    "articles": ("articles", "id"),
}
# Anything else goes by the first of these columns that it has.
_COLUMNS: tuple[tuple[str, Subject], ...] = (("article", "articles"), ("meeting", "meetings"))
_READ: Mapping[Subject, Callable[[sqlite3.Connection, Iterable[str], str], list[Entry]]] = {
    "articles": article_entries,
    "meetings": meeting_entries,
    "disagreements": disagreement_entries,
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a feed's records come from, and the site whose pages it links to."""

    connection: sqlite3.Connection
    site: str


def meeting_column(selection: Selection) -> int | None:
    """Find the column that names meetings, so that a calendar can be made of a selection; None if there is none."""
    column = "id" if selection.name == "meetings" else "meeting"
    return selection.names.index(column) if column in selection.names else None


def feed_column(selection: Selection) -> tuple[Subject, int] | None:
    """Tell what a feed of a selection is about, and the column that says of which; None if no feed can be made."""
    told = _TABLES.get(selection.name)
    if told is None:
        told = next(((subject, column) for column, subject in _COLUMNS if column in selection.names), None)
    return None if told is None else (told[0], selection.names.index(told[1]))


def write_ics(selection: Selection, rows: Iterable[Row], out: BinaryIO, source: Source) -> int:
    """Write the meetings of a selection as a calendar; give the number of events. A meeting without a day has none."""
    place = meeting_column(selection)
    assert place is not None, "formats_of offers a calendar only where there are meetings"
    found, _ = events(source.connection, _keys(rows, place), source.site)
    out.write(write_calendar(found, words()["calendar"]))
    return len(found)


def write_feed(selection: Selection, rows: Iterable[Row], out: BinaryIO, source: Source) -> int:
    """Write the articles, meetings or disagreements of a selection as an Atom feed; give the number of entries."""
    told = feed_column(selection)
    assert told is not None, "formats_of offers a feed only where there is something for it"
    subject, place = told
    entries = _READ[subject](source.connection, _keys(rows, place), source.site)
    said = words()
    head = Feed(
        id=tag(f"export/{selection.name}"),
        title=said["titles"][subject],
        link=None,
        page=f"{source.site}/",
        author=said["author"],
    )
    out.write(write_atom(head, entries))
    return len(entries)


def _keys(rows: Iterable[Row], place: int) -> list[str]:
    return list(dict.fromkeys(str(row[place]) for row in rows if row[place] is not None))

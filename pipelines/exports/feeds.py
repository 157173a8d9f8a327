"""A selection as a calendar or an Atom feed: whatever has meetings, articles or disagreements in its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Literal

from crawler.items import BadUseError
from pipelines.exports.selection import Row, Selection
from pipelines.feeds.atom import write_atom
from pipelines.feeds.calendar import write_calendar
from pipelines.feeds.model import Feed
from pipelines.feeds.records import (
    article_entries,
    disagreement_entries,
    events,
    meeting_entries,
    tag,
    words,
)

Subject = Literal["meetings", "articles", "disagreements"]

# Whose rows are about what, by the column that says of which; the first that fits.
_SUBJECTS: tuple[tuple[str, str, Subject], ...] = (
    ("disagreements", "meeting", "disagreements"),
    ("meetings", "id", "meetings"),
    ("articles", "id", "articles"),
)
_BY_COLUMN: tuple[tuple[str, Subject], ...] = (("article", "articles"), ("meeting", "meetings"))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a feed's records come from, and the site whose pages it links to."""

    connection: sqlite3.Connection
    site: str


def write_ics(selection: Selection, rows: Iterable[Row], out: BinaryIO, source: Source) -> tuple[int, int]:
    """Write the meetings of a selection as a calendar; give how many events, and how many meetings have no day for one."""
    meetings = _keys(rows, _place(selection, "ics", ("meetings",)))
    found, dayless = events(source.connection, meetings, source.site)
    out.write(write_calendar(found, words()["calendar"]))
    return len(found), dayless


def write_feed(selection: Selection, rows: Iterable[Row], out: BinaryIO, source: Source) -> int:
    """Write the articles, meetings or disagreements of a selection as an Atom feed; give the number of entries."""
    subject = subject_of(selection)
    keys = _keys(rows, _place(selection, "atom", ("articles", "meetings", "disagreements")))
    read = {"articles": article_entries, "meetings": meeting_entries, "disagreements": disagreement_entries}
    entries = read[subject or "articles"](source.connection, keys, source.site)
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


def subject_of(selection: Selection) -> Subject | None:
    """Tell what a selection's rows are about, as far as a feed goes; None where nothing fits."""
    for name, _, subject in _SUBJECTS:
        if selection.name == name:
            return subject
    return next((subject for column, subject in _BY_COLUMN if column in selection.names), None)


def has_meetings(selection: Selection) -> bool:
    """Tell whether a selection's rows name meetings, so that a calendar can be made of it."""
    return selection.name == "meetings" or "meeting" in selection.names


def _place(selection: Selection, form: str, subjects: tuple[Subject, ...]) -> int:
    """Find the column of the keys. Raises BadUseError for a selection that has none."""
    subject = subject_of(selection)
    if form == "ics" and has_meetings(selection):
        subject = "meetings"
    if subject not in subjects:
        what = "meetings" if form == "ics" else "articles, meetings or disagreements"
        raise BadUseError(f"{selection.name} can't be written as {form}: its rows name no {what}")
    column = next((column for name, column, _ in _SUBJECTS if name == selection.name), None)
    by_column = {subject: column for column, subject in _BY_COLUMN}
    return selection.names.index(column or by_column[subject])


def _keys(rows: Iterable[Row], place: int) -> list[str]:
    return list(dict.fromkeys(str(row[place]) for row in rows if row[place] is not None))

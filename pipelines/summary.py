"""What an archive holds, counted: for the end of a run, and for whoever asks."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive import open_archive


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one archive."""

    kind: str  # "sample", "real" or "empty"
    articles: int
    outlets: int
    first_day: str | None
    last_day: str | None
    versions: int  # states of articles beyond their first
    dates: int
    meetings: int
    known: int
    claims: int
    disagreements: tuple[tuple[str, str, str], ...]  # meeting's id, field, its values
    left_out: tuple[tuple[str, int], ...]  # reason, pages
    failures: tuple[tuple[str, str], ...]  # URL, error


def summarise(connection: sqlite3.Connection) -> Summary:
    """Count what the archive behind `connection` holds."""

    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    kind = connection.execute("select value from archive where key = 'kind'").fetchone()
    first, last = connection.execute("select min(published_day), max(published_day) from articles").fetchone()
    return Summary(
        kind=kind[0] if kind else "empty",
        articles=one("select count(*) from articles"),
        outlets=one("select count(distinct outlet) from articles"),
        first_day=first,
        last_day=last,
        versions=one("select count(*) from versions where n > 1"),
        dates=one("select count(*) from dates"),
        meetings=one("select count(*) from meetings"),
        known=one("select count(*) from meetings where known is not null"),
        claims=one("select count(*) from mentions"),
        disagreements=tuple(
            connection.execute(
                "select meeting, field, group_concat(value, ' / ') from"
                " (select * from disagreements order by meeting, field, value) group by meeting, field"
            )
        ),
        left_out=tuple(
            connection.execute(
                "select coalesce(verdict, state) || coalesce(': ' || reason, ''), count(*) from urls"
                " where coalesce(verdict, '') <> 'article' and state <> 'new' group by 1 order by 2 desc, 1"
            )
        ),
        failures=tuple(connection.execute("select url, error from failures order by url")),
    )


def lines(summary: Summary) -> list[str]:
    """Say a summary in plain lines, as a terminal shows them."""
    said = [
        f"articles       {summary.articles} of {summary.outlets} outlets"
        + (f", published {summary.first_day} to {summary.last_day}" if summary.first_day else ""),
        f"               {summary.dates} dates tagged, {summary.versions} later versions",
        f"meetings       {summary.meetings}, {summary.known} of them known from other sources, in {summary.claims} claims",
        f"disagreements  {len(summary.disagreements)}",
        *(f"               {meeting}: {field}: {values}" for meeting, field, values in summary.disagreements),
        f"left out       {sum(count for _, count in summary.left_out)} pages",
        *(f"               {count:>3}  {reason}" for reason, count in summary.left_out),
    ]
    if summary.failures:
        said.append(f"failures       {len(summary.failures)}")
        said.extend(f"               {url}: {error}" for url, error in summary.failures)
    if summary.kind == "sample":
        said.append(
            "This is the sample: its outlets and articles are invented, the meetings they report are real."
        )
    return said


def summary_lines(path: Path) -> list[str]:
    """Open the archive at `path` and say what it holds. Raises ArchiveError."""
    connection = open_archive(path, None)
    try:
        return lines(summarise(connection))
    finally:
        connection.close()

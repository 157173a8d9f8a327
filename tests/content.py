"""What an archive says, without what only tells when and in which file: for comparing two archives."""

from __future__ import annotations

import sqlite3
from pathlib import Path

# What differs between two runs that found the same: moments, file names, how often something was tried.
INCIDENTAL = {
    "captures": ("fetched", "warc", "offset"),
    "versions": ("seen",),
    "urls": ("attempts", "first_seen", "fetched", "changed", "next_due"),
    "sources": ("fetched", "items", "new_items", "http_status"),
    "failures": ("seen",),
}
TABLES = (
    "archive", "outlets", "urls", "url_hints", "sources", "captures", "articles", "versions", "removals", "evidence",
    "published_candidates", "dates", "known_meetings", "meetings", "mentions", "disagreements", "stories", "story_members", "actors", "article_actors", "coverage", "failures",
)  # fmt: skip


def content(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every content table of `archive`, in an order of its own."""
    connection = sqlite3.connect(archive)
    try:
        return {table: _rows(connection, table) for table in TABLES}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    kept = [f'"{name}"' for name in columns if name not in INCIDENTAL.get(table, ())]
    return sorted(connection.execute(f"select {', '.join(kept)} from {table}"), key=repr)


def differences(
    one: Path, other: Path
) -> dict[str, tuple[list[tuple[object, ...]], list[tuple[object, ...]]]]:
    """Give, for each table that differs, the rows only `one` has and those only `other` has."""
    left, right = content(one), content(other)
    return {
        table: (
            [row for row in left[table] if row not in right[table]],
            [row for row in right[table] if row not in left[table]],
        )
        for table in TABLES
        if left[table] != right[table]
    }

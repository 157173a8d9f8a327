"""Overlap: what a source shows was known or not; a wrong share polls an outlet to death, or misses what it published."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.overlap import read_overlap
from pipelines.archive import open_archive

EARLIER, RUN = "2026-01-01T11:00:00+00:00", "2026-01-01T12:00:00+00:00"


@pytest.mark.parametrize(
    ("sources", "share"),
    [
        ([("feed", 2, 10), ("feed", 9, 10)], 0.2),
        # the first page of a list is its newest: page and page after it are one window
        ([("json_listing", 4, 10), ("json_listing", 10, 10)], 0.7),
        ([("listing", 0, 10), ("listing", 10, 10)], 0.5),
        # what orders by anything but time says nothing of how much came and went
        ([("feed", 9, 10), ("search", 0, 20)], 0.9),
        ([("sitemap", 500, 600)], None),
        ([("sitemap", 600, 600)], 1.0),
        ([("feed", 0, 3)], None),
    ],
)
def test_only_windows_on_the_latest_tell_whether_polls_are_too_rare(
    tmp_path: Path, sources: list[tuple[str, int, int]], share: float | None
) -> None:
    with closing(open_archive(tmp_path / "archive.db", "sample")) as archive:
        archive.execute("INSERT INTO outlets (id, name_ar, name_en) VALUES ('barid', 'ب', 'B')")
        put(archive, "feed http://barid.example/before", ("feed", 0, 50), EARLIER)
        for n, source in enumerate(sources):
            put(archive, f"http://barid.example/{n}", source, RUN)
        found = read_overlap(archive, "barid", RUN)
    assert (found and found.share) == share


def put(archive: sqlite3.Connection, url: str, source: tuple[str, int, int], fetched: str) -> None:
    kind, known, named = source
    archive.execute(
        "INSERT INTO sources (url, outlet, kind, fetched, known_before, named) VALUES (?, 'barid', ?, ?, ?, ?)",
        (url, kind, fetched, known, named),
    )

"""The state of collecting: what needs a person stands first, and a run under way alarms nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html

from tests.site.archive_rows import build, put
from tests.site.serving import served

FOUND = {"rukn": (10, 12, 9, 11, 2), "sada": (3, 4), "qalam": (5, 6, 4, 30)}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Rukn found less than ever, Sada is broken, Qalam found far more than ever and is being collected again."""
    path = tmp_path_factory.mktemp("status") / "archive.db"
    build(path)
    connection = sqlite3.connect(path)
    connection.execute("delete from crawls")
    put(connection, "outlets", id="ghaib", name_ar="الغائب", name_en="Ghaib", sample=1, crawl=0, crawl_reason="the outlet has closed; its old pages are read with scrapy ingest where they are saved")  # fmt: skip
    for outlet, found in FOUND.items():
        for day, number in enumerate(found, start=1):
            put(connection, "crawls", outlet=outlet, started=f"2026-11-{day:02}T05:00:00+00:00", finished=f"2026-11-{day:02}T05:09:00+00:00",
                status="healthy", found=number, fetched=number)  # fmt: skip
    put(connection, "crawls", outlet="sada", started="2026-11-09T05:00:00+00:00", finished="2026-11-09T05:01:00+00:00", status="broken",
        reason="the sources answered, but named no article: is `article` right?")  # fmt: skip
    put(connection, "crawls", outlet="qalam", started="2026-11-09T05:00:00+00:00", status="running")
    connection.commit()
    connection.close()
    with served(path) as client:
        yield client


def test_the_last_run_is_held_against_the_usual_ones(runs: httpx.Client) -> None:
    body = runs.get("/status.json").json()
    rows = {row["id"]: row for row in body["outlets"]}
    assert {name: row["state"] for name, row in rows.items()} == {
        "sada": "broken",
        "rukn": "low",
        "qalam": "high",
        "ghaib": "off",
    }
    assert (rows["rukn"]["least"], rows["rukn"]["most"]) == (9, 12)
    assert (rows["sada"]["least"], rows["sada"]["most"]) == (None, None)  # two runs say nothing usual yet
    assert rows["qalam"]["status"] == "healthy"
    assert (body["message"], body["color"], body["ill"]) == ("2 of 3 healthy", "orange", ["sada"])


def test_what_needs_a_person_stands_first_and_in_words(runs: httpx.Client) -> None:
    rows = html.fromstring(runs.get("/status").text).xpath("//table[contains(@class,'runs')]/tbody/tr")
    said = [" ".join(row.text_content().split()) for row in rows]
    assert said[0].startswith("صدى المدينة معطوبة")
    assert "أجابت المصادر ولم تسمّ أي مقال" in said[0]
    assert "أقل من المعتاد" in said[1]
    assert "من 9 إلى 12" in said[1]
    assert "لا تُجمع: توقفت الوسيلة" in said[3]
    assert "جارية" not in " ".join(said)


def test_an_archive_nobody_collected_is_no_alarm(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build(path)
    connection = sqlite3.connect(path)
    connection.execute("delete from crawls")
    connection.commit()
    connection.close()
    with served(path) as client:
        body = client.get("/status.json").json()
        assert (body["message"], body["color"]) == ("not collected yet", "lightgrey")
        assert "لم تُجمع بعد" in client.get("/status").text

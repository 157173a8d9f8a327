"""A table's search for a word that nearly every article has answers with the same rows, by another way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pipelines.search import rebuild
from tests.site.archive_rows import build, put
from tests.site.serving import served

COUNT = 5100


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    archive: Path = tmp_path_factory.mktemp("large") / "archive.db"
    build(archive)
    connection = sqlite3.connect(archive)
    for n in range(COUNT):
        text = "خبر عن التحالف" + (" والزرافة" if n % 1000 == 0 else "")
        put(connection, "articles", id=f"rukn-x{n:07}", outlet="rukn", url=f"http://rukn.test/{n}", title="", label="خبر",
            text=text, extracted=text, published_day=f"2018-01-{1 + n % 28:02}", language="ar", relevance="main",
            relevance_score=1, characters=len(text))  # fmt: skip
    rebuild(connection)
    connection.commit()
    connection.close()
    with served(archive) as client:
        yield client


def test_a_common_word_walks_the_order_and_a_rare_one_the_hits(large_site: httpx.Client) -> None:
    for word, rows, turned in (("التحالف", COUNT + 3, True), ("الزرافة", 6, False)):
        body = large_site.get(
            "/archive/articles.json", params={"_search": word, "_sort_desc": "published_day"}
        ).json()
        assert body["filtered_table_rows_count"] == rows
        assert ("+rowid in" in body["query"]["sql"]) == turned
        days = [row[body["columns"].index("published_day")] for row in body["rows"]]
        assert days == sorted(days, reverse=True)


def test_other_conditions_still_hold(large_site: httpx.Client) -> None:
    query = {"_search": "التحالف", "published_day": "2018-01-05", "_shape": "array", "_size": "1000"}
    rows = large_site.get("/archive/articles.json", params=query).json()
    assert {row["published_day"] for row in rows} == {"2018-01-05"}
    assert len(rows) == sum(1 + n % 28 == 5 for n in range(COUNT))
    assert (
        large_site.get("/archive/articles.json?_where=id='rukn-x0000007'&_shape=array").json()[0]["id"]
        == "rukn-x0000007"
    )


def test_a_search_of_one_column_and_a_raw_one_work(large_site: httpx.Client) -> None:
    body = large_site.get("/archive/articles.json", params={"_search_title": "التحالف"}).json()
    assert body["filtered_table_rows_count"] == 2
    assert (
        large_site.get(
            "/archive/articles.json", params={"_search": "NEAR(", "_searchmode": "raw"}
        ).status_code
        == 400
    )

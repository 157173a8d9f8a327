"""What is wrong on our side is said in the reader's language, with the headers, and without the server's insides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.site.archive_rows import build
from tests.site.serving import served


@pytest.fixture(scope="module")
def broken_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """An archive in which a column that the home page needs has another name."""
    archive = tmp_path_factory.mktemp("broken") / "archive.db"
    build(archive)
    connection = sqlite3.connect(archive)
    connection.execute("alter table articles rename column label to shown")
    connection.commit()
    connection.close()
    with served(archive) as client:
        yield client, archive


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "حدث خطأ في الخادم"), ("/en", "Something went wrong on the server")]
)
def test_our_own_failure_is_a_500_in_the_readers_language(
    broken_site: tuple[httpx.Client, Path], prefix: str, words: str
) -> None:
    client, archive = broken_site
    answer = client.get(f"{prefix}/")
    assert answer.status_code == 500
    assert words in answer.text
    assert 'role="search"' in answer.text
    assert "no such column" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers
    assert "no such column" in archive.with_suffix(".log").read_text()


def test_a_query_that_takes_too_long_says_how_to_narrow_it(site: httpx.Client) -> None:
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    answer = site.get("/archive", params={"sql": endless})
    assert answer.status_code == 400
    assert "استغرق الاستعلام وقتًا أطول من المسموح" in answer.text
    assert 'action="/search"' in answer.text


def test_an_error_says_nothing_of_canonical_addresses(site: httpx.Client) -> None:
    page = site.get("/nothing").text
    assert 'rel="canonical"' not in page
    assert 'name="robots" content="noindex"' in page

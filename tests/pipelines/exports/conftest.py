"""A small archive with everything that hurts in it: formulas, bidi marks, NUL, long texts, an unnamed meeting."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.archive_rows import build

FORMULAS = {
    "rukn": "=1+1",
    "sada": "+cmd|' /C calc'!A0",
    "qalam": "@SUM(A1:A9)",
    "minus": "-2+3",
    "tabbed": "\t=1+1",
    "returned": "\r=1+1",
    "wide": "＝1+1",
}
LONG = "ب" * 40_000
ODD = 'نص فيه "اقتباس"، و|عمود، و\u2028فاصل سطر، و\u202eاتجاه'


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the archive; read it only."""
    path = tmp_path_factory.mktemp("exports") / "archive.db"
    build(path)
    connection = sqlite3.connect(path)
    for outlet, affiliation in FORMULAS.items():
        connection.execute(
            "insert into outlets (id, name_ar, name_en, home) values (?, 'صحيفة', 'x', 'https://x.test/')"
            " on conflict do nothing",
            (outlet,),
        )
        connection.execute("update outlets set affiliation = ? where id = ?", (affiliation, outlet))
    connection.execute("update articles set author = ? where id = 'rukn-00000001'", (ODD,))
    connection.execute(
        "update articles set text = ?, dateline = ? where id = 'qalam-00000003'", (LONG, "قبل\0بعد")
    )
    connection.execute("insert into meetings (id, title, first, last, level, status, claims, articles, outlets)"
                       " values ('1899-old', 'قديم', '1899-01-05', '1899-01-05', 'other', 'held', 0, 0, 0)")  # fmt: skip
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def archive(small: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to it that can't write."""
    connection = sqlite3.connect(f"{small.as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()

"""Nothing is public by accident: every table and column of the schema is decided, and only what exists."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from pipelines.public import PUBLIC, tables, undecided
from pipelines.schema import migrate


@pytest.fixture
def newest() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def test_every_table_and_column_of_the_schema_is_decided(newest: sqlite3.Connection) -> None:
    assert undecided(newest) == [], "say in pipelines/public.py whether this may be public"


def test_what_nobody_decided_about_is_named(newest: sqlite3.Connection) -> None:
    newest.execute("create table notes (words text)")
    newest.execute("alter table articles add column memo text")
    assert undecided(newest) == ["articles.memo", "notes"]


def test_nothing_is_decided_about_what_is_not_there(newest: sqlite3.Connection) -> None:
    there = {table: set(columns) for table, columns in tables(newest)}
    assert {table: decided.named() - there.get(table, set()) for table, decided in PUBLIC.items()} == {
        table: set() for table in PUBLIC
    }


def test_nothing_is_decided_twice() -> None:
    for table, decided in PUBLIC.items():
        words = (
            f"{decided.public} {decided.full} {decided.excerpt} {decided.place} {decided.withheld}".split()
        )
        assert len(words) == len(set(words)), table

"""Work on the archive for a page of the site: on a connection of Datasette's pool, for no longer than a query may take."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.database import QueryInterrupted  # type: ignore[import-untyped]
from datasette.utils import sqlite_timelimit  # type: ignore[import-untyped]

_R = TypeVar("_R")


async def within_limit(datasette: Datasette, work: Callable[[sqlite3.Connection], _R]) -> _R:
    """Run `work` with a connection to the archive and give what it gives. Raises QueryInterrupted, which the site words."""
    limit = datasette.setting("sql_time_limit_ms")

    def run(connection: sqlite3.Connection) -> _R:
        try:
            with sqlite_timelimit(connection, limit):
                return work(connection)
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, "", {}) from error
            raise

    result: _R = await datasette.get_database().execute_fn(run)
    return result

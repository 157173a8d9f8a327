"""Make every search of Datasette fold and stem what was typed, in HTML, JSON, CSV and facets alike.

Datasette's table pages run `match escape_fts(:search)`; whoever registers that function last decides what it does.
"""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from pipelines.search import fold_query


@hookimpl(trylast=True)  # without trylast the built-in one would win
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Replace the SQL function `escape_fts`."""
    conn.create_function("escape_fts", 1, fold_query, deterministic=True)

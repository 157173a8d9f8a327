"""What depends on the whole archive at once, made anew when its articles have changed."""

from __future__ import annotations

import sqlite3

from pipelines.grouping import regroup
from pipelines.linking import relink


def derive(connection: sqlite3.Connection) -> None:
    """Link all claims to meetings, weigh the coverage, group all copies into stories.

    Once after a sweep, an ingest or a reread: the result is the same however many came before it.
    """
    relink(connection)
    regroup(connection)

"""Tell every template what archive it shows: its name, sample or real, filled or empty, how fresh, how much of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

_READY = "select count(*) from sqlite_master where name in ('archive', 'articles', 'meetings', 'mentions', 'crawls')"
_FACTS = """
select (select value from archive where key = 'kind') as kind, (select max(finished) from crawls) as until,
  (select value from archive where key = 'texts') as texts,
  exists(select 1 from articles) as filled
"""


@hookimpl
def extra_template_vars(datasette: Datasette) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Add `archive`: name, filled, sample, until, texts (of a public copy: "excerpts" or "full")."""

    async def facts() -> dict[str, Any]:
        db = datasette.get_database()
        if (await db.execute(_READY)).first()[0] < 5:
            nothing = {"name": db.name, "filled": False, "sample": False, "until": None, "texts": None}
            return {"archive": nothing}
        row = (await db.execute(_FACTS)).first()
        return {
            "archive": {
                "name": db.name,
                "filled": bool(row["filled"]),
                "sample": row["kind"] == "sample",
                "until": row["until"],
                "texts": row["texts"],
            }
        }

    return facts

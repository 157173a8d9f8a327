"""The home page: four numbers, the meetings most reported, where outlets disagree, the newest articles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

_NUMBERS = """
select count(*) as articles, count(distinct outlet) as outlets, min(published_day) as first,
  max(published_day) as last, (select count(*) from meetings) as meetings,
  (select count(distinct meeting) from disagreements) as disputed
from articles where relevance <> 'no'
"""
_MEETINGS = """
select m.*, (select count(distinct field) from disagreements d where d.meeting = m.id) as disagreements
from meetings m order by m.outlets desc, m.articles desc, m.first desc limit 4
"""
_DISPUTED = """
select m.*, group_concat(distinct d.field) as fields from meetings m join disagreements d on d.meeting = m.id
group by m.id order by m.outlets desc, m.first desc limit 4
"""
_NEWEST = """
select a.id, a.label, a.published, a.relevance, a.outlet, o.name_ar,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles a join outlets o on o.id = a.outlet where a.relevance <> 'no'
order by a.published_day desc, a.id limit 10
"""


@hookimpl
def extra_template_vars(
    template: str, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]] | dict[str, Any]:
    """Add what the home page shows, to the home page alone."""
    if template != "index.html":
        return {}

    async def home() -> dict[str, Any]:
        db = datasette.get_database()
        if not await db.table_exists("meetings"):
            return {"home": None}
        return {
            "home": {
                "numbers": (await db.execute(_NUMBERS)).first(),
                "meetings": (await db.execute(_MEETINGS)).rows,
                "disputed": (await db.execute(_DISPUTED)).rows,
                "newest": (await db.execute(_NEWEST)).rows,
            }
        }

    return home

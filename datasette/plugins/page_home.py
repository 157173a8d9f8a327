"""The home page: numbers, the meetings before and ahead, articles over time, disagreements, what is new, and health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database

from pipelines.found import timeline

_NUMBERS = """
select count(*) as articles, count(distinct outlet) as outlets, min(published_day) as first,
  max(published_day) as last, (select count(*) from meetings) as meetings
from articles where relevance <> 'no'
"""
_MONTHS = """
select substr(published_day, 1, 7), count(*) from articles where relevance <> 'no' and published_day is not null group by 1
"""
_MEETING = """
select m.*, (select count(distinct field) from disagreements d where d.meeting = m.id) as disagreements from meetings m
"""
_NEXT = _MEETING + "where m.first > :today order by m.first limit 4"
_LAST = _MEETING + "where m.first <= :today order by m.first desc limit 4"
_MOST = _MEETING + "order by m.outlets desc, m.articles desc, m.first desc limit 4"
_DISPUTED = """
select m.*, group_concat(distinct d.field) as fields from meetings m join disagreements d on d.meeting = m.id
group by m.id order by m.outlets desc, m.first desc limit 4
"""
_NEWEST = """
select a.id, a.label, a.published, a.relevance, a.outlet, o.name_ar, o.name_en,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles a join outlets o on o.id = a.outlet where a.relevance <> 'no'
order by a.published_day desc, a.id limit 6
"""
# Counted from the captures, by their index: an article's row is long.
_ADDED = """
select count(*) from (select url from captures group by url having min(fetched) >= :week) c
join articles a on a.url = c.url where a.relevance <> 'no'
"""
# The last run of each outlet; quiet is healthy, too: the outlet answered and had nothing new.
_HEALTH = """
select sum(status in ('healthy', 'quiet')) as healthy, count(*) as outlets from crawls
where id in (select max(id) from crawls group by outlet)
"""
_WEEK = timedelta(days=7)


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
        return {"home": await _home(db, datetime.now(UTC))}

    return home


async def _home(db: Database, now: datetime) -> dict[str, Any]:
    today = {"today": now.date().isoformat()}
    counts = [(row[0], row[1]) for row in (await db.execute(_MONTHS)).rows]
    health = (await db.execute(_HEALTH)).first()
    return {
        "numbers": (await db.execute(_NUMBERS)).first(),
        "next": (await db.execute(_NEXT, today)).rows,
        "last": (await db.execute(_LAST, today)).rows,
        "meetings": (await db.execute(_MOST)).rows,
        "disputed": (await db.execute(_DISPUTED)).rows,
        "bars": [{"key": key, "href": _page_of(key), "articles": n} for key, n in timeline(counts)],
        "newest": (await db.execute(_NEWEST)).rows,
        "added": (await db.execute(_ADDED, {"week": (now - _WEEK).date().isoformat()})).first()[0],
        "health": health if health["outlets"] else None,
    }


def _page_of(key: str) -> str:
    return f"/month/{key}" if "-" in key else f"/year/{key}"

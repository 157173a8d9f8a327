"""What became of the archive, newest first: articles added, corrected by their outlet, dated anew, and gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.csvtext import csv_answer
from pipelines.dates.tagger import tag_dates
from pipelines.versions import diff

SHOWN = 40  # changes on one page
KINDS = ("added", "corrected", "redated", "gone")
COLUMNS = ("seen", "kind", "article", "outlet", "n", "label", "url")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ][\d:.+Z-]+", re.ASCII)
_CHANGES = """
select * from (
  select v.seen, case v.n when 1 then 'added' else 'corrected' end as kind, v.article, v.n, v.title, v.text,
    p.title as old_title, p.text as old_text, a.outlet, a.label, a.url, a.published, a.published_day, o.name_ar, o.name_en
  from versions v join articles a on a.id = v.article join outlets o on o.id = a.outlet
  left join versions p on p.article = v.article and p.n = v.n - 1
  where v.seen < :before and (:kind in ('', 'redated') or (:kind = 'added') = (v.n = 1)) and :kind <> 'gone'
    and (:kind <> 'redated' or v.n > 1) and a.relevance <> 'no'
  order by v.seen desc, v.article, v.n limit :limit
) union all select * from (
  select u.fetched, 'gone', a.id, null, null, null, null, null, u.outlet, coalesce(a.label, u.title, u.url), u.url,
    a.published, a.published_day, o.name_ar, o.name_en
  from urls u join outlets o on o.id = u.outlet left join articles a on a.url = u.url
  where u.state = 'gone' and u.fetched < :before and :kind in ('', 'gone') and a.id is not null
  order by u.fetched desc limit :limit
) order by seen desc, article, n limit :limit
"""


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /changes and its CSV."""
    return [(r"^/changes$", changes), (r"^/changes\.csv$", changes_csv)]


async def changes(request: Request, datasette: Datasette) -> Response:
    """Show the changes before ?before= (a moment; none means now), of one ?kind= or of all."""
    kind, rows, older = await _found(request, datasette)
    context = {"kind": kind, "changes": rows, "older": older}
    return Response.html(await datasette.render_template("changes.html", context, request=request))


async def changes_csv(request: Request, datasette: Datasette) -> Response:
    """Give the same changes as CSV."""
    _, rows, _ = await _found(request, datasette)
    return Response(**csv_answer("changes.csv", COLUMNS, rows))


async def _found(request: Request, datasette: Datasette) -> tuple[str, list[dict[str, Any]], str | None]:
    """Give the kind asked for, its changes, and the moment before which there are more."""
    kind = request.args.get("kind") or ""
    kind = kind if kind in KINDS else ""
    before = request.args.get("before") or ""
    # A plus sign of a zone comes as a space from an address somebody shortened by hand.
    before = before.replace(" ", "+") if _MOMENT.fullmatch(before) else "9999"
    key = {"before": before, "kind": kind, "limit": SHOWN + 1}
    rows = (await datasette.get_database().execute(_CHANGES, key)).rows
    told = [_told(dict(row)) for row in rows[:SHOWN]]
    if kind == "redated":
        told = [one for one in told if one["kind"] == "redated"]
    return kind, told, rows[SHOWN - 1]["seen"] if len(rows) > SHOWN else None


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Say of a correction what it changed: sentences, title, and dates; `redated` is one that changed a date."""
    if row["kind"] != "corrected" or row["old_text"] is None:
        return {**row, "sentences": [], "dates": None, "title_changed": False}
    changed = [one for one in diff(row["old_text"] or "", row["text"] or "") if one.kind != "kept"]
    before, after = (_dates(row[name] or "", row["published_day"]) for name in ("old_text", "text"))
    dates = {"gone": sorted(before - after), "new": sorted(after - before)}
    redated = bool(dates["gone"]) and bool(dates["new"])
    return {
        **row,
        "kind": "redated" if redated else "corrected",
        "sentences": changed,
        "dates": dates if redated else None,
        "title_changed": row["title"] != row["old_title"],
    }


@lru_cache(maxsize=512)
def _dates(text: str, published: str | None) -> frozenset[str]:
    """Give the days, months and years that a text names."""
    day = date.fromisoformat(published) if published else None
    return frozenset(mention.value for mention in tag_dates(text, day) if mention.value)

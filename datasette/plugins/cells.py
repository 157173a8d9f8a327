"""Show a table's cells as a reader wants them: pages for identifiers, Arabic for codes, days in words."""

from __future__ import annotations

from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from markupsafe import Markup, escape

_PAGES = {("articles", "id"): "article", ("meetings", "id"): "meeting", ("outlets", "id"): "outlet"}
_CODES = {"level": "level", "status": "status", "relevance": "relevance", "grain": "grain", "state": "url_state",
          "published_source": "published_source", "side": "side", "field": "field"}  # fmt: skip
# Columns whose codes mean something else in one table.
_KINDS = {("crawls", "status"): "crawl_status", ("coverage", "state"): "coverage_state",
          ("coverage", "reach"): "coverage_reach",
          ("coverage_months", "state"): "volume_state", ("coverage_months", "reach"): "coverage_reach", ("actors", "kind"): "actor_kind"}  # fmt: skip
_PLACES = ("city", "country", "dateline_city", "host")
_DAYS = ("published_day", "first", "last", "first_day", "last_day")
_MOMENTS = ("published", "fetched", "started", "finished", "first_seen", "seen")


@hookimpl
def render_cell(value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Give the HTML of one cell, or None where Datasette's own will do."""
    if table is None or not isinstance(value, str) or not value:
        return None
    filters = datasette.jinja_env.filters
    if (table, column) in _PAGES:
        page = _PAGES[table, column]
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(f"/{page}/{quote(value, safe='')}", value)
    kind = _KINDS.get((table, column)) or _CODES.get(column)
    if kind is not None:
        return escape(filters["label"](value, kind))
    if column in _PLACES:
        return escape(filters["place"](value))
    if column in _DAYS:
        return escape(filters["day"](value))
    if column in _MOMENTS:
        return escape(filters["moment"](value))
    return None

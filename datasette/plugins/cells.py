"""Show a table's cells as a reader wants them: pages for identifiers, words for codes, days in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import late

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
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter `in_words`, for the values of facets."""

    def in_words(value: object, column: str, table: str) -> object:
        words = _words(value, column, table, env.filters) if isinstance(value, str) else None
        return value if words is None else words

    env.filters["in_words"] = late(in_words)


@hookimpl
def render_cell(value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Give the HTML of one cell, or None where Datasette's own will do."""
    if table is None or not isinstance(value, str) or not value:
        return None
    if (table, column) in _PAGES:
        page = _PAGES[table, column]
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(f"/{page}/{quote(value, safe='')}", value)
    return _words(value, column, table, datasette.jinja_env.filters)


def _words(value: str, column: str, table: str, filters: dict[str, Callable[..., Any]]) -> Markup | None:
    kind = _KINDS.get((table, column)) or _CODES.get(column)
    if kind is not None:
        return escape(filters["label"](None, value, kind))
    for name, columns in (("place", _PLACES), ("day", _DAYS), ("moment", _MOMENTS)):
        if column in columns:
            return escape(filters[name](None, value))
    return None

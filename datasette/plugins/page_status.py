"""The state of collecting: the last run of each outlet, what became of the pages, what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

_CRAWLS = """
select o.id, o.name_ar, o.crawl, o.crawl_reason, c.started, c.finished, c.status, c.found, c.fetched, c.unchanged,
  c.failed, c.reason
from outlets o left join crawls c on c.id = (select max(id) from crawls where outlet = o.id)
order by c.id is null, o.name_ar
"""
_PAGES = "select state, verdict, count(*) as pages from urls group by state, verdict order by pages desc"
_FAILURES = "select * from failures order by seen desc limit 50"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /status."""
    return [(r"^/status$", status)]


async def status(request: Request, datasette: Datasette) -> Response:
    """Show how collecting goes."""
    db = datasette.get_database()
    context = {
        "crawls": (await db.execute(_CRAWLS)).rows,
        "pages": (await db.execute(_PAGES)).rows,
        "failures": (await db.execute(_FAILURES)).rows,
    }
    return Response.html(await datasette.render_template("status.html", context, request=request))

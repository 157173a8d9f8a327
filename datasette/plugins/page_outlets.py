"""The outlets: who they are, why one is not collected, what each gave; and one page for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette

_OUTLETS = """
select o.*, count(a.id) as articles, min(a.published_day) as first, max(a.published_day) as last
from outlets o left join articles a on a.outlet = o.id and a.relevance <> 'no'
group by o.id order by count(a.id) desc, o.name_ar
"""
_OUTLET = "select * from outlets where id = :id"
_ARTICLES = """
select a.id, a.label, a.published, a.relevance,
  (select count(distinct meeting) from mentions where article = a.id and meeting is not null) as meetings
from articles a where a.outlet = :id order by a.published_day desc, a.id limit 200
"""
_CRAWLS = "select * from crawls where outlet = :id order by id desc limit 5"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /outlets and /outlet/<id>."""
    return [(r"^/outlets$", outlets), (r"^/outlet/(?P<id>[^/]+)$", outlet)]


async def outlets(request: Request, datasette: Datasette) -> Response:
    """List the outlets."""
    rows = (await datasette.get_database().execute(_OUTLETS)).rows
    return Response.html(await datasette.render_template("outlets.html", {"outlets": rows}, request=request))


async def outlet(request: Request, datasette: Datasette) -> Response:
    """Show one outlet."""
    key = {"id": request.url_vars["id"]}
    db = datasette.get_database()
    row = (await db.execute(_OUTLET, key)).first()
    if row is None:
        raise NotFound("outlet")
    context = {
        "outlet": row,
        "articles": (await db.execute(_ARTICLES, key)).rows,
        "crawls": (await db.execute(_CRAWLS, key)).rows,
    }
    return Response.html(await datasette.render_template("outlet.html", context, request=request))

"""Answer every error in the reader's language: what happened, and what to do. A traceback goes to the server's log alone."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Forbidden, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

_SLOW = "SQL Interrupted"


@hookimpl
def startup() -> None:
    """Retire Datasette's own handler: it would print every 404 as a traceback with all local variables."""
    if pm.get_plugin("datasette.handle_exception") is not None:
        pm.unregister(name="datasette.handle_exception")


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]]:
    """Answer `exception` with a page, or with JSON where JSON was asked for."""

    async def answer() -> Response:
        status, kind, detail = describe(exception, asked_sql=_is_datasettes(request, datasette))
        if status == 500:
            traceback.print_exception(exception, file=sys.stderr)
        if request.path.split("?")[0].endswith(".json"):
            body = {"ok": False, "error": detail or kind, "status": status, "title": None}
            return Response.json(body, status=status)
        context = {"status": status, "kind": kind, "detail": detail}
        return Response.html(
            await datasette.render_template("error.html", context, request=request), status=status
        )

    return answer


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Awaitable[Response]]:
    """Answer what is not allowed."""

    async def answer() -> Response:
        context = {"status": 403, "kind": "forbidden", "detail": message}
        return Response.html(
            await datasette.render_template("error.html", context, request=request), status=403
        )

    return answer


def _is_datasettes(request: Request, datasette: Datasette) -> bool:
    """Tell whether the page is one of Datasette's own, whose SQL is partly the asker's."""
    return request.path.strip("/").split("/")[0].split(".")[0] in datasette.databases


def describe(exception: Exception, asked_sql: bool) -> tuple[int, str, str]:
    """Give the HTTP status, the kind that error.html has words for, and a technical detail that may be shown.

    `asked_sql`: an error of SQLite may be the asker's to mend; on our own pages it never is. The kinds are not_found, bad_request, too_slow, no_archive, forbidden and failed.
    """
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == _SLOW:
        return 400, "too_slow", ""
    if isinstance(exception, sqlite3.OperationalError) and "no such table" in str(exception):
        return 503, "no_archive", ""
    if isinstance(exception, Forbidden):
        return 403, "forbidden", ""
    if isinstance(exception, Base400):
        return _by_status(exception.status, str(exception.args[0]) if exception.args else "")
    if isinstance(exception, DatasetteError):
        # Datasette gives 500 to an unknown sort column and the like; what it words itself is the asker's to mend.
        return _by_status(400 if exception.status == 500 else exception.status, str(exception.message))
    if isinstance(exception, sqlite3.OperationalError) and asked_sql:
        return 400, "bad_request", str(exception)
    return 500, "failed", ""


def _by_status(status: int, detail: str) -> tuple[int, str, Any]:
    if status == 404:
        return 404, "not_found", ""
    return status, "bad_request" if status < 500 else "failed", detail

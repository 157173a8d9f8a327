"""The pages in prose: what this is, how it is made and how often it errs, how to ask for a removal, access, privacy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from datasette import Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.languages import language

PAGES = ("about", "methodology", "takedown", "accessibility", "privacy")
_MEASURED = Path(__file__).parent.parent / "measured.yml"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /about, /methodology, /takedown, /accessibility and /privacy."""
    return [(rf"^/(?P<page>{'|'.join(PAGES)})$", prose)]


async def prose(request: Request, datasette: Datasette) -> Response:
    """Show a page in the language of its address: its text is a template of its own in each."""
    context = {
        "measured": yaml.safe_load(_MEASURED.read_text(encoding="utf-8")),
        "site": datasette.plugin_config("tahaluf") or {},
    }
    template = f"prose/{request.url_vars['page']}.{language()}.html"
    return Response.html(await datasette.render_template(template, context, request=request))

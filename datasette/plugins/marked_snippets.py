"""Turn what FTS5's `highlight()` and `snippet()` return into safe HTML: the filter `marked`."""

from __future__ import annotations

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup

from pipelines.found import marked_html
from pipelines.languages import ENGLISH, language, late


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter `marked`."""
    env.filters["marked"] = late(marked)


def marked(text: str | None) -> Markup:
    """Show `text` with its marked words, as Arabic where the page is English."""
    html = marked_html(text)
    if language() == ENGLISH:
        html = f'<span lang="ar" dir="rtl">{html}</span>'
    return Markup(html)  # noqa: S704  # marked_html escapes

"""Turn what FTS5's `highlight()` and `snippet()` return into safe HTML: escape first, mark afterwards."""

from __future__ import annotations

import re

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import ENGLISH, language, late

# Private-use characters as markers (page_search.py passes the same two to FTS5): no markup can hide in them.
_MARKED = re.compile("\ue000([^\ue000\ue001]*)\ue001")
_STRAY = re.compile("[\ue000\ue001]")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter `marked`."""
    env.filters["marked"] = late(marked)


def marked(text: str | None) -> Markup:
    """Escape `text` and put its marked words into <mark>; markers without a partner are dropped."""
    escaped = str(escape(text or ""))
    html = _STRAY.sub("", _MARKED.sub(r"<mark>\1</mark>", escaped))
    if language() == ENGLISH:
        html = f'<span lang="ar" dir="rtl">{html}</span>'
    return Markup(html)  # noqa: S704  # escaped above

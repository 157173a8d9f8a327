"""Tell templates which of our typefaces are built, so that a page asks early for those it sets its words in."""

from __future__ import annotations

from datasette import hookimpl
from jinja2 import Environment

from pipelines.fonts import FOLDER


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add `fonts`, the names of the built files: without early loading, text would move when its typeface arrives."""
    env.globals["fonts"] = frozenset(path.name for path in FOLDER.glob("*.woff2"))

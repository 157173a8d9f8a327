"""Say what a date was read against: the filter `anchor` for «published 2017-03-10»."""

from __future__ import annotations

import re
from collections.abc import Callable

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import late

_ANCHOR = re.compile(r"(.*?)(?: (\d{4}(?:-\d{2}){0,2}))?")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter."""

    def anchor(value: str | None) -> Markup:
        # Looked up when asked: the plugins are loaded in no fixed order.
        names: dict[str, str] = env.globals["labels"]["anchor"]  # type: ignore[index]
        day: Callable[[object, str], Markup] = env.filters["day"]
        comma: str = env.globals["labels"]["comma"]  # type: ignore[index]
        match = _ANCHOR.fullmatch(value or "")
        if match is None or match[1] not in names:
            return Markup("<bdi>{}</bdi>").format(value or "")
        said = escape(names[match[1]])
        return Markup("{}{}{}").format(said, comma, day(None, match[2])) if match[2] else said

    env.filters["anchor"] = late(anchor)

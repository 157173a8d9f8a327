"""Show what became of a sentence between two versions: the filter `changed`, with the words that went and came marked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.versions import Change, Span


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filters `changed` and `groupby_run`, which groups neighbours that are alike."""
    env.filters["changed"] = changed
    env.filters["groupby_run"] = lambda items, name: [
        (key, list(run)) for key, run in groupby(items, key=attrgetter(name))
    ]


def changed(change: Change) -> Markup:
    """Give one sentence as HTML: <del> round what went, <ins> round what came."""
    if change.kind == "removed":
        return Markup("<del>{}</del>").format(change.old)
    if change.kind == "added":
        return Markup("<ins>{}</ins>").format(change.new)
    if change.kind == "kept":
        return escape(change.new)
    old, new = _marked(change.old, change.old_spans, "del"), _marked(change.new, change.new_spans, "ins")
    return Markup('<span class="was">{}</span> <span class="is">{}</span>').format(old, new)


def _marked(text: str, spans: Iterable[Span], element: str) -> Markup:
    pieces: list[Markup] = []
    at = 0
    for start, end in spans:
        pieces += [escape(text[at:start]), Markup("<{0}>{1}</{0}>").format(Markup(element), text[start:end])]  # noqa: S704
        at = end
    return Markup("").join([*pieces, escape(text[at:])])

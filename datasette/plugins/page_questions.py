"""The questions: a list of them, a page for each with its form, its answer and its SQL, and the answer as a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import BadRequest
from markupsafe import Markup, escape

from crawler.items import BadUseError
from pipelines.bounded import within_limit
from pipelines.exports import FORMATS, Asked, Selection, formats_of, select
from pipelines.exports.answers import answer_question
from pipelines.languages import language
from pipelines.questions import Question, load_questions

SHOWN = 200  # rows of an answer on the page; the files have them all
_SUFFIXES = "|".join(form.suffix.replace(".", r"\.") for form in FORMATS.values())
_CODES = ("level", "status", "grain", "rule", "field", "published_source")
# Columns that a filter of the site words.
_WORDED = {"needs_review": "reason", "anchor": "anchor", "claimed_day": "day"}
_NAMES = {
    "article": "select id, label, '' from articles where id in (select value from json_each(:ids))",
    "meeting": "select id, level, city from meetings where id in (select value from json_each(:ids))",
    "outlet": "select id, name_ar, name_en from outlets where id in (select value from json_each(:ids))",
}
_LINKED = {"article": "article", "meeting": "meeting", "outlet": "outlet", "first_outlet": "outlet"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /questions, /questions/<name> and its files."""
    return [
        (r"^/questions$", questions),
        (rf"^/questions/(?P<name>[a-z0-9_]+)(?P<suffix>{_SUFFIXES})$", question_file),
        (r"^/questions/(?P<name>[a-z0-9_]+)$", question),
    ]


async def questions(request: Request, datasette: Datasette) -> Response:
    """List the questions."""
    context = {"questions": [_words(one) for one in load_questions().values()]}
    return Response.html(await datasette.render_template("questions.html", context, request=request))


async def question(request: Request, datasette: Datasette) -> Response:
    """Answer one question; its parameters are the address's."""
    asked_for = _find(request)
    given = _given(request, asked_for)
    context: dict[str, Any] = {
        **_words(asked_for),
        "sql": asked_for.sql,
        "database": datasette.get_database().name,
        "values": {one.name: given.get(one.name, one.default) for one in asked_for.parameters},
        "address": lambda suffix: _address(f"/questions/{asked_for.name}{suffix}", given),
        "problem": None,
    }
    try:
        context |= await _answered(datasette, asked_for, given)
    except BadUseError as error:
        context["problem"] = str(error)
    status = 400 if context["problem"] else 200
    page = await datasette.render_template("question.html", context, request=request)
    return Response.html(page, status=status)


async def question_file(request: Request, datasette: Datasette) -> Response:
    """Give the answer as a file: every format that suits it, whole."""
    asked_for = _find(request)
    asked = Asked(asked_for.name, parameters=_given(request, asked_for))
    suffix = request.url_vars["suffix"]
    site = datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")
    try:
        file = await within_limit(
            datasette, lambda connection: answer_question(connection, asked, suffix, site)
        )
    except BadUseError as error:
        raise BadRequest(str(error)) from error
    disposition = {"content-disposition": f'attachment; filename="{file.filename}"'}
    return Response(file.body, headers=disposition, content_type=file.media_type)


def _find(request: Request) -> Question:
    found = load_questions().get(request.url_vars["name"])
    if found is None:
        raise NotFound("question")
    return found


def _given(request: Request, asked_for: Question) -> dict[str, str]:
    """Take the question's own parameters from the address; what else stands there is not its business."""
    return {
        one.name: (request.args.get(one.name) or "").replace("\0", "")
        for one in asked_for.parameters
        if one.name in request.args
    }


async def _answered(datasette: Datasette, asked_for: Question, given: Mapping[str, str]) -> dict[str, Any]:
    asked = Asked(asked_for.name, parameters=given)

    def run(connection: sqlite3.Connection) -> tuple[Selection, list[tuple[object, ...]]]:
        selection = select(connection, asked)
        rows = connection.execute(selection.sql, dict(selection.values)).fetchmany(SHOWN + 1)
        return selection, [tuple(row) for row in rows]

    selection, rows = await within_limit(datasette, run)
    names = await _names(datasette, selection.names, rows)
    return {
        "columns": selection.columns,
        "rows": [
            [
                _cell(datasette, column, value, names)
                for column, value in zip(selection.names, row, strict=True)
            ]
            for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
        "files": [(form, FORMATS[form].suffix) for form in formats_of(selection)],
    }


async def _names(
    datasette: Datasette, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> dict[str, dict[str, tuple[str, str]]]:
    """Look up what articles, meetings and outlets of the answer are called; one that isn't there has no page."""
    ids: dict[str, set[str]] = {kind: set() for kind in _NAMES}
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            if column in _LINKED and isinstance(value, str):
                ids[_LINKED[column]].add(value)
    db = datasette.get_database()
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for kind, sql in _NAMES.items():
        answer = await db.execute(sql, {"ids": json.dumps(sorted(ids[kind]))}) if ids[kind] else []
        found[kind] = {row[0]: (row[1], row[2]) for row in answer}
    return found


def _cell(datasette: Datasette, column: str, value: object, names: Mapping[str, Mapping[str, Any]]) -> object:
    """Show one value: what it is called with a link to its page, a code in words, a day in words."""
    if value is None:
        return ""
    filters: Mapping[str, Callable[..., Any]] = datasette.jinja_env.filters
    kind = _LINKED.get(column)
    if kind is not None:
        told = names[kind].get(str(value))
        if told is None:
            return Markup("<bdi>{}</bdi>").format(value)
        here: Callable[[str], str] = datasette.jinja_env.globals["here"]
        name = filters["meeting_title"](None, *told) if kind == "meeting" else _called(told, kind, filters)
        return Markup('<a href="{}">{}</a>').format(here(f"/{kind}/{quote(str(value), safe='')}"), name)
    if column in _CODES:
        return filters["label"](None, value, column)
    if column in _WORDED:
        return filters[_WORDED[column]](None, value)
    said = filters["in_words"](None, value, column, "question")
    if isinstance(said, Markup):
        return said
    return filters["original"](None, said) if isinstance(said, str) else escape(said)


def _called(told: tuple[str, str], kind: str, filters: Mapping[str, Callable[..., Any]]) -> object:
    if kind == "outlet" and language() == "en":
        return told[1] or told[0]
    return filters["original"](None, told[0])


def _words(one: Question) -> dict[str, Any]:
    """Give a question's words in the language of the request."""
    said = language()
    return {
        "name": one.name,
        "title": getattr(one.title, said),
        "description": getattr(one.description, said),
        "change": _with_code(getattr(one.change, said)),
        "parameters": [
            {"name": asked.name, "label": getattr(asked.label, said), "type": asked.type}
            for asked in one.parameters
        ],
    }


def _with_code(text: str) -> Markup:
    """Show what stands between backquotes as code, from left to right."""
    parts = text.split("`")
    return Markup("").join(
        Markup('<code dir="ltr">{}</code>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _address(path: str, given: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(given)}" if given else path

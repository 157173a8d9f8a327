"""Give Datasette the questions of datasette/queries as canned queries, so that each has its JSON and CSV."""

from __future__ import annotations

import re
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from pipelines.languages import language
from pipelines.questions import Question, load_questions


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    """Name the questions for whatever database is served; titles in the language of the request."""
    if database != datasette.get_database().name:
        return {}
    return {
        question.name: {
            "sql": with_defaults(question),
            "title": getattr(question.title, language()),
            "description": getattr(question.description, language()),
            "params": [parameter.name for parameter in question.parameters],
            "hide_sql": False,
        }
        for question in load_questions().values()
    }


def with_defaults(question: Question) -> str:
    """Write a question's defaults into its SQL: an address gives a parameter as text, and nothing as an empty one."""
    sql = str(question.sql)
    for parameter in question.parameters:
        if parameter.type == "integer":
            value = f"cast(coalesce(nullif(:{parameter.name}, ''), {int(parameter.default)}) as integer)"
        elif parameter.default:
            literal = parameter.default.replace("'", "''")
            value = f"coalesce(nullif(:{parameter.name}, ''), '{literal}')"
        else:
            continue
        # as a part between parameters, so that a default that looks like one is left alone
        sql = value.join(re.split(rf":{parameter.name}\b", sql))
    return sql

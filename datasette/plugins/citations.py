"""Cite an article in the forms that other systems read: APA, BibTeX and the template of Wikipedia (`cite`).

The Arabic and English sentences are words of the page and stand in its template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from datasette import hookimpl
from jinja2 import Environment

_TEX = re.compile(r"[\\{}%#$&_^~]")
_WIKI = {"|": "{{!}}", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;"}
_WIKI_SIGN = re.compile("[|\\[\\]{}]")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter `cite`."""
    env.filters["cite"] = lambda article, style: CITE[style](article)


def apa(article: Mapping[str, Any]) -> str:
    """Cite in the style of the American Psychological Association, 7th edition: an article on a news site."""
    day = _date(article["published_day"])
    when = f"({day.year}, {day:%B} {day.day})." if day else "(n.d.)."
    title, outlet = article["label"].rstrip("."), article["name_en"]
    named = f"{article['author']}. {when} {title}" if article["author"] else f"{title}. {when[:-1]}"
    return f"{named}. {outlet}. {article['url']}"


def bibtex(article: Mapping[str, Any]) -> str:
    """Cite as an entry for BibTeX (biblatex's @online)."""
    fields = {
        "title": _tex(article["label"]),
        "author": f"{{{_tex(article['author'])}}}" if article["author"] else None,
        "organization": _tex(article["name_en"]),
        "date": article["published_day"],
        "url": article["url"],
        "urldate": (article["fetched"] or "")[:10] or None,
        "langid": "arabic",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@online{{{article['id']},\n{lines}\n}}"


def wiki(article: Mapping[str, Any]) -> str:
    """Cite with the template {{cite web}}, which the Arabic and the English Wikipedia both know."""
    fields = {
        "url": article["url"],
        "title": article["label"],
        "author": article["author"],
        "website": article["name_ar"],
        "date": article["published_day"],
        "access-date": (article["fetched"] or "")[:10],
        "language": "ar",
    }
    said = (
        f" |{name}={_WIKI_SIGN.sub(lambda sign: _WIKI[sign[0]], value)}"
        for name, value in fields.items()
        if value
    )
    return "{{cite web" + "".join(said) + "}}"


CITE: dict[str, Callable[[Mapping[str, Any]], str]] = {"apa": apa, "bibtex": bibtex, "wiki": wiki}


def _tex(text: str) -> str:
    return _TEX.sub(lambda sign: "\\textbackslash{}" if sign[0] == "\\" else "\\" + sign[0], text)


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None

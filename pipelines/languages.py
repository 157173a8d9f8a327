"""The language an answer of the site is given in: Arabic, or English under /en/.

Datasette keeps one Jinja environment for all requests, and a filter may be called where no template context reaches
(in a macro, in a table's cell). The language of the request at hand is therefore a context variable, set once by
datasette/plugins/language.py and read wherever words are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

from jinja2 import pass_context

Language = Literal["ar", "en"]
ARABIC: Language = "ar"
ENGLISH: Language = "en"
LANGUAGES: tuple[Language, ...] = (ARABIC, ENGLISH)
DIRECTIONS: Mapping[str, str] = {ARABIC: "rtl", ENGLISH: "ltr"}

_language: ContextVar[Language] = ContextVar("language", default=ARABIC)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def language() -> Language:
    """Name the language of the answer being written."""
    return _language.get()


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Answer in `chosen` for as long as the block runs."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def late(function: Callable[_P, _R]) -> Callable[..., _R]:
    """Make a filter whose result depends on the language.

    Jinja works out a filter with constant arguments once, when it compiles the template, unless the filter takes the
    context: `{{ "held"|label("status") }}` would keep the language of the first request. Python calls `function` itself.
    """

    @pass_context
    @wraps(function)
    def filtered(_context: object, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        return function(*args, **kwargs)

    return filtered


class Spoken(Mapping[str, Any]):
    """A mapping that has its values in each language, and gives those of the request at hand."""

    def __init__(self, by_language: Mapping[Language, Mapping[str, Any]]) -> None:
        self._by_language = by_language

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # labels are text, lists or mappings
        return self._by_language[language()][key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language[language()])

    def __len__(self) -> int:
        return len(self._by_language[language()])

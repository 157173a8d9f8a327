"""Serve every page's English twin under /en/, with the same handlers, and give templates what a bilingual page needs.

In templates: `_("…")` and `{% trans %}` (the Arabic is the message; English stands in locale/en), `lang`, `dir`,
`here("/meetings")` for a link that keeps the language, `twin` for the same page in the other one, and the filters
`original` (a text of the archive, in its own language and direction) and `in_language` (cells that Datasette wrote).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from babel.messages.pofile import read_po
from datasette import Request, hookimpl
from datasette.app import Datasette
from datasette.utils import PrefixedUrlString
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import ARABIC, DIRECTIONS, ENGLISH, language, late, speaking

_CATALOGUE = Path(__file__).parent.parent / "locale" / "en" / "LC_MESSAGES" / "site.po"
_PREFIX = "/en"
_HREF = re.compile(r'(?<=href=")/(?!/)[^"]*')
_ARABIC = re.compile("[\u0620-\u064a]")
_LATIN = re.compile("[A-Za-z]")
_Scope = dict[str, Any]
_Message = dict[str, Any]
_Send = Callable[[_Message], Awaitable[None]]
_Receive = Callable[[], Awaitable[_Message]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


@hookimpl(trylast=True)
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Install the catalogue, the link helper and the filters."""
    messages = read_catalogue()
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda arabic: messages.get(arabic, arabic) if language() == ENGLISH else arabic,
        lambda one, many, n: one if n == 1 else many,
        newstyle=True,
    )

    def here(url: str) -> str:
        return _prefixed(url, str(datasette.setting("base_url"))) if language() == ENGLISH else _based(url)

    def _based(url: str) -> str:
        return str(datasette.urls.path(url)) if url.startswith("/") else url

    def in_language(cell: object) -> Markup:
        html = str(escape(cell))  # what is HTML already stays
        return Markup(_HREF.sub(lambda found: here(PrefixedUrlString(found[0])), html))  # noqa: S704  # escaped above

    env.globals["here"] = here
    env.filters["original"] = late(original)
    env.filters["in_language"] = late(in_language)


@hookimpl
def extra_template_vars(request: Request | None, datasette: Datasette) -> dict[str, Any]:
    """Add `lang`, `dir`, and the addresses of this page in both languages (`twin`, `canonical`, `alternates`) and of its `card`."""
    said = {"lang": language(), "dir": DIRECTIONS[language()]}
    if request is None:
        return said
    base = str(datasette.setting("base_url"))
    query = f"?{request.query_string}" if request.query_string else ""
    # One slash at the start, or «//host» would be an address elsewhere.
    path = base + request.path.split("?")[0].removeprefix(base).lstrip("/") + query
    addresses = {ARABIC: path, ENGLISH: _prefixed(path, base)}
    full = {code: datasette.absolute_url(request, address) for code, address in addresses.items()}
    card = datasette.absolute_url(request, datasette.urls.path("/static/card.png"))
    other = ENGLISH if language() == ARABIC else ARABIC
    return {**said, "twin": addresses[other], "canonical": full[language()], "alternates": full, "card": card}


@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[_App], _App]:
    """Take /en off the path, and put the language into the scope (`language`) and into `pipelines.languages`."""

    def wrap(app: _App) -> _App:
        async def bilingual(scope: _Scope, receive: _Receive, send: _Send) -> None:
            base = str(datasette.setting("base_url"))
            stripped = without_prefix(str(scope.get("path") or ""), base) if scope["type"] == "http" else None
            if stripped is None:
                await app({**scope, "language": ARABIC}, receive, send)
                return
            raw = scope.get("raw_path")
            changed = {"path": stripped, "language": ENGLISH}
            if raw:
                changed["raw_path"] = (without_prefix(raw.decode("latin-1"), base) or "/").encode("latin-1")

            async def send_on(message: _Message) -> None:
                await send(_kept_redirect(message, base))

            with speaking(ENGLISH):
                await app({**scope, **changed}, receive, send_on)

        return bilingual

    return wrap


def read_catalogue(path: Path = _CATALOGUE) -> dict[str, str]:
    """Read the English of each Arabic message; one that has none yet is left out."""
    with path.open("rb") as handle:
        return {str(m.id): str(m.string) for m in read_po(handle) if m.id and m.string}


def without_prefix(path: str, base: str) -> str | None:
    """Give `path` without /en after `base`, or None if it is no English address.

    >>> without_prefix("/en/meetings", "/"), without_prefix("/en", "/"), without_prefix("/enough", "/")
    ('/meetings', '/', None)
    """
    prefix = base.rstrip("/") + _PREFIX
    rest = path[len(prefix) :]
    if not path.startswith(prefix) or (rest and not rest.startswith("/")):
        return None
    return base + rest.lstrip("/")


def original(text: object) -> Markup:
    """Show a text of the archive so that its language and direction are said where they aren't the page's."""
    if isinstance(text, Markup):
        return text  # the site's own words
    words = "" if text is None else str(text)
    if language() == ENGLISH and _ARABIC.search(words):
        return Markup('<span lang="ar" dir="rtl">{}</span>').format(words)
    if language() == ARABIC and _LATIN.search(words) and not _ARABIC.search(words):
        return Markup('<bdi dir="ltr">{}</bdi>').format(words)
    return escape(words)


def _prefixed(url: str, base: str) -> str:
    """Put /en into an address of this site, whole or from its root; one that has it already stays."""
    parts = urlsplit(url)
    path = parts.path
    if not path.startswith("/") or without_prefix(path, base) is not None:
        return str(url)
    inner = path[len(base) :] if path.startswith(base) else path.lstrip("/")
    return urlunsplit(parts._replace(path=f"{base.rstrip('/')}{_PREFIX}/{inner}"))


def _kept_redirect(message: _Message, base: str) -> _Message:
    if message["type"] != "http.response.start" or not 300 <= message["status"] < 400:
        return message
    headers = [
        (
            name,
            _prefixed(value.decode("latin-1"), base).encode("latin-1")
            if name.lower() == b"location" and value.startswith(b"/")
            else value,
        )
        for name, value in message.get("headers", [])
    ]
    return {**message, "headers": headers}

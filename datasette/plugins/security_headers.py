"""Put strict security headers on every answer: no script, no third party, no framing; readers may be at risk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

_HEADERS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
            b"base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_NAMES = frozenset(name for name, _ in _HEADERS)  # Datasette sets one of them itself
_Message = dict[str, Any]
_Send = Callable[[_Message], Awaitable[None]]
_Receive = Callable[[], Awaitable[_Message]]
_App = Callable[[dict[str, Any], _Receive, _Send], Awaitable[None]]


@hookimpl
def asgi_wrapper() -> Callable[[_App], _App]:
    """Wrap the application."""

    def wrap(app: _App) -> _App:
        async def with_headers(scope: dict[str, Any], receive: _Receive, send: _Send) -> None:
            async def send_with_headers(message: _Message) -> None:
                if message["type"] == "http.response.start":
                    others = [pair for pair in message.get("headers", []) if pair[0].lower() not in _NAMES]
                    message = {**message, "headers": [*others, *_HEADERS]}
                await send(message)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap

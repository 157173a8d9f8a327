"""A real HTTP server on loopback that plays any host, as an HTTP proxy does, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import hashlib
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from types import TracebackType
from typing import ClassVar


@dataclass(frozen=True)
class Answer:
    """What the server says at one address."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: bool = True  # send an ETag, and answer 304 to who shows it
    seconds: float = 0  # to wait before answering
    hang_up: bool = False  # promise a body and close in the middle
    raw: Callable[[BufferedIOBase], None] | None = (
        None  # writes the whole answer itself, and the connection is closed
    )


class Loopback:
    """Addresses to answers; a context manager. `seen` lists (address, status) in the order of the requests."""

    def __init__(self, answers: dict[str, Answer] | None = None) -> None:
        self.answers = answers or {}
        self.seen: list[tuple[str, int]] = []
        self.times: list[float] = []  # of the same requests, in seconds
        self.agents: set[str] = set()
        self.release = threading.Event()  # lets slow answers go at once when the test is over
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def asked(self, status: int | None = None) -> list[str]:
        """The addresses asked for, robots.txt apart; only those answered with `status` if given."""
        return [url for url, got in self.seen if not url.endswith("/robots.txt") and status in (None, got)]

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Keep quiet about a crawler that was killed; anything else is a fault of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            raise


class _Handler(BaseHTTPRequestHandler):
    site: ClassVar[Loopback]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        url = self.path if self.path.startswith("http") else f"http://{self.headers['Host']}{self.path}"
        self.site.agents.add(self.headers.get("User-Agent", ""))
        answer = self.site.answers.get(url, Answer(b"no such page", 404))
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        same = answer.validators and answer.status == 200 and self.headers.get("If-None-Match") == etag
        status = 304 if same else answer.status
        self.site.seen.append((url, status))
        self.site.times.append(time.monotonic())
        if answer.seconds:
            self.site.release.wait(answer.seconds)
        with contextlib.suppress(ConnectionError):  # a crawler that was killed does not wait for its answer
            self._send(answer, status, etag)

    def _send(self, answer: Answer, status: int, etag: str) -> None:
        if answer.raw:
            self.close_connection = True
            answer.raw(self.wfile)
            return
        self.send_response(status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.validators and answer.status == 200:
            self.send_header("ETag", etag)
        body = b"" if status == 304 else answer.body
        self.send_header("Content-Length", str(len(body) + (100 if answer.hang_up else 0)))
        self.end_headers()
        self.wfile.write(body)
        if answer.hang_up:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

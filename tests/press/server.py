"""Serve the miniature press on a free loopback port, by Host header or as an HTTP proxy.

With http_proxy=http://127.0.0.1:PORT a crawler sees stable addresses without a port: http://manara.example/…
It shows its first edition or its second; two articles, and what lists them, differ between the two.

    python tests/press/server.py --port 0
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections import deque
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

if __package__ in (None, ""):  # run as a script: the project's root is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.press.loader import ArticleError
from tests.press.newsstand import Edition, Outlet, Resource, open_press


def choose(
    resource: Resource, edition: int, if_none_match: str | None, if_modified_since: str | None
) -> Edition | None:
    """Give what the client should get of this edition, or None when it has that already (RFC 9110, 13.2.2)."""
    current = resource.editions[min(edition, len(resource.editions)) - 1]
    if if_none_match is not None:
        shown = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return None if shown & {current.etag, "*"} else current
    since = _http_date(if_modified_since)
    return None if since is not None and since >= current.modified else current


class PressServer:
    """The press behind a loopback port; a context manager. `seen` holds the requests: (host, path, status).

    `edition` is what it shows now, 1 or 2; setting it is the passing of the day.
    """

    def __init__(self, port: int = 0, edition: int = 2, outlets: dict[str, Outlet] | None = None) -> None:
        self.edition = edition
        self.outlets = open_press() if outlets is None else outlets
        self.seen: deque[tuple[str, str, int]] = deque(maxlen=10_000)
        self._server = _Server(("127.0.0.1", port), type("PressHandler", (_Handler,), {"press": self}))
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Give the server's own address: what http_proxy is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted."""
        self._server.serve_forever()

    def __enter__(self) -> PressServer:
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="miniature-press", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._thread:
            self._thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Keep quiet about a crawler that was killed."""
        if not isinstance(sys.exception(), ConnectionError):
            raise  # socketserver calls this while it handles the exception


class _Handler(BaseHTTPRequestHandler):
    press: PressServer
    disable_nagle_algorithm = True  # or each small answer waits some 40 ms
    protocol_version = "HTTP/1.1"
    server_version = "MiniaturePress/1"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        target = urlsplit(self.path)
        host = (target.hostname or self.headers.get("Host", "").split(":")[0]).lower()
        outlet = self.press.outlets.get(host)
        if outlet is None:
            self._send(
                host,
                HTTPStatus.BAD_GATEWAY,
                b"miniature press: unknown host\n",
                {"Content-Type": "text/plain"},
            )
            return
        resource = outlet.get(target.path or "/", target.query)
        edition = choose(
            resource,
            self.press.edition,
            self.headers.get("If-None-Match"),
            self.headers.get("If-Modified-Since"),
        )
        if resource.status != HTTPStatus.OK:
            self._send(
                host, resource.status, resource.editions[0].body, {"Content-Type": resource.content_type}
            )
            return
        shown = edition or resource.editions[min(self.press.edition, len(resource.editions)) - 1]
        headers = {
            "Content-Type": resource.content_type,
            "ETag": shown.etag,
            "Last-Modified": format_datetime(shown.modified, usegmt=True),
            "Cache-Control": "no-cache",
        }
        if edition is None:
            del headers["Content-Type"]
            self._send(host, HTTPStatus.NOT_MODIFIED, b"", headers)
        else:
            self._send(host, HTTPStatus.OK, edition.body, headers)

    def _send(self, host: str, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.press.seen.append((host, urlsplit(self.path).path or "/", int(status)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class names it so
        """Say nothing: what was asked stands in `seen`."""


def _http_date(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; print the address first."""
    parser = argparse.ArgumentParser(description="Serve the miniature press of invented outlets on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument("--edition", type=int, choices=(1, 2), default=2)
    asked = parser.parse_args(arguments)
    try:
        server = PressServer(asked.port, asked.edition)
    except (ArticleError, OSError, OverflowError) as error:
        sys.stderr.write(f"miniature press: {error}\n")
        return 1
    sys.stdout.write(server.address + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How the archive and its public copy are served: the one way for `make run`, `make serve`, tests and screenshots."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from crawler.items import BadUseError

HOST = "127.0.0.1"
PUBLIC_DATABASE = "public.db"
_MAGIC = b"SQLite format 3\0"
_ROOT = Path(__file__).resolve().parent.parent
_ROOM = _ROOT / "datasette"


def serve(archive: Path, port: int) -> NoReturn:
    """Become a Datasette that serves `archive` on 127.0.0.1:`port`, until it is stopped. Raises BadUseError."""
    archive = archive.resolve()
    _check(archive, port)
    print(f"browse the archive at http://{HOST}:{port}/ (stop with Ctrl-C)", flush=True)  # noqa: T201
    os.chdir(_ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *serve_arguments(archive, port)])  # noqa: S606


def serve_public(copy: Path, port: int, host: str = HOST) -> NoReturn:
    """Become a Datasette that serves the published `copy` on `host`:`port`, until it is stopped. Raises BadUseError.

    `copy` is followed to the folder it stands for now, so that a later publishing changes nothing under a running
    site: start it again to serve the new one.
    """
    database = copy.resolve() / PUBLIC_DATABASE
    if not database.is_file() or not _is_database(database):
        raise BadUseError(f"{copy} is no published copy; `scrapy publish {copy}` makes one")
    check_port(port, host)
    print(f"the public copy is at http://{host}:{port}/ (stop with Ctrl-C)", flush=True)  # noqa: T201
    os.chdir(_ROOT)
    arguments = serve_arguments(database, port, host, public=True)
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *arguments])  # noqa: S606


def check_port(port: int, host: str = HOST) -> None:
    """Make sure that Datasette can listen on `host`:`port`. Raises BadUseError."""
    if not 1 <= port <= 65535:
        raise BadUseError(f"{port} is no port; choose one between 1024 and 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadUseError(f"port {port} can't be used ({error.strerror}); choose another one") from error


def serve_arguments(archive: Path, port: int, host: str = HOST, *, public: bool = False) -> list[str]:
    """Give the arguments of `python -m datasette` that serve `archive` with the project's pages.

    `public` is for a published copy, which never changes: no SQL of readers, and the file itself may be taken away.
    The archive is opened for reading while it may be written to, so it is never named immutable. One that does not
    exist yet is made empty, and its pages say what to run. `port` 0 takes a free one. The archive's folder must be
    writable: a database in WAL mode needs that even for readers.
    """
    name = "settings.public.json" if public else "settings.json"
    settings = json.loads((_ROOM / name).read_text(encoding="utf-8"))
    return [
        "serve", *(("--immutable", str(archive)) if public else (str(archive), "--create")),
        "--host", host, "--port", str(port),
        "--metadata", str(_ROOM / "metadata.yml"),
        "--template-dir", str(_ROOM / "templates"),
        "--plugins-dir", str(_ROOM / "plugins"),
        "--static", f"static:{_ROOM / 'static'}",
        *(part for name, value in settings.items() for part in ("--setting", name, json.dumps(value))),
    ]  # fmt: skip


def _check(archive: Path, port: int) -> None:
    if not archive.parent.is_dir():
        raise BadUseError(f"{archive}: the folder {archive.parent} does not exist")
    if archive.is_dir():
        raise BadUseError(f"{archive} is a folder, not an archive")
    if archive.exists() and not _is_database(archive):
        raise BadUseError(
            f"{archive} is no SQLite database; name the archive that `make run` or `make crawl` made"
        )
    check_port(port)


def _is_database(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(len(_MAGIC)) in (b"", _MAGIC)

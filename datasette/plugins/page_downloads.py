"""The downloads: every table in every format. A published copy has them ready, with their sizes and hashes; an archive
that is being written makes them when somebody asks."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import BadRequest, asgi_send_file

from crawler.items import BadUseError, TahalufError
from pipelines.dictionary import load_dictionary
from pipelines.exports import FORMATS, Asked, export, formats_of, select, sources
from pipelines.exports.answers import by_suffix
from pipelines.languages import language
from pipelines.manifest import MANIFEST, read_manifest

FOLDER = "downloads"
_SUFFIXES = "|".join(form.suffix.replace(".", r"\.") for form in FORMATS.values())
# One at a time: a table of a million rows keeps a core busy for a minute.
_one_at_a_time = asyncio.Semaphore(1)
_Send = Callable[[dict[str, Any]], Awaitable[None]]


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /downloads and its files."""
    return [
        (r"^/downloads$", downloads),
        (rf"^/downloads/(?P<name>\w+)(?P<suffix>{_SUFFIXES})$", download),
    ]


async def downloads(request: Request, datasette: Datasette) -> Response:
    """List what can be taken away."""
    db = datasette.get_database()
    copy = _copy(db)
    files = _by_path(copy)
    tables = await db.execute_fn(_tables)
    counts: Mapping[str, Any] = copy["rows"] if copy else await db.table_counts(50)
    context = {
        "tables": [
            {
                "name": name,
                "title": _title(name),
                "about": load_dictionary().table_about(name)[0 if language() == "ar" else 1],
                "rows": counts.get(name),
                "files": [
                    {
                        "form": form,
                        "address": f"/{FOLDER}/{name}{FORMATS[form].suffix}",
                        "told": files.get(f"{FOLDER}/{name}{FORMATS[form].suffix}"),
                    }
                    for form in suits
                    if not copy or f"{FOLDER}/{name}{FORMATS[form].suffix}" in files
                ],
            }
            for name, suits in tables
        ],
        "copy": copy,
        "whole": [
            (path, told) for path, told in files.items() if path.endswith((".db", "public.sql", ".cff"))
        ],
        "database": db.name,
    }
    return Response.html(await datasette.render_template("downloads.html", context, request=request))


async def download(request: Request, datasette: Datasette, send: _Send) -> Response | None:
    """Send one file: the ready one of a published copy, or one that is made now."""
    name, suffix = request.url_vars["name"], request.url_vars["suffix"]
    db = datasette.get_database()
    form = by_suffix(suffix)
    disposition = {"content-disposition": f'attachment; filename="{name}{suffix}"'}
    copy = _copy(db)
    if copy is not None:
        path = f"{FOLDER}/{name}{suffix}"
        if path not in _by_path(copy):
            raise NotFound("download")
        assert db.path is not None
        await asgi_send_file(
            send, Path(db.path).parent / path, content_type=form.media_type, headers=disposition
        )
        return None
    if db.path is None or name not in dict(await db.execute_fn(_tables)):
        raise NotFound("download")
    site = datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{name}{suffix}"
        async with _one_at_a_time:
            try:
                await asyncio.to_thread(_make, Path(db.path), name, form.name, made, site)
            except BadUseError as error:
                raise BadRequest(str(error)) from error
        await asgi_send_file(send, made, content_type=form.media_type, headers=disposition)
    return None


def _make(archive: Path, name: str, form: str, made: Path, site: str) -> None:
    with closing(sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        export(connection, Asked(name), form, made, site=site)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    """Name every table and view with the formats it can be had in."""
    found = [name for name, kind in sources(connection).items() if kind != "question"]
    ordered = load_dictionary().in_order(found)
    return [(name, formats_of(select(connection, Asked(name)))) for name in ordered]


def _copy(db: Database) -> dict[str, Any] | None:
    """Read the manifest that lies beside a published database; None for an archive of one's own."""
    folder = Path(db.path).parent if db.path and not db.is_mutable else None
    if folder is None or not (folder / MANIFEST).is_file():
        return None
    try:
        return dict(read_manifest(folder))
    except TahalufError:
        return None


def _by_path(copy: Mapping[str, Any] | None) -> dict[str, Any]:
    return {one["path"]: one for one in copy["files"]} if copy else {}


def _title(name: str) -> str:
    return load_dictionary().table_title(name) if language() == "ar" else name

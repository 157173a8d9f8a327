"""Publish the archive: a folder with the public database, all downloads and a manifest, put in place in one step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import open_archive
from pipelines.exports import export_all, export_archive, sources
from pipelines.manifest import write_manifest
from pipelines.papers import made_by, write_citation, write_datapackage, write_rights
from pipelines.public import Texts, undecided
from pipelines.public_copy import Copied, copy_public
from pipelines.release import Place, PublishError
from pipelines.site import PUBLIC_DATABASE
from pipelines.take_down import apply_takedowns

DOWNLOADS = "downloads"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to."""

    copied: Copied
    changed: bool  # False: the copy that stands there is the same, byte for byte
    left_out: tuple[str, ...]  # tables and columns nobody has decided about


def publish(
    archive: Path, target: Path, texts: Texts = "excerpts", *, drop_before: bool = False
) -> Published:
    """Publish `archive` as the folder `target`, which readers see change in one step or not at all.

    The copy before stays on the disk for a site that still serves it; `drop_before` removes it at once.

    Raises BadUseError when something else is at `target`, ArchiveError when the archive can't be read, and
    PublishError when there is nothing to publish or the disk refuses; what was published before stays.
    """
    place = Place(target)
    with closing(open_archive(archive, None)) as connection:
        apply_takedowns(connection, archive, datetime.now(UTC))
        if not connection.execute("select exists (select 1 from articles)").fetchone()[0]:
            raise PublishError(f"{archive} holds no articles yet: nothing is published")
        try:
            with place.building() as folder:
                copied = _build(connection, folder, texts)
                changed = place.put(folder, drop_before=drop_before)
        except OSError as error:
            raise PublishError(f"{error.filename or target}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise PublishError(f"{target}: the copy can't be written: {error}") from error
        return Published(copied, changed, tuple(undecided(connection)))


def _build(connection: sqlite3.Connection, folder: Path, texts: Texts) -> Copied:
    database = folder / PUBLIC_DATABASE
    copied = copy_public(connection, database, texts)
    _write_downloads(database, folder / DOWNLOADS, copied)
    write_rights(folder, copied, texts)
    write_citation(folder, copied)
    write_datapackage(folder, database, copied)
    about = {
        "name": "tahaluf",
        "made_by": made_by(),
        "schema": copied.schema,
        "kind": copied.kind,
        "texts": texts,
        "data_until": copied.until,
        "characters": {"public": copied.public_characters, "all": copied.characters},
        "rows": copied.rows,
    }
    write_manifest(folder, about)
    return copied


def _write_downloads(database: Path, folder: Path, copied: Copied) -> None:
    """Write every table and view of the public database in every format, and all of it as SQL."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)) as public:
        names = [name for name, kind in sources(public).items() if name in copied.rows or kind == "view"]
        export_all(public, folder, what=names)
        export_archive(public, folder / "public.sql")

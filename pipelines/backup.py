"""Copy the archive while it is in use: one consistent moment of it, in one file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.items import BadUseError
from pipelines.archive import ArchiveError, open_archive


def backup(archive: Path, target: Path) -> int:
    """Copy `archive` to the new file `target`, check the copy, and give its size in bytes.

    It is what `VACUUM INTO` makes: writers don't wait, and what they have not committed is not in it. The file appears
    under its name when it is complete. The WARC files beside the archive are only ever added to; any tool copies them.
    Raises BadUseError when `target` exists, ArchiveError when the disk refuses.
    """
    if target.exists() or target.is_symlink():
        raise BadUseError(f"{target} exists already and stays as it is; name a new file")
    if not target.parent.is_dir():
        raise BadUseError(f"{target}: the folder {target.parent} does not exist")
    part = target.with_name(f".{target.name}.part")
    with closing(open_archive(archive, None)) as connection:
        try:
            part.unlink(missing_ok=True)
            connection.execute("vacuum into ?", (str(part),))
            _check(part)
            part.rename(target)
        except OSError as error:
            raise ArchiveError(f"{error.filename or target}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise ArchiveError(f"{target}: the copy can't be written: {error}") from error
        finally:
            part.unlink(missing_ok=True)
    return target.stat().st_size


def _check(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        (found,) = connection.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise ArchiveError(f"{copy}: the copy is damaged: {found}")

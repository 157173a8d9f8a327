"""One crawl of an outlet at a time: a lock that the kernel releases, however a run ends."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import IO

from crawler.items import TahalufError


class OutletBusyError(TahalufError):
    """Another run is collecting the outlet."""


class OutletLock:
    """The right to collect one outlet into one archive, from acquire() to release() or the process's end.

    A file of `archive.locks/` beside `archive.db`, locked with flock(2): a run killed with -9 leaves the file and no
    lock. The file says who holds it. It is never deleted: whoever waited on a deleted file would hold nothing.
    """

    def __init__(self, archive: Path, outlet: str) -> None:
        self._path = archive.with_suffix(".locks") / outlet
        self._outlet = outlet
        self._file: IO[str] | None = None

    def acquire(self, now: datetime) -> None:
        """Take the lock, or raise OutletBusyError that says who has it; TahalufError when the disk refuses."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise TahalufError(f"{self._path}: {error.strerror or error}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            file.close()
            raise OutletBusyError(
                f"{self._outlet} is being collected by {holder}; this run leaves it alone"
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()} since {now:%Y-%m-%d %H:%M} UTC\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back; once is enough, more does no harm."""
        if self._file is not None:
            self._file.close()
            self._file = None

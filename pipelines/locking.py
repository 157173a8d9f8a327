"""Work that only one process may do at a time; the kernel releases the lock, however the process ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.items import TahalufError


class BusyError(TahalufError):
    """Another process is doing this; the message says what."""


@contextmanager
def alone(lock: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `lock` for a block; raise BusyError with the words `busy` when another process has it.

    The file is never deleted: whoever waited on a deleted file would hold nothing. Raises OSError.
    """
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{busy}; try again later") from None
        yield

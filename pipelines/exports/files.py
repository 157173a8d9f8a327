"""Write a file so that its final name never holds half of it: a temporary one in the same folder, then a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from crawler.items import TahalufError

# What a new file would get without us: mkstemp makes it private, which a web server can't read.
_MODE = 0o666


class ExportError(TahalufError):
    """An export that can't be written or read; the message is one line and says what is in the way."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a handle whose bytes stand under `path` once the block has ended well, and nowhere if it has not.

    A kill leaves at most a hidden `.name.….part` beside it, and an older file under the name stays as it was.
    Raises ExportError when the folder is missing, can't be written to, or is full.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_MODE & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

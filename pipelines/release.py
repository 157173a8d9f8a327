"""Put a finished folder in the place of an older one, in one step: whoever reads sees the old one whole or the new one.

`site` is a symbolic link to a folder beside it, `.site.3f9a0c5d7e21`, named after its manifest. A new folder is made as
`.site.building`, written to the disk, renamed, and then the link is moved. A kill at any moment leaves the link where
it was; what it left behind is cleared by the next run. The folder before the last is kept: a Datasette that was
started on it goes on reading it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.items import BadUseError, TahalufError
from pipelines.locking import alone
from pipelines.manifest import MANIFEST, ManifestError, verify

_DIGITS = 12  # of the manifest's SHA-256, in a folder's name


class PublishError(TahalufError):
    """A copy that can't be published; the message is one line and says what to do."""


class Place:
    """Where a copy is published: the link that readers use, and the folders beside it."""

    def __init__(self, asked: Path) -> None:
        """Take the path that readers use. Raises BadUseError when something else is there."""
        if asked.name in ("", ".."):
            raise BadUseError(f"{asked}: name a folder to publish into, such as public")
        if not asked.parent.is_dir():
            raise BadUseError(f"{asked}: the folder {asked.parent} does not exist")
        self.link = asked.parent.resolve() / asked.name
        self._of_ours = re.compile(rf"\.{re.escape(asked.name)}\.[0-9a-f]{{{_DIGITS}}}(-\d+)?")
        self._refuse_others()

    @property
    def current(self) -> Path | None:
        """Give the folder that the link leads to, None when nothing was published yet."""
        return self.link.parent / self.link.readlink() if self.link.is_symlink() else None

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Give an empty folder to build in; it is gone afterwards, unless `put` took it. Only one builds at a time."""
        folder = self._sibling("building")
        with alone(self._sibling("lock"), f"{self.link} is being published by another process"):
            self._clear(folder)
            folder.mkdir(mode=0o755)
            try:
                yield folder
            finally:
                self._clear(folder)

    def put(self, built: Path, *, drop_before: bool = False) -> bool:
        """Make `built`, whose manifest is written, what readers see; say whether that changed anything.

        `drop_before` removes the folder before it as well: something in it must be gone.
        """
        digest = hashlib.sha256((built / MANIFEST).read_bytes()).hexdigest()[:_DIGITS]
        before = self.current
        place = self._place(digest)
        if place != before:
            if not place.exists():
                _to_disk(built)
                built.rename(place)
            self._move_link(place)
        if place != before or drop_before:
            self._clear_but({place} if drop_before else {place, before})
        return place != before

    def _clear_but(self, kept: set[Path | None]) -> None:
        for old in self.link.parent.iterdir():
            if self._of_ours.fullmatch(old.name) and old not in kept:
                self._clear(old)

    def _place(self, digest: str) -> Path:
        """Choose the folder for a manifest: one that already holds just this, whole, or a name that is free."""
        place, n = self._sibling(digest), 1
        while place.exists() and not _is_whole(place):
            n += 1
            place = self._sibling(f"{digest}-{n}")
        return place

    def _move_link(self, place: Path) -> None:
        new = self._sibling("link")
        new.unlink(missing_ok=True)
        new.symlink_to(place.name)
        if self.link.is_dir() and not self.link.is_symlink():
            self.link.rmdir()  # it is empty, or the place would have been refused
        new.replace(self.link)
        _sync(self.link.parent)

    def _sibling(self, suffix: str) -> Path:
        return self.link.with_name(f".{self.link.name}.{suffix}")

    def _clear(self, folder: Path) -> None:
        if folder.exists():
            shutil.rmtree(folder)

    def _refuse_others(self) -> None:
        if self.link.is_symlink():
            if not self._of_ours.fullmatch(str(self.link.readlink())):
                raise BadUseError(
                    f"{self.link} is a link to {self.link.readlink()}, not a published copy; name another folder"
                )
        elif self.link.is_dir():
            if any(self.link.iterdir()):
                raise BadUseError(
                    f"{self.link} is a folder with other files in it, and stays as it is; name another folder"
                )
        elif self.link.exists():
            raise BadUseError(f"{self.link} is a file; name a folder")


def _is_whole(copy: Path) -> bool:
    try:
        return not verify(copy)
    except ManifestError:
        return False


def _to_disk(folder: Path) -> None:
    """Make sure that every file and folder of `folder` survives a loss of power, and may be read by the web server."""
    for path in sorted(folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The manifest of a published copy: every file with its size and SHA-256, and the check of a copy against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from crawler.items import TahalufError

MANIFEST = "manifest.json"
_BLOCK = 1 << 20


class ManifestError(TahalufError):
    """A folder without a manifest that can be read; the message says which."""


def write_manifest(folder: Path, about: Mapping[str, object]) -> None:
    """Write the manifest of all files in `folder`; `about` is what else it says, nothing of which may be the present."""
    files = [
        {"path": name, "bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)}
        for name in _files(folder)
    ]
    (folder / MANIFEST).write_text(
        json.dumps({**about, "files": files}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def read_manifest(folder: Path) -> dict[str, object]:
    """Read a copy's manifest. Raises ManifestError."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for one in manifest["files"]:
            _ = str(one["path"]), int(one["bytes"]), str(one["sha256"])
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror or error}: not a published copy") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{path}: not a manifest: {type(error).__name__}: {error}") from error
    return dict(manifest)


def verify(folder: Path) -> list[str]:
    """Compare a copy with its manifest; give a line for each file that is missing, extra or changed, in their order.

    Raises ManifestError when the copy has no manifest that can be read.
    """
    files = read_manifest(folder)["files"]
    declared = {str(one["path"]): one for one in files}  # type: ignore[attr-defined]  # read_manifest has looked
    there = set(_files(folder))
    lines = {name: f"missing: {name}" for name in declared.keys() - there}
    lines |= {name: f"extra: {name}" for name in there - declared.keys()}
    for name in declared.keys() & there:
        size = (folder / name).stat().st_size
        if size != declared[name]["bytes"]:
            lines[name] = f"changed: {name}: {size} bytes instead of {declared[name]['bytes']}"
        elif sha256_of(folder / name) != declared[name]["sha256"]:
            lines[name] = f"changed: {name}: other bytes of the same number"
    return [lines[name] for name in sorted(lines)]


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file in hex, reading it a block at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    """Name every file below `folder` but the manifest, with / between folders, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST and path.is_file():
            yield name

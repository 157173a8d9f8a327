"""Keep what servers send instead of articles, so that a person can see what a run was told.

In WARC files of their own, in a folder beside the archive's: whatever is made again from the archive's WARCs must
never find a block page among its articles.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from crawler.items import Page


class Warc(Protocol):
    """One WARC file, opened at its first record: what the door "warc" leads to."""

    def write(self, page: Page, sha256: str, first_captured: datetime | None = None) -> int:
        """Write a page, or a revisit record when its bytes were captured before."""

    def close(self) -> None:
        """Close the file."""


def evidence_folder(archive: Path) -> Path:
    """Give the folder of an archive's evidence: `archive.db` has `archive.refused/` beside it."""
    return archive.with_suffix(".refused")


class Evidence:
    """What one run of one outlet was given instead of pages.

    `open_warc`: makes a WARC file of a folder and a file name; nothing is written before the first page.
    """

    def __init__(
        self, archive: Path, outlet: str, now: datetime, open_warc: Callable[[Path, str], Warc]
    ) -> None:
        name = f"{outlet}-{now:%Y%m%d%H%M%S}-{os.getpid()}.warc.gz"
        self._warc = open_warc(evidence_folder(archive), name)
        self._kept: dict[tuple[str, str], datetime] = {}

    def keep(self, page: Page) -> None:
        """Keep a page; the same bytes from the same address are written once."""
        sha256 = hashlib.sha256(page.body).hexdigest()
        self._warc.write(page, sha256, self._kept.get((page.url, sha256)))
        self._kept.setdefault((page.url, sha256), page.fetched)

    def close(self) -> None:
        """Close the file."""
        self._warc.close()

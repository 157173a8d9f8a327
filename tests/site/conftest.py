"""The archives that the site's tests look at, served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.site.archive_rows import build
from tests.site.serving import served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A sample archive, served."""
    archive = tmp_path_factory.mktemp("site") / "archive.db"
    build(archive)
    with served(archive) as client:
        yield client


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The same rows in an archive that isn't a sample, under a name of its own."""
    archive = tmp_path_factory.mktemp("real") / "newsroom.db"
    build(archive, kind="real")
    with served(archive) as client:
        yield client


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An archive that doesn't exist yet."""
    with served(tmp_path_factory.mktemp("empty") / "archive.db") as client:
        yield client


@pytest.fixture(scope="session")
def press_site(press_archive: Path) -> Iterator[httpx.Client]:
    """The whole press, collected and served; read it only."""
    with served(press_archive) as client:
        yield client

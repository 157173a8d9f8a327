"""What several tests share: one archive of the whole miniature press, collected once by the real crawler."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# No deadlines: the machine is noisy. In CI the examples are the same each time, so that red means a change is at fault.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def run_demo(archive: Path) -> subprocess.CompletedProcess[str]:
    """Do what `make run SERVE=0` does, into `archive`."""
    command = [sys.executable, "-m", "tests.press.demo", "--archive", str(archive), "--no-serve"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="session")
def press_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an archive of the press, both editions; read it only."""
    archive = tmp_path_factory.mktemp("press") / "archive.db"
    done = run_demo(archive)
    assert done.returncode == 0, done.stdout + done.stderr
    return archive


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real material beside the project, or skip: it belongs to its publishers and is not in git."""
    folder = ROOT.parent / "shared"
    if not (folder / "seed").is_dir():
        pytest.skip(
            "the real material (../shared) is not on this machine; the press article of the same shape is tested"
        )
    return folder


def scrapy(
    *arguments: str | Path, archive: Path | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run one of the project's commands as a person does, with the press's declarations."""
    settings = ["-s", "OUTLETS=tests/press/outlets", *(["-s", f"ARCHIVE={archive}"] if archive else [])]
    command = [sys.executable, "-m", "scrapy", *map(str, arguments), *settings]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture(scope="session")
def public_copy(press_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a published copy of the press, of excerpts; read it only."""
    copy = tmp_path_factory.mktemp("public") / "site"
    done = scrapy("publish", copy, archive=press_archive)
    assert done.returncode == 0, done.stderr
    return copy

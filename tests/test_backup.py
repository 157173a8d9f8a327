"""`scrapy backup`: one moment of an archive that is being written, checked, or nothing under the name."""

from __future__ import annotations

import resource
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from pipelines.archive import open_archive
from tests.conftest import ROOT, scrapy
from tests.content import differences
from tests.test_run import copy_of


def test_backup_of_an_archive_that_is_being_written_is_its_last_committed_state(
    press_archive: Path, tmp_path: Path
) -> None:
    archive = copy_of(press_archive, tmp_path)
    with closing(open_archive(archive, None)) as writer:
        writer.execute("begin immediate")
        writer.execute("delete from dates")
        done = scrapy("backup", tmp_path / "copy.db", archive=archive)
        writer.execute("rollback")
    assert done.returncode == 0, done.stderr
    assert differences(press_archive, tmp_path / "copy.db") == {}
    assert scrapy("summary", archive=tmp_path / "copy.db").returncode == 0, "and it can be worked with"


def test_what_is_there_is_never_overwritten_and_bad_use_is_one_line(
    press_archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "old.db").write_bytes(b"mine")
    for target, complaint in (("old.db", "exists already"), ("nowhere/new.db", "does not exist")):
        done = scrapy("backup", tmp_path / target, archive=press_archive)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert complaint in done.stderr
    missing = scrapy("backup", tmp_path / "new.db", archive=tmp_path / "archive.db")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.db", b"mine")]


def test_disk_that_refuses_leaves_nothing(press_archive: Path, tmp_path: Path) -> None:
    archive = copy_of(press_archive, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "backup", str(tmp_path / "copy.db"), "-s", f"ARCHIVE={archive}"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]

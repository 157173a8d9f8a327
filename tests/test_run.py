"""`make run`, as a newcomer types it: what it collects, that a second run changes nothing, and that a kill loses nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.capture import warc_folder
from tests.conftest import ROOT, run_demo
from tests.content import differences

# Seconds after the start at which a run is killed: random, and the same each time. `make soak` tries twenty.
MOMENTS = [
    round(random.Random(number).uniform(1, 12), 2) for number in range(int(os.environ.get("KILLS", "6")))
]
DEMO = [sys.executable, "-m", "tests.press.demo", "--no-serve", "--archive"]


def copy_of(archive: Path, folder: Path) -> Path:
    connection = sqlite3.connect(archive)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    shutil.copy(archive, folder / "archive.db")
    shutil.copytree(warc_folder(archive), warc_folder(folder / "archive.db"))
    return folder / "archive.db"


def test_second_run_changes_nothing_but_the_crawl_record(press_archive: Path, tmp_path: Path) -> None:
    again = copy_of(press_archive, tmp_path)
    done = run_demo(again)
    assert done.returncode == 0, done.stderr
    assert differences(press_archive, again) == {}
    one, other = (
        sqlite3.connect(path).execute("select count(*) from crawls").fetchone()[0]
        for path in (press_archive, again)
    )
    assert other > one


@pytest.mark.parametrize("seconds", MOMENTS)
def test_run_killed_in_the_middle_and_run_again_ends_as_an_undisturbed_one(
    press_archive: Path, tmp_path: Path, seconds: float
) -> None:
    archive = tmp_path / "archive.db"
    run = subprocess.Popen([*DEMO, str(archive)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           start_new_session=True)  # fmt: skip
    time.sleep(seconds)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    done = run_demo(archive)
    assert done.returncode == 0, f"killed after {seconds} s: {done.stderr}"
    assert differences(press_archive, archive) == {}, f"killed after {seconds} s"


def test_summary_says_what_was_found_and_what_was_left_out(press_archive: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "summary", "-s", f"ARCHIVE={press_archive}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    for word in ("articles", "meetings", "disagreements", "left out", "This is the sample"):
        assert word in done.stdout


def test_busy_port_is_said_before_anything_is_collected(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        archive = tmp_path / "archive.db"
        command = [
            sys.executable,
            "-m",
            "tests.press.demo",
            "--archive",
            str(archive),
            "--port",
            str(port),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (1, 2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(port) in done.stderr
    assert not archive.exists()


def test_sample_is_refused_where_real_articles_are(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "عنوان\n\nيعقد التحالف الدولي ضد داعش اجتماعاً في باريس يوم 2 يونيو 2015."
    )
    archive = tmp_path / "archive.db"
    ingest = [
        sys.executable,
        "-m",
        "scrapy",
        "ingest",
        str(tmp_path / "page.txt"),
        "-s",
        f"ARCHIVE={archive}",
    ]
    subprocess.run(ingest, cwd=ROOT, capture_output=True, timeout=60, check=True)
    before = archive.read_bytes()
    done = run_demo(archive)
    assert done.returncode == 1
    assert "never mixed" in done.stderr
    assert archive.read_bytes() == before


def test_whole_press_read_again_from_its_warcs_is_the_same_archive(
    press_archive: Path, tmp_path: Path
) -> None:
    again = copy_of(press_archive, tmp_path)
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "reread",
        "-s",
        f"ARCHIVE={again}",
        "-s",
        "OUTLETS=tests/press/outlets",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert differences(press_archive, again) == {}

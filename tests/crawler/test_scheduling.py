"""`scrapy schedule`, a real process and real signals: stopping it must lose no page and leave nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.scheduling import Sweeps
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import one_feed

ALWAYS = ("-s", "SWEEP_INTERVAL=0", "-s", "SWEEP_SHORTEST=0", "-s", "SWEEP_LONGEST=0")
FEED = "http://barid.example/rss.xml"


def until_asked(desk: Desk, running: subprocess.Popen[str], url: str, times: int = 1) -> None:
    limit = time.monotonic() + 60
    while desk.site.asked().count(url) < times:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < limit, desk.site.seen
        time.sleep(0.02)


def sweeps_of(archive: Path) -> list[str]:
    """List the processes that still sweep into an archive."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(archive) in line:
            found.append(line)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_what_is_in_flight_and_then_itself(desk: Desk, number: signal.Signals) -> None:
    links = one_feed(desk, "/news/1", "/news/2", "/news/3")
    slow = desk.answers[links[1]]
    desk.answers[links[1]] = Answer(slow.body, headers=slow.headers, seconds=1)
    running = desk.start("schedule", "--every", "300")
    until_asked(desk, running, links[1])
    running.send_signal(number)
    told, complaints = running.communicate(timeout=30)
    assert running.returncode == 0, complaints
    assert told.startswith("barid          interrupted ")
    assert "Traceback" not in complaints
    assert desk.rows("SELECT url FROM pages ORDER BY url") == [(links[0],), (links[1],)]
    assert desk.rows("SELECT url FROM urls WHERE state = 'done' ORDER BY url") == [(links[0],), (links[1],)]
    assert sweeps_of(desk.archive) == []
    assert desk.scrapy("sweep", "--due").stdout == "barid          healthy     0 new, 1 fetched\n"


def test_sweeps_follow_each_other_never_two_at_a_time_and_a_broken_one_does_not_end_it(desk: Desk) -> None:
    one_feed(desk, "/news/1")
    whole = desk.answers[FEED]
    desk.answers[FEED] = Answer(b"not a feed", seconds=3)
    running = desk.start("schedule", "--every", "1", "--jitter", "0", *ALWAYS)
    until_asked(desk, running, FEED)
    desk.answers[FEED] = whole
    until_asked(desk, running, FEED, times=2)
    asked = [moment for (url, _), moment in zip(desk.site.seen, desk.site.times, strict=True) if url == FEED]
    until_asked(desk, running, "http://barid.example/news/1")
    running.terminate()
    told, complaints = running.communicate(timeout=30)
    assert running.returncode == 0
    assert asked[1] - asked[0] > 3  # though one was planned every second
    assert told.splitlines()[0].startswith("barid          broken ")
    assert "schedule: the sweep ended with 1; the next one comes as planned" in complaints.splitlines()


def test_a_bad_call_ends_before_anything_is_swept(desk: Desk) -> None:
    one_feed(desk, "/news/1")
    for arguments in (["--every", "0"], ["--every", "5", "--jitter", "6"], ["barid"]):
        done = desk.scrapy("schedule", *arguments)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    desk.archive.write_bytes(b"somebody's file, not a database")
    done = desk.scrapy("schedule")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert desk.site.seen == []


def test_a_sweep_that_does_not_listen_is_killed() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    sweeps = Sweeps([sys.executable, "-c", deaf], print)
    sweeps.stop()
    sweeps.sweep()  # told to stop before it began
    assert sweeps._child is None
    sweeps = Sweeps(["sleep", "60"], print)
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    child.stdout.readline()
    sweeps._child = child
    sweeps.stop(patience=0.1)
    assert child.returncode == -signal.SIGKILL
    child.stdout.close()

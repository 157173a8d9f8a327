"""Sweep again and again in the foreground, as a container wants it, until somebody says stop.

Each sweep is a process of its own: what it used is given back, and one that breaks takes nothing with it. It is told
to stop as we are, ends what is in flight, and only then do we end.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

PATIENCE = 180.0  # seconds a sweep may take to end after it was told to: longer than any one page may


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to sweep, in seconds."""

    every: int
    jitter: int  # so that servers are not asked on the dot, and several schedules drift apart


class Sweeps:
    """Sweeps, one after the other. `report` is given a line when one did not end well."""

    def __init__(self, command: Sequence[str], report: Callable[[str], None]) -> None:
        self._command = command
        self._report = report
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()  # a sweep must not begin while we are told to stop

    def sweep(self) -> None:
        """Run one sweep to its end."""
        with self._lock:
            if self._stopped:
                return
            # A session of its own: Ctrl-C on a terminal reaches us alone, and the sweep hears of it from us, once.
            self._child = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 - our own command
        code = self._child.wait()
        if code and not self._stopped:
            self._report(f"the sweep ended with {code}; the next one comes as planned")

    def stop(self, patience: float = PATIENCE) -> None:
        """Tell the sweep under way to stop and wait until it has; kill it when it does not, which loses nothing."""
        with self._lock:
            self._stopped = True
            child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def sweep_until_told(command: Sequence[str], rhythm: Rhythm, report: Callable[[str], None]) -> None:
    """Run `command` now and every so often, never twice at a time, until SIGTERM or SIGINT."""
    logging.getLogger("apscheduler").setLevel(
        logging.ERROR
    )  # that a sweep takes longer than the pause is no news
    sweeps = Sweeps(command, report)
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        sweeps.sweep,
        IntervalTrigger(seconds=rhythm.every, jitter=rhythm.jitter, timezone=UTC),
        next_run_time=datetime.now(UTC),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    with _told_to_stop() as wait:
        scheduler.start()
        wait()
        scheduler.shutdown(wait=False)
        sweeps.stop()


@contextmanager
def _told_to_stop() -> Iterator[Callable[[], None]]:
    """Give a function that returns when SIGTERM or SIGINT has come, also before it was called.

    A pipe, because a handler may interrupt the very lock that an Event would take.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)

    def tell(_number: int, _frame: FrameType | None) -> None:
        os.write(writer, b".")

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: _first_byte(reader)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _first_byte(reader: int) -> None:
    os.read(reader, 1)

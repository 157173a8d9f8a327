"""Start a Datasette as `make serve` starts it, on a free loopback port."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from pipelines.site import serve_arguments

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(archive: Path, *, public: bool = False) -> Iterator[httpx.Client]:
    """Serve `archive`, or a published database, and give a client for it; no proxy of the environment stands between."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = archive.with_suffix(".log")
    with log.open("w") as handle:
        command = [sys.executable, "-m", "datasette", *serve_arguments(archive, port, public=public)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=handle, stderr=subprocess.STDOUT)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
            _wait(client, process, log)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"Datasette did not start:\n{log.read_text()}")
        try:
            client.get("/-/versions.json")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Datasette does not answer:\n{log.read_text()}")

"""Crawl tens of thousands of pages from loopback and watch the memory of all processes that takes.

    python -m bench.soak --pages 20000 [--outlets 20]

Invented outlets, one sitemap each; every tenth page concerns the coalition, so that all rooms have work. Memory is the
proportional set size (PSS) of the sweep and all its children: pages that processes share count once. Prints a line a
minute or so, and ends with 1 when a page is missing or the peak exceeds 500 MiB.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 500 * 2**20
RELEVANT = 10  # one page in so many
WORDS = (
    "قال الوزير المدينة القوات الحكومة اليوم أمس الاجتماع البلاد المنطقة العراق سوريا الأمن الاقتصاد المجلس الرئيس"
    " المتحدث البيان الخطة المشروع الشعب الدولة الحدود المساعدات التعليم الصحة الطريق السوق النفط الماء الكهرباء السكان"
).split()
OURS = "تستضيف {} اجتماع وزراء خارجية التحالف الدولي ضد داعش يوم {} مارس 2017، وفق بيان رسمي."
CITIES = ("واشنطن", "باريس", "بروكسل", "الكويت", "روما", "لندن")
DECLARATION = """name: {{ar: صحيفة الاختبار {n}, en: Soak {n}}}
home: http://soak{n}.example/
country: GB
timezone: Europe/London
sources:
  - {{kind: sitemap, url: 'http://soak{n}.example/sitemap.xml', confidence: verified, evidence: made up}}
article: '^/news/'
delay: 0
sample: true
"""


def page(number: int) -> bytes:
    """Make the page of an article: the same number is always the same page."""
    chance = random.Random(number)  # noqa: S311 - the same page each time is what is wanted
    paragraphs = [" ".join(chance.choices(WORDS, k=chance.randint(30, 80))) + "." for _ in range(12)]
    if number % RELEVANT == 0:
        paragraphs.insert(0, OURS.format(chance.choice(CITIES), chance.randint(1, 30)))
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    menu = "".join(f"<li><a href='/section/{one}'>{chance.choice(WORDS)}</a></li>" for one in range(400))
    title = " ".join(chance.choices(WORDS, k=6))
    return (
        f"<html lang='ar'><head><title>{title}</title><script>{'var a=1;' * 2000}</script></head><body><ul>{menu}</ul>"
        f"<article><h1>{title}</h1><time datetime='2017-03-{number % 28 + 1:02}'></time>{body}</article></body></html>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """Plays all outlets, as an HTTP proxy."""

    each: ClassVar[int]  # articles an outlet has
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a sitemap, a page, or 404."""
        address = urlsplit(self.path)
        host = address.hostname or ""
        outlet = int(host.removeprefix("soak").removesuffix(".example") or 0)
        if address.path == "/sitemap.xml":
            addresses = (f"<url><loc>http://{host}/news/{one}</loc></url>" for one in range(self.each))
            self._send(200, "application/xml", f"<urlset>{''.join(addresses)}</urlset>".encode())
        elif address.path.startswith("/news/"):
            number = outlet * self.each + int(address.path.removeprefix("/news/"))
            self._send(200, "text/html; charset=utf-8", page(number))
        else:
            self._send(404, "text/plain", b"no such page")

    def _send(self, status: int, media: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@dataclass(frozen=True)
class Sample:
    """The memory of a process tree at one moment, in bytes."""

    seconds: float
    pages: int
    main: int
    total: int
    processes: int


def tree(root: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children.get(process, [])


def memory(process: int) -> int:
    """Give the proportional set size of a process, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def pages_done(archive: Path) -> int:
    """Count the addresses that were read."""
    try:
        connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True, timeout=5)
        try:
            return int(connection.execute("select count(*) from urls where state = 'done'").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:  # not made yet
        return 0


def watch(sweep: subprocess.Popen[bytes], archive: Path, every: float) -> list[Sample]:
    """Measure until the sweep ends; print a line now and then."""
    samples: list[Sample] = []
    began = time.monotonic()
    told = 0.0
    while sweep.poll() is None:
        sizes = {process: memory(process) for process in tree(sweep.pid)}
        now = time.monotonic() - began
        samples.append(Sample(now, pages_done(archive), sizes[sweep.pid], sum(sizes.values()), len(sizes)))
        if now - told >= every or len(samples) == 1:
            told = now
            show(samples[-1])
        time.sleep(1)
    return samples


def show(sample: Sample) -> None:
    """Print one sample."""
    print(  # noqa: T201
        f"{sample.seconds:6.0f} s  {sample.pages:6} pages  main {sample.main / 2**20:4.0f} MiB"
        f"  all {sample.total / 2**20:4.0f} MiB in {sample.processes} processes",
        flush=True,
    )


def main() -> int:
    """Serve, sweep, measure, judge."""
    parser = argparse.ArgumentParser(description="Watch the memory of a long crawl of loopback.")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--outlets", type=int, default=20)
    parser.add_argument("--every", type=float, default=30, help="seconds between two lines")
    asked = parser.parse_args()
    handler = type("Handler", (Handler,), {"each": asked.pages // asked.outlets})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        outlets = Path(folder) / "outlets"
        outlets.mkdir()
        for number in range(asked.outlets):
            (outlets / f"soak{number}.yml").write_text(DECLARATION.format(n=number), encoding="utf-8")
        settings = {"ARCHIVE": archive, "OUTLETS": outlets, "PAGES_PER_RUN": 0, "AUTOTHROTTLE_ENABLED": 0}
        given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        sweep = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "scrapy", "sweep", *given],
            cwd=ROOT,
            env={**kept, "http_proxy": f"http://127.0.0.1:{server.server_address[1]}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        samples = watch(sweep, archive, asked.every)
        return verdict(samples, pages_done(archive), handler.each * asked.outlets)


def verdict(samples: list[Sample], done: int, wanted: int) -> int:
    """Say how memory went, and give the exit code."""
    peak = max(samples, key=lambda sample: sample.total)
    working = [sample for sample in samples if 0 < sample.pages < wanted]
    third = max(1, len(working) // 3)
    early, late = (
        statistics.median(sample.total for sample in part) / 2**20
        for part in (working[third : 2 * third] or working, working[-third:])
    )
    show(peak)
    print(  # noqa: T201
        f"{done} of {wanted} pages in {samples[-1].seconds:.0f} s; peak {peak.total / 2**20:.0f} MiB;"
        f" median of the middle third {early:.0f} MiB, of the last {late:.0f} MiB"
    )
    return 0 if done == wanted and peak.total < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

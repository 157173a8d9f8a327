"""Measure the site on a large archive: how long search and table pages take, beside stock Datasette on the same file.

    python -m bench.site [--articles 100000] [--archive FILE] [--rounds 3]

Articles are made from the sentences of the miniature press, words exchanged (bench/stories.py), over ten years and twenty
outlets; a third names one of the known meetings. With --archive the file is kept, and used again when it is there. One
client asks one page after the other; p95 is over all requests of a group; processor time is the server's,
a mean, and hardly changes when other programs want the machine. Aims: search under 300 ms, tables under 250 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx

from bench.stories import OUTLETS, Newsroom
from pipelines.archive import open_archive, transaction
from pipelines.coverage import read_collected
from pipelines.coverage_months import write_coverage_months
from pipelines.search import rebuild
from pipelines.site import serve_arguments

MEETINGS = ("Washington", "Kuwait City", "Rome", "Brussels", "Marrakesh")
LEVELS = ("ministerial_foreign_full", "ministerial_defence", "political_directors", "working_group")
OURS: Mapping[str, Sequence[str]] = {
    "search": (
        "/search?q=التحالف", "/search?q=داعش", "/search?q=وزراء الخارجية واشنطن", "/search?q=«المجموعة المصغرة»",
        "/search?q=زرافة", "/search?q=ماكغورك", "/search?q=مارس 2017", "/search?q=الموصل&sort=date",
        "/search?q=التحالف&outlet=o3", "/search?q=التحالف&year=2017", "/search?q=داعش&place=Rome",
        "/search?q=اجتماع&level=political_directors&sort=oldest", "/search?q=للتحالف&mode=exact",
        "/search?q=واشنطن&mode=title", "/search?q=التحالف&page=50", "/search.json?q=العراق",
    ),
    "tables": (
        "/{db}/articles", "/{db}/articles?_sort_desc=published_day", "/{db}/articles?outlet=o3",
        "/{db}/articles?published_day__gte=2017-03-01&published_day__lt=2017-04-01", "/{db}/articles?_search=التحالف",
        "/{db}/articles.json?_size=50", "/{db}/mentions", "/{db}/mentions?meeting=m1", "/{db}/outlets",
        "/{db}/articles?_next=2000",
    ),
    "other pages": (
        "/", "/meetings", "/meetings?view=timeline", "/meeting/m1", "/article/o3-00000003", "/on/2017-03-22", "/month/2017-03",
        "/year/2017", "/coverage", "/coverage/meetings", "/compare?meeting=m1", "/outlets", "/outlet/o3", "/review?kind=dates",
        "/changes", "/status",
    ),
}  # fmt: skip
# The folded stems stand in the index: stock Datasette must be asked for them to find anything.
STOCK: Mapping[str, Sequence[str]] = {
    "search": tuple(
        f"/{{db}}/articles?_search={q}" for q in ("تحالف", "داعش", "وزراء خارجي واشنطن", "زراف", "موصل")
    ),
    "tables": tuple(path.replace("التحالف", "تحالف") for path in OURS["tables"]),
}


def make(path: Path, count: int) -> None:
    """Make the archive."""
    draw = random.Random(2)  # noqa: S311
    connection = open_archive(path, "sample")
    with transaction(connection):
        for n in range(OUTLETS):
            connection.execute("insert into outlets (id, name_ar, name_en) values (?, ?, ?)", [f"o{n}"] * 3)
        for n, city in enumerate(MEETINGS * 10):
            connection.execute(
                "insert into meetings (id, title, first, last, city, level, status, claims, articles, outlets)"
                " values (?, ?, ?, ?, ?, ?, 'held', 1, 1, 1)",
                (f"m{n}", f"m{n}", f"20{14 + n % 10}-03-{1 + n % 28:02}", f"20{14 + n % 10}-03-{1 + n % 28:02}", city, LEVELS[n % 4]),
            )  # fmt: skip
        for n, _, when, text in Newsroom(1).articles(count, 0.3):
            article, title, day = f"o{n % OUTLETS}-{n:08x}", text.split("\n")[0][:90], when.date().isoformat()
            connection.execute(
                "insert into articles (id, outlet, url, title, label, text, extracted, published, published_day, year, month,"
                " language, relevance, relevance_score, characters) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ar', 'main', 1, ?)",
                (article, f"o{n % OUTLETS}", f"http://o.example/{n}", title, title, text, text, when.isoformat(), day, when.year,
                 day[:7], len(text)),
            )  # fmt: skip
            if draw.random() < 1 / 3:
                m = draw.randrange(50)
                connection.execute(
                    "insert into mentions (id, article, meeting, start_char, end_char, text, sentence, city, level, status, link,"
                    " link_reason, confidence, also_at) values (?, ?, ?, 0, 9, ?, ?, ?, ?, 'held', 'none', '', 1, '[]')",
                    (f"{article}-1", article, f"m{m}", title[:9], title, (MEETINGS * 10)[m], LEVELS[m % 4]),
                )  # fmt: skip
        connection.executemany(
            "insert into dates (id, article, start_char, end_char, text, value, first, last, grain, rule, needs_review)"
            " select ?1 || id, id, 0, 9, substr(text, 1, 9), date(published_day, ?2), date(published_day, ?2),"
            " date(published_day, ?2), 'day', 'day_month_nearest', iif(rowid % 40, null, 'two years are about equally near')"
            " from articles",
            [("d0-", "-9 days"), ("d1-", "-1 day"), ("d2-", "+0 days"), ("d3-", "+6 days")],
        )
        connection.execute(
            "insert into versions (article, n, seen, title, text, sha256)"
            " select id, 1, '2026-11-20T00:00:00.' || printf('%06d', rowid), title, text, 'x' from articles"
        )
        write_coverage_months(connection, read_collected(connection))
        rebuild(connection)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


@contextmanager
def served(arguments: Sequence[str], port: int) -> Iterator[tuple[httpx.Client, int]]:
    """Run Datasette and give a client for it, and its process."""
    command = [sys.executable, "-m", "datasette", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=120) as client:
            for _ in range(200):
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    if process.poll() is not None:
                        raise RuntimeError(f"{' '.join(command)} does not start") from None
                    time.sleep(0.1)
            yield client, process.pid
    finally:
        process.terminate()
        process.wait()


def cpu(pid: int) -> float:
    """Give the milliseconds of processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(
    client: httpx.Client, pid: int, name: str, pages: Mapping[str, Sequence[str]], db: str, rounds: int
) -> None:
    """Ask for every page `rounds` times after one that warms up, and print the figures of each group."""
    for group, paths in pages.items():
        times: list[float] = []
        slowest = (0.0, "")
        busy = 0.0
        for path in (one.format(db=db) for one in paths):
            client.get(path)
            spent = []
            before = cpu(pid)
            for _ in range(rounds):
                start = time.perf_counter()
                answer = client.get(path)
                spent.append((time.perf_counter() - start) * 1000)
                if answer.status_code != 200:
                    print(f"  {name}: {path} answers {answer.status_code}")  # noqa: T201
            times += spent
            busy += cpu(pid) - before
            slowest = max(slowest, (median(spent), path))
        p95 = quantiles(times, n=20)[-1]
        figures = f"median {median(times):6.0f} ms   p95 {p95:6.0f} ms   processor {busy / len(times):5.0f} ms   slowest {slowest[0]:.0f} ms {slowest[1]}"
        print(f"  {name:<16} {group:<12} {figures}", flush=True)  # noqa: T201


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Make the archive if it isn't there, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure search and table pages.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--archive", type=Path, help="where to keep the archive (default: nowhere)")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = options.archive or Path(folder) / "archive.db"
        if not archive.exists():
            start = time.perf_counter()
            make(archive, options.articles)
            print(f"made in {time.perf_counter() - start:.0f} s")  # noqa: T201
        with sqlite3.connect(archive) as connection:
            (count,) = connection.execute("select count(*) from articles").fetchone()
        print(f"site, {count:,} articles, {archive.stat().st_size / 2**20:.0f} MiB")  # noqa: T201
        for name, pages in (("ours", OURS), ("stock Datasette", STOCK)):
            port = free_port()
            ours = serve_arguments(archive, port)
            arguments = ours if name == "ours" else ["serve", str(archive), "--port", str(port)]
            with served(arguments, port) as (client, pid):
                measure(client, pid, name, pages, archive.stem, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())

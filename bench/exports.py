"""Measure exports of a million rows, and the questions on a hundred thousand articles.

    python -m bench.exports [--rows 1000000] [--articles 100000]

A made archive: one table of short rows with dates, links and formulas, and articles of 3,000 characters with claims, dates
and evidence. Each format is written by a process of its own, so that its peak memory is its own; questions are run as
the site runs them, with the page's 200 rows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from pipelines.archive import open_archive, transaction
from pipelines.exports import TABULAR, Asked, export, select
from pipelines.linking import relink
from pipelines.questions import load_questions

OUTLETS = 40
SHOWN = 200  # rows of a page, as datasette/plugins/page_questions.py has it
FIRST_DAY = date(2014, 9, 1)
TEXT = "قال المتحدث إن دول التحالف الدولي ضد داعش ستجتمع في واشنطن يوم 22 مارس المقبل بحضور 68 وزيرًا. " * 30
SENTENCE = TEXT[:95]


def fill(connection: sqlite3.Connection, rows: int, articles: int) -> None:
    """Put what is measured into the archive; the same each time."""
    chance = random.Random(1)  # noqa: S311
    with transaction(connection):
        connection.executemany(
            "insert into outlets (id, name_ar, name_en) values (?, 'صحيفة', ?)",
            [(f"o{n}", f"o{n}") for n in range(OUTLETS)],
        )
        connection.executemany(
            "insert into urls (url, outlet, found_by, state, verdict, title, length, first_seen) values (?,?,?,?,?,?,?,?)",
            (
                (f"https://o{n % OUTLETS}.example/{n}", f"o{n % OUTLETS}", "feed", "done", "article",
                 f"={n}" if n % 100 == 0 else "وزراء التحالف الدولي يجتمعون في واشنطن", n,
                 f"2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}+00:00")
                for n in range(rows)
            ),
        )  # fmt: skip
        for n in range(articles):
            _article(connection, n, chance)


def _article(connection: sqlite3.Connection, n: int, chance: random.Random) -> None:
    outlet, day = f"o{n % OUTLETS}", FIRST_DAY + timedelta(days=chance.randrange(3600))
    key = f"{outlet}-{n:08x}"
    connection.execute(
        "insert into articles (id, outlet, url, title, label, text, extracted, published, published_day, year, month,"
        " published_source, language, relevance, relevance_score, characters) values (?,?,?,?,?,?,?,?,?,?,?,'meta','ar','main',1,?)",
        (key, outlet, f"https://a.example/{n}", "عنوان", "عنوان", TEXT, TEXT, day.isoformat(), day.isoformat(), day.year,
         day.isoformat()[:7], len(TEXT)),
    )  # fmt: skip
    connection.executemany(
        "insert into versions values (?, ?, ?, 'عنوان', ?, ?, null)",
        [
            (key, v, f"2026-01-01T00:00:0{v}+00:00", TEXT, f"{n}{v}")
            for v in range(1, 3 if n % 20 == 0 else 2)
        ],
    )
    about = day + timedelta(days=chance.randrange(-20, 20))
    for place in range(2):
        connection.execute(
            "insert into mentions (id, article, start_char, end_char, text, sentence, first, last, grain, city, level,"
            " status, member_count, link, link_reason, confidence, also_at, needs_review) values"
            " (?,?,?,?,'اجتماع',?,?,?,'day','Washington','ministerial_foreign_full',?,?,'none','x',?,'',?)",
            (f"{key}-m{place}", key, place, place + 6, SENTENCE, about.isoformat(), about.isoformat(),
             chance.choice(("held", "announced")), chance.choice((None, 60, 68, 72)), chance.random(),
             "the text gives no day" if chance.random() < 0.05 else None),
        )  # fmt: skip
        connection.execute(
            "insert into dates values (?,?,?,?,'يوم 22 مارس',?,?,?,'day','day_month',null,null,?)",
            (f"{key}-d{place}", key, place, place + 9, about.isoformat(), about.isoformat(), about.isoformat(),
             "two years are near" if chance.random() < 0.05 else None),
        )  # fmt: skip
    connection.executemany(
        "insert into evidence values (?, 'text', ?, ?, ?, 'for', 'names the coalition against ISIS')",
        [
            (key, at, at + 9, chance.choice(("التحالف الدولي", "الائتلاف الدولي", "التحالف ضد داعش")))
            for at in range(4)
        ],
    )
    connection.executemany(
        "insert into published_candidates values (?, ?, ?, ?, ?, null, ?)",
        [
            (key, at, source, day.isoformat(), day.isoformat(), at == 0)
            for at, source in enumerate(("meta", "feed", "url"))
        ],
    )


def measure(archive: Path, what: str, form: str, path: Path) -> tuple[float, float, int]:
    """Export in a process of its own; give seconds, peak MiB and bytes."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_export, args=(archive, what, form, path, theirs))
    process.start()
    seconds, peak = ours.recv()
    process.join()
    return seconds, peak, path.stat().st_size


def _export(archive: Path, what: str, form: str, path: Path, answer: object) -> None:
    start = time.perf_counter()
    with closing(sqlite3.connect(archive)) as connection:
        export(connection, Asked(what), form, path)
    spent = time.perf_counter() - start
    answer.send((spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))  # type: ignore[attr-defined]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure exports and questions.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        connection = open_archive(archive, "sample")
        fill(connection, options.rows, options.articles)
        relink(connection)
        connection.close()
        for what in ("urls", "articles"):
            for form in TABULAR:
                seconds, peak, size = measure(archive, what, form, Path(folder) / "out")
                print(  # noqa: T201
                    f"{what:<10} {form:<10} {seconds:6.1f} s  peak {peak:5.0f} MiB  {size / 2**20:7.1f} MiB",
                    flush=True,
                )
        with closing(sqlite3.connect(archive)) as reader:
            for name in load_questions():
                selection = select(reader, Asked(name))
                start = time.perf_counter()
                rows = len(reader.execute(selection.sql, dict(selection.values)).fetchmany(SHOWN))
                print(f"{name:<28} {time.perf_counter() - start:6.3f} s  {rows} rows", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

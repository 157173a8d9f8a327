"""Measure the grouping of wire copies: time, peak memory, and how many of the copies made here are found again.

    python -m bench.stories [--articles 100000] [--copies 0.3]
    python -m bench.stories --pairs PAIRS.jsonl --texts TEXTS.jsonl …

The first form fills a new archive with articles made from the sentences of the miniature press: words exchanged, so that
stories differ, and copies with small edits, a sentence cut or added; then runs `regroup` on it as a crawl does. The second
takes real texts (fields id, source, date, text) and pairs (fields a, b) and says which pairs are in one story.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.arabic import sentences
from pipelines.archive import open_archive, transaction
from pipelines.grouping import regroup
from pipelines.stories import Edition, Report, group, overlap, shingles

PRESS = Path(__file__).resolve().parent.parent / "tests" / "press" / "articles"
OUTLETS = 20
SENTENCES = 14
YEARS = 10
FIRST_DAY = datetime(2014, 9, 1, tzinfo=UTC)


class Newsroom:
    """A source of texts that are alike in their words and differ as stories do; the same ones each time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        texts = [file.read_text(encoding="utf-8").split("---")[-1] for file in sorted(PRESS.rglob("*.md"))]
        self._sentences = [text[a:b].split() for text in texts for a, b in sentences(text)]
        self._words = [word for sentence in self._sentences for word in sentence]

    def story(self) -> list[list[str]]:
        """Make a text: sentences of the press with every sixth word exchanged."""
        return [self._edited(self._random.choice(self._sentences), 1 / 6) for _ in range(SENTENCES)]

    def copy(self, story: list[list[str]]) -> list[list[str]]:
        """Make a copy as an outlet does: one word in 40 changed, now and then a sentence cut or added."""
        copied = [self._edited(sentence, 1 / 40) for sentence in story]
        if self._random.random() < 1 / 3:
            del copied[-1 - self._random.randrange(2) :]
        if self._random.random() < 1 / 4:
            copied.append(self._random.choice(self._sentences))
        return copied

    def articles(self, count: int, copies: float) -> Iterator[tuple[int, int, datetime, str]]:
        """Yield (number, number of the story's first article, published, text)."""
        recent: list[tuple[int, datetime, list[list[str]]]] = []
        for n in range(count):
            when = FIRST_DAY + timedelta(days=365 * YEARS) * (n / count)
            if recent and self._random.random() < copies:
                first, since, story = self._random.choice(recent)
                yield (
                    n,
                    first,
                    since + timedelta(hours=self._random.uniform(1, 30)),
                    self._text(self.copy(story)),
                )
            else:
                story = self.story()
                recent = [*recent[-30:], (n, when, story)]
                yield n, n, when, self._text(story)

    def _edited(self, sentence: list[str], share: float) -> list[str]:
        return [self._random.choice(self._words) if self._random.random() < share else w for w in sentence]

    @staticmethod
    def _text(story: list[list[str]]) -> str:
        return "\n".join(" ".join(sentence) for sentence in story)


def fill(connection: sqlite3.Connection, count: int, copies: float) -> dict[str, str]:
    """Put the articles into the archive; give the first article of each."""
    firsts: dict[str, str] = {}
    with transaction(connection):
        for n in range(OUTLETS):
            connection.execute("insert into outlets (id, name_ar, name_en) values (?, ?, ?)", [f"o{n}"] * 3)
        for n, first, when, text in Newsroom(1).articles(count, copies):
            article = f"o{n % OUTLETS}-{n:08x}"
            firsts[article] = f"o{first % OUTLETS}-{first:08x}"
            connection.execute(
                "insert into articles (id, outlet, url, title, label, text, extracted, published, language, relevance,"
                " relevance_score, characters) values (?, ?, ?, '', '', '', '', ?, 'ar', 'main', 1, 0)",
                (article, f"o{n % OUTLETS}", f"http://o.example/{n}", when.isoformat()),
            )
            connection.execute(
                "insert into versions (article, n, seen, title, text, sha256) values (?, 1, ?, '', ?, ?)",
                (article, when.isoformat(), text, str(n)),
            )
    return firsts


def grow(count: int, copies: float) -> None:
    """Group a made archive and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        connection = open_archive(Path(folder) / "archive.db", "sample")
        firsts = fill(connection, count, copies)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        stories = regroup(connection)
        spent = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        regroup(connection)
        again = time.perf_counter() - start
        connection.execute("update versions set sha256 = 'x' where rowid = (select max(rowid) from versions)")
        start = time.perf_counter()
        regroup(connection)
        last = time.perf_counter() - start
        found = dict(connection.execute("select id, story from articles where story is not null"))
        connection.close()
    print(f"{count:,} articles: {stories:,} stories in {spent:.1f} s, peak {peak / 1024:.0f} MiB "  # noqa: T201
          f"({before / 1024:.0f} before); nothing new: {again:.2f} s, a change on the last day: {last:.2f} s")  # fmt: skip
    copied = [article for article, first in firsts.items() if first != article]
    right = sum(found.get(article) == firsts[article] for article in copied)
    wrong = sum(first != firsts[article] for article, first in found.items())
    print(f"{len(copied):,} copies made, {right:,} in their story, {wrong:,} articles in another's")  # noqa: T201


def score(pairs: Path, texts: list[Path]) -> None:
    """Group real texts and print which of the pairs share a story, by how much the pair has in common."""
    rows = [json.loads(line) for file in texts for line in file.read_text(encoding="utf-8").splitlines()]
    held = {row["id"]: row["text"] for row in rows}
    reports = [
        Report(row["id"], row.get("source") or "", _moment(row.get("date")), FIRST_DAY) for row in rows
    ]
    stories = group(reports, lambda article: [Edition(1, held[article])])
    story_of = {member.report.article: story.id for story in stories for member in story.members}
    print(f"{len(rows)} texts: {len(stories)} stories of {len(story_of)} articles")  # noqa: T201
    same = there = 0
    for line in pairs.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        a, b = pair["a"], pair["b"]
        if a in held and b in held:
            there += 1
            shared = overlap(shingles(held[a]), shingles(held[b]))
            joined = a in story_of and story_of[a] == story_of.get(b)
            same += joined
            print(f"{'same' if joined else '    '} {shared.containment:.2f} {shared.balance:.2f} {a} {b}")  # noqa: T201
    print(f"{same} of {there} pairs share a story")  # noqa: T201


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the grouping of wire copies.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--copies", type=float, default=0.3, help="share of articles that are copies (default: 0.3)"
    )
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    if options.pairs:
        score(options.pairs, options.texts)
    else:
        grow(options.articles, options.copies)
    return 0


if __name__ == "__main__":
    sys.exit(main())

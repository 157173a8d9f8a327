"""Score the date tagger on the hand-annotated sentences of dates.jsonl, by phenomenon and half.

    python -m tests.gold.score_dates [dev|scored] [--misses]

*found*: annotated expressions that a mention overlaps. *strict*: those of them, with a known interval, whose first and
last day are exactly the annotated ones (or both unknown). *span*: mentions with exactly the annotated words. *false*:
mentions that overlap no annotation, as a share of all mentions. --misses shows the development half only: the other
half is scored and never looked at.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from crawler.items import DateMention
from pipelines.dates import tag_dates

GOLD = Path(__file__).with_name("dates.jsonl")


@dataclass(slots=True)
class Score:
    """Counts over some sentences."""

    items: int = 0
    gold: int = 0
    found: int = 0
    strict: int = 0
    span: int = 0
    predicted: int = 0
    false: int = 0
    characters: int = 0
    seconds: float = 0.0

    def __add__(self, other: Score) -> Score:
        """Add the counts of two sets of sentences."""
        pairs = ((getattr(self, name) + getattr(other, name)) for name in Score.__slots__)
        return Score(*pairs)

    def line(self, name: str) -> str:
        """Say the shares in one line of a table."""

        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:6.1f}" if whole else "     –"

        speed = f"{self.characters / self.seconds:>11,.0f}" if self.seconds else ""
        return (
            f"{name:<14}{self.items:>6}{self.gold:>6}  {share(self.found, self.gold)}  {share(self.strict, self.gold)}  "
            f"{share(self.span, self.gold)}  {share(self.false, self.predicted)}  {speed}"
        )


def items(half: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the annotated sentences of one half, or of both."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if half is None or item["half"] == half:
            yield item


def score_item(item: dict[str, Any]) -> tuple[Score, list[str]]:
    """Score one sentence; give its counts and what was missed or wrong, in words."""
    published = date.fromisoformat(item["published"]) if item["published"] else None
    started = perf_counter()
    mentions = tag_dates(item["text"], published)
    score = Score(1, len(item["mentions"]), predicted=len(mentions), characters=len(item["text"]),
                  seconds=perf_counter() - started)  # fmt: skip
    misses: list[str] = []
    used: set[int] = set()
    for gold in item["mentions"]:
        start, end = gold["start"], gold["start"] + len(gold["text"])
        hits = [n for n, m in enumerate(mentions) if m.start < end and start < m.end]
        used.update(hits)
        if not hits:
            misses.append(f"missed «{gold['text']}»")
            continue
        score.found += 1
        best = max(
            (mentions[n] for n in hits), key=lambda m: (_same(m, gold), min(m.end, end) - max(m.start, start))
        )
        score.strict += _same(best, gold)
        score.span += (best.start, best.end) == (start, end)
        if not _same(best, gold):
            misses.append(
                f"«{best.text}» {best.first}/{best.last} ({best.rule}) for {gold['first']}/{gold['last']} «{gold['text']}»"
            )
        elif (best.start, best.end) != (start, end):
            misses.append(f"span «{best.text}» for «{gold['text']}»")
    for n, mention in enumerate(mentions):
        if n not in used:
            score.false += 1
            misses.append(f"false alarm «{mention.text}» {mention.value} ({mention.rule})")
    return score, misses


def _same(mention: DateMention, gold: dict[str, Any]) -> bool:
    first, last = (day.isoformat() if day else None for day in (mention.first, mention.last))
    return (first, last) == (gold["first"], gold["last"])


def table(half: str) -> list[str]:
    """Say the score of one half, a line a phenomenon."""
    by: dict[int, Score] = defaultdict(Score)
    for item in items(half):
        by[item["phenomenon"]] += score_item(item)[0]
    total = total_of(by.values())
    head = f"{half:<14}{'items':>6}{'dates':>6}  {'found':>6}  {'strict':>6}  {'span':>6}  {'false':>6}  characters/s"
    rows = [by[number].line(f"  {number}") for number in sorted(by)]
    return [head, *rows, total.line("  all")]


def total_of(scores: Iterable[Score]) -> Score:
    """Add scores up."""
    total = Score()
    for score in scores:
        total += score
    return total


def main(arguments: list[str]) -> int:
    """Print the tables, and the misses of the development half when asked."""
    halves = [one for one in arguments if one in ("dev", "scored")] or ["dev", "scored"]
    for half in halves:
        print("\n".join(table(half)))
    if "--misses" in arguments:
        for item in items("dev"):
            for miss in score_item(item)[1]:
                print(
                    f"{item['id']} ({item['phenomenon']}) {miss}\n    {item['text']}  [{item['published']}]"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

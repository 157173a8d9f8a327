"""Score the meetings tagger on the hand-annotated texts of meetings.jsonl and meetings_fresh.jsonl.

    python -m tests.gold.score_meetings [dev|scored] [--misses]

*mention*: precision, recall and F1 of dated claims; a claim is found when one of the archive's has its day or overlaps
its words. *all right*: found claims whose first day, level and city are as annotated, of all annotated. *link*: found
claims whose known meeting is as annotated (or none). *negatives*: texts without a meeting in which one was found.
--misses shows the development half only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.items import MeetingMention
from pipelines.meetings import tag_meetings

GOLD = {
    name: Path(__file__).with_name(file)
    for name, file in (("meetings", "meetings.jsonl"), ("meetings, fresh", "meetings_fresh.jsonl"))
}
FIELDS = ("first", "city", "level", "status", "member_count", "known")


@dataclass(slots=True)
class Score:
    """Counts over some texts."""

    texts: int = 0
    gold: int = 0
    said: int = 0
    found: int = 0
    right: int = 0
    linked: int = 0
    negatives: int = 0
    negatives_tagged: int = 0

    def lines(self, name: str) -> list[str]:
        """Say the figures."""
        precision = self.found / self.said if self.said else 1.0
        recall = self.found / self.gold if self.gold else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return [
            f"{name}: {self.texts} texts, {self.gold} claims",
            f"  mention    precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}",
            f"  all right  {self.right / self.gold if self.gold else 1:.3f}  (day, level, city)",
            f"  link       {self.linked / self.found if self.found else 1:.3f}  of the found",
            f"  negatives  {self.negatives_tagged} of {self.negatives} tagged",
        ]


def items(gold: Path, half: str) -> Iterator[dict[str, Any]]:
    """Yield the annotated texts of one half of a set."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["half"] == half:
            yield item


def _values(mention: MeetingMention) -> dict[str, object]:
    first = mention.first.isoformat() if mention.first else None
    return {
        "first": first,
        "city": mention.city,
        "level": mention.level,
        "status": mention.status,
        "member_count": mention.member_count,
        "known": mention.known_id,
    }


def score_item(item: dict[str, Any], score: Score) -> list[str]:
    """Add one text's counts to `score`; give what was missed or wrong, in words."""
    published = date.fromisoformat(item["published"])
    said = [m for m in tag_meetings(item["title"], item["text"], published) if m.first is not None]
    gold = [one for one in item["mentions"] if one["first"]]
    score.texts += 1
    score.gold += len(gold)
    score.said += len(said)
    if not item["mentions"]:
        score.negatives += 1
        score.negatives_tagged += bool(said)
    misses: list[str] = []
    for one in gold:
        best = max(said, key=lambda m: _likeness(m, one), default=None)
        if best is None or _likeness(best, one) < 10:
            misses.append(f"missed {one['first']} «{one['text']}»")
            continue
        said.remove(best)
        values = _values(best)
        score.found += 1
        score.right += all(values[name] == one[name] for name in ("first", "level", "city"))
        score.linked += values["known"] == one["known"]
        misses.extend(
            f"{name} {values[name]} for {one[name]} («{one['text']}»)"
            for name in FIELDS
            if values[name] != one[name]
        )
    misses.extend(f"too many {m.first} {m.city} {m.level} «{m.text}»" for m in said)
    return misses


def _likeness(mention: MeetingMention, gold: dict[str, Any]) -> int:
    values = _values(mention)
    end = gold["start"] + len(gold["text"])
    overlaps = any(a < end and gold["start"] < b for a, b in ((mention.start, mention.end), *mention.also_at))
    same: int = sum(values[name] == gold[name] for name in ("city", "level", "known"))
    return (10 if values["first"] == gold["first"] else 0) + (10 if overlaps else 0) + same


def main(arguments: list[str]) -> int:
    """Print the figures of both sets, and the misses of the development halves when asked."""
    halves = [one for one in arguments if one in ("dev", "scored")] or ["dev", "scored"]
    for name, gold in GOLD.items():
        for half in halves:
            score = Score()
            misses = [(item, score_item(item, score)) for item in items(gold, half)]
            print("\n".join(score.lines(f"{name}, {half}")))
            if "--misses" in arguments and half == "dev":
                _show(misses)
    return 0


def _show(misses: list[tuple[dict[str, Any], list[str]]]) -> None:
    for item, wrong in misses:
        if wrong:
            print(f"{item['id']} {item['kind']} [{item['published']}] {item['title']}\n    {item['text']}")
            print("\n".join(f"    - {one}" for one in wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

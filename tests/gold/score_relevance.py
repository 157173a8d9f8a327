"""Score `judge` on the hand-labelled texts of this folder, and on any file of the same shape.

    python -m tests.gold.score_relevance [FILE.jsonl] [--misses]

The misses of the half that is only scored are counted and never shown. Labels: main, mention; anything else (no, other, isis, none) means that the text does not concern the coalition.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.relevance import judge

GOLD = tuple(Path(__file__).with_name(name) for name in ("relevance.jsonl", "relevance_fresh.jsonl"))
SCORED = "scored"
OURS = ("main", "mention")


def figures(pairs: Sequence[tuple[str, str]], labels: tuple[str, ...]) -> str:
    """Say precision and recall of being one of `labels`, of (annotated, judged) pairs."""
    hits = sum(gold in labels and said in labels for gold, said in pairs)
    said = sum(judged in labels for _, judged in pairs)
    gold = sum(annotated in labels for annotated, _ in pairs)
    return f"precision {hits / said if said else 1:.3f}  recall {hits / gold if gold else 1:.3f}  ({hits} of {gold}, {said} said)"


def records(path: Path) -> list[dict[str, str]]:
    """Read the labelled texts of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judged(record: dict[str, str]) -> tuple[str, str]:
    """Give the label of a record as annotated and as judged."""
    annotated = record["label"] if record["label"] in OURS else "no"
    return annotated, judge(record["title"], record["text"]).label


def main(arguments: list[str]) -> int:
    """Print the figures, and the confusions when asked."""
    named = [Path(one) for one in arguments if not one.startswith("--")]
    for path in named or GOLD:
        labelled = records(path)
        for half in sorted({record.get("half", "") for record in labelled}):
            part = [record for record in labelled if record.get("half", "") == half]
            pairs = [judged(record) for record in part]
            print(f"relevance, {path.name}{half and ', '}{half}, {len(pairs)} texts")
            print(f"  main or mention  {figures(pairs, OURS)}")
            print(f"  main             {figures(pairs, ('main',))}")
            if "--misses" in arguments and half != SCORED:
                for record, (gold, said) in zip(part, pairs, strict=True):
                    if gold != said:
                        print(f"  {record['id']}: {said}, annotated {record['label']}: {record['title']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

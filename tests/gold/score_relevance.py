"""Score `judge` on the hand-labelled texts of relevance.jsonl, and on any file of the same shape.

    python -m tests.gold.score_relevance [FILE.jsonl] [--misses]

Labels: main, mention; anything else (no, other, isis, none) means that the text does not concern the coalition.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.relevance import judge

GOLD = Path(__file__).with_name("relevance.jsonl")
OURS = ("main", "mention")


def figures(pairs: Sequence[tuple[str, str]], labels: tuple[str, ...]) -> str:
    """Say precision and recall of being one of `labels`, of (annotated, judged) pairs."""
    hits = sum(gold in labels and said in labels for gold, said in pairs)
    said = sum(judged in labels for _, judged in pairs)
    gold = sum(annotated in labels for annotated, _ in pairs)
    return f"precision {hits / said if said else 1:.3f}  recall {hits / gold if gold else 1:.3f}  ({hits} of {gold}, {said} said)"


def main(arguments: list[str]) -> int:
    """Print the figures, and the confusions when asked."""
    named = [Path(one) for one in arguments if not one.startswith("--")]
    for path in named or [GOLD]:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        pairs = [
            (
                record["label"] if record["label"] in OURS else "no",
                judge(record["title"], record["text"]).label,
            )
            for record in records
        ]
        print(f"relevance, {path.name}, {len(pairs)} texts")
        print(f"  main or mention  {figures(pairs, OURS)}")
        print(f"  main             {figures(pairs, ('main',))}")
        if "--misses" in arguments:
            for record, (gold, said) in zip(records, pairs, strict=True):
                if gold != said:
                    print(f"  {record['id']}: {said}, annotated {record['label']}: {record['title']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

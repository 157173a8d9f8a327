"""Measure the test of headlines: how many articles that concern the coalition it would pass over, and how many others.

    python -m bench.titles TEXTS.jsonl …

The texts have the fields title and text; a `label` of main, mention or anything else, where there is one, is believed, and
`judge` decides where there is none.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from pipelines.relevance import judge
from pipelines.titles import RULES, reason_to_skip


def main(paths: list[str]) -> None:
    """Print a line of counts, and every headline of ours that would be passed over."""
    seen: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    seconds = 0.0
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            title = record["title"]
            label = record.get("label") or judge(title, record["text"]).label
            kind = label if label in ("main", "mention") else "no"
            started = perf_counter()
            reason = reason_to_skip(title)
            seconds += perf_counter() - started
            seen[kind] += 1
            skipped[kind] += reason is not None
            silent[kind] += judge(title, "").label == "no"
            if reason and kind != "no":
                print(f"LOST ({kind}): {title}: {reason}")  # noqa: T201
    for kind, count in sorted(seen.items()):
        print(  # noqa: T201
            f"{kind:<8} {skipped[kind]} of {count} passed over; {silent[kind]} headlines don't name the coalition"
        )
    print(f"{1000 * seconds / seen.total():.3f} ms a headline, rules {RULES}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])

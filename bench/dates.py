"""Measure the date tagger: characters a second, whether doubling the text doubles the time, dateparser side by side.

    python -m bench.dates [FOLDER or FILE.jsonl …] [--seconds 3]

Texts come from the `text` field of .jsonl files (or whole .txt files) beneath the given paths; without any, from the miniature press
in tests/press. One process, one core; every figure is the best of the runs that fit into `--seconds`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from pipelines.dates import tag_dates

PUBLISHED = date(2017, 3, 10)


def texts(paths: list[Path]) -> Iterator[str]:
    """Yield the article texts beneath the paths."""
    for path in paths:
        files = [path] if path.is_file() else sorted([*path.rglob("*.jsonl"), *path.rglob("*.txt")])
        for file in files:
            if file.suffix == ".jsonl":
                for line in file.read_text(encoding="utf-8").splitlines():
                    text = json.loads(line).get("text")
                    if isinstance(text, str):
                        yield text
            else:
                yield file.read_text(encoding="utf-8")


def best(task: Callable[[], object], seconds: float) -> float:
    """Give the shortest time of one run of `task`, in seconds."""
    shortest = float("inf")
    until = time.perf_counter() + seconds
    while shortest == float("inf") or time.perf_counter() < until:
        start = time.perf_counter()
        task()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def dateparser_search() -> Callable[[str], object] | None:
    """Give dateparser's search with the same reference day, None when it isn't installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    settings = {"RELATIVE_BASE": datetime(2017, 3, 10), "DATE_ORDER": "DMY"}  # noqa: DTZ001
    return lambda text: search_dates(text, languages=["ar"], settings=settings)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the date tagger.")
    parser.add_argument(
        "paths", nargs="*", type=Path, default=[Path(__file__).parent.parent / "tests" / "press"]
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="time for each measurement (default: 3)")
    options = parser.parse_args()
    corpus = list(texts(options.paths))
    if not corpus:
        sys.stderr.write(f"no .jsonl or .txt text beneath {', '.join(map(str, options.paths))}\n")
        return 1
    size = sum(map(len, corpus))
    tag_dates("أمس", PUBLISHED)
    spent = best(lambda: [tag_dates(text, PUBLISHED) for text in corpus], options.seconds)
    found = [mention for text in corpus for mention in tag_dates(text, PUBLISHED)]
    resolved = sum(mention.value is not None for mention in found)
    print(f"{len(corpus)} texts, {size:,} characters; {len(found)} dates found, {resolved} resolved")  # noqa: T201
    print(f"tag_dates: {size / spent:,.0f} characters a second")  # noqa: T201
    once, twice = ("\n".join(corpus) * factor for factor in (1, 2))
    ratio = best(lambda: tag_dates(twice, PUBLISHED), options.seconds) / best(
        lambda: tag_dates(once, PUBLISHED), options.seconds
    )
    print(f"twice the text takes {ratio:.2f} times as long")  # noqa: T201
    other = dateparser_search()
    if other is None:
        print("dateparser is not installed")  # noqa: T201
        return 0
    sample, taken = [], 0
    for text in corpus:
        sample.append(text)
        taken += len(text)
        if taken > 100_000:
            break
    spent = best(lambda: [other(text) for text in sample], options.seconds)
    print(f"dateparser search_dates: {taken / spent:,.0f} characters a second")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Score the extraction against gold bodies: token F1 of each page, the mean, and the time a page takes.

Usage: python -m bench.extract FOLDER   (FOLDER holds *.html with *.gold.txt beside them, and index.jsonl for the URLs)
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from pipelines.extract import ExtractError, extract


def token_f1(found: str, gold: str) -> tuple[float, float, float]:
    """Give F1, precision and recall of the words of `found` against those of `gold`, counted as multisets."""
    left, right = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", gold))
    common = sum((left & right).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(left.values()), common / sum(right.values())
    return 2 * precision * recall / (precision + recall), precision, recall


def main(folder: Path) -> int:
    """Print a line per page and the mean; 2 when the folder holds no gold."""
    index = folder / "index.jsonl"
    rows = [json.loads(line) for line in index.read_text("utf-8").splitlines()] if index.exists() else []
    urls = {row["file"]: row.get("url") or "" for row in rows}
    pages = [page for page in sorted(folder.glob("*.html")) if page.with_suffix(".gold.txt").exists()]
    if not pages:
        sys.stderr.write(f"{folder}: no *.html with a *.gold.txt beside it\n")
        return 2
    scores = []
    for page in pages:
        started = time.perf_counter()
        try:
            text = extract(page.read_bytes(), urls.get(page.name, "")).text
        except ExtractError as error:
            sys.stdout.write(f"{page.stem:20} {error}\n")
            text = ""
        spent = (time.perf_counter() - started) * 1000
        f1, precision, recall = token_f1(text, page.with_suffix(".gold.txt").read_text("utf-8"))
        scores.append(f1)
        sys.stdout.write(
            f"{page.stem:20} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {spent:6.1f} ms\n"
        )
    sys.stdout.write(f"{'mean':20} F1 {sum(scores) / len(scores):.3f}  over {len(scores)} pages\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.extract FOLDER")
    sys.exit(main(Path(sys.argv[1])))

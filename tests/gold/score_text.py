"""Score extraction and cleaning on real pages and texts, where they lie beside the project.

    python -m tests.gold.score_text [FOLDER]

FOLDER holds pages/ (HTML with gold bodies), texts/*.jsonl and relevance_dev.jsonl; they belong to their publishers and
are not in git. *stray*: entities, lone ampersands, zero-width marks and no-break spaces left in clean text. *restored*:
texts whose clean form and removals give back the text as it was.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.extract import main as score_pages
from pipelines.clean import clean, clean_title, restore
from tests.gold.score_relevance import main as score_relevance

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
STRAY = re.compile(
    r"&#?\w{2,8};|&(?:nbsp|amp|quot|lt|gt|laquo|raquo|rlm|lrm|ndash|mdash|hellip|zwnj)\b"
    r"|(?:^|\n)\s*&|&\s*(?:\n|$)|[\u200b-\u200f\u202a-\u202e\ufeff\u00a0]"
)


def records(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (title, text) of every record beneath the folder."""
    for path in [*sorted((folder / "texts").glob("*.jsonl")), folder / "relevance_dev.jsonl"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record.get("title") or "", record.get("text") or ""


def score_cleaning(folder: Path) -> str:
    """Clean every text beneath the folder and say what was left and what could be restored."""
    texts = stray = restored = 0
    for title, text in records(folder):
        for cleaned, given in ((clean_title(title), title), (clean(text), text)):
            texts += 1
            stray += len(STRAY.findall(cleaned.text))
            restored += restore(cleaned) == given
    return f"cleaning: {texts} texts, {stray} stray, {restored} restored"


def main(arguments: list[str]) -> int:
    """Print the figures; say where the real texts are missing."""
    folder = Path(arguments[0]) if arguments else BESIDE
    if not (folder / "pages").is_dir():
        print(f"extraction and cleaning: no real pages at {folder}, not scored")
        return 0
    score_pages(folder / "pages")
    print(score_cleaning(folder))
    return score_relevance([str(folder / "relevance_dev.jsonl")])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

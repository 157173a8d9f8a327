"""Frozen pages: what `scrapy addoutlet` kept of an outlet, and what each page is expected to be read as.

    python -m tests.frozen --accept [OUTLET …]

writes what the pages are read as today over what was expected, for a person who has compared the two.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.items import Page
from crawler.outlets.model import FOLDER, Outlet, load_outlets
from pipelines.frozen import freeze

HERE = Path(__file__).resolve().parent
PAGES = HERE / "outlets"
OUTLETS: dict[str, Outlet] = {**load_outlets(HERE / "press" / "outlets"), **load_outlets(FOLDER)}


def frozen() -> list[Path]:
    """List the records of all frozen pages."""
    return sorted(PAGES.glob("*/*.json"))


def record_of(path: Path) -> dict[str, Any]:
    """Read a record."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def read_as(path: Path) -> dict[str, Any]:
    """Read a frozen page again, with nothing but its bytes, its address and its declaration."""
    record = record_of(path)
    outlet = OUTLETS[path.parent.name]
    fetched = datetime.fromisoformat(record["fetched"])
    body = path.with_suffix(".html").read_bytes()
    return freeze(Page(record["url"], outlet.id, body, 200, fetched, record["content_type"]), outlet)


def main(arguments: list[str] | None = None) -> int:
    """Write what pages are read as over what was expected."""
    parser = argparse.ArgumentParser(prog="python -m tests.frozen")
    parser.add_argument("--accept", nargs="*", metavar="OUTLET", required=True)
    wanted = set(parser.parse_args(arguments).accept)
    changed = 0
    for path in frozen():
        record = record_of(path)
        if (wanted and path.parent.name not in wanted) or record["expect"] == read_as(path):
            continue
        record["expect"] = read_as(path)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"{path.relative_to(HERE.parent)}: {record['expect']}")
        changed += 1
    print(f"{changed} pages changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

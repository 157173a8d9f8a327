"""`make run`: collect the miniature press on loopback into an archive, say what was found, and serve it.

The press has two editions, so it is collected twice, as a day's second crawl would: what was edited in between
becomes a second version. Which edition is done stands in the archive, because the press never goes back in time.
Nothing here is special to the crawler: it runs `scrapy sweep` as for real outlets.

    python -m tests.press.demo --archive archive.db --port 8001 [--no-serve]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from crawler.items import TahalufError
from pipelines.archive import open_archive
from pipelines.site import check_port, serve
from pipelines.summary import summary_lines
from tests.press.server import PressServer

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = (1, 2)


def collect(archive: Path) -> int:
    """Crawl the editions of the press that `archive` doesn't have, the last one always; give a failed sweep's exit code."""
    with PressServer() as press:
        environment = {
            name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
        }
        environment["http_proxy"] = press.address
        done = edition_done(archive)
        for edition in [number for number in EDITIONS if number > done] or EDITIONS[-1:]:
            press.edition = edition
            print(
                f"collecting the sample press, edition {edition} of {EDITIONS[-1]}, from {press.address}",
                flush=True,
            )
            settings = ("-s", f"ARCHIVE={archive}", "-s", f"OUTLETS={ROOT / 'tests/press/outlets'}")
            command = [sys.executable, "-m", "scrapy", "sweep", *settings]
            code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
            if code:
                return code
            note_edition(archive, edition)
    return 0


def edition_done(archive: Path) -> int:
    """Give the number of the last edition that was collected whole, 0 when none was."""
    with closing(open_archive(archive, "sample")) as connection:
        row = connection.execute("select value from archive where key = 'press_edition'").fetchone()
    return int(row[0]) if row else 0


def note_edition(archive: Path, edition: int) -> None:
    """Note in the archive that an edition was collected whole."""
    with closing(open_archive(archive, "sample")) as connection:
        connection.execute(
            "insert or replace into archive (key, value) values ('press_edition', ?)", (str(edition),)
        )


def main(arguments: list[str] | None = None) -> int:
    """Collect, summarise, serve."""
    parser = argparse.ArgumentParser(
        description="Collect the sample press, say what was found, and serve it."
    )
    parser.add_argument("--archive", type=Path, default=Path("archive.db"))
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--no-serve", action="store_true")
    asked = parser.parse_args(arguments)
    archive = (ROOT / asked.archive).resolve()
    try:
        if not asked.no_serve:
            check_port(asked.port)
        code = collect(archive)
        if code:
            return code
        print("\n" + "\n".join(summary_lines(archive)) + "\n", flush=True)
    except TahalufError as error:
        print(f"run: {error}", file=sys.stderr)
        return error.exit_code
    if not asked.no_serve:
        serve(archive, asked.port)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

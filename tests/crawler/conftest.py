"""A collected outlet in miniature: declarations, a loopback server, and Scrapy in a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.loopback import Loopback

ROOT = Path(__file__).resolve().parents[2]
DOORS = {
    "open_archive": "pipelines.archive.open_archive",
    "put_outlets": "standin.put_outlets",
    "derive": "standin.derive",
    "warc": "pipelines.warc.WarcFile",
    "skip_title": "pipelines.titles.reason_to_skip",
    "title_rules": "pipelines.titles.RULES",
    "freeze": "pipelines.frozen.freeze",
}

DECLARATION = """
name: {{ar: صحيفة التجربة, en: Test Paper}}
home: http://{host}/
country: GB
timezone: Europe/London
sources:
{sources}
article: '^/news/'
delay: 0
sample: true
"""


class Desk:
    """Where a test works: its declarations, its archive and its server."""

    def __init__(self, folder: Path, site: Loopback) -> None:
        self.site = site
        self.answers = site.answers
        self.folder = folder
        self.outlets = folder / "outlets"
        self.outlets.mkdir()
        self.archive = folder / "archive.db"
        self.reads = False  # with the real rooms behind it, or with the stand-in that keeps pages as bytes

    def declare(self, outlet: str, *sources: str, host: str | None = None, more: str = "") -> None:
        """Write a declaration; each source as "kind url", with further lines after a newline."""
        entries = []
        for source in sources:
            first, *rest = source.split("\n")
            kind, url = first.split()
            fields = [f"kind: {kind}", f"url: '{url}'", "confidence: verified", "evidence: this test", *rest]
            entries.append("  - " + "\n    ".join(fields))
        text = DECLARATION.format(host=host or f"{outlet}.example", sources="\n".join(entries) or "  []")
        (self.outlets / f"{outlet}.yml").write_text(text + more, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        settings = {"OUTLETS": str(self.outlets), "ARCHIVE": str(self.archive)}
        if not self.reads:
            settings["DOORS"] = json.dumps(DOORS)
            settings["ITEM_PIPELINES"] = json.dumps({"standin.KeepPipeline": 100})
        # Before the arguments, so that a test's own -s wins.
        given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "scrapy", arguments[0], *given, *arguments[1:]]

    def environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return {**kept, "PYTHONPATH": path, "http_proxy": self.site.address, "PYTHONWARNINGS": "default"}

    def scrapy(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, in the project's root."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=180,  # a busy machine; a crawl that hangs is found all the same
        )

    def scrapy_directly(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command without the proxy that plays any host, so that addresses are resolved here."""
        environment = {name: value for name, value in self.environment().items() if name != "http_proxy"}
        return subprocess.run(
            self.command(*arguments), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def due_again(self, url: str) -> None:
        """Let an address that is done be due now, as a revisit would."""
        self.change("UPDATE urls SET next_due = '2017-01-01T00:00:00+00:00' WHERE url = ?", url)

    def change(self, statement: str, *values: object) -> None:
        """Change the archive between two runs, as time would."""
        with closing(sqlite3.connect(self.archive)) as connection, connection:
            connection.execute(statement, values)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.archive)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Loopback() as site:
        yield Desk(tmp_path, site)

"""What was taken down: addresses whose articles were removed at somebody's request and never come back.

The list is `takedowns.csv` among the archive's WARC files, because an archive can be made again from that folder alone.
The archive keeps a copy of it in its table `archive`, which every write of a page asks.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive import ArchiveError

LIST = "takedowns.csv"
REASON = "taken down"  # what the ledger says of such an address
_FIELDS = ["url", "day", "reason"]
_KEY = "takedown "


@dataclass(frozen=True, slots=True)
class Takedown:
    """One request: the article's address, the day it was met (ISO date), and why."""

    url: str
    day: str
    reason: str


def read_takedowns(folder: Path) -> list[Takedown]:
    """Read the list in a folder of WARC files; none when there is no list. Raises ArchiveError."""
    path = folder / LIST
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            return [Takedown(row["url"], row["day"], row["reason"]) for row in rows]
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise ArchiveError(f"{path}: not a list of takedowns: {type(error).__name__}: {error}") from error


def add_takedown(folder: Path, new: Takedown) -> None:
    """Put a takedown on the list, once, and make sure that it is on the disk. Raises OSError."""
    known = read_takedowns(folder)
    if any(one.url == new.url for one in known):
        return
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{LIST}.part"
    with part.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(_FIELDS)
        rows.writerows((one.url, one.day, one.reason) for one in (*known, new))
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(folder / LIST)


def note(connection: sqlite3.Connection, takedown: Takedown, *, done: bool) -> None:
    """Let the archive know of a takedown within the caller's transaction.

    `done`: what all claims together say was made anew since, so that no sentence of the article is left in it.
    """
    value = {"day": takedown.day, "reason": takedown.reason, "done": done}
    connection.execute(
        "insert or replace into archive (key, value) values (?, ?)",
        (_KEY + takedown.url, json.dumps(value, ensure_ascii=False)),
    )


def is_done(connection: sqlite3.Connection, url: str) -> bool:
    """Say whether nothing is left to do for a takedown."""
    found = connection.execute("select value from archive where key = ?", (_KEY + url,)).fetchone()
    return found is not None and bool(json.loads(found[0])["done"])


def is_taken_down(connection: sqlite3.Connection, url: str) -> bool:
    """Say whether nothing of the page at `url` may be kept."""
    found = connection.execute("select 1 from archive where key = ?", (_KEY + url,)).fetchone()
    return found is not None


def settle(connection: sqlite3.Connection, url: str, outlet: str, moment: str) -> None:
    """Leave of a page nothing but the ledger's note that its address is not to be asked for again."""
    connection.execute("delete from captures where url = ?", (url,))
    connection.execute("delete from failures where url = ?", (url,))
    connection.execute("delete from url_hints where url = ?", (url,))
    connection.execute("delete from urls where url = ?", (url,))
    connection.execute(
        "insert into urls (url, outlet, state, reason, first_seen, fetched) values (?, ?, 'skipped', ?, ?, ?)",
        (url, outlet, REASON, moment, moment),
    )

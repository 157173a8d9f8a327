"""How much of what an outlet's sources show was known before a run: whether we ask often enough."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

# Kinds of source that list all there is; a search orders by what it likes, and is no window on the latest either.
WHOLE = frozenset({"sitemap", "day_sitemap", "wayback", "search"})
SMALLEST = 5  # articles; the overlap of a source that names fewer says little


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the articles a source named were known before the run."""

    known: int
    named: int
    source: str

    @property
    def share(self) -> float:
        """Give the share, 0 to 1."""
        return self.known / self.named


def read_overlap(connection: sqlite3.Connection, outlet: str, since: str) -> Overlap | None:
    """Return the least overlap of the sources a run has read since `since` (ISO 8601), None when that can't be told.

    Feeds and the like show the latest items only, so each speaks for itself; the pages of listings are counted
    together. Sitemaps hide nothing: they speak only when there is nothing else, and only to say that nothing is new.
    """
    rows = connection.execute(
        """SELECT kind IN (SELECT value FROM json_each(?)), CASE WHEN kind LIKE '%listing' THEN kind ELSE url END,
             sum(known_before), sum(named) FROM sources
           WHERE outlet = ? AND fetched >= ? AND error IS NULL AND known_before IS NOT NULL GROUP BY 1, 2""",
        (json.dumps(sorted(WHOLE)), outlet, since),
    ).fetchall()
    found = [(whole, Overlap(known, named, source)) for whole, source, known, named in rows if named]
    windows = [one for whole, one in found if not whole and one.named >= SMALLEST]
    if windows:
        return min(windows, key=lambda one: one.share)
    lists = [one for whole, one in found if whole]
    return lists[0] if lists and all(one.known == one.named for one in lists) else None


def new_dates(connection: sqlite3.Connection, outlet: str, since: str) -> list[tuple[str, str]]:
    """Return what sources said of the days of a run's new addresses, as (source, raw); a thousand at most."""
    return connection.execute(
        """SELECT h.source, h.raw FROM urls u JOIN url_hints h ON h.url = u.url
           WHERE u.outlet = ? AND u.first_seen >= ? ORDER BY u.lastmod DESC LIMIT 1000""",
        (outlet, since),
    ).fetchall()

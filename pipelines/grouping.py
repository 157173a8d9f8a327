"""Group the archive's articles into stories, beginning with the first day on which something has changed.

The decision itself is the pure function `pipelines.stories.group`; this is its way from the tables and back to them.
Articles come in the order of time and depend on none that is later, so what a crawl of today's news adds is compared
with the last days only; a change of rules, or an old article found late, makes all that follows anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from pipelines import stories
from pipelines.archive import transaction
from pipelines.search import fingerprint
from pipelines.stories import Edition, Member, Report, Story

# Where the archive notes from which texts its stories were made: a digest a day.
_KEY = "stories"
# What stands between the runs of words in one cell; a run itself holds no line end.
RUN_SEPARATOR = "\n"
# A new number makes every archive's stories anew: raise it with any change of rule that the constants don't show.
_RULES = (1, stories.SHINGLE, stories.CONTAINMENT, stories.BALANCE, stories.LEAST_SHINGLES, stories.WINDOW)

_Row = tuple[object, ...]


def regroup(connection: sqlite3.Connection) -> int:
    """Bring `stories`, `story_members` and `articles.story` up to date; give how many stories there are.

    The result is that of grouping all articles at once. The lock is taken for writing only, so other writers don't
    wait for the comparing; an article that one of them deletes meanwhile is left out.
    """
    reports, days = _read(connection)
    since = _first_change(days, _days_before(connection))
    if since is not None:
        kept = _copies_before(connection, reports, since)
        found = stories.group(
            (report for report in reports.values() if report.moment >= since),
            lambda article: editions(connection, article),
            _leaders(reports.values(), since, {str(row[2]) for rows in kept.values() for row in rows}),
        )
        with transaction(connection):
            _write(connection, reports, kept, found)
            connection.execute(
                "insert or replace into archive (key, value) values (?, ?)",
                (_KEY, json.dumps(days, sort_keys=True)),
            )
    return int(connection.execute("select count(*) from stories").fetchone()[0])


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Take `article` out of its story, and the story with it when it is the first; the next `regroup` decides anew."""
    touched = connection.execute("delete from story_members where article = ?", (article,)).rowcount
    if touched:
        connection.execute("delete from story_members where story = ?", (article,))
        connection.execute("update articles set story = null where story = ? or id = ?", (article, article))
        connection.execute("delete from stories where id = ?", (article,))
        connection.execute("delete from archive where key = ?", (_KEY,))


def editions(connection: sqlite3.Connection, article: str) -> list[Edition]:
    """Read the texts `article` has had, in their order: a copy was taken from one of them, seldom from the last."""
    rows = connection.execute("select n, text from versions where article = ? order by n", (article,))
    return [Edition(n, text) for n, text in rows]


def _read(connection: sqlite3.Connection) -> tuple[dict[str, Report], dict[str, str]]:
    """Read the articles by id, and a digest of those of each day: their ids, days and texts, and the rules."""
    reports: dict[str, Report] = {}
    rules = f"{_RULES} {fingerprint()}".encode()
    digests: defaultdict[str, hashlib._Hash] = defaultdict(lambda: hashlib.sha256(rules))
    rows = connection.execute(
        "select a.id, a.outlet, a.published, v.n, v.sha256, v.seen from articles a join versions v on v.article = a.id"
        " order by a.id, v.n"
    )
    for article, outlet, published, n, sha256, seen in rows:
        if article not in reports:
            reports[article] = Report(article, outlet, _published(published), datetime.fromisoformat(seen))
        day = reports[article].moment.date().isoformat()
        digests[day].update(repr((article, outlet, published, n, sha256)).encode())
    return reports, {day: digest.hexdigest()[:16] for day, digest in digests.items()}


def _published(value: str | None) -> datetime | date | None:
    if value is None:
        return None
    return date.fromisoformat(value) if len(value) == len("2017-03-10") else datetime.fromisoformat(value)


def _days_before(connection: sqlite3.Connection) -> dict[str, str]:
    row = connection.execute("select value from archive where key = ?", (_KEY,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _first_change(now: dict[str, str], before: dict[str, str]) -> datetime | None:
    changed = [day for day in now.keys() | before.keys() if now.get(day) != before.get(day)]
    return datetime.combine(date.fromisoformat(min(changed)), time.min, UTC) if changed else None


def _copies_before(
    connection: sqlite3.Connection, reports: dict[str, Report], since: datetime
) -> dict[str, list[_Row]]:
    """Read the lineage of the copies that came out before `since`, by story."""
    kept: dict[str, list[_Row]] = {}
    for row in connection.execute("select * from story_members where n > 1 order by story, n"):
        if row[2] in reports and reports[row[2]].moment < since:
            kept.setdefault(row[0], []).append(row)
    return kept


def _leaders(reports: Iterable[Report], since: datetime, copies: set[str]) -> list[Report]:
    return [
        report
        for report in reports
        if since - stories.WINDOW <= report.moment < since and report.article not in copies
    ]


def _write(
    connection: sqlite3.Connection,
    reports: dict[str, Report],
    kept: dict[str, list[_Row]],
    found: Sequence[Story],
) -> None:
    alive = {row[0] for row in connection.execute("select id from articles")}
    copies = {story: list(rows) for story, rows in kept.items()}
    for story in found:
        copies.setdefault(story.id, []).extend(_row(story.id, member) for member in story.members[1:])
    connection.execute("update articles set story = null where story is not null")
    connection.execute("delete from story_members")
    connection.execute("delete from stories")
    for story_id, rows in sorted(copies.items()):
        members = [row for row in (_row(story_id, Member(reports[story_id], None)), *rows) if row[2] in alive]
        if story_id in alive and len(members) > 1:
            connection.execute("insert into stories values (?, ?, ?)", (story_id, story_id, len(members)))
            connection.executemany(
                "insert into story_members values (?,?,?,?,?,?,?,?,?,?)",
                [(story_id, n, *row[2:]) for n, row in enumerate(members, 1)],
            )
            connection.executemany(
                "update articles set story = ? where id = ?", [(row[0], row[2]) for row in members]
            )


def _row(story: str, member: Member) -> _Row:
    published, lineage = member.report.published, member.lineage
    head = story, 0, member.report.article, published.isoformat() if published else None
    if lineage is None:
        return *head, None, None, None, None, None, None
    return (
        *head, lineage.edition, lineage.of_edition, round(lineage.overlap.jaccard, 3),
        round(lineage.overlap.containment, 3), RUN_SEPARATOR.join(lineage.added), RUN_SEPARATOR.join(lineage.dropped),
    )  # fmt: skip

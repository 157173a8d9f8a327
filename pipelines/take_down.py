"""Take an article down: out of every table now, and out of all that is read, made again or published later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.items import BadUseError
from pipelines.archive import ArchiveError, open_archive, transaction
from pipelines.capture import warc_folder
from pipelines.derive import derive
from pipelines.store import delete_article
from pipelines.takedowns import Takedown, add_takedown, is_done, note, read_takedowns, settle


def take_down(
    archive: Path,
    asked: str | None,
    reason: str,
    *,
    canonical: Callable[[str], str | None] = str,
    now: datetime | None = None,
) -> list[str]:
    """Take down the article with the id or address `asked`, or all that are on the list; give lines that say what was done.

    The list beside the WARC files is written first, so that a killed takedown is finished by the next. Raises
    BadUseError when nothing can be meant, ArchiveError when the disk refuses.
    """
    moment = now or datetime.now(UTC)
    with closing(open_archive(archive, None)) as connection:
        try:
            lines = []
            if asked is not None:
                url = _address(connection, asked, canonical)
                lines += _copies(connection, url)
                add_takedown(warc_folder(archive), Takedown(url, moment.date().isoformat(), reason))
            gone = apply_takedowns(connection, archive, moment)
        except OSError as error:
            raise ArchiveError(f"{error.filename or archive}: {error.strerror or error}") from error
    if asked is not None and not gone:
        gone = ["nothing of it was in the archive; what is read later stays out"]
    return [*gone, *lines]


def apply_takedowns(connection: sqlite3.Connection, archive: Path, moment: datetime) -> list[str]:
    """Remove what the list beside the WARC files names and the archive still holds; give a line for each.

    An archive that was restored from an older backup holds what was taken down since: whoever publishes or reads it
    again comes by here first.
    """
    due = [one for one in read_takedowns(warc_folder(archive)) if not is_done(connection, one.url)]
    gone = []
    for takedown in due:
        row = connection.execute("select id, outlet from articles where url = ?", (takedown.url,)).fetchone()
        with transaction(connection):
            note(connection, takedown, done=False)
            if row is not None:
                delete_article(connection, row[0])
                gone.append(f"{row[0]} is taken down: {takedown.url}")
            outlet = row[1] if row else _outlet(connection, takedown.url)
            if outlet:
                settle(connection, takedown.url, outlet, moment.isoformat(timespec="seconds"))
    if due:
        derive(connection)
        with transaction(connection):
            for takedown in due:
                note(connection, takedown, done=True)
    return gone


def _address(connection: sqlite3.Connection, asked: str, canonical: Callable[[str], str | None]) -> str:
    row = connection.execute("select url from articles where ? in (id, url)", (asked,)).fetchone()
    if row is not None:
        return str(row[0])
    if urlsplit(asked).scheme not in ("http", "https", "urn"):
        raise BadUseError(
            f"no article has the id or address {asked!r}; give the id from its page, or its address"
        )
    return canonical(asked) or asked


def _outlet(connection: sqlite3.Connection, url: str) -> str | None:
    row = connection.execute(
        "select outlet from urls where url = ?1 union all select outlet from captures where url = ?1", (url,)
    ).fetchone()
    return None if row is None else str(row[0])


def _copies(connection: sqlite3.Connection, url: str) -> list[str]:
    """Name the other articles of its story: who asks for one to go may mean them too."""
    rows = connection.execute(
        "select id, url from articles where url <> ?1 and story = (select story from articles where url = ?1) order by id",
        (url,),
    )
    return [f"a copy of the same story stays: {article} {address}" for article, address in rows]

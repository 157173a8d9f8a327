"""Make an archive anew from WARC files, the declarations and the known meetings: nothing else is needed.

Every visit is told again in the order of time, so that a page that went back to an earlier state ends in that state.
What no WARC holds does not come back: the record of runs (`crawls`, `sources`), and what the ledger knew of addresses
that were never fetched. The next crawl finds those again.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from crawler.items import BadUseError, Capture, Captured, DateCandidate, Page, Read, Reading
from crawler.outlets.model import Outlet
from pipelines.archive import ArchiveError, Kind, open_archive
from pipelines.capture import capture_id, load, warc_folder
from pipelines.derive import derive
from pipelines.locking import alone
from pipelines.read import read_page
from pipelines.reread import Reread, header
from pipelines.store import put_outlets, put_undeclared, save
from pipelines.takedowns import add_takedown, is_taken_down, note, read_takedowns, settle
from pipelines.warc import WarcError
from pipelines.warc_index import Visit, visits

_Report = Callable[[str, Reading], None]
_Told = tuple[str, Visit]  # the WARC file's name, and what it says


def rebuild(warcs: Path, into: Path, outlets: Mapping[str, Outlet], report: _Report | None = None) -> Reread:
    """Make the archive `into` from the WARC files in the folder `warcs`, which become its own.

    It appears under its name when it is complete; a killed rebuild leaves nothing there. A file that can't be read to
    its end and a page whose bytes are not what was captured are lines in `problems`. Raises BadUseError when `into`
    exists or `warcs` holds no WARC, and ArchiveError when the disk refuses.
    """
    files = _files(warcs)
    _refuse_existing(into)
    done = Reread()
    building = into.with_name(f".{into.name}.building")
    try:
        with alone(into.with_name(f".{into.name}.lock"), f"{into} is being rebuilt by another process"):
            for leftover in ("", "-wal", "-shm"):
                Path(f"{building}{leftover}").unlink(missing_ok=True)
            with closing(_found(files, done)) as found:
                _own(files, warc_folder(into))
                with closing(open_archive(building, _kind(found, outlets))) as connection:
                    put_outlets(connection, outlets.values())
                    _keep_down(connection, warcs, warc_folder(into))
                    for url, states in _pages(found):
                        _tell(connection, warc_folder(into), url, states, outlets, done, report)
                    derive(connection)
                    connection.execute("pragma wal_checkpoint(truncate)")
            building.rename(into)
    except OSError as error:
        raise ArchiveError(f"{error.filename or into}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{into}: can't be written: {error}") from error
    return done


def _files(warcs: Path) -> list[Path]:
    if not warcs.is_dir():
        raise BadUseError(f"{warcs}: no such folder; name the one with the WARC files (--warcs FOLDER)")
    files = sorted(path for path in warcs.iterdir() if path.name.endswith((".warc", ".warc.gz")))
    if not files:
        raise BadUseError(f"{warcs} holds no WARC file")
    return files


def _refuse_existing(into: Path) -> None:
    if not into.parent.is_dir():
        raise BadUseError(f"{into}: the folder {into.parent} does not exist")
    for path in (into, Path(f"{into}-wal"), Path(f"{into}-shm")):
        if path.exists():
            raise BadUseError(f"{path} exists already and stays as it is; move it aside or name another file")


def _found(files: list[Path], done: Reread) -> sqlite3.Connection:
    """Put every visit of the files into a database of its own, which SQLite removes: they may not fit in memory."""
    found = sqlite3.connect("")
    found.execute(
        "create table visits (url, fetched, warc, at integer, sha256, revisit, outlet, found_by, hints, keep)"
    )
    for path in files:
        try:
            for one in visits(path):
                found.execute(
                    "insert into visits values (?,?,?,?,?,?,?,?,?,?)",
                    (one.url, one.fetched.isoformat(), path.name, one.offset, one.sha256, one.revisit, one.outlet,
                     one.found_by, json.dumps(one.hints), one.keep),
                )  # fmt: skip
        except WarcError as error:
            done.problems.append(str(error))
    return found


def _pages(found: sqlite3.Connection) -> Iterator[tuple[str, list[_Told]]]:
    """Give the visits of each page in the order of time."""
    rows = found.execute("select * from visits order by url, fetched, warc, at")
    for url, group in groupby(rows, key=itemgetter(0)):
        yield url, [_told(row) for row in group]


def _told(row: tuple[object, ...]) -> _Told:
    url, fetched, warc, at, sha256, revisit, outlet, found_by, hints, keep = row
    pairs = tuple((source, raw) for source, raw in json.loads(str(hints)))
    visit = Visit(
        str(url), datetime.fromisoformat(str(fetched)), str(sha256), bool(revisit), int(str(at)), str(outlet),
        str(found_by), pairs, bool(keep),
    )  # fmt: skip
    return str(warc), visit


def _own(files: list[Path], folder: Path) -> None:
    """Give the new archive the WARC files: as second names of the same files where the disk allows, else copied."""
    folder.mkdir(exist_ok=True)
    for path in files:
        target = folder / path.name
        if target.exists() and target.samefile(path):
            continue
        if target.exists():
            raise BadUseError(f"{target} exists already and is another file; move {folder} aside")
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)


def _kind(found: sqlite3.Connection, outlets: Mapping[str, Outlet]) -> Kind:
    seen = {row[0] for row in found.execute("select distinct outlet from visits")}
    sample = bool(seen) and all(one in outlets and outlets[one].sample for one in seen)
    return "sample" if sample else "real"


def _tell(
    connection: sqlite3.Connection,
    folder: Path,
    url: str,
    states: list[_Told],
    outlets: Mapping[str, Outlet],
    done: Reread,
    report: _Report | None,
) -> None:
    """Store the states of one page in the order of time."""
    first_of: dict[str, _Told] = {}
    if is_taken_down(connection, url):
        _, last = states[-1]
        put_undeclared(connection, last.outlet)
        settle(connection, url, last.outlet, last.fetched.isoformat())
        return
    for warc, visit in _changes(states):
        if visit.revisit and visit.sha256 not in first_of:
            done.problems.append(f"{warc}: the bytes of {url} at {visit.fetched:%Y-%m-%d %H:%M} are missing")
            continue
        try:
            captured = _captured(folder, *first_of.setdefault(visit.sha256, (warc, visit)), visit)
        except WarcError as error:
            done.problems.append(str(error))
            continue
        if visit.outlet not in outlets:
            put_undeclared(connection, visit.outlet)
        reading = read_page(captured.page, outlets.get(visit.outlet), keep_all=visit.keep)
        save(connection, Read(captured, reading))
        _put_hints(connection, visit)
        done.pages += 1
        done.articles += reading.article is not None
        if report:
            report(url, reading)


def _keep_down(connection: sqlite3.Connection, warcs: Path, folder: Path) -> None:
    """Let the new archive know what was taken down, and keep the list with its files."""
    for takedown in read_takedowns(warcs):
        add_takedown(folder, takedown)
        note(connection, takedown, done=True)


def _put_hints(connection: sqlite3.Connection, visit: Visit) -> None:
    """Give the ledger back what feeds and sitemaps said of the page; what a person gave was never there."""
    connection.executemany(
        "insert or ignore into url_hints (url, source, raw) values (?, ?, ?)",
        [(visit.url, source, raw) for source, raw in visit.hints if source != "given"],
    )


def _changes(told: list[_Told]) -> Iterator[_Told]:
    """Leave out visits that found what the one before had found, but let their hints count, as they did then."""
    for _, same in groupby(told, key=lambda one: one[1].sha256):
        run = list(same)
        (warc, first), (_, last) = run[0], run[-1]
        yield warc, replace(first, hints=last.hints, keep=last.keep)


def _captured(folder: Path, warc: str, first: Visit, visit: Visit) -> Captured:
    """Read the bytes of a state where they were captured first, with what was known of the page at `visit`."""
    kept = Capture(
        id=capture_id(visit.url, visit.sha256), url=visit.url, outlet=visit.outlet, fetched=first.fetched,
        sha256=visit.sha256, warc=warc, offset=first.offset, length=0, status=200,
    )  # fmt: skip
    page = load(folder, kept)
    hints = tuple(DateCandidate(source, raw, None) for source, raw in visit.hints)
    told = Page(
        visit.url, visit.outlet, page.body, page.status, visit.fetched, page.content_type, page.headers, visit.found_by,
        hints, header(page, "etag"), header(page, "last-modified"), page.archived, visit.keep,
    )  # fmt: skip
    return Captured(
        told, replace(kept, length=len(page.body), status=page.status, content_type=page.content_type)
    )

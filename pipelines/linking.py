"""Link the archive's claims to meetings: read all, decide all, write all, in one transaction.

Meetings and disagreements depend on every claim at once, so they are made anew each time. The decision itself is the
pure function `pipelines.meetings.resolve.resolve`; this is its way from the tables and back to them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

from crawler.items import MeetingMention
from pipelines.archive import as_day, iso, transaction
from pipelines.coverage import read_collected, write_coverage
from pipelines.coverage_months import write_coverage_months
from pipelines.meetings.known import KnownMeeting, load_known
from pipelines.meetings.model import Claim, Disagreement, Meeting
from pipelines.meetings.resolve import resolve

# What stands between the values of one cell: outlets' ids never hold it, sentences practically never.
OUTLET_SEPARATOR = ", "
SENTENCE_SEPARATOR = "\n"


def relink(connection: sqlite3.Connection) -> tuple[int, int]:
    """Make `meetings`, `disagreements` and both tables of coverage anew; give how many there are of the first two."""
    with transaction(connection):
        resolution = resolve(read_claims(connection))
        known = {meeting.id: meeting for meeting in load_known()}
        connection.execute("update mentions set meeting = null where meeting is not null")
        connection.execute("delete from coverage")
        connection.execute("delete from disagreements")
        connection.execute("delete from meetings")
        _write_known(connection, known.values())
        for meeting in resolution.meetings:
            _write_meeting(connection, meeting)
        for disagreement in resolution.disagreements:
            _write_disagreement(connection, disagreement)
        connection.executemany(
            "update mentions set meeting = ? where id = ?",
            [(meeting, claim) for claim, meeting in resolution.meeting_of.items()],
        )
        collected = read_collected(connection)
        write_coverage(connection, collected)
        write_coverage_months(connection, collected)
    return len(resolution.meetings), len({(d.meeting, d.field) for d in resolution.disagreements})


def read_claims(connection: sqlite3.Connection) -> list[Claim]:
    """Read every mention of the archive as a claim, in the order of their ids."""
    rows = connection.execute(
        "select m.id, m.article, a.outlet, a.published_day, m.start_char, m.end_char, m.text, m.sentence, m.first,"
        " m.last, m.grain, m.city, m.country, m.level, m.status, m.member_count, m.host, m.known, m.confidence,"
        " m.needs_review, m.link, m.link_reason, m.date_text"
        " from mentions m join articles a on a.id = m.article where a.relevance <> 'no' order by m.id"
    )
    return [_claim(row) for row in rows]


def _claim(row: tuple[object, ...]) -> Claim:
    claim, article, outlet, published, start, end, text, sentence, first, last, *rest = row
    mention = MeetingMention(start, end, text, sentence, as_day(first), as_day(last), *rest)  # type: ignore[arg-type]
    return Claim(str(claim), str(article), str(outlet), as_day(published), mention)


def _write_known(connection: sqlite3.Connection, known: Iterable[KnownMeeting]) -> None:
    connection.execute("delete from known_meetings")
    connection.executemany(
        "insert into known_meetings values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (one.id, one.reference_id, one.first.isoformat(), one.last.isoformat(), one.precision, one.city,
             one.country, one.level, one.host, one.member_count, one.participants, one.name_en, one.name_ar,
             one.status, one.confidence, "\n".join(one.sources))
            for one in known
        ],
    )  # fmt: skip


def _write_meeting(connection: sqlite3.Connection, meeting: Meeting) -> None:
    connection.execute(
        "insert into meetings (id, title, first, last, city, country, level, status, member_count, host, known,"
        " claims, articles, outlets, first_report) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (meeting.id, meeting.name_ar or meeting.name, iso(meeting.first), iso(meeting.last), meeting.city,
         meeting.country, meeting.level, meeting.status, meeting.member_count, meeting.host,
         meeting.id if meeting.known else None, meeting.claims, meeting.articles, meeting.outlets,
         meeting.first_report),
    )  # fmt: skip


def _write_disagreement(connection: sqlite3.Connection, one: Disagreement) -> None:
    key = hashlib.sha256(f"{one.meeting}\n{one.field}\n{one.value}".encode()).hexdigest()[:12]
    connection.execute(
        "insert into disagreements (id, meeting, field, value, outlets, sentences) values (?,?,?,?,?,?)",
        (f"{one.meeting}-{one.field}-{key}", one.meeting, one.field, one.value,
         OUTLET_SEPARATOR.join(one.outlets), SENTENCE_SEPARATOR.join(one.sentences)),
    )  # fmt: skip

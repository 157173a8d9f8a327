"""Calendars and readers fetch these again and again: an event must stay one event, a day must stay that day."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path

import feedparser
import icalendar
import pytest
from lxml import etree

from crawler.items import BadUseError
from pipelines.exports import Asked, export
from pipelines.feeds import records
from tests.site.archive_rows import HELD, MINISTERIAL

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://archive.test"


def ics(archive: sqlite3.Connection, folder: Path, what: str = "meetings") -> bytes:
    export(archive, Asked(what), "ics", folder / "out.ics", site=SITE)
    return (folder / "out.ics").read_bytes()


def atom(archive: sqlite3.Connection, folder: Path, what: str) -> bytes:
    export(archive, Asked(what), "atom", folder / "out.atom", site=SITE)
    return (folder / "out.atom").read_bytes()


def test_calendar_keeps_to_rfc_5545(archive: sqlite3.Connection, tmp_path: Path) -> None:
    raw = ics(archive, tmp_path)
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    calendar = icalendar.Calendar.from_ical(raw)
    assert {"VERSION", "PRODID"} <= set(calendar)
    assert len(calendar.walk("VEVENT")) == 2
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE"):
            assert event.get(name) is not None, name
            assert not isinstance(event[name], list), f"{name} stands twice"


def test_event_is_the_meetings_whole_days_and_no_hour(archive: sqlite3.Connection, tmp_path: Path) -> None:
    raw = ics(archive, tmp_path)
    found = icalendar.Calendar.from_ical(raw).events
    (event,) = (one for one in found if str(one["UID"]).startswith(MINISTERIAL))
    assert b"DTSTART;VALUE=DATE:20170322\r\n" in raw
    assert event.start == date(2017, 3, 22)
    assert event.end == date(2017, 3, 23)  # exclusive
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 2  # two claims
    assert event["URL"] == f"{SITE}/meeting/{MINISTERIAL}"
    assert event["LOCATION"] == "واشنطن، الولايات المتحدة"


def test_meeting_without_a_day_is_no_event(archive: sqlite3.Connection) -> None:
    found, dayless = records.events(archive, [MINISTERIAL, "unknown-brussels"], SITE)
    assert [event.first for event in found] == [date(2017, 3, 22)]
    assert dayless == 1


def test_stamp_is_the_archives_not_the_clocks(archive: sqlite3.Connection, tmp_path: Path) -> None:
    raw = ics(archive, tmp_path)
    assert b"DTSTAMP:20261120T000000Z" in raw  # when the newest article about it was seen
    assert ics(archive, tmp_path) == raw


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("announced", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        ("held", "CONFIRMED"),
    ],
)
def test_status_says_how_sure_the_day_is(small: Path, tmp_path: Path, status: str, said: str) -> None:
    copy = sqlite3.connect(tmp_path / "copy.db")
    sqlite3.connect(small).backup(copy)
    copy.execute("update meetings set status = ?", (status,))
    found, _ = records.events(copy, [MINISTERIAL], SITE)
    assert found[0].status == said


@pytest.mark.parametrize(
    "what", ["articles", "meetings", "disagreements", "who_first_said_count", "mentions"]
)
def test_feed_keeps_to_rfc_4287(archive: sqlite3.Connection, tmp_path: Path, what: str) -> None:
    raw = atom(archive, tmp_path, what)
    parsed = feedparser.parse(raw)
    assert parsed.bozo == 0
    root = etree.fromstring(raw)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(ATOM + name)) == 1, name
    entries = root.findall(ATOM + "entry")
    assert entries
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(entry.findall(ATOM + name)) == 1, name
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)", entry.findtext(ATOM + "updated") or ""
        )
        links = {link.get("rel"): link.get("href") or "" for link in entry.findall(ATOM + "link")}
        assert links["alternate"].startswith(SITE)
        assert not links.get("related", "").startswith(SITE)
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_article_with_a_day_alone_has_no_invented_moment(archive: sqlite3.Connection, tmp_path: Path) -> None:
    root = etree.fromstring(atom(archive, tmp_path, "articles"))
    published = {
        (entry.findtext(ATOM + "id") or "").rsplit("/", 1)[-1]: entry.findtext(ATOM + "published")
        for entry in root.findall(ATOM + "entry")
    }
    assert published["rukn-00000001"] == "2017-03-10T14:30:00+00:00"
    assert published[HELD] is None


def test_feed_gives_the_sentence_and_never_the_whole_text(
    archive: sqlite3.Connection, tmp_path: Path
) -> None:
    text = atom(archive, tmp_path, "articles").decode()
    assert "تستضيف واشنطن في 22 مارس الجاري" in text
    assert "استقرار المناطق المحررة" not in text


def test_disagreement_is_one_entry_with_all_its_values(archive: sqlite3.Connection, tmp_path: Path) -> None:
    (entry,) = etree.fromstring(atom(archive, tmp_path, "disagreements")).findall(ATOM + "entry")
    assert entry.findtext(ATOM + "summary") == "68: rukn\n72: sada"
    assert "عدد الأعضاء" in (entry.findtext(ATOM + "title") or "")


@pytest.mark.parametrize(("what", "form"), [("outlets", "ics"), ("outlets", "atom"), ("articles", "ics")])
def test_what_has_no_meetings_is_no_calendar(
    archive: sqlite3.Connection, tmp_path: Path, what: str, form: str
) -> None:
    with pytest.raises(BadUseError, match="can't be written as"):
        export(archive, Asked(what), form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []

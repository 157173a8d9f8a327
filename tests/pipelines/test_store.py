"""The store: upserts that change nothing when repeated, versions that are appended, a page that is all in or all out."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.items import (
    Article,
    Capture,
    Captured,
    DateCandidate,
    DateMention,
    Evidence,
    MeetingMention,
    Page,
    Read,
    Reading,
    Removal,
    Verdict,
)
from pipelines.archive import open_archive
from pipelines.capture import capture_id
from pipelines.linking import relink
from pipelines.store import delete_article, put_undeclared, save

NOON = datetime(2017, 3, 10, 12, tzinfo=UTC)
URL = "http://manara.example/politics/1.html"
SENTENCE = "تستضيف واشنطن اجتماع التحالف الدولي ضد داعش يوم 22 مارس الجاري."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_archive(tmp_path / "archive.db", "sample")
    put_undeclared(connection, "manara")
    yield connection
    connection.close()


def read(text: str = SENTENCE, title: str = "اجتماع في واشنطن", fetched: datetime = NOON) -> Read:
    sha256 = hashlib.sha256(f"{title}{text}".encode()).hexdigest()
    page = Page(URL, "manara", text.encode(), 200, fetched, "text/html", found_by="feed", etag='"1"')
    capture = Capture(
        capture_id(URL, sha256), URL, "manara", fetched, sha256, "a.warc.gz", 0, len(page.body), 200
    )
    day = DateMention(46, 61, "22 مارس الجاري", "2017-03-22", date(2017, 3, 22), date(2017, 3, 22), "day",
                      "day_month_deictic", "published 2017-03-10")  # fmt: skip
    meeting = MeetingMention(
        start=16, end=21, text="اجتماع", sentence=SENTENCE, first=date(2017, 3, 22), last=date(2017, 3, 22), grain="day",
        city="Washington", country="United States", level="ministerial_foreign_full", status="announced",
        member_count=68, host=None, known_id="2017-03-22-washington-ministerial", confidence=0.9, link="known",
        link_reason="same day, city and level", date_text="22 مارس الجاري", also_at=((3, 5),), participants=68,
    )  # fmt: skip
    article = Article(
        id="manara-00000001", outlet="manara", url=URL, title=title, text=text, extracted=text + "&", author="مراسل",
        dateline=None, dateline_city=None, agency=None,
        published=datetime(2017, 3, 10, 23, 30, tzinfo=timezone(timedelta(hours=2))), published_source="json_ld",
        language="ar", verdict=Verdict("main", 0.9, (Evidence(0, 5, "التحالف", "text", "for", "named"),)),
        candidates=(DateCandidate("json_ld", "2017-03-10T23:30:00+02:00", NOON, "+02:00", chosen=True),),
        removed=(Removal(len(text), len(text) + 1, "&", "stray_ampersand"),), dates=(day,), meetings=(meeting,),
    )  # fmt: skip
    return Read(Captured(page, capture), Reading("article", "main: التحالف", title, len(text), "ar", article))


def tables(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = ("captures", "articles", "versions", "removals", "evidence", "published_candidates", "dates", "mentions",
             "meetings", "disagreements", "failures", "urls")  # fmt: skip
    return {name: connection.execute(f"select * from {name} order by 1, 2, 3").fetchall() for name in names}


def test_storing_the_same_page_twice_changes_nothing(archive: sqlite3.Connection) -> None:
    save(archive, read())
    relink(archive)
    before = tables(archive)
    save(archive, read())
    relink(archive)
    assert tables(archive) == before


def test_every_value_keeps_its_source(archive: sqlite3.Connection) -> None:
    save(archive, read())
    assert archive.execute("select published, published_day, year, month, published_source from articles").fetchone() == (
        "2017-03-10T23:30:00+02:00", "2017-03-10", 2017, "2017-03", "json_ld",
    )  # fmt: skip
    assert archive.execute("select text, value, rule, anchor from dates").fetchall() == [
        ("22 مارس الجاري", "2017-03-22", "day_month_deictic", "published 2017-03-10")
    ]
    assert archive.execute("select text, reason from removals").fetchall() == [("&", "stray_ampersand")]
    assert archive.execute("select source, raw, chosen from published_candidates").fetchall() == [
        ("json_ld", "2017-03-10T23:30:00+02:00", 1)
    ]
    assert archive.execute("select text, side, reason from evidence").fetchall() == [
        ("التحالف", "for", "named")
    ]


def test_edited_article_gets_a_second_version_and_keeps_the_first(archive: sqlite3.Connection) -> None:
    save(archive, read())
    save(archive, read(text=SENTENCE + " وقال الوزير إنه سيحضر.", fetched=NOON + timedelta(hours=6)))
    assert archive.execute("select n, text from versions order by n").fetchall() == [
        (1, SENTENCE),
        (2, SENTENCE + " وقال الوزير إنه سيحضر."),
    ]
    assert archive.execute("select text from articles").fetchone()[0].endswith("سيحضر.")


def test_a_text_that_comes_back_is_a_version_seen_when_it_came_back(archive: sqlite3.Connection) -> None:
    first = read()
    save(archive, first)
    save(archive, read(text=SENTENCE + " وقال الوزير إنه سيحضر.", fetched=NOON + timedelta(hours=1)))
    back = read(fetched=NOON + timedelta(hours=2))
    # capture() gives the capture that these bytes have had since the first visit
    save(archive, replace(back, captured=replace(back.captured, capture=first.captured.capture)))
    seen = [NOON + timedelta(hours=hours) for hours in range(3)]
    assert archive.execute("select n, seen from versions order by n").fetchall() == [
        (n, moment.isoformat()) for n, moment in enumerate(seen, 1)
    ]
    assert archive.execute("select changed from urls").fetchone() == (seen[2].isoformat(),)


def test_what_the_ledger_learned_later_stands_when_an_old_capture_is_read_again(
    archive: sqlite3.Connection,
) -> None:
    save(archive, read())
    archive.execute(
        "update urls set state = 'gone', reason = 'the server answered 410', http_status = 410, fetched = ?",
        ((NOON + timedelta(days=1)).isoformat(),),
    )
    save(archive, read())
    query = "select state, reason, http_status, verdict from urls"
    assert archive.execute(query).fetchone() == ("gone", "the server answered 410", 410, "article")
    save(archive, read(fetched=NOON + timedelta(days=2)))
    assert archive.execute(query).fetchone() == ("done", "main: التحالف", 200, "article")


def test_same_text_in_other_bytes_makes_no_version(archive: sqlite3.Connection) -> None:
    """A page whose view counter moved is another capture and the same version."""
    first, later = read(), read(fetched=NOON + timedelta(hours=1))
    sha256 = "f" * 64
    moved = replace(later.captured.capture, id=capture_id(URL, sha256), sha256=sha256)
    save(archive, first)
    save(archive, replace(later, captured=replace(later.captured, capture=moved)))
    assert archive.execute("select count(*) from captures").fetchone() == (2,)
    assert archive.execute("select count(*) from versions").fetchone() == (1,)


def test_search_finds_the_new_words_of_an_edited_article_and_not_the_old(archive: sqlite3.Connection) -> None:
    save(archive, read(title="عنوان قديم"))
    save(archive, read(title="خبر جديد"))

    def found(word: str) -> int:
        return int(
            archive.execute(
                "select count(*) from articles_fts where articles_fts match ?", (word,)
            ).fetchone()[0]
        )

    assert (found("قديم"), found("جديد")) == (0, 1)
    archive.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 0)")


def test_block_page_never_overwrites_an_article(archive: sqlite3.Connection) -> None:
    save(archive, read())
    blocked = read(fetched=NOON + timedelta(hours=1))
    save(
        archive,
        replace(
            blocked, reading=Reading("irrelevant", "does not concern the coalition", "الدخول محظور", 12, "ar")
        ),
    )
    assert archive.execute("select title, text from articles").fetchone() == ("اجتماع في واشنطن", SENTENCE)
    assert archive.execute("select count(*) from versions").fetchone() == (1,)
    assert archive.execute("select verdict, title, length from urls").fetchone() == (
        "irrelevant",
        "الدخول محظور",
        12,
    )


def test_page_that_breaks_the_reader_is_a_row_that_goes_when_it_is_read_well(
    archive: sqlite3.Connection,
) -> None:
    broken = replace(
        read(), reading=Reading("failed", "the reader broke", stage="dates", error="ValueError: x")
    )
    save(archive, broken)
    assert archive.execute("select url, stage, error from failures").fetchall() == [
        (URL, "dates", "ValueError: x")
    ]
    assert archive.execute("select state from urls").fetchone() == ("failed",)
    save(archive, read())
    assert archive.execute("select count(*) from failures").fetchone() == (0,)
    assert archive.execute("select state from urls").fetchone() == ("done",)


def test_page_that_cannot_be_stored_whole_is_not_stored_at_all(archive: sqlite3.Connection) -> None:
    good = read()
    assert good.reading.article is not None
    nobody = replace(good.reading.article, verdict=replace(good.reading.article.verdict, label="perhaps"))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        save(archive, replace(good, reading=replace(good.reading, article=nobody)))
    assert all(not rows for rows in tables(archive).values())


def test_claim_is_linked_to_the_known_meeting_with_its_sources(archive: sqlite3.Connection) -> None:
    save(archive, read())
    relink(archive)
    assert archive.execute("select id, known, claims, outlets, first_report from meetings").fetchall() == [
        ("2017-03-22-washington-ministerial", "2017-03-22-washington-ministerial", 1, 1, "manara-00000001")
    ]
    assert archive.execute("select meeting from mentions").fetchall() == [
        ("2017-03-22-washington-ministerial",)
    ]
    sources = archive.execute("select sources from known_meetings where id like '2017-03-22%'").fetchone()[0]
    assert sources.startswith("https://")


def test_linking_again_says_anew_what_the_table_of_today_makes_of_a_claim(
    archive: sqlite3.Connection,
) -> None:
    save(archive, read())
    archive.execute("update mentions set known = null, link = 'none', link_reason = 'an older table'")
    archive.commit()
    relink(archive)
    known, decided, reason = archive.execute("select known, link, link_reason from mentions").fetchone()
    assert (known, decided) == ("2017-03-22-washington-ministerial", "known")
    assert reason.startswith("same day")
    assert archive.execute(
        "select participants from mentions union select participants from meetings"
    ).fetchall() == [(68,)]


def test_deleted_article_leaves_nothing_of_itself(archive: sqlite3.Connection) -> None:
    save(archive, read())
    relink(archive)
    delete_article(archive, "manara-00000001")
    relink(archive)
    left = {name: rows for name, rows in tables(archive).items() if rows}
    assert set(left) == {"captures", "urls"}
    assert archive.execute(
        "select count(*) from articles_fts where articles_fts match 'واشنطن'"
    ).fetchone() == (0,)

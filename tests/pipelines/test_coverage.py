"""The ledger: an outlet is called silent only when its pages were collected then, and every report is counted once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.coverage import Collected, Coverage, Held, Reported, cover
from pipelines.linking import relink
from pipelines.search import rebuild
from pipelines.store import delete_article

DAY = date(2017, 3, 22)
MEETING = Held("2017-03-22-washington-ministerial", DAY, DAY, "day")
LATER = date(2026, 11, 20)


def cell(
    collected: Collected | None = None, *reports: date | None, meeting: Held = MEETING, outlet: str = "rukn"
) -> Coverage:
    said = [Reported(meeting.id, outlet, f"{outlet}-{n}", day) for n, day in enumerate(reports)]
    (one,) = cover([meeting], [outlet], said, {outlet: collected} if collected else {})
    return one


def near(*days: int, fetched: date = LATER) -> Collected:
    return Collected(tuple(sorted(DAY + timedelta(days=n) for n in days)), fetched)


def test_an_outlet_nobody_crawled_is_not_silent() -> None:
    assert cell().state == "not_crawled"
    assert cell(Collected()).state == "not_crawled"


@pytest.mark.parametrize(("days", "state"), [(-31, "not_crawled"), (-30, "silent"), (30, "silent"), (31, "not_crawled")])  # fmt: skip
def test_an_article_within_thirty_days_shows_that_an_outlet_was_collected(days: int, state: str) -> None:
    one = cell(near(days))
    assert (one.state, one.reach) == (state, "articles" if state == "silent" else "none")


def test_articles_far_before_and_far_after_show_nothing() -> None:
    assert cell(near(-200, 200)).state == "not_crawled"


def test_an_outlet_whose_collection_ended_before_the_meeting_is_not_silent() -> None:
    assert cell(near(-5, fetched=DAY - timedelta(days=1))).state == "not_crawled"
    assert cell(near(-5, fetched=DAY)).state == "silent"


@pytest.mark.parametrize(
    ("began", "ended", "state"),
    [(-3, -1, "not_crawled"), (-3, 0, "silent"), (0, 0, "silent"), (7, 7, "silent"), (8, 8, "not_crawled")],
)
def test_a_crawl_shows_it_only_while_the_news_is_fresh(began: int, ended: int, state: str) -> None:
    crawl = (DAY + timedelta(days=began), DAY + timedelta(days=ended))
    one = cell(Collected(fetched=crawl[1], crawls=(crawl,)))
    assert (one.state, one.reach) == (state, "crawl" if state == "silent" else "none")


def test_nobody_is_silent_about_a_meeting_of_an_unknown_day() -> None:
    year = Held("2016-brussels", date(2016, 1, 1), date(2016, 12, 31), "year")
    assert cell(Collected((date(2016, 6, 1),), LATER), meeting=year).state == "not_crawled"


def test_reports_are_counted_before_on_and_after_the_meeting() -> None:
    one = cell(
        near(0), DAY, DAY - timedelta(days=12), DAY + timedelta(days=1), None, DAY + timedelta(days=300)
    )
    assert (one.state, one.before, one.on_day, one.after, one.undecided) == ("reported", 1, 1, 2, 1)
    assert (one.first_report, one.first_day) == ("rukn-1", DAY - timedelta(days=12))
    assert (one.last_report, one.last_day) == ("rukn-4", DAY + timedelta(days=300))


def test_the_second_day_of_a_meeting_is_on_the_day() -> None:
    two_days = Held("2023-03-01-niamey", DAY, DAY + timedelta(days=1), "day")
    one = cell(None, DAY + timedelta(days=1), DAY + timedelta(days=2), meeting=two_days)
    assert (one.before, one.on_day, one.after) == (0, 1, 1)


def test_an_article_within_the_month_of_a_meeting_is_neither_before_nor_after() -> None:
    month = Held("2018-12-brussels", date(2018, 12, 1), date(2018, 12, 31), "month")
    one = cell(None, date(2018, 12, 9), date(2018, 11, 30), meeting=month)
    assert (one.before, one.on_day, one.after, one.undecided) == (1, 0, 0, 1)


def test_an_undated_report_is_a_report_but_not_the_first() -> None:
    one = cell(None, None)
    assert (one.state, one.first_report, one.undecided) == ("reported", None, 1)


def test_an_article_with_two_claims_counts_once_and_order_does_not_matter() -> None:
    said = [Reported(MEETING.id, "rukn", "rukn-2", DAY), Reported(MEETING.id, "rukn", "rukn-1", DAY)]
    one, other = (cover([MEETING], ["rukn"], reports, {}) for reports in (said * 2, said[::-1]))
    assert one == other
    assert (one[0].on_day, one[0].first_report, one[0].last_report) == (2, "rukn-1", "rukn-2")


def test_every_meeting_has_a_cell_for_every_outlet() -> None:
    other = Held("2018-02-13-rome-defence", date(2018, 2, 13), date(2018, 2, 13), "day")
    cells = cover([MEETING, other], ["rukn", "sada"], [], {"sada": near(1)})
    assert [(one.meeting[:4], one.outlet, one.state) for one in cells] == [
        ("2017", "rukn", "not_crawled"), ("2017", "sada", "silent"), ("2018", "rukn", "not_crawled"),
        ("2018", "sada", "not_crawled"),
    ]  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An archive in which rukn reports the ministerial, and the others hold an article of that month or nothing."""
    connection = open_archive(tmp_path / "archive.db", "sample")
    for outlet in ("rukn", "sada", "byhand", "crawled", "broken", "nobody"):
        connection.execute(
            "insert into outlets (id, name_ar, name_en) values (?, ?, ?)", (outlet, outlet, outlet)
        )
    put_article(connection, "rukn", "feed http://rukn.example/rss.xml")
    put_article(connection, "sada", "ingest pages.jsonl")
    put_article(connection, "byhand", "ingest Saved.HTML")
    for outlet, status in (("crawled", "quiet"), ("broken", "broken")):
        connection.execute(
            "insert into crawls (outlet, started, finished, status) values (?, ?, ?, ?)",
            (outlet, "2017-03-24T05:00:00+00:00", "2017-03-24T05:02:00+00:00", status),
        )
    connection.execute(
        "insert into mentions (id, article, start_char, end_char, text, sentence, first, last, grain, city, country,"
        " level, status, link, link_reason, confidence, also_at, known) values ('m', 'rukn-1', 0, 6, 'اجتماع', 'اجتماع',"
        " '2017-03-22', '2017-03-22', 'day', 'Washington', 'United States', 'ministerial_foreign_full', 'announced',"
        " 'known', 'same day', 0.9, '', ?)",
        (MEETING.id,),
    )
    rebuild(connection)
    yield connection
    connection.close()


def put_article(connection: sqlite3.Connection, outlet: str, found_by: str) -> None:
    url = f"http://{outlet}.example/1"
    connection.execute(
        "insert into captures values (?, ?, ?, '2017-03-23T00:00:00+00:00', 'ab', ?, 'a.warc.gz', 0, 1, 200, 'text/html', null)",
        (f"c-{outlet}", url, outlet, found_by),
    )
    connection.execute(
        "insert into articles (id, outlet, url, title, label, text, extracted, published_day, language, relevance,"
        " relevance_score, characters, capture) values (?, ?, ?, '', '', '', '', '2017-03-10', 'ar', 'main', 1, 0, ?)",
        (f"{outlet}-1", outlet, url, f"c-{outlet}"),
    )


def states(connection: sqlite3.Connection, meeting: str = MEETING.id) -> dict[str, tuple[str, str]]:
    rows = connection.execute("select outlet, state, reach from coverage where meeting = ?", (meeting,))
    return {outlet: (state, reach) for outlet, state, reach in rows}


def test_the_table_follows_from_the_archive(archive: sqlite3.Connection) -> None:
    relink(archive)
    assert states(archive) == {
        "rukn": ("reported", "articles"),
        "sada": ("silent", "articles"),
        "byhand": ("not_crawled", "none"),  # one saved page says nothing of what else was published
        "crawled": ("silent", "crawl"),
        "broken": ("not_crawled", "none"),
        "nobody": ("not_crawled", "none"),
    }
    assert archive.execute(
        "select first_report, first_day, before, on_day, after from coverage where state = 'reported'"
    ).fetchall() == [("rukn-1", "2017-03-10", 1, 0, 0)]
    known = archive.execute(
        "select count(*) from known_meetings where status <> 'reported_contradicted'"
    ).fetchone()[0]
    assert archive.execute("select count(*) from coverage").fetchone()[0] == 6 * known


def test_making_it_again_changes_nothing_and_a_lost_report_is_no_report(archive: sqlite3.Connection) -> None:
    relink(archive)
    before = archive.execute("select * from coverage order by 1, 2").fetchall()
    relink(archive)
    assert archive.execute("select * from coverage order by 1, 2").fetchall() == before
    delete_article(archive, "rukn-1")
    relink(archive)
    assert states(archive)["rukn"] == ("not_crawled", "none")

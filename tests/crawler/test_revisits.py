"""Revisits: an edit that nobody looks for is lost, and looking for ever is rude."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.ledger import Ledger
from crawler.revisits import LAST, next_visit
from pipelines.archive import open_archive
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed

BORN = datetime(2026, 1, 1, 12, tzinfo=UTC)
ARTICLE = """<html lang="ar"><head><title>اجتماع في واشنطن</title></head><body>
<article><h1>اجتماع في واشنطن</h1><p>{}</p>
<p>تستضيف واشنطن اجتماع وزراء خارجية التحالف الدولي ضد داعش يوم 22 مارس الجاري، وفق بيان للخارجية الأمريكية.</p>
<p>وقال البيان إن الوزراء سيبحثون الخطوات المقبلة في الحرب على التنظيم في العراق وسوريا.</p></article>
<aside><p>عدد المشاهدات: {}</p><h3>اقرأ أيضا</h3><ul>{}</ul></aside></body></html>"""
LEAD = "أعلنت وزارة الخارجية الأمريكية يوم الخميس موعد الاجتماع المقبل للدول الأعضاء."


def hours(*numbers: float) -> list[datetime]:
    return [BORN + timedelta(hours=number) for number in numbers]


def visits(published: datetime | date | None, seen: datetime, changes: int = 0) -> list[datetime]:
    """List the moments at which an article is looked at; its first `changes` visits find another text."""
    found: list[datetime] = []
    changed, now = None, seen
    while (due := next_visit(published, seen, changed, now)) is not None:
        assert due > now
        now = due
        found.append(now)
        if len(found) <= changes:
            changed = now
    return found


def test_an_article_that_never_changes_is_looked_at_four_times() -> None:
    assert visits(BORN, BORN) == hours(1, 6, 24, 24 * 7)
    assert visits(None, BORN) == hours(1, 6, 24, 24 * 7)
    assert visits(BORN, BORN + timedelta(hours=3)) == hours(6, 24, 24 * 7)
    assert visits(BORN, BORN + timedelta(days=8)) == []


def test_one_that_changed_is_looked_at_sooner_and_for_longer() -> None:
    assert visits(BORN, BORN, changes=1) == hours(1, 2, 7, 25, 24 * 7 + 1)


def test_one_that_always_changes_is_left_alone_in_the_end() -> None:
    always = visits(BORN, BORN, changes=10_000)
    assert 20 < len(always) < 80
    assert always[-1] <= BORN + LAST
    rests = [later - earlier for earlier, later in pairwise(always)]
    assert min(rests) == timedelta(hours=1)


@pytest.mark.parametrize("said", [BORN + timedelta(days=400), date(2027, 2, 5), date(2026, 1, 1)])
def test_a_clock_ahead_of_ours_and_a_day_that_is_not_over_count_from_when_it_was_seen(
    said: datetime | date,
) -> None:
    assert visits(said, BORN) == visits(None, BORN)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_archive(tmp_path / "archive.db", "sample")) as connection:
        connection.execute("INSERT INTO outlets (id, name_ar, name_en) VALUES ('a', 'ص', 'P')")
        yield connection


def test_only_what_was_read_and_is_recent_is_planned_and_it_comes_back_in_its_time(
    archive: sqlite3.Connection,
) -> None:
    rows = [
        ("http://a.example/recent", "done", "article", "feed x", "2026-01-01T15:00:00+03:00"),
        ("http://a.example/old", "done", "article", "feed x", "2017-03-10"),
        ("http://a.example/other", "done", "irrelevant", "feed x", None),
        ("http://a.example/gone", "gone", "article", "feed x", "2026-01-01"),
        ("http://a.example/saved", "done", "article", "ingest page.html", "2026-01-01"),
    ]
    archive.executemany(
        """INSERT INTO urls (outlet, first_seen, fetched, url, state, verdict, found_by, published)
           VALUES ('a', '2026-01-01T12:00:00+00:00', '2026-01-01T12:00:30.123456+00:00', ?, ?, ?, ?, ?)""",
        rows,
    )
    now = BORN + timedelta(minutes=1)
    ledger = Ledger(archive, lambda: now)
    assert ledger.plan_revisits("a") == 1
    assert ledger.plan_revisits("a") == 0
    assert archive.execute("SELECT url, next_due FROM urls WHERE next_due IS NOT NULL").fetchall() == [
        ("http://a.example/recent", "2026-01-01T13:00:00+00:00")
    ]
    now = BORN + timedelta(minutes=59)
    assert (ledger.requeue("a"), ledger.take("a", 9)) == (0, [])
    now = BORN + timedelta(minutes=60)
    assert ledger.requeue("a") == 1
    assert [task.url for task in ledger.take("a", 9)] == ["http://a.example/recent"]
    ledger.unchanged("http://a.example/recent")
    ledger.plan_revisits("a")
    query = "SELECT state, next_due FROM urls WHERE next_due IS NOT NULL"
    assert archive.execute(query).fetchall() == [("done", "2026-01-01T18:00:00+00:00")]


def article(lead: str = LEAD, views: int = 1, related: str = "خبر آخر") -> Answer:
    links = f"<li><a href='/news/9'>{related}</a></li>"
    html = ARTICLE.format(lead, views, links)
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def test_an_edit_is_found_and_kept_noise_is_none_and_what_is_gone_keeps_its_versions(desk: Desk) -> None:
    desk.reads = True
    link = "http://barid.example/news/1"
    desk.declare("barid", "feed http://barid.example/rss.xml")
    today = datetime.now(UTC)
    desk.answers["http://barid.example/rss.xml"] = feed(link, date=format_datetime(today))

    def look_again(answer: Answer) -> tuple[str, int, int, tuple[object, ...]]:
        desk.answers[link] = answer
        if desk.archive.exists():
            desk.due_again(link)
        told = desk.scrapy("crawl", "barid")
        assert told.returncode == 0, told.stdout + told.stderr
        captures, versions = (
            desk.rows(f"SELECT count(*) FROM {name}")[0][0] for name in ("captures", "versions")
        )
        columns = "state, changed IS NOT NULL, round((julianday(next_due) - julianday('now')) * 24)"
        row = desk.rows(f"SELECT {columns} FROM urls WHERE url = '{link}'")[0]
        return told.stdout.split(":")[0].split(maxsplit=1)[1].strip(), captures, versions, row

    assert look_again(article()) == ("healthy     1 new, 1 fetched", 1, 1, ("done", 0, 1))
    noise = article(views=40_112, related="عنوان لم يكن هنا من قبل")
    assert look_again(noise) == ("healthy     0 new, 1 fetched", 2, 1, ("done", 0, 1))
    assert look_again(noise) == (
        "healthy     0 new, 0 fetched, 1 unchanged",
        2,
        1,
        ("done", 0, 1),
    )
    edited = article(lead=LEAD.replace("الخميس", "الجمعة"))
    assert look_again(edited) == ("healthy     0 new, 1 fetched", 3, 2, ("done", 1, 1))
    assert look_again(noise) == ("healthy     0 new, 1 fetched", 3, 3, ("done", 1, 1))  # taken back
    gone = look_again(Answer(status=410))
    assert gone == ("quiet       0 new, 0 fetched, 1 gone", 3, 3, ("gone", 1, None))
    versions = desk.rows("SELECT n, seen, text FROM versions ORDER BY n")
    assert ["الخميس" in text for _, _, text in versions] == [True, False, True]
    assert [seen for _, seen, _ in versions] == sorted({seen for _, seen, _ in versions})
    again = desk.scrapy("reread")
    assert again.returncode == 0, again.stderr
    assert desk.rows("SELECT state, reason FROM urls") == [("gone", "the server answered 410")]
    assert desk.rows("SELECT n, seen, text FROM versions ORDER BY n") == versions
    assert desk.rows("SELECT text FROM articles") == [(versions[2][2],)]

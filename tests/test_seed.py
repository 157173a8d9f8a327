"""The article it all starts from, with every difficulty in it; where it is missing, a press article of its shape."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MEETINGS = [  # first, city, level, status, members, link
    ("2016-06-21", "Washington", "ministerial_foreign_full", "held", None, "disagrees"),
    ("2016-11-17", "Berlin", "political_directors", "held", None, "known"),
    ("2017-03-22", "Washington", "ministerial_foreign_full", "announced", 68, "known"),
    ("2017-03-23", None, "political_directors", "announced", None, "known"),
]
DATES = [
    ("يوم 22 مارس الجاري", "2017-03-22"),
    ("وقت متأخر من الشهر الماضي", "2017-02"),
    ("الـ 23 من الجاري", "2017-03-23"),
    ("21 يونيو 2016", "2016-06-21"),
    ("17 نوفمبر 2016", "2016-11-17"),
]


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    archive = tmp_path_factory.mktemp("seed") / "archive.db"
    page = shared / "seed" / "elaph_2017-03_coalition.txt"
    command = [sys.executable, "-m", "scrapy", "ingest", str(page), "--outlet", "elaph", "--published", "2017-03-10",
               "-s", f"ARCHIVE={archive}"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return sqlite3.connect(archive)


def test_seed_is_one_relevant_article_of_london(seed: sqlite3.Connection) -> None:
    rows = seed.execute(
        "select outlet, relevance, dateline, dateline_city, published_day, published_source from articles"
    )
    assert rows.fetchall() == [("elaph", "main", "لندن", "London", "2017-03-10", "given")]


def test_seeds_stray_ampersands_are_gone_and_recorded(seed: sqlite3.Connection) -> None:
    text, extracted = seed.execute("select text, extracted from articles").fetchone()
    assert "&" not in text
    removed = seed.execute(
        "select start_char, end_char, text from removals where reason = 'stray_ampersand'"
    ).fetchall()
    assert len(removed) == 3
    assert all(extracted[start:end] == cut == "&" for start, end, cut in removed)


def test_seeds_five_dates(seed: sqlite3.Connection) -> None:
    rows = seed.execute("select text, value from dates order by start_char").fetchall()
    assert rows == DATES
    text = seed.execute("select text from articles").fetchone()[0]
    for start, end, cut in seed.execute("select start_char, end_char, text from dates"):
        assert text[start:end] == cut


def test_seeds_four_meetings_as_reported(seed: sqlite3.Connection) -> None:
    rows = seed.execute(
        "select first, city, level, status, member_count, link from mentions order by first"
    ).fetchall()
    assert rows == MEETINGS


def test_seeds_wrong_month_disagrees_with_the_known_meeting_and_is_not_corrected(
    seed: sqlite3.Connection,
) -> None:
    first, known, sentence = seed.execute(
        "select first, known, sentence from mentions where link = 'disagrees'"
    ).fetchone()
    assert first == "2016-06-21"
    assert known.startswith("2016-07-21-washington")
    assert "21 يونيو 2016" in sentence
    assert seed.execute("select first from meetings where id = ?", (known,)).fetchone() == ("2016-07-21",)
    values = seed.execute(
        "select value from disagreements where meeting = ? and field = 'date'", (known,)
    ).fetchall()
    assert ("2016-06-21",) in values


def test_press_article_of_the_seeds_shape_gives_the_same(press_archive: Path) -> None:
    connection = sqlite3.connect(press_archive)
    article, text, dateline = connection.execute(
        "select id, text, dateline_city from articles where outlet = 'manara' and published_day = '2017-03-10'"
    ).fetchone()
    assert "&" not in text
    assert dateline == "London"
    claims = connection.execute(
        "select first, city, level, status, member_count, link from mentions where article = ? order by first",
        (article,),
    ).fetchall()
    assert claims == MEETINGS
    removed = connection.execute(
        "select count(*) from removals where article = ? and reason = 'stray_ampersand'", (article,)
    ).fetchone()[0]
    assert removed >= 1

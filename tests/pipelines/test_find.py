"""What a reader asks is found under its other names and forms, and nothing else is."""

from __future__ import annotations

import sqlite3
from urllib.parse import parse_qsl

import pytest

from pipelines.find import Search
from pipelines.found import marked_html, timeline
from pipelines.schema import migrate
from pipelines.search import index_article
from tests.gold.score_search import finders, read_queries, score

TEXTS = {
    1: ("التحالف الدولي يجتمع", "اجتمع التحالف ضد داعش بمراكش في 11 ماي 2022."),
    2: ("لقاء", "التقى وزراء خارجية التحالف ضد تنظيم الدولة في مدينة مراكش يوم 11 أيار."),
    3: ("خبر عن تحالفات", "تتبدل التحالفات، وكان الميناء بعيدًا عن البيان."),
    4: ("بيان", "ميناء المدينة."),
}


@pytest.fixture(scope="module")
def archive() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    connection.execute("insert into outlets (id, name_ar, name_en) values ('o', 'س', 'O')")
    for rowid, (title, text) in TEXTS.items():
        connection.execute(
            "insert into articles (rowid, id, outlet, url, title, label, text, extracted, published_day, language,"
            " relevance, relevance_score, characters) values (?, ?, 'o', ?, ?, ?, ?, '', ?, 'ar', 'main', 1, 1)",
            (rowid, f"a{rowid}", f"u{rowid}", title, title, text, f"2022-0{rowid}-01"),
        )
        index_article(connection, rowid, title, text)
    return connection


def found(archive: sqlite3.Connection, q: str, **said: str) -> set[int]:
    sql, values = Search.asked({"q": q, **said}).page(20)
    return {row[0] for row in archive.execute(sql, values)}


@pytest.mark.parametrize(
    ("q", "said", "rows"),
    [
        ("داعش", {}, {1, 2}),
        ("تنظيم الدولة", {}, {1, 2}),
        ("«تنظيم الدولة»", {}, {2}),  # in quotes: these words and no others
        ("داعش", {"others": "no"}, {1}),
        ("مايو", {}, {1, 2}),
        ("مراكش", {}, {1, 2}),  # «بمراكش»
        ("التحالف", {}, {1, 2, 3}),
        ("التحالف", {"mode": "exact"}, {1, 2}),
        ("التحالف", {"mode": "title"}, {1, 3}),
        ("بيان", {}, {3, 4}),  # whose first letter is its own
        ("التحالف", {"month": "2022-03"}, {3}),
        ("التحالف", {"year": "2021"}, set()),
        ("التحالف", {"year": "٢٠٢٢", "sort": "'; drop"}, {1, 2, 3}),  # what makes no sense is not said
    ],
)
def test_search_finds(archive: sqlite3.Connection, q: str, said: dict[str, str], rows: set[int]) -> None:
    assert found(archive, q, **said) == rows


def test_exact_finds_no_more_than_all_forms(archive: sqlite3.Connection) -> None:
    for q in ("التحالف", "ميناء", "تحالفات", "11"):
        assert found(archive, q, mode="exact") <= found(archive, q)


def test_order_by_date(archive: sqlite3.Connection) -> None:
    sql, values = Search.asked({"q": "التحالف", "sort": "date"}).page(20)
    assert [row[0] for row in archive.execute(sql, values)] == [3, 2, 1]


def test_an_address_says_the_whole_search() -> None:
    search = Search.asked(
        {"q": "وزراء  الخارجية\0", "mode": "title", "month": "2017-03", "others": "no", "sort": "date"}
    )
    assert Search.asked(dict(parse_qsl(search.address()))) == search
    assert search.q == "وزراء الخارجية"


def test_a_part_says_its_other_names_as_they_are_written() -> None:
    (first, second) = Search("تنظيم الدولة بسوريا").parts()
    assert first.typed == "تنظيم الدولة"
    assert [way.written for way in first.others] == ["داعش", "الدولة الإسلامية"]
    assert second.typed == "بسوريا"
    assert second.others == ()


@pytest.mark.parametrize("q", ["", '"', "NEAR(", "*", "title:", ")", "ـــ", "«»", "AND", "\ud800"])
def test_any_query_is_a_valid_expression(archive: sqlite3.Connection, q: str) -> None:
    for mode in ("all", "exact", "title"):
        found(archive, q, mode=mode)


def test_markup_of_an_article_stays_text() -> None:
    assert marked_html("<b> \ue000كلمة\ue001 \ue000") == "&lt;b&gt; <mark>كلمة</mark> "


def test_timeline_shows_months_without_articles_and_years_where_there_are_many() -> None:
    assert timeline([("2017-11", 2), ("2018-01", 1)]) == [("2017-11", 2), ("2017-12", 0), ("2018-01", 1)]
    assert timeline([("2014-01", 2), ("2014-02", 1), ("2018-01", 1)]) == [
        ("2014", 3), ("2015", 0), ("2016", 0), ("2017", 0), ("2018", 1)
    ]  # fmt: skip


def test_search_beats_plain_fts5_on_the_gold_queries() -> None:
    ours, plain = (score(read_queries(), find) for find in finders())
    assert ours[0] > 0.9 > plain[0]
    assert ours[1] > 0.9 > plain[1]

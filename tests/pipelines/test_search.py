"""The index must agree with FTS5 word for word, or it marks the wrong words and deletes leave ghosts."""

from __future__ import annotations

import sqlite3

import pytest

from pipelines.schema import migrate
from pipelines.search import fold_query, index_article, index_text, rebuild, unindex_article

TEXTS = [
    "قال التّحالُفُ إن الاجتماع، في ٢٢ مارس، عُقد في واشنطن.",
    "كلمة\u200cمفصولة ورمز\u200f وعلامة\u2066 معزولة\u2069 و😀 و🦀 ورمز_سفلي ـــ وحيد ًًً",
    "Reuters/AFP: 68 دولة (67.5%) «بغداد–أربيل» a\u0301b \ufdfd \u061c",
    "",
]


@pytest.fixture
def archive() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    connection.execute("insert into outlets (id, name_ar, name_en) values ('o', 'س', 'O')")
    return connection


def put(archive: sqlite3.Connection, text: str, title: str = "عنوان") -> int:
    number = archive.execute("select count(*) from articles").fetchone()[0] + 1
    archive.execute(
        "insert into articles (id, outlet, url, title, label, text, extracted, language, relevance, relevance_score,"
        " characters) values (?, 'o', ?, ?, ?, ?, '', 'ar', 'main', 1, 1)",
        (f"a{number}", f"u{number}", title, title, text),
    )
    index_article(archive, number, title, text)
    return int(number)


def marked(archive: sqlite3.Connection, q: str) -> list[str]:
    sql = "select highlight(articles_fts, 1, '[', ']') from articles_fts where articles_fts match ? order by rowid"
    return [row[0] for row in archive.execute(sql, (fold_query(q),))]


@pytest.mark.parametrize("text", TEXTS)
def test_index_has_as_many_words_as_fts5_sees(text: str) -> None:
    def words(indexed: str) -> int:
        connection = sqlite3.connect(":memory:")
        migrate(connection)
        connection.execute("insert into articles_fts(rowid, title, text) values (1, '', ?)", (indexed,))
        connection.execute("create virtual table words using fts5vocab(articles_fts, 'instance')")
        return int(connection.execute("select count(*) from words").fetchone()[0])

    assert words(index_text(text)) == words(text)


@pytest.mark.parametrize("before", TEXTS)
def test_the_right_word_is_marked_whatever_stands_before_it(archive: sqlite3.Connection, before: str) -> None:
    put(archive, f"{before} ثم للتّحالُف وحده")
    (text,) = marked(archive, "التحالف وحده")
    assert "[للتّحالُف] [وحده]" in text


def test_an_article_taken_out_leaves_nothing(archive: sqlite3.Connection) -> None:
    put(archive, TEXTS[1])
    rowid = put(archive, TEXTS[0])
    unindex_article(archive, rowid, "عنوان", TEXTS[0])
    assert marked(archive, "واشنطن") == []
    assert len(marked(archive, "معزولة")) == 1


def test_rebuild_gives_the_same_index(archive: sqlite3.Connection) -> None:
    for text in TEXTS:
        put(archive, text)
    before = [marked(archive, q) for q in ("التحالف", "22", "مارس", "reuters")]
    assert rebuild(archive) == len(TEXTS)
    assert [marked(archive, q) for q in ("التحالف", "22", "مارس", "reuters")] == before
    assert before[0]


@pytest.mark.parametrize("q", ["", " ", '"', "*", "()", "ـــ", "\x00", "\ud800"])
def test_a_query_without_words_finds_nothing_and_is_no_error(archive: sqlite3.Connection, q: str) -> None:
    put(archive, TEXTS[0])
    assert marked(archive, q) == []

"""A question's file is written by people who know SQL and not our code: a mistake must be named with its line."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from crawler.items import BadUseError
from pipelines.dictionary import load_dictionary
from pipelines.exports import Asked, select
from pipelines.questions import Question, QuestionError, load_questions, read_question

GOOD = """/*
title:
  ar: من أول من قال إن الأعضاء 68؟
  en: Who first said 68?
description: {ar: وصف, en: description}
parameters:
  member_count: {ar: العدد, en: Number, type: integer, default: 68}
change: {ar: غيّره, en: Change it}
*/
select id as article from articles
where characters > :member_count and title <> ':no_parameter'  -- nor is :this
"""
ARABIC = re.compile("[\u0621-\u064a]")


def write(folder: Path, text: str, name: str = "some_question.sql") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_file_is_read(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, GOOD))
    assert question.name == "some_question"
    assert question.title.en == "Who first said 68?"
    assert question.sql.startswith("select id")
    assert question.values({}) == {"member_count": 68}
    assert question.values({"member_count": "٧٢"}) == {"member_count": 72}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("/*", "--", ":1: begin with a comment"),
        ("title:", "titel:", ":2: unknown key titel"),
        ("  en: Who first said 68?\n", "", ":2: title needs words in ar and in en"),
        ("en: description}", "en: what?}", ":5: expected"),
        ("type: integer", "type: number", ":7: the type of member_count is one of"),
        (", default: 68", "", ":7: member_count needs"),
        ("  member_count:", "  count:", ":11: :member_count is used and not declared"),
        (
            "parameters:\n",
            "parameters:\n  extra: {ar: ز, en: e, type: text, default: ''}\n",
            ":7: extra is declared and not used",
        ),
        ("select id", "delete", ":10: one select statement"),
        ("  -- nor is :this", "; drop table articles", ":10: one select statement"),
    ],
)
def test_mistake_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(QuestionError) as raised:
        read_question(write(tmp_path, GOOD.replace(old, new, 1)))
    assert str(raised.value).startswith(f"some_question.sql{words}")
    assert "\n" not in str(raised.value)


def test_file_must_have_a_name_that_sql_and_addresses_take(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="small letters"):
        read_question(write(tmp_path, GOOD, "Some-Question.sql"))


@pytest.mark.parametrize("value", ["", "x", "1.5", "1e3", "9" * 19, "1;drop"])
def test_number_must_be_one(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadUseError, match="not a whole number"):
        read_question(write(tmp_path, GOOD)).values({"member_count": value})


def test_there_are_enough_questions_and_their_words_are_in_their_languages() -> None:
    questions = load_questions()
    assert len(questions) >= 18
    for question in questions.values():
        for words in (question.title, question.description, *(one.label for one in question.parameters)):
            assert ARABIC.search(words.ar), question.name
            if "«" not in words.en:
                assert not ARABIC.search(words.en), question.name
        assert question.title.ar.endswith("؟") or question.name == "meetings_between"


@pytest.mark.parametrize("question", load_questions().values(), ids=lambda one: one.name)
def test_every_question_runs_on_the_press_and_has_an_answer(press_archive: Path, question: Question) -> None:
    connection = sqlite3.connect(press_archive)
    selection = select(connection, Asked(question.name))
    rows = list(selection.rows(connection))
    assert rows, "an example without an answer teaches nothing"
    kinds = {"integer": int, "real": float | int, "text": str, "day": str, "moment": str, "link": str}
    for column, values in zip(selection.columns, zip(*rows, strict=True), strict=True):
        assert column.about_ar, f"describe {column.name} in columns.yml under answers"
        assert column.title_ar != column.name
        for value in values:
            assert value is None or isinstance(value, kinds[column.kind]), (column, value)


def one(archive: Path, name: str, **parameters: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(archive)
    return list(select(connection, Asked(name, parameters=parameters)).rows(connection))


def test_answers_are_what_the_press_says(press_archive: Path) -> None:
    first = one(press_archive, "who_first_said_count", member_count="68")[0]
    assert first[:2] == ("2017-03-10", "manara")
    assert "68 دولة" in str(first[4])
    days = one(press_archive, "disputed_values", field="date")
    assert {row[3] for row in days if row[0] == "2017-03-22-washington-ministerial"} == {
        "2017-03-21",
        "2017-03-22",
        "2017-03-23",
    }
    (postponed,) = one(press_archive, "announced_never_held")
    assert postponed[0] == "2019-02-15-munich-defence"
    assert {row[1:3] for row in one(press_archive, "who_copies_whom")} == {("rukn", 1), ("sada", 1)}
    assert [row[2] for row in one(press_archive, "wire_copies", outlet="rukn")] == ["manara", "sada", "rukn"]
    assert len(one(press_archive, "corrected_articles")) == 2


def test_list_of_outlets_narrows_what_is_uncovered(press_archive: Path) -> None:
    everybody = {row[0] for row in one(press_archive, "uncovered_meetings")}
    two = {row[0] for row in one(press_archive, "uncovered_meetings", outlets="rukn, sada")}
    assert everybody < two
    counts = [row[4:] for row in one(press_archive, "uncovered_meetings", outlets="rukn")]
    assert set(counts) == {(1, 0), (0, 1)}, "one outlet is silent or wasn't collected"


def test_every_table_view_and_column_is_described(press_archive: Path) -> None:
    connection = sqlite3.connect(press_archive)
    dictionary = load_dictionary()
    names = [
        name
        for (name,) in connection.execute(
            "select name from pragma_table_list where schema = 'main' and type in ('table', 'view')"
            " and name not in ('sqlite_schema', 'sqlite_stat1', '_sqlite_migrations')"
        )
    ]
    assert "coverage_by_month" in names
    for name in names:
        columns = [row[1] for row in connection.execute(f"pragma table_info({name})")]
        assert dictionary.columns_of(name) == columns, (
            f"describe the columns of {name} in pipelines/columns.yml"
        )
        assert all(dictionary.table_about(name)), name
        assert dictionary.table_title(name) != name, f"name {name} in datasette/labels.yml"
        for column in columns:
            told = dictionary.column(name, column)
            assert ARABIC.search(told.about_ar), (name, column)
            assert told.about_en, (name, column)
            assert told.example, (name, column)
            assert ARABIC.search(told.title_ar), (name, column)

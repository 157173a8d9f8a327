"""A file a newsroom opens must hold what the archive holds, in every format, and must not run."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from crawler.items import BadUseError
from pipelines.exports import TABULAR, Asked, export, export_all, export_archive, select
from pipelines.exports.dump import quoted
from pipelines.exports.spreadsheet import ROWS
from tests.pipelines.exports.conftest import FORMULAS, LONG, ODD

HELD = "2017-03-22-washington-ministerial"


def write(archive: sqlite3.Connection, folder: Path, what: str, form: str, **asked: Any) -> Path:
    path = folder / f"out.{form}"
    export(archive, Asked(what, **asked), form, path)
    return path


def rows(archive: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return list(select(archive, Asked(table)).rows(archive))


def test_csv_is_for_programs(archive: sqlite3.Connection, tmp_path: Path) -> None:
    raw = write(archive, tmp_path, "outlets", "csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert {row["id"]: row["affiliation"] for row in read} == FORMULAS


def test_excel_csv_has_its_mark_and_runs_nothing(archive: sqlite3.Connection, tmp_path: Path) -> None:
    raw = write(archive, tmp_path, "outlets", "excel-csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {row["id"]: row["affiliation"] for row in read} == {
        name: f"'{value}" for name, value in FORMULAS.items()
    }


def test_numbers_below_zero_stay_numbers(archive: sqlite3.Connection, tmp_path: Path) -> None:
    path = write(archive, tmp_path, "articles_about_meetings", "excel-csv")
    read = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert [row["days_after"] for row in read] == ["-12", "1"]


def test_workbook_reads_from_right_to_left_under_a_head_that_stays(
    archive: sqlite3.Connection, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(write(archive, tmp_path, "meetings", "xlsx"))
    sheet, explained = book["meetings"], book.worksheets[1]
    assert sheet.sheet_view.rightToLeft
    assert explained.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    head = [cell.value for cell in sheet[1]]
    assert head[:3] == ["المعرّف", "العنوان", "أول يوم"]
    told = {row[1].value: row[2].value for row in explained.iter_rows()}
    assert "أول أيامه" in told["first"]
    assert {row[1].value: row[2].value for row in explained.iter_rows() if row[1].value == "held"} == {
        "held": "عُقد"
    }


def test_workbook_has_real_dates_numbers_and_links(archive: sqlite3.Connection, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(archive, tmp_path, "meetings", "xlsx"))
    by_id = {row[0].value: row for row in book["meetings"].iter_rows(min_row=2)}
    assert by_id[HELD][2].value == datetime(2017, 3, 22)  # noqa: DTZ001
    assert by_id[HELD][2].number_format == "yyyy-mm-dd"
    assert by_id[HELD][8].value == 68
    assert by_id["1899-old"][2].value == "1899-01-05"  # Excel has no such day
    assert by_id["unknown-brussels"][2].value is None
    articles = openpyxl.load_workbook(write(archive, tmp_path, "articles", "xlsx"))["articles"]
    links = [row[2] for row in articles.iter_rows(min_row=2)]
    assert all(cell.hyperlink.target == cell.value for cell in links)
    crawls = openpyxl.load_workbook(write(archive, tmp_path, "crawls", "xlsx"))["crawls"]
    assert crawls["C2"].value == datetime(2026, 11, 20, 5, 0)  # noqa: DTZ001


def test_workbook_runs_nothing_and_loses_nothing_but_what_no_cell_holds(
    archive: sqlite3.Connection, tmp_path: Path
) -> None:
    path = write(archive, tmp_path, "outlets", "xlsx")
    sheet = openpyxl.load_workbook(path)["outlets"]
    cells = {row[0].value: row[6] for row in sheet.iter_rows(min_row=2)}
    assert all(cell.data_type != "f" for cell in cells.values())
    assert all(cell.quotePrefix for cell in cells.values()), "editing the cell would make a formula of it"
    assert {name: unescape(cell.value) for name, cell in cells.items()} == FORMULAS
    articles = openpyxl.load_workbook(write(archive, tmp_path, "articles", "xlsx"))["articles"]
    texts = {row[0].value: row for row in articles.iter_rows(min_row=2)}
    assert texts["rukn-00000001"][7].value == ODD
    assert len(texts["qalam-00000003"][5].value) == 32_767
    assert texts["qalam-00000003"][5].value.endswith("ب…")


def test_jsonl_has_a_line_a_row(archive: sqlite3.Connection, tmp_path: Path) -> None:
    text = write(archive, tmp_path, "articles", "jsonl").read_text(encoding="utf-8")
    read = [json.loads(line) for line in text.splitlines()]  # splitlines breaks at U+2028, too
    assert [tuple(row.values()) for row in read] == rows(archive, "articles")


def test_parquet_has_types(archive: sqlite3.Connection, tmp_path: Path) -> None:
    table = pq.read_table(write(archive, tmp_path, "articles", "parquet"))
    assert table.schema.field("published_day").type == pa.date32()
    assert table.schema.field("relevance_score").type == pa.float64()
    assert table.schema.field("characters").type == pa.int64()
    read = {row["id"]: row for row in table.to_pylist()}
    assert read["sada-00000002"]["published_day"] == date(2017, 3, 23)
    assert read["qalam-00000003"]["text"] == LONG
    assert read["qalam-00000004"]["published_day"] is None
    crawls = pq.read_table(write(archive, tmp_path, "crawls", "parquet"))
    assert crawls["started"].to_pylist() == [datetime(2026, 11, 20, 5, tzinfo=UTC)]


def test_dump_of_a_table_loads_into_a_fresh_sqlite_and_is_equal(
    archive: sqlite3.Connection, tmp_path: Path
) -> None:
    for table in ("articles", "mentions", "captures", "first_reports"):
        fresh = sqlite3.connect(":memory:")
        fresh.executescript(write(archive, tmp_path, table, "sql").read_text(encoding="utf-8"))
        assert sorted(fresh.execute(f"select * from {table}")) == sorted(rows(archive, table))


def test_dump_of_the_archive_loads_with_every_check_on_and_is_equal(
    archive: sqlite3.Connection, tmp_path: Path
) -> None:
    export_archive(archive, tmp_path / "all.sql")
    fresh = sqlite3.connect(tmp_path / "fresh.db")
    script = (tmp_path / "all.sql").read_text(encoding="utf-8")
    fresh.executescript(script)
    assert fresh.execute("pragma foreign_key_check").fetchall() == []
    assert fresh.execute("pragma integrity_check").fetchone() == ("ok",)
    names = [name for (name,) in archive.execute(
        "select name from pragma_table_list where schema = 'main' and type in ('table', 'view') and name not glob 'sqlite_*'"
    )]  # fmt: skip
    assert "meeting_timeline" in names
    for name in names:
        assert sorted(fresh.execute(f"select * from {name}"), key=repr) == sorted(
            archive.execute(f"select * from {name}"), key=repr
        ), name
    # and with the checks on: what refers to something comes after it, or waits for the commit
    strict = sqlite3.connect(":memory:")
    strict.executescript(script.replace("pragma foreign_keys = off", "pragma foreign_keys = on"))


@pytest.mark.parametrize(
    "value", [1.1, 0.1 + 0.2, 1e300, float("inf"), -5, 2**62, None, b"\x00\xff", "'", "a\0b'c", "a\r\nb"]
)
def test_every_value_keeps_all_its_digits_and_letters(value: object) -> None:
    assert sqlite3.connect(":memory:").execute(f"select {quoted(value)}").fetchone()[0] == value


def test_same_rows_give_the_same_bytes(archive: sqlite3.Connection, tmp_path: Path) -> None:
    forms = (*TABULAR, "ics", "atom")
    one = export_all(archive, tmp_path / "one", formats=forms)
    other = export_all(archive, tmp_path / "other", formats=forms)
    assert len(one) > 150
    for first, second in zip(one, other, strict=True):
        assert first.path.read_bytes() == second.path.read_bytes(), first.path.name


def test_rows_of_each_format_are_the_tables(archive: sqlite3.Connection, tmp_path: Path) -> None:
    for written in export_all(archive, tmp_path / "all", what=["mentions", "meetings"]):
        assert written.rows == len(rows(archive, written.what)), written.path.name


def test_more_rows_than_a_sheet_holds_go_on_in_a_second_one(
    archive: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ROWS == 1_048_575
    monkeypatch.setattr("pipelines.exports.spreadsheet.ROWS", 3)
    book = openpyxl.load_workbook(write(archive, tmp_path, "articles", "xlsx"))
    assert [sheet.max_row for sheet in book.worksheets[:2]] == [4, 2]
    assert book.sheetnames[:2] == ["articles", "articles 2"]
    assert book.worksheets[1]["A1"].value == "المعرّف"


@pytest.mark.parametrize(
    ("what", "asked", "ids"),
    [
        ("articles", {"since": "2017-03-23"}, {"sada-00000002", "qalam-00000003"}),
        ("articles", {"until": "2017-03-10"}, {"rukn-00000001"}),
        ("articles", {"outlet": "qalam"}, {"qalam-00000003", "qalam-00000004"}),
        ("meetings", {"since": "2017-01-01", "until": "2017-12-31"}, {HELD}),
        ("meetings", {"outlet": "sada"}, {HELD}),
        ("mentions", {"since": "2017-03-20"}, {"m2"}),
        ("disagreements", {"outlet": "rukn"}, {"d68"}),
    ],
)
def test_filters_keep_what_they_say(
    archive: sqlite3.Connection, what: str, asked: dict[str, str], ids: set[str]
) -> None:
    selection = select(archive, Asked(what, **asked))  # type: ignore[arg-type]
    assert {row[0] for row in selection.rows(archive)} == ids


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked("meeting"), "did you mean meetings"),
        (Asked("who_said_first"), "who_first_said_count"),
        (Asked("articles", outlet="ruk"), "did you mean rukn"),
        (Asked("articles", since="2017-3-1"), "not a day"),
        (Asked("articles", since="٢٠١٧-٠٣-٠١"), "not a day"),
        (Asked("articles", since="2017-03-02", until="2017-03-01"), "after"),
        (Asked("archive", since="2017-03-02"), "has no day"),
        (Asked("actors", outlet="rukn"), "has no outlet"),
        (Asked("articles", parameters={"x": "1"}), "takes no --param"),
        (Asked("who_first_said_count", parameters={"member_cuont": "1"}), "did you mean member_count"),
        (Asked("who_first_said_count", parameters={"member_count": "x"}), "not a whole number"),
        (Asked("who_first_said_count", since="2017-01-01"), "takes no --since; it takes member_count"),
        (Asked("first_to_report", since="2017-01-02", until="2017-01-01"), "after"),
        (Asked("articles_fts"), "no table"),
        (Asked("sqlite_master"), "no table"),
    ],
)
def test_bad_use_is_one_line_with_the_nearest_names(
    archive: sqlite3.Connection, asked: Asked, words: str
) -> None:
    with pytest.raises(BadUseError, match=words) as raised:
        select(archive, asked)
    assert "\n" not in str(raised.value)

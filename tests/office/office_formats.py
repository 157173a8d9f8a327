"""`make office`: LibreOffice opens our files as a newsroom does, and we read back what it saw.

Not part of `make test`: it needs LibreOffice (sudo apt-get install libreoffice-calc) and half a minute.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from pipelines.exports import Asked, export
from tests.site.archive_rows import build

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
FILES = (
    ("meetings", "xlsx"),
    ("articles", "xlsx"),
    ("outlets", "xlsx"),
    ("outlets", "excel-csv"),
    ("articles", "excel-csv"),
)

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not on this machine: sudo apt-get install libreoffice-calc"
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    """Give each file as LibreOffice understood it, by its name: flat OpenDocument XML."""
    folder = tmp_path_factory.mktemp("office")
    build(folder / "archive.db")
    connection = sqlite3.connect(folder / "archive.db")
    connection.execute("update outlets set affiliation = '=1+1' where id = 'rukn'")
    connection.execute("update outlets set affiliation = '@SUM(1)' where id = 'sada'")
    for what, form in FILES:
        export(connection, Asked(what), form, folder / f"{what}-{form}.{'xlsx' if form == 'xlsx' else 'csv'}")
    connection.close()
    convert(folder, "fods", *sorted(folder.glob("*.xlsx")))
    # what the import dialog finds by the byte order mark has to be told to a LibreOffice without a screen
    convert(folder, "fods", *sorted(folder.glob("*-excel-csv.csv")), opened_as="CSV:44,34,76")
    return {path.stem: etree.parse(path).getroot() for path in folder.glob("*.fods")}


def convert(folder: Path, form: str, *files: Path, opened_as: str | None = None) -> None:
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", form,
               "--outdir", str(folder), *([f"--infilter={opened_as}"] if opened_as else []), *map(str, files)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr


def cells(root: etree._Element, what: str) -> list[str]:
    found = root.xpath(what, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(one) for one in found]


def texts(root: etree._Element) -> list[str]:
    return cells(root, "//table:table-cell/text:p//text()")


def test_sheets_run_from_right_to_left(seen: dict[str, etree._Element]) -> None:
    root = seen["meetings-xlsx"]
    for style in cells(root, "//table:table/@table:style-name"):
        mode = cells(root, f"//style:style[@style:name='{style}']/style:table-properties/@style:writing-mode")
        assert mode == ["rl-tb"]
    assert cells(root, "//table:table/@table:name") == ["meetings", "شرح الأعمدة"]


def test_days_are_dates(seen: dict[str, etree._Element]) -> None:
    assert set(cells(seen["meetings-xlsx"], "//@office:date-value")) == {"2017-03-22"}
    assert set(cells(seen["articles-xlsx"], "//@office:date-value")) == {
        "2017-03-10",
        "2017-03-23",
        "2017-04-02",
    }


@pytest.mark.parametrize("name", ["articles-xlsx", "articles-excel-csv"])
def test_arabic_is_arabic(seen: dict[str, etree._Element], name: str) -> None:
    assert "واشنطن تدعو وزراء التحالف إلى اجتماع موسع" in texts(seen[name])
    assert "التّحالُف يراجع خططه" in texts(seen[name])
    assert "سلمى الراوي" in texts(seen[name])


@pytest.mark.parametrize(
    ("name", "shown"), [("outlets-xlsx", ["=1+1", "@SUM(1)"]), ("outlets-excel-csv", ["'=1+1", "'@SUM(1)"])]
)
def test_nothing_runs(seen: dict[str, etree._Element], name: str, shown: list[str]) -> None:
    assert cells(seen[name], "//@table:formula") == []
    assert set(shown) <= set(texts(seen[name]))


def test_addresses_are_links(seen: dict[str, etree._Element]) -> None:
    links = cells(seen["articles-xlsx"], "//text:a/@xlink:href")
    assert min(links).startswith("http://qalam.test/")
    assert len(links) == 4


def test_workbook_saved_as_csv_by_the_office_is_the_table(tmp_path: Path) -> None:
    build(tmp_path / "archive.db")
    connection = sqlite3.connect(tmp_path / "archive.db")
    export(connection, Asked("meetings"), "xlsx", tmp_path / "meetings.xlsx")
    convert(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "meetings.xlsx")
    with (tmp_path / "meetings.csv").open(encoding="utf-8-sig", newline="") as handle:
        head, first, *_ = csv.reader(handle)
    assert head[:3] == ["المعرّف", "العنوان", "أول يوم"]
    assert first[2] == "2017-03-22"
    assert first[8] == "68"

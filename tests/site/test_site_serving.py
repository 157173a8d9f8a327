"""Serving is the last step of `make run`: what stands in its way is said in one line, and writers don't disturb it."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest

from crawler.items import BadUseError
from pipelines.search import index_article
from pipelines.site import serve
from tests.site.archive_rows import PUBLISHED, build, put, put_article
from tests.site.serving import served


def test_a_busy_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadUseError, match=r"port \d+ can't be used"):
            serve(tmp_path / "archive.db", taken.getsockname()[1])


@pytest.mark.parametrize("port", [0, -1, 70_000])
def test_no_port_is_one_line(tmp_path: Path, port: int) -> None:
    with pytest.raises(BadUseError, match="is no port"):
        serve(tmp_path / "archive.db", port)


def test_what_is_no_archive_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database", encoding="utf-8")
    for path, complaint in (
        ("notes.txt", "no SQLite"),
        (".", "folder"),
        ("nowhere/archive.db", "does not exist"),
    ):
        with pytest.raises(BadUseError, match=complaint):
            serve(tmp_path / path, 8001)


def test_an_archive_is_read_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive.db"
    build(archive)
    title, text, article = "خبر عاجل", "وصل الوفد إلى كوبنهاغن للتشاور.", "sada-00000009"
    monkeypatch.setitem(PUBLISHED, article, ("2017-05-08", "2017-05-08"))
    writer = sqlite3.connect(archive, isolation_level=None)
    with served(archive) as client:
        writer.execute("begin immediate")
        put_article(writer, article, title, text)
        put(writer, "failures", url="u", stage="fetch", error="e", seen="2026-11-20")
        (rowid,) = writer.execute("select rowid from articles where id = ?", (article,)).fetchone()
        index_article(writer, rowid, title, text)
        before = client.get("/search", params={"q": "كوبنهاغن"})
        writer.execute("commit")
        after = client.get("/search", params={"q": "كوبنهاغن"})
    writer.close()
    assert before.status_code == after.status_code == 200
    assert article not in before.text
    assert article in after.text

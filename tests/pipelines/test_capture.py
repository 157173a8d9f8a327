"""Raw first: what was captured is in the WARC, byte for byte, and a whole archive can be read from it."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.items import Captured, DateCandidate, Page
from pipelines.archive import open_archive
from pipelines.capture import capture, load, put_capture
from pipelines.reread import as_captured
from pipelines.store import put_undeclared
from pipelines.warc import WarcError, WarcFile, read_warc

NOON = datetime(2017, 3, 10, 12, 0, 0, 250_000, tzinfo=UTC)
PAGE = Page(
    url="http://manara.example/politics/1.html",
    outlet="manara",
    body="<html><p>اجتماع «التحالف»</p></html>".encode("windows-1256"),
    status=200,
    fetched=NOON,
    content_type="text/html; charset=windows-1256",
    headers=(("Content-Encoding", "gzip"), ("ETag", '"1"'), ("Content-Length", "7")),
    found_by="feed http://manara.example/rss.xml",
    hints=(DateCandidate("feed", "Fri, 10 Mar 2017 09:30:00 GMT", None),),
)


def keep(folder: Path, *pages: Page) -> list[Captured]:
    """Capture pages as a crawl does, one after another, into one.warc.gz."""
    connection = open_archive(folder / "archive.db", "real")
    put_undeclared(connection, PAGE.outlet)
    warc = WarcFile(folder, "one.warc.gz")
    kept = []
    for page in pages:
        kept.append(capture(page, warc, connection))
        put_capture(connection, kept[-1])
    warc.close()
    connection.close()
    return kept


def write(folder: Path, *pages: Page) -> Path:
    keep(folder, *pages)
    return folder / "one.warc.gz"


def test_bytes_hash_and_provenance_survive_the_warc(tmp_path: Path) -> None:
    path = write(tmp_path, PAGE)
    with path.open("rb") as stream:
        (page,) = read_warc(stream, path.name)
    assert page.body == PAGE.body
    assert (page.url, page.outlet, page.fetched, page.found_by) == (PAGE.url, "manara", NOON, PAGE.found_by)
    assert page.hints == PAGE.hints
    assert page.content_type == "text/html; charset=windows-1256"


def test_the_web_archives_copy_a_page_was_read_from_stands_in_row_and_warc_and_in_what_is_read_again(
    tmp_path: Path,
) -> None:
    copy = "https://archive.example/web/20170310091500id_/http://www.manara.example:80/politics/1.html"
    (kept,) = keep(tmp_path, replace(PAGE, archived=copy))
    connection = open_archive(tmp_path / "archive.db", None)
    (row,) = connection.execute("select url, archived from captures").fetchall()
    connection.close()
    assert row == (PAGE.url, copy)
    with (tmp_path / "one.warc.gz").open("rb") as stream:
        (page,) = read_warc(stream, "one.warc.gz")
    assert (page.url, page.archived, page.found_by) == (PAGE.url, copy, PAGE.found_by)
    again = as_captured(load(tmp_path, kept.capture), kept.capture)
    assert again.archived == copy


def test_record_says_its_sha256_and_no_transfer_encoding_of_the_wire(tmp_path: Path) -> None:
    path = write(tmp_path, PAGE)
    with path.open("rb") as stream:
        record = next(iter(ArchiveIterator(stream)))
        assert (
            record.rec_headers.get_header("WARC-Payload-Digest")
            == "sha256:" + hashlib.sha256(PAGE.body).hexdigest()
        )
        assert record.http_headers.get_header("Content-Encoding") is None
        assert record.http_headers.get_header("Content-Length") == str(len(PAGE.body))
        assert record.http_headers.get_header("ETag") == '"1"'


def test_each_capture_is_found_again_at_its_own_offset(tmp_path: Path) -> None:
    second = replace(PAGE, url="http://manara.example/politics/2.html", body=b"<html>2</html>")
    kept = keep(tmp_path, PAGE, second)
    assert [load(tmp_path, one.capture).body for one in kept] == [PAGE.body, second.body]


def test_known_state_becomes_a_revisit_record_and_no_second_copy(tmp_path: Path) -> None:
    first, again = keep(tmp_path, PAGE, replace(PAGE, fetched=NOON.replace(hour=18)))
    assert again.capture == first.capture
    with (tmp_path / "one.warc.gz").open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["response", "metadata", "revisit", "metadata"]


def test_one_state_has_one_id_wherever_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (here,) = keep(tmp_path / "a", PAGE)
    there, other = keep(
        tmp_path / "b", replace(PAGE, fetched=NOON.replace(hour=2)), replace(PAGE, body=b"another")
    )
    assert here.capture.id == there.capture.id
    assert here.capture.id != other.capture.id


def test_file_cut_off_by_a_kill_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(50_000)  # so that the cut falls into the second page's bytes
    path = write(tmp_path, PAGE, replace(PAGE, url="http://manara.example/2", body=noise))
    path.write_bytes(path.read_bytes()[:25_000])
    with path.open("rb") as stream:
        pages = read_warc(stream, path.name)
        assert next(pages).body == PAGE.body
        with pytest.raises(WarcError, match=r"one\.warc\.gz.*cut off"):
            next(pages)


@pytest.mark.parametrize(
    "content", [b"not a warc", gzip.compress(b"not a warc either"), b"\x1f\x8b broken gzip"]
)
def test_what_is_no_warc_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(WarcError, match=r"x\.warc"):
        list(read_warc(io.BytesIO(content), "x.warc"))


def test_saved_page_without_a_servers_headers_is_a_resource_and_comes_back(tmp_path: Path) -> None:
    saved = replace(
        PAGE, url="urn:sha256:00", headers=(), content_type="text/plain; charset=utf-8", body="نص\n".encode()
    )
    (kept,) = keep(tmp_path, saved)
    with (tmp_path / "one.warc.gz").open("rb") as stream:
        assert next(iter(ArchiveIterator(stream))).rec_type == "resource"
    page = load(tmp_path, kept.capture)
    assert (page.url, page.body, page.content_type) == (saved.url, saved.body, saved.content_type)


def test_missing_or_changed_bytes_are_damage_that_names_the_file(tmp_path: Path) -> None:
    (kept,) = keep(tmp_path, PAGE)
    with pytest.raises(WarcError, match=r"gone\.warc\.gz"):
        load(tmp_path, replace(kept.capture, warc="gone.warc.gz"))
    with pytest.raises(WarcError, match="does not hold the bytes captured"):
        load(tmp_path, replace(kept.capture, sha256="0" * 64))

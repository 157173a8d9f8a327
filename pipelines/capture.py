"""Raw first: what the server sent goes into a WARC, with its SHA-256, before anything is parsed.

A state of a page that is captured already gets a WARC revisit record and no second copy. What the bytes don't tell
(the outlet, which source found the page, the dates its feed gave) stands in a metadata record behind each response,
so that an archive can be made again from its WARCs alone.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Capture, Captured, DateCandidate, Page, TahalufError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# The body is kept as decoded, so what spoke of its transfer would be untrue of the record.
_TRANSFER_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})


COLUMNS = 'id, url, outlet, fetched, sha256, warc, "offset", length, status, content_type'


class CaptureError(TahalufError):
    """A WARC that can't be read or written; the message names it and says why."""


def warc_folder(archive: Path) -> Path:
    """Give the folder of an archive's WARC files: `archive.db` has `archive.warc/` beside it."""
    return archive.with_suffix(".warc")


def capture_id(url: str, sha256: str) -> str:
    """Give the stable id of one state of one page: sixteen hex digits."""
    return hashlib.sha256(f"{url}\n{sha256}".encode()).hexdigest()[:16]


class WarcFile:
    """One WARC file of one run, opened at the first record and flushed after each."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name
        self._stream: BinaryIO | None = None
        self._writer: WARCWriter | None = None

    def write(self, page: Page, known: Capture | None = None) -> Capture:
        """Write `page`, or a revisit record when `known` holds the same bytes, and give its capture.

        Raises CaptureError when the disk refuses.
        """
        sha256 = hashlib.sha256(page.body).hexdigest()
        try:
            offset = self._append(page, sha256, known)
        except OSError as error:
            raise CaptureError(f"{self._path}: {error.strerror or error}") from error
        if known is not None:
            return known
        return Capture(
            capture_id(page.url, sha256),
            page.url,
            page.outlet,
            page.fetched,
            sha256,
            self._path.name,
            offset,
            len(page.body),
            page.status,
            page.content_type,
        )

    def close(self) -> None:
        """Close the file, if it was ever opened."""
        if self._stream is not None:
            self._stream.close()

    def _append(self, page: Page, sha256: str, known: Capture | None) -> int:
        if self._writer is None or self._stream is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab")
            self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        offset = self._stream.tell()
        record = self._record(page, sha256, known)
        self._writer.write_record(record)
        self._writer.write_record(self._metadata(page, record.rec_headers.get_header("WARC-Record-ID")))
        self._stream.flush()
        return offset

    def _record(self, page: Page, sha256: str, known: Capture | None) -> ArcWarcRecord:
        """Make a response of what a server sent, a resource of a saved page, a revisit of what is known."""
        assert self._writer is not None
        digest, moment = f"sha256:{sha256}", {"WARC-Date": _warc_date(page.fetched)}
        http = None
        if page.headers:
            http = StatusAndHeaders(f"{page.status} captured", _http_headers(page), protocol="HTTP/1.1")
        if known is not None:
            return self._writer.create_revisit_record(
                page.url,
                digest,
                page.url,
                _warc_date(known.fetched),
                http_headers=http,
                warc_headers_dict=moment,
            )
        return self._writer.create_warc_record(
            page.url,
            "response" if http else "resource",
            payload=io.BytesIO(page.body),
            length=len(page.body),  # without it warcio computes a digest of its own choice
            warc_content_type="" if http else page.content_type or "text/html",
            http_headers=http,
            warc_headers_dict={**moment, "WARC-Payload-Digest": digest},
        )

    def _metadata(self, page: Page, record_id: str) -> ArcWarcRecord:
        assert self._writer is not None
        hints = [{"source": hint.source, "raw": hint.raw} for hint in page.hints]
        fields = {"outlet": page.outlet, "found_by": page.found_by, "hints": hints}
        return self._writer.create_warc_record(
            page.url,
            "metadata",
            payload=io.BytesIO(json.dumps(fields, ensure_ascii=False).encode()),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Date": _warc_date(page.fetched), "WARC-Refers-To": record_id},
        )


def _http_headers(page: Page) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in page.headers if name.lower() not in _TRANSFER_HEADERS]
    if page.content_type and not any(name.lower() == "content-type" for name, _ in kept):
        kept.append(("Content-Type", page.content_type))
    return [*kept, ("Content-Length", str(len(page.body)))]


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class _Response:
    page: Page
    record_id: str


def read_warc(stream: BinaryIO, name: str) -> Iterator[Page]:
    """Yield the pages of a WARC, ours or anybody's: HTML, text and JSON responses and resources, in file order.

    Raises CaptureError when the file is not a WARC or breaks off; what came before it broke was yielded.
    """
    waiting: _Response | None = None
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "metadata" and waiting is not None:
                if record.rec_headers.get_header("WARC-Refers-To") == waiting.record_id:
                    page, waiting = _with_metadata(waiting.page, record.content_stream().read()), None
                    yield page
                continue
            if waiting is not None:
                yield waiting.page
            waiting = _response(record)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        if waiting is not None:
            yield waiting.page
        raise CaptureError(f"{name}: not a readable WARC: {error}") from error
    if waiting is not None:
        yield waiting.page


def _response(record: ArcWarcRecord) -> _Response | None:
    kind = record.rec_type
    headers = record.rec_headers
    http = record.http_headers
    if kind not in ("response", "resource"):
        return None
    pairs = tuple(http.headers) if http else ()
    media = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    if media.split(";")[0].strip().lower() not in (
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/json",
        "",
    ):
        return None
    body = record.content_stream().read()
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the last record is cut off")
    page = Page(
        url=headers.get_header("WARC-Target-URI") or "",
        outlet="",
        body=body,
        status=int(http.get_statuscode()) if http else 200,
        fetched=datetime.fromisoformat(headers.get_header("WARC-Date")),
        content_type=media or None,
        headers=pairs,
    )
    return _Response(page, headers.get_header("WARC-Record-ID") or "")


def _with_metadata(page: Page, payload: bytes) -> Page:
    try:
        fields = json.loads(payload)
        hints = tuple(DateCandidate(hint["source"], hint["raw"], None) for hint in fields["hints"])
        outlet, found_by = str(fields["outlet"]), str(fields["found_by"])
    except (ValueError, KeyError, TypeError):
        return page  # another tool's metadata record: its page stands for itself
    return Page(
        page.url,
        outlet,
        page.body,
        page.status,
        page.fetched,
        page.content_type,
        page.headers,
        found_by,
        hints,
    )


def load(folder: Path, kept: Capture) -> Page:
    """Read the page that `kept` points to, and check its bytes against their SHA-256.

    Raises CaptureError when the file or the record is gone or another one: a capture without its bytes is damage.
    """
    path = folder / kept.warc
    try:
        with path.open("rb") as stream:
            stream.seek(kept.offset)
            page = next(read_warc(stream, kept.warc), None)
    except OSError as error:
        raise CaptureError(f"{path}: {error.strerror or error}") from error
    if page is None or hashlib.sha256(page.body).hexdigest() != kept.sha256:
        raise CaptureError(f"{path}: offset {kept.offset} does not hold the bytes captured from {kept.url}")
    return page


def from_row(row: tuple[object, ...]) -> Capture:
    """Make a capture of a row of `captures`, read in the order of COLUMNS."""
    fetched = datetime.fromisoformat(str(row[3]))
    return Capture(*row[:3], fetched, *row[4:])  # type: ignore[call-arg, arg-type]  # as the schema has them


def known_capture(connection: sqlite3.Connection, page: Page) -> Capture | None:
    """Find the capture that already holds exactly these bytes of this page, or None."""
    key = capture_id(page.url, hashlib.sha256(page.body).hexdigest())
    row = connection.execute(f"select {COLUMNS} from captures where id = ?", (key,)).fetchone()  # noqa: S608
    return from_row(row) if row else None


def capture(page: Page, warc: WarcFile, connection: sqlite3.Connection) -> Captured:
    """Keep the bytes of `page` and give it back with its capture."""
    return Captured(page, warc.write(page, known_capture(connection, page)))


class CapturePipeline:
    """Scrapy's door to `capture`: one WARC file a spider and run."""

    def __init__(self, archive: Path, name: str) -> None:
        self._warc = WarcFile(warc_folder(archive), name)
        self._connection = sqlite3.connect(archive)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CapturePipeline:
        """Take the archive from the settings and name the file for outlet and moment."""
        spider = crawler.spider.name if crawler.spider else "crawl"
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        return cls(Path(crawler.settings["ARCHIVE"]), f"{spider}-{moment}-{os.getpid()}.warc.gz")

    def process_item(self, item: Page) -> Captured:
        """Capture one page."""
        return capture(item, self._warc, self._connection)

    def close_spider(self) -> None:
        """Close the WARC file."""
        self._warc.close()
        self._connection.close()

"""WARC files: one page in, one page out, and what the bytes don't tell in a record beside them.

What stands beside each page (the outlet, which source found it, the dates its feed gave) is a metadata record, so that
an archive can be made again from its WARCs alone. Files of others are read as well as our own.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from crawler.items import DateCandidate, Page, TahalufError

# The body is kept as decoded, so what spoke of its transfer would be untrue of the record.
_TRANSFER_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
# What warcio raises at a file that is no WARC or breaks off; AttributeError at a header that does.
BROKEN = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, OSError, ValueError, AttributeError)


class WarcError(TahalufError):
    """A WARC that can't be read or written; the message names it and says why."""


class WarcFile:
    """One WARC file of one run, opened at the first record and flushed after each."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name
        self._stream: BinaryIO | None = None
        self._writer: WARCWriter | None = None

    @property
    def name(self) -> str:
        """Give the file's name."""
        return self._path.name

    def write(self, page: Page, sha256: str, first_captured: datetime | None = None) -> int:
        """Write `page` and give its record's offset in bytes; a revisit record when its bytes were captured before.

        Raises WarcError when the disk refuses.
        """
        try:
            return self._append(page, sha256, first_captured)
        except OSError as error:
            raise WarcError(f"{self._path}: {error.strerror or error}") from error

    def close(self) -> None:
        """Close the file, if it was ever opened."""
        if self._stream is not None:
            self._stream.close()

    def _append(self, page: Page, sha256: str, first_captured: datetime | None) -> int:
        if self._writer is None or self._stream is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab")
            self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        offset = self._stream.tell()
        record = self._record(page, sha256, first_captured)
        self._writer.write_record(record)
        self._writer.write_record(self._metadata(page, record.rec_headers.get_header("WARC-Record-ID")))
        self._stream.flush()
        return offset

    def _record(self, page: Page, sha256: str, first_captured: datetime | None) -> ArcWarcRecord:
        """Make a response of what a server sent, a resource of a saved page, a revisit of what is known."""
        assert self._writer is not None
        digest, moment = f"sha256:{sha256}", {"WARC-Date": _warc_date(page.fetched)}
        http = None
        if page.headers:
            http = StatusAndHeaders(f"{page.status} captured", _http_headers(page), protocol="HTTP/1.1")
        if first_captured is not None:
            return self._writer.create_revisit_record(
                page.url,
                digest,
                page.url,
                _warc_date(first_captured),
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
        fields: dict[str, object] = {"outlet": page.outlet, "found_by": page.found_by, "hints": hints}
        if page.archived:
            fields["archived"] = page.archived
        if page.keep:
            fields["keep"] = True
        if not page.headers:  # the record then has a type of its own, because it must have one
            fields["content_type"] = page.content_type
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

    Raises WarcError when the file is not a WARC or breaks off; what came before it broke was yielded.
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
    except BROKEN as error:
        if waiting is not None:
            yield waiting.page
        raise WarcError(f"{name}: not a readable WARC: {error}") from error
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
        archived = str(fields["archived"]) if fields.get("archived") else None
        content_type = fields.get("content_type", page.content_type)
    except (ValueError, KeyError, TypeError, AttributeError):
        return page  # another tool's metadata record: its page stands for itself
    return replace(
        page,
        outlet=outlet,
        found_by=found_by,
        hints=hints,
        content_type=content_type,
        archived=archived,
        keep=bool(fields.get("keep")),
    )


def read_at(path: Path, offset: int) -> Page | None:
    """Read the one page at `offset` of a WARC; None when there is none. Raises WarcError when the file can't be read."""
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            return next(read_warc(stream, path.name), None)
    except OSError as error:
        raise WarcError(f"{path}: {error.strerror or error}") from error

"""What our WARC files say of every visit to every page, without reading the pages: the way back to an archive.

A visit is a response, a resource or a revisit record with our own metadata record behind it. One without is the last
of a killed run, which no archive ever knew, or another tool's; `scrapy ingest` reads those.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from pipelines.warc import BROKEN, WarcError

_DIGEST = "sha256:"
_GZIP = 16 + zlib.MAX_WBITS
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one page, as its records tell it."""

    url: str
    fetched: datetime
    sha256: str
    revisit: bool  # the bytes stand in an earlier record with the same hash
    offset: int
    outlet: str
    found_by: str
    hints: tuple[tuple[str, str], ...]  # source, raw
    keep: bool


def visits(path: Path) -> Iterator[Visit]:
    """Yield the visits of one WARC file in its order.

    Raises WarcError when the file is none or breaks off; what came before was yielded.
    """
    before: tuple[ArcWarcRecord, int] | None = None
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream)
            for record in records:
                if record.rec_type == "metadata" and before is not None:
                    visit = _visit(*before, record)
                    if visit is not None:
                        yield visit
                before = (record, records.get_record_offset()) if _holds_page(record) else None
        if path.suffix == ".gz" and not _ends_well(path):
            raise EOFError("it breaks off in its last record")
    except BROKEN as error:
        raise WarcError(f"{path.name}: not readable to its end: {error}") from error


def _ends_well(path: Path) -> bool:
    """Say whether a file ends where a gzip member ends; warcio takes one that breaks off for one that is over."""
    between = True
    member = zlib.decompressobj(_GZIP)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            while block:
                member.decompress(block)
                between, block = member.eof, member.unused_data
                if member.eof:
                    member = zlib.decompressobj(_GZIP)
    return between


def _holds_page(record: ArcWarcRecord) -> bool:
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    return record.rec_type in ("response", "resource", "revisit") and digest.startswith(_DIGEST)


def _visit(record: ArcWarcRecord, offset: int, metadata: ArcWarcRecord) -> Visit | None:
    headers = record.rec_headers
    if metadata.rec_headers.get_header("WARC-Refers-To") != headers.get_header("WARC-Record-ID"):
        return None
    try:
        fields = json.loads(metadata.content_stream().read())
        return Visit(
            url=headers.get_header("WARC-Target-URI"),
            fetched=datetime.fromisoformat(headers.get_header("WARC-Date")),
            sha256=headers.get_header("WARC-Payload-Digest").removeprefix(_DIGEST),
            revisit=record.rec_type == "revisit",
            offset=offset,
            outlet=str(fields["outlet"]),
            found_by=str(fields["found_by"]),
            hints=tuple((str(hint["source"]), str(hint["raw"])) for hint in fields["hints"]),
            keep=bool(fields.get("keep")),
        )
    except (ValueError, KeyError, TypeError):
        return None

"""Saved pages on disk, of every kind `ingest` takes, as pages: HTML, text, JSON lines, WARC and WACZ.

A folder may hold an index: JSON lines whose `file` names a page beside it and tells its URL, outlet and date. Then
the index decides what is read there, and the rest is counted as left out.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from lxml import etree, html

from crawler.items import DateCandidate, Page, TahalufError
from pipelines.warc import WarcError, read_warc

SUFFIXES = (".html", ".htm", ".txt", ".warc", ".warc.gz", ".wacz", ".jsonl")


class SavedError(TahalufError):
    """A path that can't be read as saved pages; the message is one line."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who saved the pages says about them."""

    outlet: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(slots=True)
class Saved:
    """Yields pages, and collects what went wrong and what was left out on the way."""

    now: datetime
    given: Given = field(default_factory=Given)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def pages(self, path: Path) -> Iterator[tuple[str, Page]]:
        """Yield (name, page) for what stands at `path`; a file that breaks off becomes a line in `problems`."""
        if path.is_dir():
            yield from self._folder(path)
            return
        try:
            yield from self._file(path, self.given)
        except (SavedError, WarcError) as error:
            self.problems.append(str(error))
        except OSError as error:
            self.problems.append(f"{path}: {error.strerror or error}")

    def _folder(self, folder: Path) -> Iterator[tuple[str, Page]]:
        index = _index(folder)
        inside = sorted(p for p in folder.rglob("*") if p.is_file())
        for path in inside:
            if index and path not in index:
                self.left_out.append(f"{path.name}: not named by the folder's index")
            elif not path.name.lower().endswith(SUFFIXES):
                self.left_out.append(f"{path.name}: not a kind of file that holds pages")
            else:
                given = index.get(path, Given())
                saved = replace(self, given=_merged(self.given, given))
                yield from saved.pages(path)

    def _file(self, path: Path, given: Given) -> Iterator[tuple[str, Page]]:
        name = path.name.lower()
        if name.endswith((".warc", ".warc.gz")):
            with path.open("rb") as stream:
                yield from self._warc(stream, path.name, given)
        elif name.endswith(".wacz"):
            yield from self._wacz(path, given)
        elif name.endswith(".jsonl"):
            yield from self._records(path, given)
        elif name.endswith(SUFFIXES):
            media = "text/plain; charset=utf-8" if name.endswith(".txt") else "text/html"
            body = path.read_bytes()
            yield path.name, self._page(body, media, given, path.name)
        else:
            raise SavedError(f"{path}: not a kind of file that holds pages (one of {', '.join(SUFFIXES)})")

    def _page(self, body: bytes, media: str, given: Given, name: str) -> Page:
        url = given.url or (_own_url(body) if media == "text/html" else None)
        hints = (DateCandidate("given", given.published, None),) if given.published else ()
        return Page(
            url=url or f"urn:sha256:{hashlib.sha256(body).hexdigest()}",
            outlet=given.outlet or "",
            body=body,
            status=200,
            fetched=self.now,
            content_type=None if media == "text/html" else media,
            found_by=f"ingest {name}",
            hints=hints,
        )

    def _warc(self, stream: BinaryIO, name: str, given: Given) -> Iterator[tuple[str, Page]]:
        for page in read_warc(stream, name):
            if page.status == 200 and page.body:
                hints = (DateCandidate("given", given.published, None),) if given.published else page.hints
                yield (
                    page.url,
                    replace(
                        page,
                        outlet=given.outlet or page.outlet,
                        url=given.url or page.url,
                        found_by=page.found_by or f"ingest {name}",
                        hints=hints,
                    ),
                )

    def _wacz(self, path: Path, given: Given) -> Iterator[tuple[str, Page]]:
        try:
            with zipfile.ZipFile(path) as archive:
                warcs = [entry for entry in archive.namelist() if entry.endswith((".warc", ".warc.gz"))]
                if not warcs:
                    raise SavedError(f"{path}: a WACZ without a WARC inside")
                for entry in sorted(warcs):
                    with archive.open(entry) as stream:
                        yield from self._warc(cast(BinaryIO, stream), f"{path.name}/{entry}", given)
        except zipfile.BadZipFile as error:
            raise SavedError(f"{path}: not a readable WACZ: {error}") from error

    def _records(self, path: Path, given: Given) -> Iterator[tuple[str, Page]]:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError:
                self.problems.append(f"{path}: line {number} is not JSON")
                continue
            if not isinstance(record, dict) or not isinstance(record.get("text"), str):
                if not (isinstance(record, dict) and "file" in record):
                    self.problems.append(f"{path}: line {number} has no field 'text'")
                continue
            merged = _merged(given, _given(record))
            yield (
                f"{path.name}:{number}",
                self._page(line, "application/json", merged, f"{path.name}:{number}"),
            )


def _given(record: dict[str, object]) -> Given:
    def text(key: str) -> str | None:
        value = record.get(key)
        return str(value) if value else None

    return Given(outlet=text("outlet"), url=text("url"), published=text("published"))


def _merged(first: Given, second: Given) -> Given:
    return Given(first.outlet or second.outlet, first.url or second.url, first.published or second.published)


def _index(folder: Path) -> dict[Path, Given]:
    found: dict[Path, Given] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("file"), str) and "text" not in record:
                page = folder / str(record["file"])
                if page.is_file():
                    found[page] = _given(record)
                    found.setdefault(path, Given())
    return found


def _own_url(body: bytes) -> str | None:
    """Read the address a page gives itself: rel=canonical, else og:url, when it is an absolute http(s) URL."""
    try:
        tree = html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return None
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in cast(list[str], tree.xpath(path)):
            if str(value).startswith(("http://", "https://")):
                return str(value).strip()
    return None

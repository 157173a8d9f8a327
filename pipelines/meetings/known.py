"""The known meetings: a table that journalists edit (known.csv beside this file), loaded and validated."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NoReturn, cast, get_args

from crawler.items import Level, TahalufError

Precision = Literal["day", "inferred", "month", "year"]
KnownStatus = Literal["held", "related"]
KNOWN_CSV = Path(__file__).with_name("known.csv")
COLUMNS = (
    "id", "reference_id", "first", "last", "precision", "city", "country", "level", "host", "member_count",
    "participants", "name_en", "name_ar", "status", "confidence", "sources",
)  # fmt: skip
_ID = re.compile(r"\d{4}(-\d\d){0,2}-[a-z0-9]+(-[a-z0-9]+)*")
_LIST = " ; "  # between sources


class KnownMeetingsError(TahalufError):
    """The table of known meetings cannot be used as it is; the message names line and column."""


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting that sources outside the archive attest."""

    id: str
    reference_id: str
    first: date
    last: date
    precision: Precision  # "inferred": a source implies the day without writing it
    city: str | None
    country: str | None
    level: Level
    host: str | None  # English names, separated by "; "
    member_count: int | None
    participants: str
    name_en: str
    name_ar: str | None
    status: KnownStatus  # "related": near the coalition, never a link's target
    confidence: str
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def load_known() -> tuple[KnownMeeting, ...]:
    """Load the project's own table of known meetings, in the order of their days."""
    return read_known(KNOWN_CSV)


def read_known(path: Path) -> tuple[KnownMeeting, ...]:
    """Read and validate a table of known meetings; raises `KnownMeetingsError` naming file, line and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(_rows(handle, path.name))
    except OSError as error:
        raise KnownMeetingsError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnownMeetingsError(
            f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error
    return tuple(sorted(rows, key=lambda meeting: (meeting.first, meeting.id)))


def _rows(handle: Iterable[str], name: str) -> Iterator[KnownMeeting]:
    reader = csv.DictReader(handle)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise KnownMeetingsError(f"{name}, line 1: no column {', '.join(missing)}")
    seen: dict[str, int] = {}
    for row in reader:
        meeting = _Row(row, f"{name}, line {reader.line_num}").meeting()
        if meeting.id in seen:
            raise KnownMeetingsError(
                f"{name}, line {reader.line_num}, column id: {meeting.id} stands in line {seen[meeting.id]} already"
            )
        seen[meeting.id] = reader.line_num
        yield meeting


@dataclass(frozen=True)
class _Row:
    """A row on its way to a meeting; every complaint says where it is."""

    values: Mapping[str, str | None]
    where: str

    def meeting(self) -> KnownMeeting:
        first, last = self.day("first"), self.day("last")
        if last < first:
            self.fail("last", f"{last} is before first ({first})")
        identity = self.required("id")
        if not _ID.fullmatch(identity):
            self.fail("id", f"{identity!r} is not like 2017-03-22-washington-ministerial")
        sources = tuple(source.strip() for source in self.required("sources").split(_LIST.strip()))
        for source in sources:
            if not source.startswith(("https://", "http://")):
                self.fail("sources", f"{source!r} is not an address; separate addresses with {_LIST!r}")
        return KnownMeeting(
            id=identity,
            reference_id=self.text("reference_id"),
            first=first,
            last=last,
            precision=cast("Precision", self.one_of("precision", get_args(Precision))),
            city=self.text("city") or None,
            country=self.text("country") or None,
            level=cast("Level", self.one_of("level", get_args(Level))),
            host=self.text("host") or None,
            member_count=self.count("member_count"),
            participants=self.text("participants"),
            name_en=self.required("name_en"),
            name_ar=self.text("name_ar") or None,
            status=cast("KnownStatus", self.one_of("status", get_args(KnownStatus))),
            confidence=self.one_of("confidence", ("high", "medium", "low")),
            sources=sources,
        )

    def text(self, column: str) -> str:
        return (self.values.get(column) or "").strip()

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            self.fail(column, "is empty")
        return value

    def day(self, column: str) -> date:
        value = self.required(column)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(column, f"{value!r} is not a day like 2017-03-22")

    def count(self, column: str) -> int | None:
        value = self.text(column)
        if value and not (value.isascii() and value.isdigit()):
            self.fail(column, f"{value!r} is not a whole number; leave it empty when the sources differ")
        return int(value) if value else None

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        value = self.required(column)
        if value not in allowed:
            self.fail(column, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def fail(self, column: str, problem: str) -> NoReturn:
        raise KnownMeetingsError(f"{self.where}, column {column}: {problem}")

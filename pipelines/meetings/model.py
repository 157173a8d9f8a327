"""Claims in, meetings and disagreements out: the values that resolving passes round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from crawler.items import Level, MeetingMention, Status
from pipelines.meetings.link import Decision


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says about one meeting."""

    id: str  # the row of `mentions`
    article: str
    outlet: str
    published: date | None  # None sorts before every day: an undated article never has the last word
    mention: MeetingMention


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that claims are linked to: one of the known table, or one that only the press names."""

    id: str  # readable and stable: 2017-03-22-washington-ministerial
    name: str  # English
    first: date | None
    last: date | None
    city: str | None
    country: str | None
    level: Level
    status: Status
    member_count: int | None
    host: str | None
    known: bool  # False: press only
    name_ar: str | None = None
    participants: int | None = None  # of the last claim that tells it
    claims: int = 0
    articles: int = 0
    outlets: int = 0
    first_report: str | None = None  # the article that reported it first, None when no claim has a day


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One of the values that outlets give for one field of one meeting."""

    meeting: str
    field: str  # date, city, level, member_count, participants, status
    value: str
    outlets: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all the claims of an archive come to."""

    meetings: tuple[Meeting, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    meeting_of: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # claim id -> meeting id
    decisions: Mapping[str, Decision] = field(
        default_factory=lambda: MappingProxyType({})
    )  # claim id -> what the table of known meetings says of it now

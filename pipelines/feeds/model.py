"""What the writers of feeds take: frozen records that hold everything, so that the same rows give the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# What XML 1.0 can't hold, and what no reader of a calendar wants either.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting as a calendar shows it: whole days, no time that nobody said."""

    uid: str
    first: date
    last: date  # inclusive
    summary: str
    description: str
    location: str | None
    url: str
    status: Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
    sequence: int
    changed: datetime  # when what we know of it last changed: aware


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an Atom feed."""

    id: str
    title: str
    link: str
    updated: datetime  # aware
    summary: str
    author: str | None = None
    published: datetime | None = (
        None  # None when only a day is known: Atom wants a moment, and none is invented
    )
    source: str | None = None  # the page it is about


@dataclass(frozen=True, slots=True)
class Feed:
    """The head of an Atom feed."""

    id: str
    title: str
    link: str | None  # its own address; a file has none
    page: str  # the page that shows the same
    author: str


def plain(text: str) -> str:
    """Give `text` without the control characters that no feed may hold; line ends and tabs stay."""
    return _CONTROL.sub("", text)

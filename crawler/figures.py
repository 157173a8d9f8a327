"""What a run's pages looked like, in figures, and whether that is what the outlet's declaration expects.

Counting requests does not tell whether a redesigned site still gives us its titles, its days or its texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from crawler.found import read_moment
from crawler.items import Read
from crawler.outlets.model import Expectation

FEW = 5  # pages; a share of fewer says nothing
A_TEXT = 100  # characters; what is shorter is a caption or a notice
LEAST_BODY = 0.5  # share of pages with a text that every outlet must have, declared or not


@dataclass(frozen=True, slots=True)
class Look:
    """What one page that was read in full had."""

    title: bool
    date: bool  # a day of publication, in the page or from the source that named it
    body: bool
    length: int  # characters of text
    arabic: float  # share of the text's letters that are Arabic


@dataclass(frozen=True, slots=True)
class Figures:
    """The pages of a run; shares are 0 to 1, and None when no page was read in full."""

    pages: int = 0  # read in full: those that may concern the coalition, and a sample of the others
    title: float | None = None
    date: float | None = None
    body: float | None = None
    length: int | None = None  # median characters of those with a text
    arabic: float | None = None  # mean share of those with a text


def look(read: Read) -> Look | None:
    """Note what a page had; None when it was put aside unread, because it can't concern the coalition."""
    reading, page = read.reading, read.captured.page
    if reading.outcome == "irrelevant" and not reading.length:
        return None
    dated = reading.published is not None or any(read_moment(hint.raw) for hint in page.hints)
    return Look(bool(reading.title), dated, reading.length >= A_TEXT, reading.length, reading.arabic)


def figures(looks: Sequence[Look]) -> Figures:
    """Count what a run's pages had."""
    if not looks:
        return Figures()
    with_text = [one for one in looks if one.body]
    return Figures(
        pages=len(looks),
        title=sum(one.title for one in looks) / len(looks),
        date=sum(one.date for one in looks) / len(looks),
        body=len(with_text) / len(looks),
        length=round(median(one.length for one in with_text)) if with_text else None,
        arabic=sum(one.arabic for one in with_text) / len(with_text) if with_text else None,
    )


def misfits(expect: Expectation, seen: Figures) -> list[str]:
    """Say in words where a run's pages are not what is expected; nothing when they are too few to tell."""
    return [] if seen.pages < FEW else [*_misfits(expect, seen)]


def _misfits(expect: Expectation, seen: Figures) -> Iterator[str]:
    least_body = LEAST_BODY if expect.body is None else expect.body
    shares = (
        ("a text", seen.body, least_body),
        ("a title", seen.title, expect.title),
        ("a date", seen.date, expect.date),
    )
    for what, share, least in shares:
        if least is not None and share is not None and share < least:
            yield f"{percent(share)} of {seen.pages} pages had {what} ({percent(least)} are expected)"
    if expect.length and seen.length is not None and seen.length < expect.length:
        yield f"the texts have {seen.length} characters ({expect.length} are expected)"
    if expect.arabic is not None and seen.arabic is not None and seen.arabic < expect.arabic:
        yield f"{percent(seen.arabic)} of the letters are Arabic ({percent(expect.arabic)} are expected)"


def is_stale(expect: Expectation, newest: date | None, today: date) -> bool:
    """Say whether even the newest item that was new to us came out longer ago than is expected."""
    return bool(expect.newest and newest and today - newest > timedelta(days=expect.newest))


def newest_day(said: Iterable[tuple[str, str]], zone: str) -> date | None:
    """Return the last of the days that sources gave, as (source, raw), in the outlet's calendar; None without any."""
    moments = [moment for _, raw in said if (moment := read_moment(raw))]
    days = [(moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment).date() for moment in moments]
    return max(days, default=None)


def percent(share: float) -> str:
    """Write a share as people read it; 0.996 is 99 %, because only all is 100 %."""
    return f"{int(share * 100 + 1e-9)} %"

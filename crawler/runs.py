"""One run of one outlet: what it counted, and what that means.

A run that yields nothing because something went wrong is never green, and what went wrong has a word: an outage is the
server's, being blocked is its will, broken is ours to mend; quiet is no fault at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from crawler.figures import Look, figures, is_stale, misfits
from crawler.outlets.model import Outlet
from crawler.overlap import Overlap
from crawler.schedule import TOO_RARE

RunStatus = Literal["running", "healthy", "quiet", "outage", "blocked", "broken", "interrupted", "killed"]
FEW_ASTRAY = (
    3  # soft 404s and redirects to the front page are usual in ones and twos; more of them are a wall
)
FAILED: frozenset[RunStatus] = frozenset({"outage", "blocked", "broken", "interrupted"})


@dataclass(slots=True)
class Tally:
    """What a run has met so far; the only mutable thing here."""

    found: int = 0  # new addresses
    listed: int = 0  # different articles the sources named, known ones too
    fetched: int = 0  # pages handed on
    unchanged: int = 0  # articles that answered 304
    gone: int = 0
    skipped: int = 0
    failed: int = 0
    blocked: int = 0
    astray: int = 0  # of those gone or skipped: soft 404s and redirects to the front page
    read: int = 0  # sources read in full
    same: int = 0  # sources that answered 304
    out: list[str] = field(default_factory=list)  # sources that did not answer, with the reason
    refused: list[str] = field(default_factory=list)  # sources that refused us
    wrong: list[str] = field(default_factory=list)  # sources that answered with something else
    errors: list[str] = field(default_factory=list)  # exceptions in our own code
    walls: list[str] = field(default_factory=list)  # what came instead of pages, each time
    looks: list[Look] = field(default_factory=list)  # what the pages that were read had
    newest: date | None = None  # when the newest of the new items came out, as its source says
    overlap: Overlap | None = None  # how much of what the sources showed was known


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    status: RunStatus
    reason: str = ""

    @property
    def is_failure(self) -> bool:
        """Say whether nobody may take this run for a success."""
        return self.status in FAILED


def judge(outlet: Outlet, tally: Tally, closed: str, today: date) -> Outcome:
    """Judge a finished run by its counts and by what its pages looked like.

    `closed`: the reason Scrapy gives for closing the spider; "finished" is the usual one.
    """
    return (
        _broken_off(tally, closed)
        or _without_sources(tally)
        or _turned_away(tally)
        or _misfit(outlet, tally, today)
        or _well(outlet, tally)
    )


def _broken_off(tally: Tally, closed: str) -> Outcome | None:
    if tally.errors:
        return Outcome("broken", tally.errors[0])
    if closed == "memusage_exceeded":
        return Outcome("broken", "stopped because it used more memory than MEMUSAGE_LIMIT_MB allows")
    if closed == "shutdown":
        return Outcome("interrupted", "stopped before it was done; what was in flight is fetched next time")
    return None


def _without_sources(tally: Tally) -> Outcome | None:
    trouble = _trouble(tally)
    if not tally.read + tally.same and trouble:
        return Outcome("broken" if tally.wrong else "blocked" if tally.refused else "outage", trouble)
    if tally.read and not tally.same and not tally.listed and not tally.fetched + tally.unchanged:
        return Outcome("broken", trouble or "the sources answered, but named no article: is `article` right?")
    return None


def _turned_away(tally: Tally) -> Outcome | None:
    pages = tally.fetched + tally.unchanged
    none = f"none of {tally.failed + tally.blocked} pages could be fetched"
    away = tally.blocked + (tally.astray if tally.astray >= FEW_ASTRAY else 0)
    met = pages + tally.gone + tally.skipped + tally.failed + tally.blocked
    if away * 2 > met:
        wall = f"{away} of {met} pages were refused or led elsewhere" if pages + tally.gone else none
        if tally.walls:
            wall += f"; {Counter(tally.walls).most_common(1)[0][0]}"
        return Outcome("blocked", _trouble(tally) if tally.refused else wall)
    if tally.failed + tally.blocked and not pages + tally.gone:
        return Outcome("outage", _trouble(tally) or none)
    return None


def _misfit(outlet: Outlet, tally: Tally, today: date) -> Outcome | None:
    """Judge what came by what the declaration expects: pages that answer with 200 may still be of no use."""
    if outlet.expect.articles and tally.listed > outlet.expect.articles[1]:
        most = outlet.expect.articles[1]
        return Outcome("broken", f"the sources named {tally.listed} articles; at most {most} are expected")
    if is_stale(outlet.expect, tally.newest, today):
        return Outcome("broken", f"the newest of the new items is of {tally.newest}: has the source moved?")
    unlike = misfits(outlet.expect, figures(tally.looks))
    return Outcome("broken", unlike[0]) if unlike else None


def _well(outlet: Outlet, tally: Tally) -> Outcome:
    """Tell a run that did something from one that found nothing to do; a run that yields nothing is never healthy."""
    note = "; ".join(part for part in (_trouble(tally), _missed(outlet, tally)) if part)
    if not tally.fetched + tally.unchanged:
        return Outcome("quiet", note or "nothing new")
    if tally.looks and not any(one.body for one in tally.looks) and not tally.unchanged:
        return Outcome("quiet", f"none of {len(tally.looks)} pages had a text")
    if not tally.same and outlet.expect.articles and tally.listed < outlet.expect.articles[0]:
        least = outlet.expect.articles[0]
        return Outcome("quiet", f"the sources named {tally.listed} articles; at least {least} are expected")
    return Outcome("healthy", note)


def _trouble(tally: Tally) -> str:
    """Say what went wrong with the sources: the first of them, and how many more."""
    troubles = [*tally.wrong, *tally.refused, *tally.out]
    more = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
    return f"{troubles[0]}{more}" if troubles else ""


def _missed(outlet: Outlet, tally: Tally) -> str:
    """Say that items may have come and gone between two polls."""
    seen = tally.overlap
    if seen is None or seen.share >= (outlet.expect.overlap or TOO_RARE):
        return ""
    return f"only {seen.known} of {seen.named} items were known: polls are too rare, something may be missed"

"""What sources say: the addresses they name, with their own words for titles and dates.

A source's words for a date of publication are kept raw: reading them belongs to pipelines.extract.published, where
better rules reach what was collected long ago. Only the date of last change is read here, because the ledger compares it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.items import DateCandidate


class SourceError(ValueError):
    """A source answered with something that is not what its declaration says; the message is one line."""


@dataclass(frozen=True, slots=True)
class Found:
    """One address a source names, with what the source says about it."""

    url: str  # canonical once `read_source` has passed it
    source: str  # kind and address, e.g. "feed https://…/rss.xml"
    title: str = ""
    lastmod: str | None = None  # ISO 8601: a day, or an instant in UTC
    published: DateCandidate | None = None
    archived: str | None = None  # a web archive's copy, to be read instead of the address
    skip: str = ""  # why it need not be fetched: crawler.titles


@dataclass(frozen=True, slots=True)
class Reading:
    """What one fetched source held."""

    found: tuple[Found, ...] = ()
    children: tuple[str, ...] = ()  # sitemaps an index names, the newest first
    next_page: str | None = None  # what a list calls its next page
    items: int = 0  # entries seen, also those that are no articles


def stated(source: str, raw: str) -> DateCandidate | None:
    """Keep a source's own words for the day of publication; None when it gave none."""
    return DateCandidate(source, raw, None) if raw else None


def normal_lastmod(raw: str) -> str | None:
    """Bring a source's date of last change to a form that compares as text: a day, or an instant in UTC.

    RFC 822 or ISO 8601, or None for anything else. A date without a zone is compared as if it were UTC: it is only ever
    compared with others of the same source.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw.strip()):
        return raw.strip() if read_moment(raw) else None
    value = read_moment(raw)
    if value is None:
        return None
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:  # the first hours of the year 1, east of Greenwich
        return None


def read_moment(raw: str) -> datetime | None:
    """Read RFC 822 or ISO 8601 as machines write it; without a zone the value has none."""
    try:
        return datetime.fromisoformat(raw.strip())
    except ValueError:
        try:
            return parsedate_to_datetime(raw)
        except ValueError:
            return None

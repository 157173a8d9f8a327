"""When an article was published: every statement of it on the page, and which one counts.

Values are aware datetimes where the page gives a clock time with a zone (or the outlet's zone is known), otherwise days.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.items import DateCandidate
from pipelines.extract.datetext import is_modified, read_stamp
from pipelines.extract.page import PageTree, key_of, squeeze
from pipelines.extract.shown import nearness, shown_dates

# The order in which statements are believed. What a person gave comes first; then what the outlet's software states for
# machines about this article (JSON-LD, meta), then its feeds and lists, then what it shows to readers, then the day in the address.
# A sitemap's lastmod comes last: it changes with every edit. "modified" is kept as evidence and never chosen.
ORDER = ("given", "json_ld", "meta", "feed", "json_listing", "news_sitemap", "time", "text", "url", "sitemap")
_PUBLISHED_METAS = tuple(
    "article:published_time og:published_time article:published datepublished publishdate publish-date publish_date pubdate "
    "published_time dc.date.issued dcterms.created dc.date dc.date.created date sailthru.date parsely-pub-date "
    "cxenseparse:recs:publishtime article_date_original citation_publication_date".split()
)
_MODIFIED_METAS = tuple(
    "article:modified_time og:updated_time datemodified last-modified dcterms.modified".split()
)
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2100
_URL_DATES = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?:[A-Za-z][\w-]*/)?(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=/|$|[-_.])"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[-/_]|$)"),
    re.compile(r"/(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d\d)\d{0,3}(?=[-/_]|$)"),
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0?[1-9]|1[0-2])(?=/)")


# The days and clock times that a page shows its readers.
Clocks = Collection[tuple[date | None, int | None, int | None]]


def find_candidates(page: PageTree, zone_name: str | None, title: str = "") -> tuple[DateCandidate, ...]:
    """Give every statement of the day of publication on the page, raw strings kept, none chosen yet.

    `zone_name` is the outlet's IANA name: clock times without a zone are taken as its local time, and a local time
    that is stamped "Z" is recognised by the clock time that the page shows its readers. `title` says which heading the
    dates on the page are near to.
    """
    zone = _zone(zone_name)
    near = nearness(page.root, key_of(title))
    shown = shown_dates(page.root, near)
    clocks: Clocks = {(s.day, s.hour, s.minute) for _, s in shown if s.hour is not None}
    found = [_candidate("json_ld", raw, zone, clocks) for raw in _stated(page, "datePublished")]
    found += [_candidate("meta", raw, zone, clocks) for raw in page.metas(*_PUBLISHED_METAS)]
    for element in sorted(page.root.iter("time"), key=near):
        raw = squeeze(element.get("datetime")) or squeeze(element.text_content())
        labels = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('pubdate', '')}"
        if raw:
            found.append(_candidate("modified" if is_modified(labels) else "time", raw, zone, clocks))
    for element in page.root.xpath(".//*[@content][@itemprop or @property][not(self::meta)]"):
        name = f"{element.get('itemprop', '')} {element.get('property', '')}".lower()
        if "published" in name or "dc:date" in name:
            found.append(_candidate("time", squeeze(element.get("content")), zone, clocks))
    found += [_candidate("modified" if is_modified(raw) else "text", raw, zone, clocks) for raw, _ in shown]
    found += [
        _candidate("modified", raw, zone, clocks)
        for raw in [*_stated(page, "dateModified"), *page.metas(*_MODIFIED_METAS)]
    ]
    found += _from_url(page.url)
    return tuple(dict.fromkeys(found))


def read_statement(source: str, raw: str, zone_name: str | None) -> DateCandidate:
    """Read one statement of a day of publication that came from outside the page: a feed, a sitemap, a person."""
    return _candidate(source, raw, _zone(zone_name), set())


def choose_published(
    candidates: Iterable[DateCandidate], timezone: str | None = None
) -> DateCandidate | None:
    """Choose the day of publication among `candidates`; None when none of them can be read.

    Sources are believed in the order of `ORDER`. One exception: when the address carries a day, another source agrees
    with it, and the first choice is more than a day off, the agreeing source wins (a page's date fields are sometimes
    filled when it is rendered). The chosen candidate comes back marked, its value in the outlet's `timezone` (IANA).
    """
    zone = _zone(timezone)
    readable = [c for c in candidates if c.value is not None and c.source in ORDER]
    readable.sort(key=lambda c: ORDER.index(c.source))
    if not readable:
        return None
    best = readable[0]
    by_url = next((_day(c.value, zone) for c in readable if c.source == "url" and c.value), None)
    if (
        by_url
        and best.source != "given"
        and best.value
        and abs(_day(best.value, zone) - by_url) > timedelta(days=1)
    ):
        agreeing = [
            c
            for c in readable
            if c.source != "url" and c.value and abs(_day(c.value, zone) - by_url) <= timedelta(days=1)
        ]
        best = agreeing[0] if agreeing else best
    value = best.value.astimezone(zone) if zone and isinstance(best.value, datetime) else best.value
    return replace(best, value=value, chosen=True)


def mark_chosen(
    candidates: Iterable[DateCandidate], chosen: DateCandidate | None
) -> tuple[DateCandidate, ...]:
    """Give `candidates` with the chosen one, and no other, marked."""
    rows = []
    left = chosen
    for row in candidates:
        hit = left is not None and (row.source, row.raw) == (left.source, left.raw)
        rows.append(replace(row, chosen=hit))
        left = None if hit else left
    return tuple(rows)


def _zone(name: str | None) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}: give an IANA name such as Asia/Baghdad") from error


def _day(value: datetime | date, zone: ZoneInfo | None) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(zone) if zone else value).date()
    return value


def _stated(page: PageTree, name: str) -> list[str]:
    return [
        squeeze(str(thing[name]))
        for thing in page.things
        if isinstance(thing.get(name), str | int) and thing[name]
    ]


def _candidate(source: str, raw: str, zone: ZoneInfo | None, clocks: Clocks) -> DateCandidate:
    stamp = read_stamp(raw)
    if stamp is None or stamp.day is None or not _EARLIEST_YEAR <= stamp.day.year <= _LATEST_YEAR:
        return DateCandidate(source, raw, None)
    if stamp.hour is None:
        return DateCandidate(source, raw, stamp.day)
    moment = datetime(
        stamp.day.year,
        stamp.day.month,
        stamp.day.day,
        stamp.hour,
        stamp.minute or 0,
        stamp.second or 0,
        tzinfo=UTC,
    )
    if stamp.offset is None:
        # A clock time that belongs to no zone is no moment: without the outlet's zone only its day is known.
        return (
            DateCandidate(source, raw, moment.replace(tzinfo=zone), zone.key)
            if zone
            else DateCandidate(source, raw, stamp.day)
        )
    if zone and stamp.utc and source not in ("text", "time") and _is_local(moment, zone, clocks):
        return DateCandidate(source, raw, moment.replace(tzinfo=zone), zone.key)
    aware = moment.replace(tzinfo=UTC if stamp.utc else timezone(timedelta(minutes=stamp.offset)))
    return DateCandidate(source, raw, aware.astimezone(zone) if zone else aware, stamp.zone)


def _is_local(moment: datetime, zone: ZoneInfo, clocks: Clocks) -> bool:
    """Tell whether a time stamped "Z" is the outlet's local time: readers see it unchanged, and not converted."""
    local = moment.astimezone(zone)
    if local.utcoffset() == timedelta(0):
        return False
    as_written = (moment.date(), moment.hour, moment.minute) in clocks
    as_converted = (local.date(), local.hour, local.minute) in clocks
    return as_written and not as_converted


def _from_url(url: str) -> list[DateCandidate]:
    for pattern in _URL_DATES:
        for match in pattern.finditer(url):
            try:
                day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
            if _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
                return [DateCandidate("url", match.group().strip("/"), day)]
    month = _URL_MONTH.search(url)
    return [DateCandidate("url", month.group().strip("/"), None)] if month else []

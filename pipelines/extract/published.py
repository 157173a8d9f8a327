"""When an article was published: every statement of it on the page, and which one counts.

Values are aware datetimes where the page gives a clock time with a zone (or the outlet's zone is known), otherwise days.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.html import HtmlElement

from crawler.items import DateCandidate
from pipelines.arabic import fold_text
from pipelines.extract.datetext import Stamp, date_part, is_modified, read_stamp
from pipelines.extract.page import PageTree, key_of, short_text, squeeze

# The order in which statements are believed. What a person gave comes first; then what the outlet's software states for
# machines about this article (JSON-LD, meta), then its feeds, then what it shows to readers, then the day in the address.
# A sitemap's lastmod comes last: it changes with every edit. "modified" is kept as evidence and never chosen.
ORDER = ("given", "json_ld", "meta", "feed", "news_sitemap", "time", "text", "url", "sitemap")
_PUBLISHED_METAS = (
    *(
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "publishdate",
        "publish-date",
    ),
    *(
        "publish_date",
        "pubdate",
        "published_time",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "dc.date.created",
        "date",
    ),
    *(
        "sailthru.date",
        "parsely-pub-date",
        "cxenseparse:recs:publishtime",
        "article_date_original",
        "citation_publication_date",
    ),
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
)
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2100
_MOST_TEXTS = 6
_LONGEST_DATE_TEXT = 110
_URL_DATES = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?:[A-Za-z][\w-]*/)?(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=/|$|[-_.])"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[-/_]|$)"),
    re.compile(r"/(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d\d)\d{0,3}(?=[-/_]|$)"),
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0?[1-9]|1[0-2])(?=/)")
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta", re.IGNORECASE)


# The days and clock times that a page shows its readers.
Clocks = Collection[tuple[date | None, int | None, int | None]]


def find_candidates(page: PageTree, zone_name: str | None, title: str = "") -> tuple[DateCandidate, ...]:
    """Give every statement of the day of publication on the page, raw strings kept, none chosen yet.

    `zone_name` is the outlet's IANA name: clock times without a zone are taken as its local time, and a local time
    that is stamped "Z" is recognised by the clock time that the page shows its readers. `title` says which heading the
    dates on the page are near to.
    """
    zone = _zone(zone_name)
    shown = _shown(page.root, key_of(title))
    clocks: Clocks = {(s.day, s.hour, s.minute) for _, _, s in shown if s.hour is not None}
    found = [_candidate("json_ld", raw, zone, clocks) for raw in _stated(page, "datePublished")]
    found += [_candidate("meta", raw, zone, clocks) for raw in page.metas(*_PUBLISHED_METAS)]
    for element in page.root.iter("time"):
        raw = squeeze(element.get("datetime")) or squeeze(element.text_content())
        labels = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('pubdate', '')}"
        if raw:
            found.append(_candidate("modified" if is_modified(labels) else "time", raw, zone, clocks))
    for element in page.root.xpath(".//*[@content][@itemprop or @property][not(self::meta)]"):
        name = f"{element.get('itemprop', '')} {element.get('property', '')}".lower()
        if "published" in name or "dc:date" in name:
            found.append(_candidate("time", squeeze(element.get("content")), zone, clocks))
    found += [
        _candidate("modified" if is_modified(raw) else "text", raw, zone, clocks) for _, raw, _ in shown
    ]
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


def _shown(root: HtmlElement, title: str) -> list[tuple[int, str, Stamp]]:
    """Give the dates that the page shows on lines of their own, the nearest to the headline first."""
    order = {element: n for n, element in enumerate(root.iter())}
    headings = list(root.iter("h1", "h2", "h3"))
    named = next((h for h in headings if title and key_of(h.text_content()) == title), None)
    first = named if named is not None else next(root.iter("h1"), None)
    heading = order[first] if first is not None else 0
    rows: list[tuple[int, str, Stamp]] = []
    seen: set[str] = set()
    for element, text in _short_texts(root):
        part = date_part(text)
        stamp = read_stamp(part) if part else None
        if part is None or stamp is None or stamp.day is None or part in seen:
            continue
        seen.add(part)
        distance = order[element] - heading
        # A date well above the headline is today's as often as the article's; one in a list belongs to another article.
        rank = distance if distance >= 0 else -4 * distance
        rank += 0 if _DATE_CLASS.search(f"{element.get('class', '')} {element.get('id', '')}") else 150
        rank += 5000 if _in_list(element) else 0
        rank += 1000 if distance < 0 and any(node.tag == "header" for node in element.iterancestors()) else 0
        rows.append((rank, part, stamp))
    return sorted(rows, key=lambda row: row[0])[:_MOST_TEXTS]


def _short_texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.iter(
        "span",
        "div",
        "p",
        "time",
        "li",
        "td",
        "small",
        "strong",
        "b",
        "em",
        "i",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "label",
        "ins",
        "bdi",
    ):
        if len(element) > 8 or any(node.tag == "blockquote" for node in element.iterancestors()):
            continue  # a quoted post brings its own date
        own = squeeze(" ".join(t for t in [element.text, *(child.tail for child in element)] if t))
        for text in dict.fromkeys((own, short_text(element, _LONGEST_DATE_TEXT))):
            if 6 <= len(text) <= _LONGEST_DATE_TEXT and any(char.isdigit() for char in fold_text(text)):
                yield element, text


def _in_list(element: HtmlElement) -> bool:
    ancestors = [element, *element.iterancestors()]
    inside = any(node.tag == "article" for node in ancestors)
    if any(node.tag in ("aside", "nav") or (node.tag == "footer" and not inside) for node in ancestors):
        return True
    item = next((node for node, above in pairwise(ancestors) if node.tag == "li" or above.tag == "a"), None)
    return item is not None and any(True for _ in item.iter("a"))


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

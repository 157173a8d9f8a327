"""The Wayback Machine: its list of captures (the CDX server's JSON), and the raw copies it keeps.

For what is gone, and for what its outlet refuses to programs: the copy was made by the archive, and is asked of the
archive. Sources: the CDX server's README in github.com/internetarchive/wayback (parameters, resumption key) and the
"id_" form of an address, which gives the bytes as captured, without the archive's own banner and rewritten links.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from crawler.found import Found, Reading, SourceError
from crawler.outlets.model import Outlet, Source, bare_host

LIST = "/cdx/search/cdx"
ROWS = 5000  # captures in one answer: about 600 kB
LATE = timedelta(days=7)  # how long a capture may take to reach the list
CAPTURE = re.compile(r"(?P<archive>https?://[^/]+)/web/(?P<moment>\d{4,14})(?:[a-z]{2}_)?/(?P<original>.+)")


def list_address(archive: str, source: Source, since: str = "") -> str:
    """Give the address of the list of a source's captures: HTML that came with 200, the first of each address.

    `archive`: e.g. "https://web.archive.org". `since`: a day as digits, from which on; else the source's own.
    """
    asked = [
        ("url", source.url.split("://", 1)[-1]),
        ("output", "json"),
        ("fl", "timestamp,original"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("from", since or source.since),
        ("to", source.until),
        ("limit", str(ROWS)),
        ("showResumeKey", "true"),
    ]
    return f"{archive}{LIST}?{urlencode([pair for pair in asked if pair[1]])}"


def list_from_now_on(archive: str, source: Source, today: date) -> str:
    """Give the address for the run after a list was read to its end; "" when nothing can come any more."""
    since = f"{today - LATE:%Y%m%d}"
    return (
        ""
        if source.until and source.until < since[: len(source.until)]
        else list_address(archive, source, since)
    )


def parse_captures(body: bytes, asked: str) -> Reading:
    """Read the list of captures that came from the address `asked`, with the address that goes on after it.

    The JSON is rows: a header, the captures, and where more follow an empty row and one with the resumption key.
    Raises SourceError for anything else.
    """
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        raise SourceError("is not the JSON of a web archive's list") from None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise SourceError("is not a web archive's list of captures")
    key = str(rows[-1][0]) if len(rows) > 2 and rows[-2] == [] and rows[-1] else ""
    captures = rows[1:-2] if key else rows[1:]
    archive = asked.split(LIST, 1)[0]
    found = [
        Found(str(row[1]), "", archived=f"{archive}/web/{row[0]}id_/{row[1]}")
        for row in captures
        if len(row) > 1 and re.fullmatch(r"\d{4,14}", str(row[0]))
    ]
    return Reading(tuple(found), next_page=_resumed(asked, key) if key else None, items=len(captures))


def _resumed(asked: str, key: str) -> str:
    parts = urlsplit(asked)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "resumeKey"]
    # The key comes ready for an address; it is unpacked, lest it be packed twice.
    return parts._replace(query=urlencode([*kept, ("resumeKey", unquote_plus(key))])).geturl()


def captured(address: str) -> tuple[str, str] | None:
    """Split a capture's address into its moment (digits, UTC) and the address that was captured; None for any other.

    "https://web.archive.org/web/20170310091500id_/http://x.example/1" gives ("20170310091500", "http://x.example/1").
    """
    match = CAPTURE.fullmatch(address)
    return (match["moment"], match["original"]) if match else None


def original_address(outlet: Outlet, address: str) -> str:
    """Give the outlet's own address of the page that a capture's address leads to, or the address itself if it's none."""
    found = captured(address)
    return as_live(outlet, found[1]) if found else address


def as_live(outlet: Outlet, url: str) -> str:
    """Give a captured address the outlet's own scheme and host, so that it is the same as the one found live.

    Old captures are of http://www.elaph.com:80/…, the same article is https://elaph.com/… today.
    """
    home = urlsplit(outlet.home)
    try:
        parts = urlsplit(url)
        host = bare_host(parts.hostname or "")
    except ValueError:
        return url
    if host != bare_host(home.hostname or ""):
        return url
    return parts._replace(scheme=home.scheme, netloc=home.netloc).geturl()

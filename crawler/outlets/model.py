"""What an outlet's declaration may say, and what it means: the file a journalist edits.

One YAML file per outlet, named after the outlet's id. Anything that can't be understood is an error that names the
file and the key: a declaration that is silently half-read collects nothing for months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.outlets.reader import DeclarationError, Reader, read_yaml, shown
from crawler.outlets.sources import Paths, Source, read_sources

__all__ = [
    "FOLDER",
    "DeclarationError",
    "Expectation",
    "Outlet",
    "Paths",
    "Source",
    "bare_host",
    "load_outlet",
    "load_outlets",
    "original",
]

FOLDER = Path(__file__).parent
DEFAULT_DELAY = 5.0  # seconds between two requests to one host, unless robots.txt asks for more
ID = re.compile(r"[a-z][a-z0-9_]*")
EXPECTED_SHARES = ("title", "date", "body", "arabic", "overlap")
OUTLET_KEYS = (
    "name",
    "home",
    "country",
    "timezone",
    "affiliation",
    "sources",
    "article",
    "hosts",
    "crawl",
    "reason",
    "delay",
    "large",
    "mirror_of",
    "papers",
    "expect",
    "notes",
    "sample",
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a healthy run of this outlet looks like; `None` where nobody has measured it yet."""

    articles: tuple[int, int] | None = None  # fewest and most articles its sources name in one run
    title: float | None = None  # least share of pages with a title, 0 to 1
    date: float | None = None  # … with a day of publication
    body: float | None = None  # … with a text
    length: int | None = None  # least median of a text's characters
    arabic: float | None = None  # least share of Arabic letters
    newest: int | None = None  # days since its newest item came out, at most
    overlap: float | None = None  # least share of its feed's items that are known from the poll before


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet, as declared."""

    id: str
    name_ar: str
    name_en: str
    home: str
    country: str  # ISO 3166-1 alpha-2: where it is edited
    timezone: str  # IANA: the calendar its dates are in
    sources: tuple[Source, ...]
    article: str  # regex searched in an address's decoded path (and in path?query)
    hosts: tuple[str, ...]  # where its articles live; "www." makes no difference
    affiliation: str = ""
    crawl: bool = True
    reason: str = ""  # why it is not crawled
    delay: float = DEFAULT_DELAY
    large: bool = False  # titles are tested before pages are fetched
    mirror_of: str | None = None  # whose pages these are, in words; None for a publisher
    papers: tuple[tuple[str, str], ...] = ()  # mirror: a path's first part and the outlet it was copied from
    expect: Expectation = Expectation()
    notes: str = ""
    sample: bool = False  # invented, for the miniature press


def load_outlets(folder: Path) -> dict[str, Outlet]:
    """Load every declaration of a folder, keyed by id in alphabetical order.

    Raises DeclarationError for the first file that can't be used, and for a folder without any.
    """
    if not folder.is_dir():
        raise DeclarationError(f"{shown(folder)}: there is no such folder of outlet declarations")
    for stray in sorted(folder.glob("*.yaml")):
        raise DeclarationError(f"{shown(stray)}: declarations end in .yml; rename the file")
    outlets = {path.stem: load_outlet(path) for path in sorted(folder.glob("*.yml"))}
    if not outlets:
        raise DeclarationError(f"{shown(folder)}: holds no declaration (*.yml)")
    return outlets


def load_outlet(path: Path) -> Outlet:
    """Load and check one declaration.

    Raises DeclarationError with one line naming the file and the key.
    """
    if not ID.fullmatch(path.stem):
        raise DeclarationError(f"{shown(path)}: the file's name is the outlet's id: a-z, 0-9 and _ only")
    return _outlet(path.stem, Reader(shown(path), "", read_yaml(path), OUTLET_KEYS))


def _outlet(outlet_id: str, at: Reader) -> Outlet:
    name = Reader(at.file, "name", at.needed("name"), ("ar", "en"))
    crawl = at.flag("crawl", default=True)
    home = at.address("home")
    outlet = Outlet(
        id=outlet_id,
        name_ar=name.text("ar"),
        name_en=name.text("en"),
        home=home,
        country=at.matching("country", r"[A-Z]{2}", "a two-letter country code in capitals, e.g. GB"),
        timezone=at.checked("timezone", _is_zone, "an IANA time zone, e.g. Asia/Baghdad"),
        sources=read_sources(at),
        article=at.regex("article"),
        hosts=_hosts(at, home),
        affiliation=at.text("affiliation", ""),
        crawl=crawl,
        reason=at.text("reason", ""),
        delay=at.number("delay", DEFAULT_DELAY, 0, 3600),
        large=at.flag("large", default=False),
        mirror_of=at.text("mirror_of", "") or None,
        papers=_papers(at),
        expect=_expectation(at),
        notes=at.text("notes", ""),
        sample=at.flag("sample", default=False),
    )
    if not crawl and not outlet.reason:
        at.fail("reason", "is missing: say why this outlet is not crawled")
    if crawl and not outlet.sources:
        at.fail("sources", "is empty: name at least one, or write 'crawl: false' with a reason")
    if outlet.delay == 0 and not outlet.sample:
        at.fail("delay", "0 is for sample outlets only; real ones are given at least one second")
    return outlet


def _hosts(at: Reader, home: str) -> tuple[str, ...]:
    hosts = at.data.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) and "/" not in host for host in hosts):
        at.fail("hosts", "must be a list of host names, e.g. [arabic.cnn.com]")
    return tuple(dict.fromkeys(bare_host(host) for host in [urlsplit(home).hostname or "", *hosts]))


def _papers(at: Reader) -> tuple[tuple[str, str], ...]:
    papers = at.data.get("papers", {})
    if not isinstance(papers, dict) or not all(
        isinstance(part, str) for pair in papers.items() for part in pair
    ):
        at.fail("papers", "must map a path's first part to an outlet's id, e.g. {spa: spa}")
    if papers and not at.data.get("mirror_of"):
        at.fail("papers", "belongs to a mirror: say mirror_of too")
    return tuple(papers.items())


def original(outlet: Outlet, url: str) -> str | None:
    """Name the outlet that a mirror's address was copied from, or None when that is not declared.

    E.g. "spa" for the address /spa/1606173 of a mirror that declares `papers: {spa: spa}`.
    """
    return dict(outlet.papers).get(urlsplit(url).path.split("/", 2)[1]) if urlsplit(url).path else None


def bare_host(host: str) -> str:
    """Return a host name in lower case without "www.", so that both spellings are one."""
    return host.lower().removeprefix("www.")


def _expectation(at: Reader) -> Expectation:
    keys = tuple(Expectation.__dataclass_fields__)
    expect = Reader(at.file, "expect", at.data.get("expect", {}), keys)
    shares = {key: expect.number(key, 0, 0, 1) for key in EXPECTED_SHARES if key in expect.data}
    return Expectation(
        articles=_band(expect),
        length=int(expect.number("length", 0, 1, 100_000)) if "length" in expect.data else None,
        newest=int(expect.number("newest", 0, 1, 3650)) if "newest" in expect.data else None,
        **shares,
    )


def _band(expect: Reader) -> tuple[int, int] | None:
    band = expect.data.get("articles")
    if band is None:
        return None
    numbers = isinstance(band, list) and len(band) == 2 and all(type(end) is int for end in band)
    if not numbers or not 0 <= band[0] <= band[1]:
        expect.fail("articles", "must be [fewest, most] of one run, e.g. [5, 200]")
    return band[0], band[1]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    # OSError: a folder of the zone database, e.g. "Asia"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True

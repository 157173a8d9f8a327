"""What flows through the house: frozen dataclasses that every room may import.

This is the ground floor: it imports nothing of the project. Offsets are code points, ends are exclusive, days are
inclusive intervals in the outlet's own calendar day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Label = Literal["main", "mention", "no"]
Grain = Literal[
    "day", "days", "week", "month", "months", "quarter", "half", "year", "years", "decade", "century"
]
Status = Literal["announced", "ongoing", "held", "postponed", "cancelled"]
Level = Literal[
    "leaders",
    "ministerial_foreign_full",
    "ministerial_foreign_small_group",
    "ministerial_joint",
    "ministerial_defence",
    "chiefs_of_defence",
    "political_directors",
    "working_group",
    "ambassadors",
    "other",
    "unknown",
]


class TahalufError(Exception):
    """Something a person can mend: its message is one line that says what, and commands end with its exit code."""

    exit_code = 1


class BadUseError(TahalufError):
    """A command was called in a way that can't work; nothing was done."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One value somebody gave for the day an article was published."""

    source: str  # feed, json_listing, news_sitemap, sitemap, json_ld, meta, time, url, text, given
    raw: str  # exactly as found
    value: datetime | date | None  # None when the raw string could not be read
    zone: str | None = None  # "Z", "+03:00", an IANA name that was assumed, or None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A response as the server sent it, before anything is parsed."""

    url: str  # canonical: what the ledger knows it by
    outlet: str  # the declaration's id
    body: bytes
    status: int
    fetched: datetime  # aware, UTC
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    found_by: str = ""  # the source that found the URL, e.g. "feed https://…/rss.xml"
    hints: tuple[DateCandidate, ...] = ()  # dates that the feed or sitemap gave, as written and not yet read
    etag: str | None = None
    last_modified: str | None = None
    # The web archive's copy that it was read from, with its moment; None when the outlet itself answered.
    archived: str | None = None
    keep: bool = False  # somebody asked to keep it even if it doesn't concern the coalition


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a page's bytes are kept, and their hash."""

    id: str  # from the URL and the body's hash: one state of one page, however often it was fetched
    url: str
    outlet: str
    fetched: datetime
    sha256: str
    warc: str  # file name, relative to the archive's WARC folder
    offset: int
    length: int  # bytes of body
    status: int
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """A page whose bytes are kept: what the crawl hands from capture to reading."""

    page: Page
    capture: Capture


@dataclass(frozen=True, slots=True)
class Removal:
    """Something taken out of the extracted text: where it stood there, what it was, and why."""

    start: int
    end: int
    text: str
    reason: str  # stray_ampersand, entity, nbsp, zero_width, share_bar, related, agency_tail, dateline, …
    replacement: str = ""  # what was put in its place, e.g. " " for a no-break space


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says, as extracted and not yet cleaned."""

    title: str
    text: str
    language: str  # ISO 639: ar, fa, ur, ckb, en … or "und"
    author: str | None
    published: datetime | date | None  # a datetime is aware
    published_candidates: tuple[DateCandidate, ...]
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text a reader should see; `removed` put back at its offsets gives the input exactly."""

    text: str
    removed: tuple[Removal, ...]
    dateline: str | None = None  # the place as written, e.g. «لندن»
    agency: str | None = None  # the agency or desk as written, e.g. «رويترز»


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase that spoke for or against an article being about the coalition against ISIS."""

    start: int
    end: int
    text: str
    where: Literal["title", "text"]
    side: Literal["for", "against"]
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article concerns the coalition, and the phrases that decided it."""

    label: Label
    score: float  # 0 to 1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression in the text and the days it denotes (TIMEX3's idea, with the reasons kept)."""

    start: int
    end: int
    text: str
    value: (
        str | None
    )  # ISO 8601 / TIMEX3: 2017-03-22, 2017-03, 2017, 2017-W12, 2017-03-10/2017-03-12, 201, 20
    first: date | None  # None when the text does not decide
    last: date | None
    grain: Grain
    rule: str  # a stable readable name
    anchor: str | None = None  # what the reference was and where it came from, e.g. "published 2017-03-10"
    needs_review: str | None = None  # the reason, or None
    modifier: str | None = None  # start, middle, end, morning, evening, approx …


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """One claim about one meeting of the coalition, as this article makes it."""

    start: int
    end: int
    text: str  # the words that name the meeting
    sentence: str
    first: date | None
    last: date | None
    grain: Grain | None
    city: str | None  # English name; None when the text names none
    country: str | None
    level: Level
    status: Status
    member_count: (
        int | None
    )  # the coalition's members where the text states them, else the same as `participants`
    host: str | None
    known_id: str | None
    confidence: float  # 0 to 1
    needs_review: str | None = None
    link: Literal["known", "disagrees", "none"] = "none"
    link_reason: str = ""  # the decision in words
    date_text: str | None = None  # the words that date it
    also_at: tuple[tuple[int, int], ...] = ()  # other places in the article that name the same meeting
    participants: int | None = None  # states, organisations or delegations said to take part


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place where an article names a person, a body or a state."""

    actor: str  # readable id: rex-tillerson, nato, united-states
    kind: Literal["person", "body", "state"]
    start: int  # offsets into the title or the text, as `where` says; clitics are left out
    end: int
    text: str
    where: Literal["title", "text"] = "text"


@dataclass(frozen=True, slots=True)
class Article:
    """A page after reading: the row of `articles` and the rows that hang on it."""

    id: str  # outlet and eight hex digits of the URL's SHA-256: stable and citable
    outlet: str
    url: str
    title: str
    text: str  # clean
    extracted: str  # before cleaning
    author: str | None
    dateline: str | None
    dateline_city: str | None  # English name, when the lexicon knows the place
    agency: str | None
    published: datetime | date | None  # in the outlet's own zone
    published_source: str | None
    language: str
    verdict: Verdict
    candidates: tuple[DateCandidate, ...] = ()
    removed: tuple[Removal, ...] = ()
    title_removed: tuple[Removal, ...] = ()
    dates: tuple[DateMention, ...] = ()
    meetings: tuple[MeetingMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a page came to: an article, or the reason why there is none."""

    outcome: Literal["article", "irrelevant", "not_arabic", "empty", "not_html", "failed"]
    reason: str  # a short sentence for the ledger
    title: str = ""
    length: int = 0  # characters of extracted text
    language: str = "und"
    article: Article | None = None
    stage: str = ""  # for "failed": which stage broke
    error: str = ""
    published: datetime | date | None = (
        None  # when the page says it came out; for health, not for the article
    )
    arabic: float = 0.0  # share of the text's letters that are Arabic
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Read:
    """A captured page with what reading it came to: what the crawl hands from reading to the store."""

    captured: Captured
    reading: Reading

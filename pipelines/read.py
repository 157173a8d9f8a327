"""Read a page: one pure function from bytes to an article with its tags.

The crawl, `ingest` and `reread` call the same `read_page`; a crawl awaits it in a pool of processes, because it costs
15 to 40 ms of CPU and must not hold the event loop.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter

from crawler.items import Article, Cleaned, Extracted, Page, Reading, Verdict
from crawler.outlets.model import Outlet
from pipelines.actors import find_actors
from pipelines.arabic import arabic_share, fold, fold_text
from pipelines.clean import clean, clean_title
from pipelines.dates import tag_dates
from pipelines.extract import EmptyPageError, ExtractError, NotHtmlError, choose_published, extract
from pipelines.extract.language import detect
from pipelines.extract.published import mark_chosen, read_statement
from pipelines.meetings import tag_meetings
from pipelines.places import find_places
from pipelines.relevance import BY_CONTEXT, judge, may_concern

ENOUGH_LETTERS = 2000  # characters that tell how much of a text is Arabic
PLAIN_TITLE_LENGTH = 150  # a first line longer than this is a lead, not a title


def read_page(
    page: Page, outlet: Outlet | None = None, *, keep_all: bool = False, quick: bool = False
) -> Reading:
    """Read `page` into an article, or into the reason why it is none; never raises.

    `outlet` is its declaration, for the time zone and the names that stand in titles and datelines. `keep_all` keeps articles that don't concern the coalition, marked «no».
    `quick` spares pages that can't concern it the extraction, as a crawl wants. A stage that breaks on this page
    becomes `outcome="failed"` with the stage's name.
    """
    started = perf_counter()
    stage = "relevance"
    try:
        if quick and not keep_all and not may_concern(page.body):
            return Reading("irrelevant", "no phrase in the page can mean the coalition")
        stage = "extract"
        extracted = _extract(page, outlet)
        stage = "read"
        reading = replace(
            _read(page, extracted, outlet, keep_all=keep_all),
            published=extracted.published,
            arabic=arabic_share(extracted.text[:ENOUGH_LETTERS]),
        )
    except EmptyPageError as error:
        reading = Reading("empty", str(error), stage=stage, error=str(error))
    except NotHtmlError as error:
        reading = Reading("not_html", str(error), stage=stage, error=str(error))
    except ExtractError as error:
        reading = Reading("failed", str(error), stage=stage, error=str(error))
    except Exception as error:  # noqa: BLE001 — a page that breaks the reader is a row in `failures`, and the run goes on
        reason = f"{type(error).__name__}: {error}"
        reading = Reading("failed", f"the reader broke at {stage}: {reason}", stage=stage, error=reason)
    return replace(reading, seconds=perf_counter() - started)


def _extract(page: Page, outlet: Outlet | None) -> Extracted:
    media = (page.content_type or "").split(";")[0].strip().lower()
    if media == "text/plain":
        return _extract_plain(page.body.decode("utf-8", "replace"))
    if media == "application/json":
        return _extract_json(page.body)
    return extract(page.body, page.url, page.content_type, timezone=_zone(outlet), names=_names(outlet))


def _zone(outlet: Outlet | None) -> str | None:
    return outlet.timezone if outlet else None


def _names(outlet: Outlet | None) -> tuple[str, ...]:
    return (outlet.name_ar, outlet.name_en) if outlet else ()


def _extract_plain(text: str) -> Extracted:
    text = text.lstrip("\ufeff")
    first, _, rest = text.partition("\n")
    titled = 0 < len(first.strip()) <= PLAIN_TITLE_LENGTH and rest.startswith(("\n", "\r\n"))
    title, body = (first.strip(), rest.strip()) if titled else ("", text.strip())
    if not body:
        raise EmptyPageError("no text in the file")
    return Extracted(title, body, detect(body), None, None, ())


def _extract_json(body: bytes) -> Extracted:
    record = json.loads(body)
    text = str(record.get("text") or "").strip()
    if not text:
        raise EmptyPageError("the record has no text")
    author = record.get("author")
    return Extracted(
        str(record.get("title") or "").strip(), text, detect(text), str(author) if author else None, None, ()
    )


def _read(page: Page, extracted: Extracted, outlet: Outlet | None, *, keep_all: bool) -> Reading:
    length = len(extracted.text)
    if extracted.language != "ar":
        share = round(100 * arabic_share(extracted.text))
        reason = (
            f"not Arabic: the text reads as {extracted.language} ({share} % of its letters in Arabic script)"
        )
        return Reading("not_arabic", reason, extracted.title, length, extracted.language)
    mirror = outlet is not None and outlet.mirror_of is not None
    title = clean_title(extracted.title, mirror=mirror)
    body = clean(extracted.text, names=_names(outlet), mirror=mirror)
    verdict = judge(title.text, body.text)
    if verdict.label == "no" and not keep_all:
        return Reading("irrelevant", _why_not(verdict), title.text, length, "ar")
    article = _article(page, extracted, title, body, verdict, outlet)
    return Reading("article", _why(verdict), title.text, length, "ar", article)


def _article(
    page: Page, extracted: Extracted, title: Cleaned, body: Cleaned, verdict: Verdict, outlet: Outlet | None
) -> Article:
    hints = tuple(read_statement(hint.source, hint.raw, _zone(outlet)) for hint in page.hints)
    candidates = hints + extracted.published_candidates
    chosen = choose_published(candidates, _zone(outlet))
    published = chosen.value if chosen else None
    day = _day(published) or _dateline_day(extracted.text, body)
    dates = tag_dates(body.text, day)
    return Article(
        id=article_id(page.outlet, page.url),
        outlet=page.outlet,
        url=page.url,
        title=title.text,
        text=body.text,
        extracted=extracted.text,
        author=extracted.author,
        dateline=body.dateline,
        dateline_city=_city(body.dateline),
        agency=_agency(body.agency, outlet),
        published=published,
        published_source=chosen.source if chosen else None,
        language=extracted.language,
        verdict=verdict,
        candidates=mark_chosen(candidates, chosen),
        removed=body.removed,
        title_removed=title.removed,
        dates=tuple(dates),
        meetings=tuple(tag_meetings(title.text, body.text, day, dates=dates, dateline=body.dateline)),
        actors=find_actors(title.text, body.text),
    )


def article_id(outlet: str, url: str) -> str:
    """Give the stable, citable id of an article: its outlet and eight hex digits of its URL's SHA-256."""
    return f"{outlet}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _day(published: datetime | date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _dateline_day(extracted: str, body: Cleaned) -> date | None:
    """Anchor an undated article on the day its own dateline names, as in «واشنطن 9 مارس 2017 /»."""
    for removal in body.removed:
        if removal.reason == "dateline":
            for mention in tag_dates(extracted[removal.start : removal.end], None):
                if mention.first is not None and mention.first == mention.last:
                    return mention.first
    return None


def _agency(named: str | None, outlet: Outlet | None) -> str | None:
    """Give the agency a dateline names; an outlet that names itself there, «إيلاف من لندن», quotes nobody."""
    own = {fold_text(name) for name in _names(outlet)}
    return named if named is None or fold_text(named) not in own else None


def _city(dateline: str | None) -> str | None:
    if dateline is None:
        return None
    cities = (place.as_city for place in find_places(fold(dateline), dateline))
    return next((city for city in cities if city), None)


def _why(verdict: Verdict) -> str:
    phrases = [piece.text for piece in verdict.evidence if piece.side == "for"]
    return f"{verdict.label}: " + "، ".join(dict.fromkeys(phrases[:3]))


def _why_not(verdict: Verdict) -> str:
    """Name what most of the evidence says the article is about instead."""
    against = Counter(
        piece.reason.removesuffix(BY_CONTEXT) for piece in verdict.evidence if piece.side == "against"
    )
    most = against.most_common(1)
    return "does not concern the coalition" + (f": {most[0][0]}" if most else "")

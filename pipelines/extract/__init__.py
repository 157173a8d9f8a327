"""Extract what a press page says: headline, body, author, language, and every statement of its day of publication."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.items import Extracted
from pipelines.clean.draft import Draft
from pipelines.extract.authors import find_author, read_byline
from pipelines.extract.body import find_body
from pipelines.extract.encodings import decode
from pipelines.extract.errors import EmptyPageError, ExtractError, NotHtmlError
from pipelines.extract.furniture import Surroundings, drop_furniture
from pipelines.extract.language import detect
from pipelines.extract.page import key_of, parse
from pipelines.extract.published import choose_published, find_candidates, mark_chosen
from pipelines.extract.titles import find_title, site_names

__all__ = [
    "EmptyPageError",
    "ExtractError",
    "NotHtmlError",
    "choose_published",
    "extract",
]


def extract(
    body: bytes,
    url: str,
    content_type: str | None = None,
    *,
    timezone: str | None = None,
    names: Iterable[str] = (),
) -> Extracted:
    """Extract the article of a page from the bytes that the server sent.

    `timezone` is the outlet's IANA name: `published` is then given in its own day; `names` are the outlet's names, which
    are taken off titles and never taken for an author. Paragraphs of `text` are separated by one line break; offsets of
    `removed` refer to the body as trafilatura gave it. Raises `NotHtmlError` or `EmptyPageError` (both `ExtractError`) with a
    one-line reason; `ValueError` for an unknown time zone.
    """
    page = parse(decode(body, content_type), url)
    sites = site_names(page, names)
    title = find_title(page, sites)
    author = find_author(page, sites)
    candidates = find_candidates(page, timezone, title)
    chosen = choose_published(candidates, timezone)
    found = find_body(page)
    lines = found.text.split("\n")
    author = author or next(
        filter(None, (read_byline(line, sites, edge=True) for line in [*lines[:2], lines[-1]])), None
    )
    draft = Draft(found.text)
    drop_furniture(draft, Surroundings(key_of(title), author, sites, found.captions, found.links))
    if not draft.text.strip():
        raise EmptyPageError(
            f"empty page: no article text found (title: {title[:80]!r})"
            if title
            else "empty page: no article text found"
        )
    return Extracted(
        title=title,
        text=draft.text,
        language=detect(draft.text),
        author=author,
        published=chosen.value if chosen else None,
        published_candidates=mark_chosen(candidates, chosen),
        removed=draft.removals(),
    )

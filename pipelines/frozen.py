"""What a page is read as, in the few words by which a person can tell whether it was read rightly."""

from __future__ import annotations

from crawler.items import Page
from crawler.outlets.model import Outlet
from pipelines.read import read_page

WORDS = 12  # of the text's beginning: a lead that was lost or a caption that leaked shows there


def freeze(page: Page, outlet: Outlet) -> dict[str, str | int | None]:
    """Read a page and give what `scrapy addoutlet` writes beside it for review, and what a test expects ever after.

    title, published (ISO 8601 with the outlet's offset, or a day), published_source, begins (the first words of the text)
    and characters; for a page that is no article in Arabic its outcome and the reason.
    """
    reading = read_page(page, outlet, keep_all=True)
    article = reading.article
    if article is None:
        return {"outcome": reading.outcome, "reason": reading.reason}
    return {
        "outcome": reading.outcome,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "published_source": article.published_source,
        "begins": " ".join(article.text.split()[:WORDS]),
        "characters": len(article.text),
    }

"""Why a page could not be extracted, in one line."""

from __future__ import annotations

from crawler.items import TahalufError


class ExtractError(TahalufError):
    """A page that gives no article; its message is a short reason for the ledger."""


class NotHtmlError(ExtractError):
    """The body is something else than HTML: a PDF, an image, a feed, binary data."""


class EmptyPageError(ExtractError):
    """The page is HTML, or nothing at all, and holds no article text."""

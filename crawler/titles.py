"""Large outlets: a title from a feed, a news sitemap or a list is tested before its page is fetched.

The rules are the reading room's and come in by two doors of the settings: `skip_title`, which gives the reason why a
title can be passed over or None, and `title_rules`, a word that changes whenever those rules do. What is passed over
stands on the ledger as `skipped` with the reason and that word; when the word has changed, the next run tests those
titles again and fetches what the better rules let through. An address without a title is always fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.found import Found, Reading

NOT_FETCHED = "not fetched, by its title: "


@dataclass(frozen=True, slots=True)
class TitleTest:
    """The rules for titles, as the settings name them."""

    reason_to_skip: Callable[[str], str | None]
    rules: str

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> TitleTest:
        """Take the rules through the doors."""
        doors = settings.getdict("DOORS")
        return cls(load_object(doors["skip_title"]), str(load_object(doors["title_rules"])))

    def verdict(self, title: str) -> str:
        """Say why a page need not be fetched, for the ledger; "" when it must be."""
        reason = self.reason_to_skip(title) if title.strip() else None
        return f"{NOT_FETCHED}{reason} (rules {self.rules})" if reason else ""

    def marked(self, reading: Reading) -> Reading:
        """Mark what need not be fetched."""
        return replace(reading, found=tuple(self._marked(found) for found in reading.found))

    def _marked(self, found: Found) -> Found:
        return replace(found, skip=self.verdict(found.title))

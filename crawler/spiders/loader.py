"""Make one spider per declaration, so that `scrapy list` shows the outlets and `scrapy crawl elaph` works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scrapy import Request, Spider
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.outlets.model import DeclarationError, Outlet, load_outlets
from crawler.outlets.reader import nearest
from crawler.spiders.outlet import OutletSpider


class OutletLoader:
    """Scrapy's spider loader over the folder of declarations that the setting OUTLETS names.

    The folder is read when a spider is asked for, not before: a typo in a declaration then ends a command with one
    line, and does not keep Scrapy from starting.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._outlets: dict[str, Outlet] | None = None

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> OutletLoader:
        """Take the folder from the settings."""
        return cls(Path(settings["OUTLETS"]))

    def load(self, spider_name: str) -> type[Spider]:
        """Make the spider of an outlet. Raises KeyError with the nearest known name."""
        outlets = self._declared()
        if spider_name not in outlets:
            raise KeyError(f"no outlet is called '{spider_name}'{nearest(spider_name, outlets)}")
        outlet = outlets[spider_name]
        return type(f"{outlet.id.title()}Spider", (OutletSpider,), {"name": outlet.id, "outlet": outlet})

    def find_by_request(self, request: Request) -> list[str]:  # noqa: ARG002 - Scrapy's interface
        """Name no outlet: `scrapy shell` and `fetch` use Scrapy's default spider."""
        return []

    def list(self) -> Sequence[str]:
        """Name the outlets."""
        return [*self._declared()]

    def _declared(self) -> dict[str, Outlet]:
        if self._outlets is None:
            try:
                self._outlets = load_outlets(self._folder)
            except DeclarationError as error:
                raise UsageError(str(error), print_help=False) from None
        return self._outlets

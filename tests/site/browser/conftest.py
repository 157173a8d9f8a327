"""Chromium and the served archive of the press for the checks of one file; without Chromium they are skipped, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.site.serving import served

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no Chromium on this machine (sudo apt-get install chromium): the twenty checks of the site in a browser"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, or skip. For one file at a time: while Playwright runs, no other test can have an event loop."""
    executable = next((found for name in NAMES if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def press_site(press_archive: Path, browser: Browser) -> Iterator[httpx.Client]:  # noqa: ARG001  # skips first
    """Serve the archive of the press, under the name that `make run` gives it."""
    with served(press_archive) as client:
        yield client


@pytest.fixture
def page(browser: Browser, press_site: httpx.Client) -> Iterator[Page]:
    """A fresh page at a laptop's size."""
    context = browser.new_context(base_url=str(press_site.base_url), viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()

"""What every screen must be, in both languages, at three widths, light and dark: the general points of the checklist."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.site.browser.screens import SCREENS, Screen
from tests.site.chrome_words import ARABIC, chrome

# Layout differs by width and colour by scheme; axe is slow, so it looks at each of both, not at every pair.
LOOKS = {"ar": ((390, "dark"), (768, "light"), (1280, "light")), "en": ((1280, "dark"),)}
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
HEAVIEST = 150_000  # bytes of a page without fonts
LANGUAGES = {"ar": ("", "rtl"), "en": ("/en", "ltr")}
# Controls smaller than 24 by 24 pixels; links within running text are exempt (WCAG 2.2, 2.5.8).
SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary, header nav a, .views a, .pages a, .chip, .twin, .active a')]
  .filter(e => { const r = e.getBoundingClientRect(); return r.width && r.height && e.checkVisibility() && (r.width < 24 || r.height < 24); })
  .map(e => e.outerHTML.slice(0, 120))"""
NAMELESS = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, nav')]
  .map(e => [e.outerHTML.slice(0, 100), (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').trim()])"""
HEADINGS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => Number(e.tagName[1]))"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Wider than its box and not to be scrolled by keyboard.
STUCK = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && /(auto|scroll)/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0
    && !e.querySelector('a, button') && !['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName)).map(e => e.outerHTML.slice(0, 120))"""
STEADY = 0.1  # layout shift that readers don't feel (Core Web Vitals, "good")
LAYOUT_SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; })).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50)); })"""


@pytest.fixture(
    params=[(screen, language) for screen in SCREENS for language in LANGUAGES],
    ids=lambda p: f"{p[1]} {p[0].name}",
)
def opened(request: pytest.FixtureRequest, page: Page) -> tuple[Page, str, Screen, list[str], list[Response]]:
    screen, language = request.param
    faults: list[str] = []
    answers: list[Response] = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: answers.append(answer))  # no method: Playwright wants a function
    answer = page.goto(LANGUAGES[language][0] + screen.path)
    assert answer is not None
    assert answer.status == screen.status
    return page, language, screen, faults, answers


def test_screen(opened: tuple[Page, str, Screen, list[str], list[Response]]) -> None:
    page, language, screen, faults, answers = opened
    # 1: nothing goes wrong, nobody else is asked; 17: no cookie
    expected = [] if screen.status == 200 else [one for one in faults if f"status of {screen.status}" in one]
    assert faults == expected
    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(page.url).netloc}
    assert page.context.cookies() == []
    # 2: language and direction
    direction = LANGUAGES[language][1]
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language,
        direction,
    ]
    # 5: one h1, no level skipped, landmarks
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []
    assert page.locator("body > header, main, body > footer").count() == 3
    # 6 and 7: controls are named in the page's language
    names = [(where, name) for where, name in page.evaluate(NAMELESS)]
    assert [where for where, name in names if not name] == []
    leaked = [word for word in chrome(page.content(), language) if language == "en" and ARABIC.search(word)]
    assert leaked == []
    if language == "ar":
        named = [
            where
            for where, name in names
            if not ARABIC.search(name) and not re.fullmatch(r"[A-Za-z]+|\d+", name)
        ]
        assert named == []
    # 8: our typefaces, set for reading
    _check_type(page)
    # 9: the page mirrors
    _check_mirrored(page, direction)
    # 15: what machines are told
    _check_head(page, screen)
    # 18: light
    assert sum(len(a.body()) for a in answers if not a.url.endswith(".woff2")) <= HEAVIEST
    assert _shift(page) <= STEADY
    # 3, 4, 6: at every width, light and dark
    for width, scheme in LOOKS[language]:
        _check_at(page, width, scheme)


def _shift(page: Page) -> float:
    """Give the least layout shift of up to three openings.

    A typeface that a busy machine serves late moves a page once; a page that moves by itself does so each time.
    """
    shifts = [page.evaluate(LAYOUT_SHIFT)]
    while shifts[-1] > STEADY and len(shifts) < 3:
        page.reload()
        shifts.append(page.evaluate(LAYOUT_SHIFT))
    return float(min(shifts))


def _check_at(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    where = (width, scheme)
    assert page.evaluate(OVERFLOW) == 0, where
    assert page.evaluate(STUCK) == [], where
    assert page.evaluate(SMALL) == [], where
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == [], where


def _check_type(page: Page) -> None:
    page.evaluate("document.fonts.ready.then(() => true)")
    family, size, height, spacing = page.evaluate(
        "(s => [s.fontFamily, parseFloat(s.fontSize), parseFloat(s.lineHeight), s.letterSpacing])(getComputedStyle(document.body))"
    )
    assert family.startswith('"IBM Plex Sans Arabic"')
    assert height / size >= 1.7
    assert spacing == "normal"
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    loaded = [family.strip('"') for family in loaded]
    assert "IBM Plex Sans Arabic" in loaded
    for text in page.locator(".text").all()[:1]:
        assert text.evaluate("e => getComputedStyle(e).fontFamily").startswith("Amiri")
        assert "Amiri" in loaded


def _check_mirrored(page: Page, direction: str) -> None:
    first, last = (
        page.locator("header nav a").nth(n).evaluate("e => e.getBoundingClientRect().x") for n in (0, -1)
    )
    assert (first > last) == (direction == "rtl")
    crumb = page.locator(".crumbs span[aria-hidden]")
    if crumb.count():
        assert crumb.first.inner_text() == ("←" if direction == "rtl" else "→")
    for chart in page.locator("svg.bars").all():
        ticks = chart.locator("text.tick").evaluate_all(
            "all => all.filter(e => e.textContent).map(e => e.getBoundingClientRect().x)"
        )
        assert ticks == sorted(ticks, reverse=direction == "rtl")


def _check_head(page: Page, screen: Screen) -> None:
    def content(selector: str) -> str:
        return page.locator(selector).first.get_attribute("content") or ""

    assert len(content("meta[name=description]")) > 10
    assert content("meta[property='og:title']")
    assert content("meta[property='og:locale']") in ("ar_AR", "en_GB")
    if screen.status == 200:
        card = page.request.get(content("meta[property='og:image']"))
        assert (card.status, card.headers["content-type"]) == (200, "image/png")
    assert page.locator("link[rel=canonical]").count() == (1 if screen.status == 200 else 0)
    assert page.locator("script:not([type='application/ld+json'])").count() == 0

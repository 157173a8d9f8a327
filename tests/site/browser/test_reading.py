"""What a reader does: by keyboard, without script, enlarged, on paper; and what the checklist asks of single screens."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipelines.arabic import fold_text
from pipelines.search import index_text
from tests.site.browser.screens import SEED

SPACED = "* { line-height: 1.9 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(e => e.children.length === 0 && e.textContent.trim()
  && e.checkVisibility() && getComputedStyle(e).overflow === 'hidden' && !e.closest('.unseen')
  && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)).map(e => e.outerHTML.slice(0, 120))"""


def test_first_tab_reaches_the_skip_link_and_enter_moves_to_the_content(page: Page) -> None:
    page.goto("/meetings")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.fixture
def scriptless(browser: Browser, press_site: httpx.Client) -> Any:
    context = browser.new_context(base_url=str(press_site.base_url), java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_script(scriptless: Page) -> None:
    page = scriptless
    page.goto("/")
    page.locator("main input[type=search]").fill("التحالف")
    page.locator("main form button").first.click()
    expect(page.locator(".results article").first).to_be_visible()
    page.goto(f"/article/{SEED}")
    tip = page.locator("#tip-1")
    expect(tip).to_be_hidden()
    page.locator("#at-1").click()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("تاريخ نشر المقال")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_seed_article_shows_what_was_removed_and_what_was_read(page: Page) -> None:
    page.goto(f"/article/{SEED}?view=plain")
    assert "&" not in page.locator(".text").inner_text()
    page.goto(f"/article/{SEED}?view=diff")
    removed = page.locator(".text del").all_inner_texts()
    assert (
        sum(one.count("&") for one in removed)
        == page.locator(".removals li", has_text="علامة «&» شاردة").count()
        > 0
    )
    page.goto(f"/article/{SEED}")
    days = page.locator("aside section").first.locator("time").evaluate_all("all => all.map(e => e.dateTime)")
    assert set(days) == {"2016-07-21", "2016-11-17", "2017-03-22", "2017-03-23"}
    current = page.locator(".tags li.date", has_text="الجاري")
    assert current.count() == 2
    for one in current.all():
        assert "المرجع" in one.inner_text()
    for number in page.locator(".text [popovertarget]").all():
        assert page.locator(f"#{number.get_attribute('popovertarget')}").count() == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ["التحالف", "التّحالف", "التحـــالف"],
        ["اعضاء", "أعضاء"],
        ["22", "٢٢"],
        ["سوريا", "سورية"],
        ["أميركي", "أمريكي"],
    ],
)
def test_spellings_of_one_word_find_the_same_and_mark_it(page: Page, spellings: list[str]) -> None:
    found = []
    for word in spellings:
        page.goto(f"/search?q={word}&sort=date&others=no")
        ids = page.locator(".results h2 a").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        found.append(ids)
        marks = {fold_text(mark) for mark in page.locator(".results mark").all_inner_texts()}
        assert marks
        stem = index_text(word)
        assert all(stem in index_text(mark) for mark in marks), marks
        page.goto(f"/search?q={word}&mode=exact&sort=date")
        assert page.locator(".found b").count() == 1
    assert found[0]
    assert all(ids == found[0] for ids in found)


def test_reload_and_back_keep_the_filters(page: Page) -> None:
    page.goto("/search?q=داعش&level=political_directors&sort=date")
    before = page.locator(".results h2").all_inner_texts()
    page.reload()
    assert page.locator(".results h2").all_inner_texts() == before
    page.locator(".results h2 a").first.click()
    page.go_back()
    assert page.locator("#f-level").input_value() == "political_directors"
    assert page.locator(".results h2").all_inner_texts() == before


@pytest.mark.parametrize("path", ["/", "/search?q=داعش"])
def test_drawing_says_what_its_table_says(page: Page, path: str) -> None:
    page.goto(path)
    drawn = [int(re.findall(r"\d+", one)[-1]) for one in page.locator("svg.bars title").all_text_contents()]
    assert drawn == [int(cell) for cell in page.locator("table.narrow td.number").all_text_contents()]
    assert sum(drawn) > 10


@pytest.mark.parametrize("path", ["/", "/search?q=داعش", f"/article/{SEED}", "/meetings"])
def test_enlarged_and_widely_spaced_text_loses_nothing(
    browser: Browser, press_site: httpx.Client, path: str
) -> None:
    # 640 pixels are what a window of 1280 holds at 200 %.
    context = browser.new_context(
        base_url=str(press_site.base_url),
        viewport={"width": 640, "height": 450},
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path)
    page.add_style_tag(content=SPACED)
    assert (
        page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


@pytest.mark.parametrize("path", ["/", f"/article/{SEED}"])
def test_paper_keeps_the_contrast(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print", color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [node["html"][:120] for one in found for node in one["nodes"]] == []
    expect(page.locator("header.site")).to_be_hidden()

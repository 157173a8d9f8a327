"""Addresses: two spellings of one article would double it, and a link that is no address must not be followed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import canonical, is_article, is_home
from crawler.outlets.model import Outlet, Source

OUTLET = Outlet(
    id="test",
    name_ar="صحيفة",
    name_en="Paper",
    home="https://www.test.example/ar",
    country="GB",
    timezone="Europe/London",
    sources=(Source("feed", "https://test.example/rss", "verified", "this test"),),
    article=r"^/ar/news/\d+",
    hosts=("test.example", "m.test.example"),
)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://Test.example/news/1?utm_source=x&utm_campaign=y#comments", "https://test.example/news/1"),
        ("https://test.example:443/news/1?fbclid=AbC", "https://test.example/news/1"),
        ("http://test.example:8080/news/1", "http://test.example:8080/news/1"),
        (
            "https://test.example/view.aspx?id=7&cdate=1&gclid=z",
            "https://test.example/view.aspx?cdate=1&id=7",
        ),
        ("https://test.example/news;jsessionid=0A1B?id=7&PHPSESSID=q", "https://test.example/news?id=7"),
        ("https://test.example/خبر", "https://test.example/%D8%AE%D8%A8%D8%B1"),
        ("https://test.example/%d8%ae%d8%a8%d8%b1", "https://test.example/%D8%AE%D8%A8%D8%B1"),
        (" https://test.example ", "https://test.example/"),
        ("https://test.example/?page=2&sid=3", "https://test.example/?page=2&sid=3"),
    ],
)
def test_one_address_has_one_form(url: str, form: str) -> None:
    assert canonical(url) == form


@pytest.mark.parametrize(
    "url",
    [
        "javascript:void(0)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "",
        "/news/1",
        "https://[half/",
        "http://:80/",
        "https://test.example:99999/",
        "https://test.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_none(url: str) -> None:
    assert canonical(url) is None


@given(st.text(max_size=60))
def test_the_form_of_a_form_is_itself_whatever_stands_in_the_address(rest: str) -> None:
    form = canonical(f"https://test.example/{rest}")
    assert form is None or canonical(form) == form


def test_articles_are_told_by_host_and_pattern() -> None:
    yes = [
        "https://test.example/ar/news/12/a",
        "https://www.test.example/ar/news/1",
        "http://m.test.example/ar/news/1",
    ]
    no = [
        "https://test.example/ar/tag/1",
        "https://other.example/ar/news/1",
        "https://x.test.example/ar/news/1",
    ]
    assert [is_article(OUTLET, url) for url in yes + no] == [True] * 3 + [False] * 3


def test_a_pattern_may_be_arabic_or_lie_in_the_query() -> None:
    arabic = replace(OUTLET, article=r"^/أخبار/\d+$")
    query = replace(OUTLET, article=r"^/Details\.aspx\?jimare=\d+$")
    assert is_article(arabic, str(canonical("https://test.example/أخبار/5?ref=home")))
    assert is_article(query, "https://test.example/Details.aspx?jimare=262389")
    assert not is_article(query, "https://test.example/Details.aspx")


def test_the_front_page_is_known_under_its_usual_addresses() -> None:
    home = ["https://test.example/", "https://test.example/ar/", "https://www.test.example/index.html"]
    assert all(is_home(OUTLET, url) for url in home)
    assert not is_home(OUTLET, "https://test.example/ar/news/1")
    assert not is_home(OUTLET, "https://test.example/?p=12")

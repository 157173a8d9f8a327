"""Learnt patterns: one too narrow loses articles in silence, one too wide reads menus for ever."""

from __future__ import annotations

import re

import pytest

from crawler.addresses import canonical
from crawler.shapes import learn_pattern, matches

AT = "https://test.example"
SLUGS = ("اجتماع-التحالف-في-واشنطن", "غارات-على-الرقة-أمس", "بيان-وزراء-الخارجية", "مقتل-قيادي-في-الموصل")


def urls(*paths: str) -> list[str]:
    return [str(canonical(AT + path)) for path in paths]


@pytest.mark.parametrize(
    ("articles", "others", "regex"),
    [
        (
            [f"/{section}/2017/3/{day}/{slug}" for day, slug in enumerate(SLUGS, 9) for section in ("سياسة", "عالم")],
            ["/سياسة", "/2017/3"],
            r"^/[^/?]+/(?:19|20)\d\d/\d{1,2}/\d{1,2}/[^/?]+-[^/?]+-[^/?]+/?$",
        ),
        (["/news/101", "/news/102", "/news/2103/"], ["/news", "/news/page/2"], r"^/news/\d+/?$"),
        (["/Web/News/2017/03/1.html", "/Web/Sport/2017/3/22.html", "/Web/News/2016/12/3.html"], ["/Web"],
         r"^/[^/?]+/[^/?]+/(?:19|20)\d\d/\d{1,2}/\d+\.html$"),
        (["/Details.aspx?jimare=262389", "/Details.aspx?jimare=262390&l=1"], ["/Default.aspx"],
         r"^/Details\.aspx\?(?:.*&)?jimare=\d+.*$"),
        (["/middle-east/1234-a", "/world/12345-b-c", "/world/12346-x"], ["/world"], r"^/[^/?]+/\d{3,}-[^/?]+/?$"),
        (["/ar/a-b-c/a-38012", "/ar/d/a-38013", "/ar/e-f/a-38014"], ["/ar/s-100"], r"^/ar/[^/?]+/[^/?]+-\d{3,}/?$"),
    ],
)  # fmt: skip
def test_a_pattern_is_learnt_from_what_articles_have_in_common(
    articles: list[str], others: list[str], regex: str
) -> None:
    pattern = learn_pattern(urls(*articles), urls(*others))
    assert pattern is not None
    assert pattern.regex == regex
    assert (pattern.matched, pattern.learnt_from) == (len(articles), len(articles))
    assert not pattern.strays


def test_bare_slugs_are_told_from_sections_and_the_sites_own_pages() -> None:
    others = urls("/سياسة", "/رياضة/", "/about", "/category/iraq", "/tag/داعش", "/?s=x", "/")
    pattern = learn_pattern(urls("/خبر", *(f"/{slug}/" for slug in SLUGS)), others)
    assert pattern is not None
    assert pattern.strays == ()
    assert matches(pattern.regex, urls("/خبر-جديد")[0])
    assert not any(matches(pattern.regex, url) for url in others)


def test_two_shapes_make_two_alternatives_and_a_stray_address_none() -> None:
    old = [f"/article/{number}" for number in range(20)]
    new = [f"/politics/{number}-خبر" for number in range(1000, 1020)]
    pattern = learn_pattern(urls(*old, *new, "/live"))
    assert pattern is not None
    assert (pattern.matched, pattern.learnt_from) == (40, 41)
    assert not matches(pattern.regex, urls("/live")[0])
    assert re.compile(pattern.regex)


def test_a_section_beside_a_date_may_be_another_and_a_fixed_part_is_named() -> None:
    dated = learn_pattern(urls(*(f"/سياسة/2017/3/{day}/{slug}" for day, slug in enumerate(SLUGS, 9))))
    assert dated is not None
    assert matches(dated.regex, urls("/رياضة/2018/12/1/خبر-آخر-تماما")[0])
    assert dated.fixed == ()
    bare = learn_pattern(urls("/news/101", "/news/102", "/news/103"))
    assert bare is not None
    assert bare.fixed == ("news",)


def test_what_matches_and_is_in_the_menu_is_named() -> None:
    pattern = learn_pattern(urls("/news/101", "/news/102", "/news/103"), urls("/news/7", "/"))
    assert pattern is not None
    assert pattern.strays == (f"{AT}/news/7",)


@pytest.mark.parametrize("articles", [[], ["/"], ["/", "/"]])
def test_nothing_in_common_is_no_pattern(articles: list[str]) -> None:
    assert learn_pattern(urls(*articles)) is None

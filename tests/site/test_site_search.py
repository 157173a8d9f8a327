"""The search page: what it was searched as, what narrows it, and the same answer as files."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from tests.site.archive_rows import ANNOUNCED, HELD, HOSTILE, MINISTERIAL, VOWELLED

MARK = re.compile(r"<mark>([^<]*)</mark>")


def test_json_and_csv_are_the_page_in_order_with_the_original_spelling(site: httpx.Client) -> None:
    query = {"q": "التحالف", "sort": "date"}
    body = site.get("/search.json", params=query).json()
    assert [one["id"] for one in body["results"]] == [VOWELLED, HELD, ANNOUNCED]
    assert body["total"] == 3
    answer = site.get("/search.csv", params=query)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [VOWELLED, HELD, ANNOUNCED]
    page = site.get("/search", params=query).text
    assert re.findall(r'<h2><a href="/article/([^"]+)"', page) == [VOWELLED, HELD, ANNOUNCED]
    for marked in (page, rows[0]["title_html"] + rows[0]["snippet_html"]):
        assert {"التّحالُف", "التحـــالف"} <= set(MARK.findall(marked))
    assert rows[2]["meetings"] == MINISTERIAL
    assert "\ue000" not in answer.text + page


def test_files_escape_what_an_article_contains(site: httpx.Client) -> None:
    (result,) = site.get("/search.json", params={"q": "الرافدين"}).json()["results"]
    assert result["id"] == HOSTILE
    assert "<script>" not in result["title_html"]
    assert "<b onmouseover" not in result["snippet_html"]
    assert "<b onmouseover" in result["snippet"]  # plain text is not HTML


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ({"mode": "exact", "q": "للتحالف"}, {HELD}),
        ({"mode": "title", "q": "التحالف"}, {ANNOUNCED, VOWELLED}),
        ({"q": "التحالف", "meeting": MINISTERIAL}, {ANNOUNCED, HELD}),
        ({"q": "التحالف", "place": "Washington"}, {ANNOUNCED, HELD}),
        ({"q": "التحالف", "level": "ministerial_defence"}, set()),
        ({"q": "التحالف", "month": "2017-04"}, {VOWELLED}),
        ({"q": "التحالف", "month": "2017-99"}, {ANNOUNCED, HELD, VOWELLED}),
        ({"q": "آذار"}, {ANNOUNCED}),
    ],
)
def test_modes_filters_and_other_names(site: httpx.Client, query: dict[str, str], articles: set[str]) -> None:
    assert {one["id"] for one in site.get("/search.json", params=query).json()["results"]} == articles
    page = site.get("/search", params=query).text
    assert set(re.findall(r'<h2><a href="/article/([^"]+)"', page)) == articles


def test_page_says_what_it_was_searched_as_and_offers_to_keep_to_what_was_typed(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "آذار"}).text
    assert '<bdi lang="ar" dir="rtl">مارس</bdi>' in page
    (href,) = re.findall(r'href="([^"]+others=no)"', page)
    assert "لا نتائج" in site.get(href.replace("&amp;", "&")).text


def test_nothing_found_says_which_word_is_missing(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "التحالف زرافة", "year": "2017"}).text
    assert re.search(r"التحالف</bdi></a> \(3 مقالات\).*زرافة</bdi></a> \(لا مقالات\)", page)
    assert "ابحث عن العبارة نفسها في الأرشيف كله" in page


def test_drawing_and_table_say_the_same(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "التحالف"}).text
    drawn = dict(re.findall(r"<title>([^<(]+) \(المقالات: (\d+)\)</title>", page))
    table = dict(
        re.findall(r'<th scope="row">.*?<time[^>]*>([^<]+)</time>.*?<td class="number">(\d+)</td>', page)
    )
    assert drawn == table == {"مارس 2017": "2", "أبريل 2017": "1"}


@pytest.mark.parametrize("page", ["0", "-1", "99999999", "999999999999", "٣", "x", ""])
def test_any_page_number_shows_a_page(site: httpx.Client, page: str) -> None:
    for path in ("/search", "/search.json"):
        answer = site.get(path, params={"q": "التحالف", "page": page})
        assert answer.status_code == 200
        assert ANNOUNCED in answer.text


def test_results_can_be_followed(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "التحالف", "outlet": "rukn"}).text
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml" href="/search\.atom\?q=[^"]+&amp;outlet=rukn"',
        page,
    )

"""A reader who types «التحالف» must find every spelling of it, everywhere Datasette searches, and see it marked."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from pipelines.arabic import fold_text
from tests.site.archive_rows import ANNOUNCED, HELD, VOWELLED

SPELLINGS = ["التحالف", "التّحالف", "التّحالُفُ", "التحـــالف", "للتحالف", "بالتحالف", "تحالفات"]
MARK = re.compile(r"<mark>([^<]*)</mark>")


@pytest.mark.parametrize("word", SPELLINGS)
def test_search_page_finds_every_spelling(site: httpx.Client, word: str) -> None:
    page = site.get("/search", params={"q": word}).text
    for article in (ANNOUNCED, HELD, VOWELLED):
        assert f'href="/article/{article}"' in page


@pytest.mark.parametrize("word", SPELLINGS)
def test_table_search_finds_every_spelling_in_html_json_and_csv(site: httpx.Client, word: str) -> None:
    expected = {ANNOUNCED, HELD, VOWELLED}
    rows = site.get("/archive/articles.json", params={"_search": word, "_shape": "array"}).json()
    assert {row["id"] for row in rows} == expected
    text = site.get("/archive/articles.csv", params={"_search": word}).text
    assert {row["id"] for row in csv.DictReader(io.StringIO(text))} == expected
    html = site.get("/archive/articles", params={"_search": word}).text
    assert {article for article in expected if f">{article}<" in html} == expected


def test_marks_keep_the_original_spelling(site: httpx.Client) -> None:
    marked = set(MARK.findall(site.get("/search", params={"q": "التحالف"}).text))
    assert {"التّحالُف", "التحـــالف", "للتحالف", "التحالف"} <= marked
    assert all("تحالف" in fold_text(word) for word in marked)


def test_digits_and_variant_names_are_one(site: httpx.Client) -> None:
    def found(q: str) -> set[str]:
        return set(re.findall(r'href="/article/([^"]+)"', site.get("/search", params={"q": q}).text))

    assert found("٢٢ مارس") == found("22 مارس") == {ANNOUNCED}
    assert found("سوريا") == found("سورية") == {HELD}
    assert found("أمريكية") == found("الأميركية") >= {VOWELLED}


def test_quoted_words_must_follow_each_other(site: httpx.Client) -> None:
    loose = site.get("/search", params={"q": "العراق الإعمار"}).text
    phrase = site.get("/search", params={"q": "«العراق الإعمار»"}).text
    assert HELD in loose
    assert HELD not in phrase


def test_filters_narrow_and_say_so(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "التحالف", "outlet": "sada"}).text
    assert HELD in page
    assert ANNOUNCED not in page
    assert "نتيجة واحدة" in page
    assert ANNOUNCED not in site.get("/search", params={"q": "التحالف", "year": "2019"}).text


def test_no_hit_gives_help(site: httpx.Client) -> None:
    page = site.get("/search", params={"q": "زرافة"})
    assert page.status_code == 200
    assert "لم يُعثر على شيء" in page.text

"""The pages a journalist reads: they say what the archive says, in Arabic, with its reasons."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.site.archive_rows import ANNOUNCED, HELD, HOSTILE, MINISTERIAL, SENTENCE

PAGES = [
    "/", "/search", "/search?q=التحالف", "/meetings", f"/meeting/{MINISTERIAL}", "/meeting/unknown-brussels",
    f"/article/{ANNOUNCED}", f"/article/{ANNOUNCED}?view=diff", f"/article/{HOSTILE}", "/outlets", "/outlet/rukn",
    "/status", "/archive", "/archive/articles", "/archive/mentions?_facet=level", f"/archive/articles/{ANNOUNCED}",
    "/archive?sql=select+1", "/questions", "/questions/who_first_said_count", "/questions/doubtful_dates",
    "/archive/who_first_said_count", "/downloads",
]  # fmt: skip
BANNER = "هذا أرشيف تجريبي"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_arabic_and_says_that_it_is_a_sample(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert BANNER in answer.text
    assert answer.text.count("<h1") == 1
    assert all(f"<{landmark}" in answer.text for landmark in ("header", "nav", "main", "footer"))
    assert "<script" not in answer.text
    assert ' style="' not in answer.text
    assert "<style" not in answer.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/article/nothing", "/meeting/nothing", "/archive/nothing", "/archive/articles/x"]
)
def test_a_missing_page_is_an_arabic_404_with_the_banner(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "الصفحة غير موجودة" in answer.text
    assert BANNER in answer.text


def test_a_real_archive_has_no_banner_and_any_name(real_site: httpx.Client) -> None:
    for path in ("/", "/newsroom", "/newsroom/articles", "/nothing"):
        assert BANNER not in real_site.get(path).text
    assert "مقال لكل صف" in real_site.get("/newsroom/articles").text


def test_article_shows_tags_with_their_reasons(site: httpx.Client) -> None:
    page = site.get(f"/article/{ANNOUNCED}").text
    assert re.search(r'<mark class="date meeting">22 مارس الجاري</mark>', page)
    assert 'id="at-1" href="#tag-1"' in page
    assert 'id="tag-1"' in page
    assert "يوم وشهر، وسنتهما من لفظ مثل «الجاري» أو «الماضي»" in page
    assert "اليوم نفسه، المدينة نفسها، المستوى نفسه" in page
    assert "14:30 بتوقيت غرينتش" in page
    assert '<time datetime="2017-03-22">الأربعاء 22 مارس 2017</time>' in page
    assert "تاريخ نشر المقال" in page
    assert '<time datetime="2016-07">يوليو 2016</time>' in page
    assert f'href="/meeting/{MINISTERIAL}"' in page


def test_article_shows_where_it_came_from(site: httpx.Client) -> None:
    page = site.get(f"/article/{ANNOUNCED}").text
    for fact in (
        "crawl-20261120.warc.gz",
        "1,234",
        "ab" * 32,
        "سلمى الراوي",
        "<q>التحالف الدولي ضد داعش</q>",
        "يسمّي التحالف ضد داعش",
    ):
        assert fact in page


def test_views_show_and_hide_the_stray_character(site: httpx.Client) -> None:
    clean = site.get(f"/article/{ANNOUNCED}?view=plain").text
    assert "68 دولة.</p>" in clean
    assert "68 دولة.&amp;" in site.get(f"/article/{ANNOUNCED}?view=extracted").text
    assert "68 دولة.<del>&amp;</del>" in site.get(f"/article/{ANNOUNCED}?view=diff").text


def test_meeting_shows_claims_disagreement_and_sources(site: httpx.Client) -> None:
    page = site.get(f"/meeting/{MINISTERIAL}").text
    assert "اجتماع وزراء خارجية التحالف بكامل أعضائه في واشنطن" in page
    for fact in (
        SENTENCE,
        "68 عضوًا",
        "72 عضوًا",
        "معلن عنه",
        "عُقد",
        "https://example.org/b",
        "ركن الخبر",
        "صدى المدينة",
    ):
        assert fact in page
    assert page.index("أين تختلف الصحف") < page.index("الروايات، جملة جملة")
    assert f'href="/article/{ANNOUNCED}"' in page
    assert f'href="/article/{HELD}"' in page


def test_meetings_are_filtered_by_their_address(site: httpx.Client) -> None:
    everything = site.get("/meetings").text
    assert MINISTERIAL in everything
    assert "من دون تاريخ" in everything
    assert MINISTERIAL not in site.get("/meetings?level=ministerial_defence").text
    assert "unknown-brussels" not in site.get("/meetings?disputed=1").text


def test_an_empty_archive_says_what_to_run(empty_site: httpx.Client) -> None:
    home = empty_site.get("/")
    assert home.status_code == 200
    assert "make run" in home.text
    for path in ("/search?q=التحالف", "/meetings", "/article/x", "/outlets", "/status"):
        answer = empty_site.get(path)
        assert answer.status_code == 503
        assert "make run" in answer.text
    assert "make run" in empty_site.get("/archive").text


def test_every_answer_carries_the_security_headers(site: httpx.Client) -> None:
    for path in ("/", "/nothing", "/static/site.css", "/archive/articles.json"):
        headers = site.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers

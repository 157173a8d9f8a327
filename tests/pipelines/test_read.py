"""One pure function from bytes to an article: what it says of each kind of page, and that it never raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import DateCandidate, Page
from crawler.outlets.model import load_outlet
from pipelines import read
from pipelines.clean import clean, restore
from pipelines.read import article_id, read_page

OUTLET = load_outlet(Path(__file__).parents[1] / "press" / "outlets" / "manara.yml")
BODY = "تستضيف واشنطن يوم 22 مارس الجاري اجتماع وزراء خارجية التحالف الدولي ضد داعش، الذي يضم 68 دولة، بحضور الأعضاء كافة."
HTML = f"""<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>اجتماع واشنطن</title>
<meta property="article:published_time" content="2017-03-10T23:30:00Z"></head><body><article><h1>اجتماع واشنطن</h1>
<p>{BODY}&amp;nbsp;</p><p>{BODY} وقال مسؤول إن التحضيرات اكتملت.&amp;</p></article></body></html>"""
PAGE = Page(
    "http://manara.example/1", "manara", HTML.encode(), 200, datetime(2017, 3, 11, tzinfo=UTC), "text/html"
)


def test_page_becomes_an_article_with_its_tags_and_their_reasons() -> None:
    reading = read_page(PAGE, OUTLET)
    article = reading.article
    assert article is not None
    assert reading.outcome == "article"
    assert article.title == "اجتماع واشنطن"
    assert "&" not in article.text
    assert {mention.value for mention in article.dates} == {"2017-03-22"}
    (claim,) = article.meetings
    assert (claim.first, claim.city, claim.member_count) == (date(2017, 3, 22), "Washington", 68)


def test_same_bytes_give_the_same_reading_every_time() -> None:
    assert read_page(PAGE, OUTLET) == read_page(PAGE, OUTLET)


def test_date_a_person_gives_wins_over_the_pages_own_and_both_are_kept() -> None:
    given_day = replace(PAGE, hints=(DateCandidate("given", "2017-03-09", None),))
    article = read_page(given_day, OUTLET).article
    assert article is not None
    assert (article.published, article.published_source) == (date(2017, 3, 9), "given")
    assert {candidate.source for candidate in article.candidates} >= {"given", "meta"}
    assert [candidate.raw for candidate in article.candidates if candidate.chosen] == ["2017-03-09"]


def test_clean_text_and_removals_give_back_what_was_extracted() -> None:
    article = read_page(PAGE, OUTLET).article
    assert article is not None
    assert restore(clean(article.extracted)) == article.extracted


def test_outlet_that_names_itself_in_its_dateline_is_no_agency() -> None:
    text = f"عنوان\n\n{OUTLET.name_ar} من لندن: {BODY}"
    plain = replace(PAGE, body=text.encode(), content_type="text/plain")
    article = read_page(plain, OUTLET).article
    assert article is not None
    assert (article.dateline, article.dateline_city, article.agency) == ("لندن", "London", None)


def test_undated_article_is_reckoned_from_the_day_in_its_dateline() -> None:
    plain = replace(PAGE, body=f"عنوان\n\nواشنطن 9 مارس 2017 / {BODY}".encode(), content_type="text/plain")
    article = read_page(plain).article
    assert article is not None
    assert article.published is None
    assert date(2017, 3, 22) in {mention.first for mention in article.dates}


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"", "text/html", "empty"),
        (b"<html></html>", "text/html", "empty"),
        (b"%PDF-1.7 \x00\x01", "text/html", "not_html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "text/html", "not_html"),
        (b"   ", "text/plain", "empty"),
        (b'{"title": "x"}', "application/json", "empty"),
        (b"{broken", "application/json", "failed"),
        ("فاز الفريق بثلاثة أهداف في مباراة الأمس أمام جمهور كبير.".encode(), "text/plain", "irrelevant"),
        (
            "رئیس جمهور امروز در تهران گفت که این گفتگوها برای منطقه مهم است و ادامه خواهد یافت.".encode(),
            "text/plain",
            "not_arabic",
        ),
        (
            b"The coalition met in Washington on Wednesday to discuss the next steps of the campaign.",
            "text/plain",
            "not_arabic",
        ),
    ],
)
def test_what_is_no_article_says_why(body: bytes, content_type: str, outcome: str) -> None:
    reading = read_page(replace(PAGE, body=body, content_type=content_type))
    assert reading.outcome == outcome
    assert reading.reason
    assert "\n" not in reading.reason
    assert reading.article is None


def test_quick_reading_spares_pages_that_cannot_concern_the_coalition() -> None:
    sport = HTML.replace(BODY, "فاز الفريق بثلاثة أهداف في مباراة الأمس.")
    assert read_page(replace(PAGE, body=sport.encode()), quick=True).outcome == "irrelevant"
    assert read_page(PAGE, quick=True).outcome == "article"


def test_stage_that_breaks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(read, "judge", broken)
    reading = read_page(PAGE, OUTLET)
    assert (reading.outcome, reading.error) == ("failed", "ZeroDivisionError: x")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["text/html", "text/plain", "application/json", None, "text/html; charset=x"]),
)
def test_no_bytes_make_it_raise(body: bytes, content_type: str | None) -> None:
    assert read_page(replace(PAGE, body=body, content_type=content_type)).outcome != "article"


def test_ids_are_citable_and_belong_to_the_address() -> None:
    assert (
        article_id("manara", "http://manara.example/1")
        == "manara-" + article_id("x", "http://manara.example/1")[2:]
    )
    assert article_id("manara", "http://manara.example/1") != article_id("manara", "http://manara.example/2")

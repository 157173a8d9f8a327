"""Headlines tested before fetching: a page passed over wrongly is lost in silence, so doubt must always fetch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.titles import RULES, reason_to_skip
from tests.press.loader import load_press


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("ريال مدريد يفوز على ضيفه برباعية نظيفة", "sport: «ريال مدريد»"),
        ("بالفيديو.. مدرب الفريق يعلق على الخسارة", "sport: «مدرب»"),
        ("تراجع أسعار الذهب في تعاملات الثلاثاء", "markets: «أسعار الذهب»"),
        ("حظك اليوم: ماذا تقول الأبراج؟", "horoscope and lifestyle: «حظك اليوم»"),
        ("الأرصاد: ارتفاع درجات الحرارة غدا", "weather: «الأرصاد»"),
        ("الفَنّانة تطلق ألبومها الجديد", "entertainment: «الفَنّانة»"),
    ],
)
def test_a_headline_of_another_subject_is_passed_over_with_it(title: str, subject: str) -> None:
    assert reason_to_skip(title) == f"its headline is of {subject}"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "قراءات",
        "الهدف الأسمى",
        "تيلرسون يدعو إلى مناطق آمنة",
        "مقتل لاعب كرة القدم في غارة على الرقة",
        "الدوري العراقي يستأنف في بغداد",
        "أسعار الذهب ترتفع بعد ضربات التحالف",
        "الممثل الأميركي الخاص يصل إلى المنطقة",
        "دول أسهمت في الحملة وأخرى أسهم طيرانها",
        "تشيلسي مانينغ أمام القضاء",
        "الدوري" + " خبر" * 200,
    ],
)
def test_a_clue_or_a_doubt_or_nothing_at_all_fetches_the_page(title: str) -> None:
    assert reason_to_skip(title) is None


def test_no_article_of_the_press_that_concerns_the_coalition_is_passed_over() -> None:
    titles = [one.title for articles in load_press().values() for one in articles if one.relevance != "no"]
    assert len(titles) > 20
    assert [title for title in titles if reason_to_skip(title)] == []


def test_no_labelled_article_that_concerns_the_coalition_is_passed_over(shared: Path) -> None:
    lines = (shared / "data" / "relevance_dev.jsonl").read_text(encoding="utf-8").splitlines()
    ours = [row["title"] for row in map(json.loads, lines) if row["label"] in ("main", "mention")]
    assert len(ours) == 25
    assert [title for title in ours if reason_to_skip(title)] == []


def test_the_rules_have_a_word_that_fits_the_ledgers_reason() -> None:
    assert RULES.isalnum()

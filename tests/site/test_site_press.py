"""The pages of the whole collected press: what a reader sees after `make run`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx


def test_wire_copy_says_who_published_it_first_and_whom_it_names(
    press_archive: Path, press_site: httpx.Client
) -> None:
    first, copy = (
        row[0]
        for row in sqlite3.connect(press_archive).execute(
            "select article from story_members order by n limit 2"
        )
    )
    page = press_site.get(f"/article/{copy}").text
    shared = page[page.index("خبر مشترك بين صحف") :]
    assert shared.index(f"/article/{first}") < shared.index("أول من نشره")
    assert "مايك بومبيو" in page[page.index("من يرد ذكرهم") :]


def test_every_meeting_and_article_of_the_press_has_its_page(
    press_archive: Path, press_site: httpx.Client
) -> None:
    connection = sqlite3.connect(press_archive)
    paths = [f"/meeting/{row[0]}" for row in connection.execute("select id from meetings")]
    paths += [f"/article/{row[0]}" for row in connection.execute("select id from articles")]
    assert len(paths) > 100
    for path in paths:
        answer = press_site.get(path)
        assert answer.status_code == 200, path
        assert 'lang="ar" dir="rtl"' in answer.text
        assert "هذا أرشيف تجريبي" in answer.text, path


def test_disagreement_about_the_day_names_both_days_and_their_outlets(press_site: httpx.Client) -> None:
    page = press_site.get("/meeting/2017-03-22-washington-ministerial").text
    disputed = page[page.index("أين تختلف الصحف") :]
    for words in (
        "الثلاثاء 21 مارس 2017",
        "الأربعاء 22 مارس 2017",
        "الخميس 23 مارس 2017",
        "ديوان السدرة",
        "مرسال الواحات",
    ):
        assert words in disputed

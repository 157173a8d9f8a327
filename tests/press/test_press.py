"""The miniature press is the demo and the test bed at once: when it lies, every other test believes the lie."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from crawler.outlets.model import load_outlets
from tests.press import pages
from tests.press.houses import HOUSES
from tests.press.loader import HERE, ArticleError, load_article, load_press

PRESS = load_press()
ALL = [article for shelf in PRESS.values() for article in shelf]
EDITED = [article for article in ALL if article.second]
# No real agency is made to say what it did not.
REAL_AGENCIES = (
    "رويترز",
    "فرانس برس",
    "أ ف ب",
    "أ.ف.ب",
    "أسوشيتد",
    "الأناضول",
    "سبوتنيك",
    "شينخوا",
    "كونا)",
    "واس)",
    "بترا)",
)


class TestArticles:
    def test_there_is_enough_to_show(self) -> None:
        known: dict[str, set[str]] = defaultdict(set)
        for article in ALL:
            for meeting in article.meetings:
                if meeting.known:
                    known[meeting.known].add(article.outlet)
        assert len(PRESS) >= 8
        assert len(ALL) >= 60
        assert len(known) >= 20
        assert sum(len(outlets) >= 2 for outlets in known.values()) >= 10
        assert {day[:4] for day in known} >= {str(year) for year in range(2014, 2020)} | {
            "2022",
            "2023",
            "2024",
        }
        assert {meeting.status for article in ALL for meeting in article.meetings} >= {
            "announced",
            "ongoing",
            "held",
            "postponed",
        }
        assert any(meeting.link == "disagrees" for article in ALL for meeting in article.meetings)

    def test_what_must_stay_out_is_there(self) -> None:
        reasons = [article.why_no for article in ALL if article.relevance == "no"]
        assert len(reasons) >= 12
        assert {"yemen", "electoral", "syrian_opposition", "sport", "isis"} <= set(reasons)

    def test_the_seed_shaped_article_claims_what_the_seed_claims(self) -> None:
        article = next(article for article in PRESS["manara"] if article.slug == "washington-full-membership")
        claims = [
            (str(meeting.first), meeting.city, meeting.level, meeting.status, meeting.member_count)
            for meeting in article.meetings
        ]
        assert claims == [
            ("2017-03-22", "Washington", "ministerial_foreign_full", "announced", 68),
            ("2017-03-23", None, "political_directors", "announced", None),
            ("2016-06-21", "Washington", "ministerial_foreign_full", "held", None),
            ("2016-11-17", "Berlin", "political_directors", "held", None),
        ]
        assert article.meetings[2].link == "disagrees"
        assert "في الـ 23 من الجاري" in article.text

    def test_one_wire_story_stands_on_three_outlets(self) -> None:
        wires: dict[str, set[str]] = defaultdict(set)
        for article in ALL:
            if article.wire:
                wires[article.wire].add(article.outlet)
        assert {"manara", "sada", "rukn"} in wires.values()

    def test_no_real_agency_is_quoted(self) -> None:
        quoted = [
            (article.slug, name)
            for article in ALL
            for name in REAL_AGENCIES
            if name in f"{article.author} {article.dateline} {article.text}"
        ]
        assert quoted == []

    def test_the_second_edition_differs_where_it_says(self) -> None:
        assert EDITED
        for article in EDITED:
            again = article.as_of(2)
            assert again.text != article.text
            assert pages.path_of(HOUSES[article.outlet], again) == pages.path_of(
                HOUSES[article.outlet], article
            )
            assert again.modified is not None
            assert again.modified > article.published

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            (("section: أخبار\n", ""), "missing keys: section"),
            (("section: أخبار", "section: أخبار\nsektion: x"), "unknown keys: sektion"),
            (("level: political_directors", "level: directors"), "level 'directors' is not in the contract"),
            (("known: 2016-11-17-berlin", "known: 2016-11-18-berlin"), "no such meeting: 2016-11-18-berlin"),
            (("words: 'تلتقي مجموعة", "words: 'التقت مجموعة"), "words not in the article"),
            (("2017-03-10T09:30:00+00:00", "2017-03-10T09:30:00"), "needs an offset"),
        ],
    )
    def test_a_fault_in_an_article_is_named(
        self, tmp_path: Path, change: tuple[str, str], complaint: str
    ) -> None:
        source = (HERE / "articles/manara/washington-full-membership.md").read_text(encoding="utf-8")
        path = tmp_path / "manara" / "broken.md"
        path.parent.mkdir()
        path.write_text(source.replace(*change), encoding="utf-8")
        with pytest.raises(ArticleError, match=re.escape(complaint)):
            load_article(path)

    def test_two_articles_with_one_number_are_refused(self, tmp_path: Path) -> None:
        source = (
            (HERE / "articles/sada/cup-final-alliance.md")
            .read_text(encoding="utf-8")
            .replace("related: [kuwait-and-rome-2018]\n", "")
        )
        (tmp_path / "sada").mkdir()
        for name in ("one.md", "two.md"):
            (tmp_path / "sada" / name).write_text(source, encoding="utf-8")
        with pytest.raises(ArticleError, match="is taken by one"):
            load_press(tmp_path)


class TestDeclarations:
    def test_they_are_valid_and_speak_of_the_same_outlets(self) -> None:
        outlets = load_outlets(HERE / "outlets")
        assert set(outlets) == set(HOUSES) == set(PRESS)
        for outlet in outlets.values():
            house = HOUSES[outlet.id]
            assert (outlet.name_ar, outlet.name_en, outlet.home, outlet.timezone) == (
                house.name,
                house.name_en,
                house.home,
                house.timezone,
            )
            assert outlet.sample
            assert outlet.delay == 0
            low, high = outlet.expect.articles or (0, 0)
            assert low <= len(PRESS[outlet.id]) <= high

    def test_the_pattern_takes_articles_and_nothing_else(self) -> None:
        for outlet in load_outlets(HERE / "outlets").values():
            for article in PRESS[outlet.id]:
                assert re.search(outlet.article, unquote(pages.path_of(HOUSES[outlet.id], article)))
            for path in (
                "/",
                "/latest",
                "/section/1",
                "/tag/داعش",
                f"{HOUSES[outlet.id].closed_path}12",
                "/sitemap.xml",
            ):
                assert not re.search(outlet.article, path)

    def test_published_times_are_in_the_outlets_own_zone(self) -> None:
        for article in ALL:
            local = article.published.astimezone(ZoneInfo(HOUSES[article.outlet].timezone))
            assert local.utcoffset() == article.published.utcoffset(), article.slug

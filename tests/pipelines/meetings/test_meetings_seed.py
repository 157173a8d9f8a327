"""The seed article, and one of the same shape for checkouts without it: exactly four meetings, the third linked as wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.items import MeetingMention
from pipelines.meetings import tag_meetings

SEED = Path(__file__).parents[4] / "shared" / "seed" / "elaph_2017-03_coalition.txt"
PUBLISHED = date(2017, 3, 10)

# Written here, in the shape of the seed: an announcement, a working group two clauses later, a generic sentence, two recollections.
OWN = """تتهيأ العاصمة الأميركية واشنطن، يوم 22 مارس الجاري، لاستضافة اجتماع يضم كامل أعضاء التحالف الدولي ضد (داعش) البالغ عددهم 68 دولة.

ويبحث هذا الاجتماع الوزاري، الذي يعقد في مقر الخارجية الأميركية في واشنطن، تسريع هزيمة التنظيم في العراق وسوريا.

ويأتي ذلك بالتوازي مع اجتماع مجموعة العمل على مستوى الإدارات السياسية في الـ 23 من الجاري لتنسيق الجهود.

ويعقد التحالف الدولي ضد داعش لقاءات متكررة على مستوى مجموعات صغيرة.

يذكر أن آخر اجتماع للتحالف على مستوى وزراء الخارجية عقد في واشنطن بتاريخ 21 يونيو 2016، بينما عقد اجتماعه الأخير على مستوى الإدارات السياسية في العاصمة الألمانية برلين بتاريخ 17 نوفمبر 2016."""


def seed_text() -> str:
    if not SEED.exists():
        pytest.skip("the shared folder with the seed article is not beside this checkout")
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(params=["seed", "own"])
def text(request: pytest.FixtureRequest) -> str:
    return seed_text() if request.param == "seed" else OWN


def facts(mention: MeetingMention) -> tuple[str, str, str | None, str | None, str]:
    return (str(mention.first), mention.level, mention.city, mention.country, mention.status)


def test_gives_exactly_the_four_dated_meetings(text: str) -> None:
    assert [facts(m) for m in tag_meetings("", text, PUBLISHED)] == [
        ("2017-03-22", "ministerial_foreign_full", "Washington", "United States", "announced"),
        ("2017-03-23", "political_directors", None, None, "announced"),
        ("2016-06-21", "ministerial_foreign_full", "Washington", "United States", "held"),
        ("2016-11-17", "political_directors", "Berlin", "Germany", "held"),
    ]


def test_links_the_misreported_june_as_a_disagreement_and_keeps_it_as_reported(text: str) -> None:
    march, group, june, berlin = tag_meetings("", text, PUBLISHED)
    assert (march.link, march.known_id) == ("known", "2017-03-22-washington-ministerial")
    assert group.link == "known"
    assert group.known_id is not None
    assert group.known_id.startswith("2017-03-23")
    assert (june.link, june.known_id) == ("disagrees", "2016-07-21-washington-joint-ministerial")
    assert june.first == june.last == date(2016, 6, 21)
    assert "one month away" in june.link_reason
    assert (berlin.link, berlin.known_id) == ("known", "2016-11-17-berlin-political-directors")


def test_counts_the_members_of_the_first_only(text: str) -> None:
    assert [m.member_count for m in tag_meetings("", text, PUBLISHED)] == [68, None, None, None]


def test_folds_the_undated_namings_into_the_dated_claim(text: str) -> None:
    march = tag_meetings("", text, PUBLISHED)[0]
    assert march.also_at
    for start, end in march.also_at:
        assert "اجتماع" in text[start:end]


def test_spans_and_sentences_are_cut_out_of_the_text_itself(text: str) -> None:
    for mention in tag_meetings("", text, PUBLISHED):
        assert text[mention.start : mention.end] == mention.text
        assert mention.sentence in text
        assert mention.text in mention.sentence
        assert mention.date_text is not None
        assert mention.date_text in text

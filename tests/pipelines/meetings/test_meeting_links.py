"""Linking: day, level, place and host together; a slip is told as a disagreement and never corrected."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from crawler.items import Level, MeetingMention
from pipelines.meetings.known import load_known
from pipelines.meetings.link import link

KNOWN = load_known()


def claim(
    first: str | None,
    city: str | None,
    level: Level,
    *,
    last: str | None = None,
    country: str | None = None,
    host: str | None = None,
) -> MeetingMention:
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else start
    return MeetingMention(
        0, 6, "اجتماع", "اجتماع", start, end, None if start is None else "day" if start == end else "days",
        city, country, level, "held", None, host, None, 0.9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (claim("2018-02-13", "Kuwait City", "ministerial_foreign_full"), "2018-02-13-kuwait-ministerial"),
        (claim("2018-02-13", "Rome", "ministerial_defence"), "2018-02-13-rome-defence"),
        (claim("2018-02-13", None, "ministerial_defence"), "2018-02-13-rome-defence"),
        (claim("2018-02-13", "Rome", "unknown"), "2018-02-13-rome-defence"),
        (claim("2017-03-23", None, "working_group"), "2017-03-23-washington-political-directors"),
        (claim("2023-03-02", "Niamey", "working_group"), "2023-03-01-niamey-africa-group"),
        (claim("2016-07-20", "Washington", "ministerial_defence"), "2016-07-20-andrews-defence"),
        (claim("2016-07-21", "Washington", "ministerial_defence"), "2016-07-21-washington-joint-ministerial"),
        (claim("2023-06-07", "Riyadh", "working_group"), "2023-06-07-riyadh-cifg18"),
        (claim("2024-10-17", "Brussels", "ministerial_defence"), "2024-10-brussels-defence"),
        (claim("2020-06-04", None, "ministerial_foreign_small_group"), "2020-06-04-virtual-small-group"),
        (claim("2019-11-14", "Washington", "ministerial_foreign_full"), "2019-11-14-washington-small-group"),
    ],
)
def test_goes_to_the_meeting_that_day_level_and_place_allow(mention: MeetingMention, expected: str) -> None:
    decision = link(mention, KNOWN)
    assert (decision.link, decision.known_id) == ("known", expected)
    assert decision.reason


@pytest.mark.parametrize(
    ("mention", "why"),
    [
        (claim("2018-02-13", None, "unknown"), "a day alone never decides"),
        (claim("2018-02-13", "Ankara", "chiefs_of_defence"), "another place, another level"),
        (claim("2016-07-20", "Washington", "other"), "the pledging conference is related, no target"),
        (claim(None, "Washington", "ministerial_foreign_full"), "no day"),
        (claim("2018-05-17", "Oslo", "ministerial_defence"), "no meeting then"),
        (claim("2017-03-22", None, "ministerial_foreign_full", host="France"), "another host"),
        (
            claim("2016-09-10", "Joint Base Andrews", "ministerial_defence"),
            "a year's row is no match for another level",
        ),
        (claim("2017-03-22", None, "ministerial_foreign_full", country="France"), "another country"),
    ],
)
def test_goes_nowhere_when_they_do_not(mention: MeetingMention, why: str) -> None:
    decision = link(mention, KNOWN)
    assert (decision.link, decision.known_id) == ("none", None), why
    assert decision.reason


@pytest.mark.parametrize(
    ("mention", "expected", "reason"),
    [
        (
            claim("2016-06-21", "Washington", "ministerial_foreign_full"),
            "2016-07-21-washington-joint-ministerial",
            "one month",
        ),
        (
            claim("2017-03-21", "Washington", "ministerial_foreign_full"),
            "2017-03-22-washington-ministerial",
            "one digit",
        ),
        (
            claim("2017-04-22", "Washington", "ministerial_foreign_full"),
            "2017-03-22-washington-ministerial",
            "one month",
        ),
        (
            claim("2017-05-22", "Washington", "ministerial_foreign_full"),
            "2017-03-22-washington-ministerial",
            "confused",
        ),
        (
            claim("2016-03-22", "Washington", "ministerial_foreign_full"),
            "2017-03-22-washington-ministerial",
            "year",
        ),
        (
            claim("2018-02-13", "Amman", "ministerial_foreign_full"),
            "2018-02-13-kuwait-ministerial",
            "not Amman",
        ),
        (
            claim("2022-05-10", "Marrakesh", "ministerial_foreign_full"),
            "2022-05-11-marrakesh-ministerial",
            "one digit",
        ),
    ],
)
def test_a_slip_away_is_a_disagreement(mention: MeetingMention, expected: str, reason: str) -> None:
    decision = link(mention, KNOWN)
    assert (decision.link, decision.known_id) == ("disagrees", expected)
    assert reason in decision.reason


def test_a_month_without_a_place_is_enough_for_a_level_that_meets_once_a_month() -> None:
    june = replace(claim("2018-06-01", None, "political_directors", last="2018-06-30"), grain="month")
    assert link(june, KNOWN).known_id == "2018-06-26-rabat-political-directors"
    july = replace(claim("2017-07-01", None, "political_directors", last="2017-07-31"), grain="month")
    assert link(july, KNOWN).known_id is None  # there were two


def test_a_table_that_knows_no_place_takes_any_for_its_level() -> None:
    assert link(claim("2018-12-06", "Ottawa", "ministerial_defence"), KNOWN).known_id == "2018-12-defence"
    assert (
        link(claim("2020-01-29", "Copenhagen", "political_directors"), KNOWN).known_id is None
    )  # a year's row


def test_a_slip_needs_the_same_city_and_a_level() -> None:
    assert link(claim("2016-06-21", None, "ministerial_foreign_full"), KNOWN).link == "none"
    assert link(claim("2016-06-21", "Washington", "unknown"), KNOWN).link == "none"
    assert link(claim("2016-06-21", "Washington", "chiefs_of_defence"), KNOWN).link == "none"


def test_the_order_of_the_table_plays_no_part() -> None:
    shuffled = list(KNOWN)
    random.Random(7).shuffle(shuffled)
    for known in KNOWN:
        if known.precision == "day" and known.status != "related":
            mention = replace(
                claim(str(known.first), known.city, known.level, last=str(known.last)), country=known.country
            )
            assert link(mention, KNOWN) == link(mention, shuffled)


def test_every_known_day_finds_its_own_meeting() -> None:
    for known in KNOWN:
        if known.precision != "day" or known.status == "related":
            continue
        mention = claim(str(known.first), known.city, known.level, last=str(known.last))
        assert link(mention, KNOWN).known_id == known.id

"""From claims to meetings: the same in every order, nothing lost, and disagreements where there are some."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from crawler.items import Level, MeetingMention, Status
from pipelines.meetings.model import Claim, Disagreement, Resolution
from pipelines.meetings.resolve import resolve


def claim(
    identity: str,
    first: str | None,
    city: str | None,
    level: Level,
    *,
    outlet: str = "nahr",
    published: str | None = "2017-03-10",
    status: Status = "announced",
    count: int | None = None,
    came: int | None = None,
    country: str | None = None,
    grain: str = "day",
    last: str | None = None,
) -> Claim:
    start = date.fromisoformat(first) if first else None
    mention = MeetingMention(
        0, 6, "اجتماع", f"جملة {identity}", start, date.fromisoformat(last) if last else start, grain,  # type: ignore[arg-type]
        city, country, level, status, came if count is None else count, None, None, 0.9, participants=came,
    )  # fmt: skip
    day = date.fromisoformat(published) if published else None
    return Claim(identity, f"article-{identity}", outlet, day, mention)


def rows(resolution: Resolution, field: str) -> list[Disagreement]:
    return [d for d in resolution.disagreements if d.field == field]


MARCH = claim("a", "2017-03-22", "Washington", "ministerial_foreign_full", count=68)


def test_claims_of_many_outlets_make_one_known_meeting() -> None:
    held = claim(
        "b",
        "2017-03-22",
        None,
        "ministerial_foreign_full",
        outlet="madar",
        published="2017-03-23",
        status="held",
    )
    resolution = resolve([MARCH, held])
    (meeting,) = resolution.meetings
    assert (meeting.id, meeting.known, meeting.status) == ("2017-03-22-washington-ministerial", True, "held")
    assert (meeting.claims, meeting.articles, meeting.outlets, meeting.first_report) == (2, 2, 2, "article-a")
    assert dict(resolution.meeting_of) == {"a": meeting.id, "b": meeting.id}
    assert resolution.disagreements == ()


def test_a_later_announcement_in_an_undated_article_never_has_the_last_word() -> None:
    held = claim(
        "b", "2017-03-22", "Washington", "ministerial_foreign_full", published="2017-03-23", status="held"
    )
    undated = claim("c", "2017-03-22", "Washington", "ministerial_foreign_full", published=None)
    assert resolve([held, undated, MARCH]).meetings[0].status == "held"


def test_a_misreported_month_is_a_row_beside_the_known_day() -> None:
    june = claim("j", "2016-06-21", "Washington", "ministerial_foreign_full", outlet="elaph", status="held")
    resolution = resolve([june])
    assert [m.id for m in resolution.meetings] == ["2016-07-21-washington-joint-ministerial"]
    assert resolution.meetings[0].first == date(2016, 7, 21)
    assert [(d.value, d.outlets, d.sentences) for d in resolution.disagreements] == [
        ("2016-06-21", ("elaph",), ("جملة j",)),
        ("2016-07-21", (), ()),
    ]


def test_counts_that_differ_are_rows_but_members_and_participants_are_not_mixed() -> None:
    riyadh = [
        claim("a", "2023-06-08", "Riyadh", "ministerial_foreign_full", published="2023-06-08", count=85),
        claim(
            "b",
            "2023-06-08",
            "Riyadh",
            "ministerial_foreign_full",
            published="2023-06-09",
            outlet="madar",
            count=86,
        ),
        claim(
            "c",
            "2023-06-08",
            "Riyadh",
            "ministerial_foreign_full",
            published="2023-06-09",
            outlet="sada",
            came=30,
        ),
    ]
    assert [(d.value, d.outlets) for d in rows(resolve(riyadh), "member_count")] == [
        ("85", ("nahr",)),
        ("86", ("madar",)),
    ]
    assert rows(resolve(riyadh), "participants") == []


def test_those_who_came_differ_among_themselves() -> None:
    told = [
        claim(
            name, "2016-02-02", "Rome", "ministerial_foreign_small_group", outlet=name, came=came, count=count
        )
        for name, came, count in (("nahr", 23, 66), ("madar", 24, None), ("sada", None, 66))
    ]
    resolution = resolve(told)
    assert [(d.value, d.outlets) for d in rows(resolution, "participants")] == [
        ("23", ("nahr",)),
        ("24", ("madar",)),
    ]
    assert rows(resolution, "member_count") == []


def test_all_the_members_taking_part_speak_of_the_coalitions_size() -> None:
    told = [
        claim("a", "2017-03-22", "Washington", "ministerial_foreign_full", came=68),
        claim("b", "2017-03-22", "Washington", "ministerial_foreign_full", outlet="madar", count=67),
    ]
    resolution = resolve(told)
    assert [d.value for d in rows(resolution, "member_count")] == ["67", "68"]
    assert rows(resolution, "participants") == []
    assert resolution.meetings[0].participants == 68


def test_a_round_number_only_rounds_the_finer_one() -> None:
    told = [
        claim("a", "2022-05-11", "Marrakesh", "ministerial_foreign_full", published="2022-05-11", count=80),
        claim(
            "b",
            "2022-05-11",
            "Marrakesh",
            "ministerial_foreign_full",
            published="2022-05-11",
            outlet="madar",
            count=84,
        ),
    ]
    assert rows(resolve(told), "member_count") == []


def test_announced_then_held_is_no_disagreement_but_held_and_cancelled_is() -> None:
    base = {"first": "2018-05-17", "city": "Oslo", "level": "ministerial_defence"}
    told = [
        claim("a", **base, published="2018-05-01"),  # type: ignore[arg-type]
        claim("b", **base, published="2018-05-18", status="held", outlet="madar"),  # type: ignore[arg-type]
    ]
    assert resolve(told).disagreements == ()
    told.append(claim("c", **base, published="2018-05-18", status="cancelled", outlet="sada"))  # type: ignore[arg-type]
    assert [d.value for d in rows(resolve(told), "status")] == ["cancelled", "held"]


def test_another_city_for_the_same_day_and_level_is_a_row() -> None:
    told = [
        claim("a", "2018-02-13", "Kuwait City", "ministerial_foreign_full", published="2018-02-13"),
        claim("b", "2018-02-13", "Amman", "ministerial_foreign_full", published="2018-02-13", outlet="madar"),
    ]
    resolution = resolve(told)
    assert [m.id for m in resolution.meetings] == ["2018-02-13-kuwait-ministerial"]
    assert [(d.value, d.outlets) for d in rows(resolution, "city")] == [
        ("Amman", ("madar",)),
        ("Kuwait City", ("nahr",)),
    ]


def test_two_meetings_of_one_day_stay_two() -> None:
    told = [
        claim("a", "2018-02-13", "Kuwait City", "ministerial_foreign_full", published="2018-02-12"),
        claim("b", "2018-02-13", "Rome", "ministerial_defence", published="2018-02-12"),
    ]
    assert [m.id for m in resolve(told).meetings] == [
        "2018-02-13-kuwait-ministerial",
        "2018-02-13-rome-defence",
    ]


def test_what_nobody_knows_is_a_press_only_meeting_with_a_readable_id() -> None:
    resolution = resolve(
        [
            claim("a", "2018-05-17", "Oslo", "ministerial_defence", country="Norway"),
            claim("b", "2018-05-17", None, "unknown", outlet="madar"),
            claim("c", "2018-09-03", None, "working_group"),
        ]
    )
    assert [(m.id, m.known) for m in resolution.meetings] == [
        ("2018-05-17-oslo-defence", False),
        ("2018-09-03-unknown-place-working-group", False),
    ]
    assert resolution.meeting_of["b"] == "2018-05-17-oslo-defence"


def test_an_undated_claim_makes_no_meeting() -> None:
    resolution = resolve([claim("a", None, "Oslo", "ministerial_defence")])
    assert (resolution.meetings, resolution.disagreements, dict(resolution.meeting_of)) == ((), (), {})
    assert resolution.decisions["a"].reason == "the claim has no resolved day"


def test_the_order_of_the_claims_plays_no_part() -> None:
    cities: list[str | None] = ["Oslo", "Madrid", None]
    levels: list[Level] = ["ministerial_defence", "unknown", "political_directors"]
    told = [
        claim(f"{n:03}", f"2018-05-{17 + n % 4}", cities[n % 3], levels[n // 3 % 3], outlet=f"o{n % 5}")
        for n in range(36)
    ] + [MARCH]
    expected = resolve(told)
    for seed in range(5):
        shuffled = list(told)
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == expected


def test_an_edited_table_decides_anew() -> None:
    stale = replace(MARCH, mention=replace(MARCH.mention, known_id="2099-01-01-gone", link="known"))
    assert resolve([stale]).meetings[0].id == "2017-03-22-washington-ministerial"
    assert resolve([stale], known=()).meetings[0].known is False

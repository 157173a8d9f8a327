"""The table journalists edit: what it holds, and that a slip is told with its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.lexicon.places import CITIES, COUNTRIES
from pipelines.meetings.known import COLUMNS, KNOWN_CSV, KnownMeetingsError, load_known, read_known


def table_with(tmp_path: Path, **changes: str) -> Path:
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "2017-03-22-washington-ministerial",
        "first": "2017-03-22",
        "last": "2017-03-22",
        "precision": "day",
        "level": "ministerial_foreign_full",
        "name_en": "Ministers",
        "status": "held",
        "confidence": "high",
        "sources": "https://press.example/a",
    }
    path = tmp_path / "known.csv"
    path.write_text(
        ",".join(COLUMNS) + "\n" + ",".join((row | changes)[c] for c in COLUMNS) + "\n", encoding="utf-8"
    )
    return path


def test_every_known_meeting_has_an_address_and_an_id_that_begins_with_its_year() -> None:
    known = load_known()
    assert len(known) >= 85
    assert len({k.id for k in known}) == len(known)
    for meeting in known:
        assert meeting.sources
        assert meeting.id.startswith(str(meeting.first.year))
        if meeting.precision == "day":
            assert meeting.id.startswith(meeting.first.isoformat())


def test_nothing_unverified_got_in_and_the_misreported_meeting_is_no_fact() -> None:
    assert "unverified" not in KNOWN_CSV.read_text(encoding="utf-8")
    assert not any(str(meeting.first) == "2016-06-21" for meeting in load_known())


def test_every_city_and_country_is_one_that_the_tagger_can_find() -> None:
    cities = {city.name: city.iso2 for city in CITIES}
    states = {country.iso2: country.name for country in COUNTRIES}
    for meeting in load_known():
        if meeting.city:
            assert states[cities[meeting.city]] == meeting.country


def test_what_lies_near_the_coalition_is_marked_related() -> None:
    assert {m.id for m in load_known() if m.status == "related"} == {
        "2015-02-18-washington-ftf",
        "2016-07-20-washington-pledging",
    }


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("first", "22/3/2017", "not a day like"),
        ("first", "2017-02-30", "not a day like"),
        ("last", "2017-03-21", "before first"),
        ("level", "minsterial", "none of leaders"),
        ("status", "planned", "none of held"),
        ("precision", "week", "none of day"),
        ("member_count", "about 60", "not a whole number"),
        ("id", "Washington 2017", "is not like"),
        ("name_en", "", "is empty"),
        ("sources", "seed article", "not an address"),
    ],
)
def test_a_slip_is_named_with_line_and_column(tmp_path: Path, column: str, value: str, says: str) -> None:
    with pytest.raises(KnownMeetingsError) as caught:
        read_known(table_with(tmp_path, **{column: value}))
    message = str(caught.value)
    assert message.startswith(f"known.csv, line 2, column {column}: ")
    assert says in message
    assert "\n" not in message


def test_a_doubled_id_names_both_lines(tmp_path: Path) -> None:
    path = table_with(tmp_path)
    header, row = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{header}\n{row}\n{row}\n", encoding="utf-8")
    with pytest.raises(KnownMeetingsError, match=r"line 3, column id: .* line 2"):
        read_known(path)


def test_a_missing_column_and_a_missing_file_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("id,first\n", encoding="utf-8")
    with pytest.raises(KnownMeetingsError, match="no column reference_id, last"):
        read_known(path)
    with pytest.raises(KnownMeetingsError, match="cannot be read"):
        read_known(tmp_path / "none.csv")


def test_a_table_saved_by_a_spreadsheet_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = table_with(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_known(path)[0].id == "2017-03-22-washington-ministerial"

"""Places: the city that is meant, the state that shares its name, the clitics before them."""

from __future__ import annotations

import pytest

from pipelines.arabic import fold
from pipelines.lexicon.places import CITIES, COUNTRIES
from pipelines.places import AMMAN_OR_OMAN, PlaceMention, arabic_name, find_places


def places(text: str) -> list[PlaceMention]:
    return find_places(fold(text), text)


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("اجتمعوا ببروكسل أمس", "Brussels", "Belgium"),
        ("وبرلين أيضا", "Berlin", "Germany"),
        ("السفر للرياض", "Riyadh", "Saudi Arabia"),
        ("في العاصمة الألمانية برلين", "Berlin", "Germany"),
        ("في العاصمة الفرنسية", "Paris", "France"),
        ("العاصمة الأمريكيّة", "Washington", "United States"),
        ("في عاصمة الدنمارك", "Copenhagen", "Denmark"),
        ("كوبنهاجن", "Copenhagen", "Denmark"),
        ("قاعدة «أندروز» الجوية", "Joint Base Andrews", "United States"),
        ("في تونس العاصمة", "Tunis", "Tunisia"),
        ("في عمّان", "Amman", "Jordan"),
        ("العاصمة الأردنية عمان", "Amman", "Jordan"),
    ],
)
def test_names_one_city(text: str, city: str, country: str) -> None:
    assert [(p.city, p.country) for p in places(text)] == [(city, country)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("وللسعودية", "Saudi Arabia"),
        ("بالولايات المتحدة الأميركية", "United States"),
        ("سلطنة عمان", "Oman"),
        ("في عُمان", "Oman"),
    ],
)
def test_names_one_country(text: str, country: str) -> None:
    assert [(p.kind, p.city, p.country) for p in places(text)] == [("country", None, country)]


def test_a_word_for_state_and_city_decides_nothing_by_itself() -> None:
    (kuwait,) = places("بحثت الكويت الأمر")
    assert (kuwait.kind, kuwait.city, kuwait.as_city, kuwait.country) == (
        "either",
        None,
        "Kuwait City",
        "Kuwait",
    )


def test_bare_amman_takes_the_texts_word_for_it_and_doubts_otherwise() -> None:
    assert places("قال الأردن إن عمان تستضيفه")[1].city == "Amman"
    assert places("زار مسقط، وأكدت عمان ذلك")[1].country == "Oman"
    assert places("عقد في عمان")[0].doubt == AMMAN_OR_OMAN


@pytest.mark.parametrize("text", ["الرباطة", "مصراتة", "القطرية", "برلينيون", "لندنستان"])
def test_parts_of_words_are_no_places(text: str) -> None:
    assert places(text) == []


def test_offsets_are_those_of_the_name_without_its_clitics() -> None:
    text = fold("وفي بباريس وبالرياض")
    assert [text.text[p.start : p.end] for p in find_places(text)] == ["باريس", "الرياض"]


def test_every_name_of_the_lexicon_is_found_as_what_it_is() -> None:
    for city in CITIES:
        for name in city.names_ar:
            (found,) = places(name)
            assert found.as_city == city.name, name
        assert arabic_name(city.name) == city.names_ar[0]
    for country in COUNTRIES:
        for name in country.names_ar:
            assert [p.country for p in places(name)] == [country.name], name

"""Where a text names a city or a country, and which: with clitics, capitals by description, and the doubtful names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.arabic import Folded, fold_text
from pipelines.lexicon import places as lexicon
from pipelines.spellings import one_pattern

AMMAN_OR_OMAN = f"«{lexicon.AMMAN_OR_OMAN[0]}» may be Amman or Oman"
_SHADDA, _DAMMA = "\u0651", "\u064f"
_GAP = r"[\s«»\"“”]+"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the text names it; offsets are those of the folded text and leave clitics out."""

    start: int
    end: int
    text: str  # folded
    kind: Literal["city", "country", "either"]  # "either": one word for a state and its chief city, «الكويت»
    city: str | None  # English; None for a country and for "either"
    country: str  # English
    iso2: str
    preposition: str = ""  # the clitic, «ب» in «ببرلين»; "و" is not kept
    chief_city: str | None = None  # for "either": the city it is when the construction makes it a place
    doubt: str | None = None

    @property
    def as_city(self) -> str | None:
        """Give the city this is when it is known to be the place of something."""
        return self.city or self.chief_city


_THE_CAPITAL, _CAPITAL_OF = (fold_text(word) for word in lexicon.CAPITAL_WORDS)
_COUNTRY = {country.iso2: country for country in lexicon.COUNTRIES}
_CITY = {city.name: city for city in lexicon.CITIES}
_ADJECTIVES = {
    " ".join(f"ال{word}ه" for word in fold_text(adjective).split()): country
    for country in lexicon.COUNTRIES
    for adjective in country.adjectives
}


def _table() -> dict[str, tuple[str, str]]:
    """Map each folded name to what it is: ("city", English name), ("country", code) or ("amman", "")."""
    table: dict[str, tuple[str, str]] = {}
    for country in lexicon.COUNTRIES:
        for name in country.names_ar:
            table[fold_text(name)] = ("country", country.iso2)
        if country.capital:
            for name in country.names_ar:
                table[f"{_CAPITAL_OF} {fold_text(name)}"] = ("city", country.capital)
    for city in lexicon.CITIES:
        for name in city.names_ar:
            table[fold_text(name)] = ("city", city.name)
    for adjective, country in _ADJECTIVES.items():
        if country.capital:
            table[f"{_THE_CAPITAL} {adjective}"] = ("city", country.capital)
            for city in lexicon.CITIES:
                if city.name == country.capital:
                    table.update(
                        {
                            f"{_THE_CAPITAL} {adjective} {fold_text(n)}": ("city", city.name)
                            for n in city.names_ar
                        }
                    )
            for name in country.names_ar if country.iso2 in lexicon.CITY_STATES else ():
                table[f"{_THE_CAPITAL} {adjective} {fold_text(name)}"] = ("city", country.capital)
    table.update({fold_text(word): ("amman", "") for word in lexicon.AMMAN_OR_OMAN[:1]})
    return table


_TABLE = {re.sub(r"[\s«»\"“”]+", " ", name): what for name, what in _table().items()}


_ARTICLE = "ال"
_SCAN = re.compile(
    rf"(?<!\w)[وف]?(?P<prep>لل|[بلك])?"
    rf"(?P<name>{one_pattern(_TABLE, _GAP)}|(?<=لل){one_pattern((n[2:] for n in _TABLE if n.startswith(_ARTICLE)), _GAP)})(?!\w)"
)


def find_places(text: Folded, original: str | None = None) -> list[PlaceMention]:
    """Find every city and country that `text` names, in order.

    «العاصمة الألمانية برلين» is one city, «العاصمة الفرنسية» is Paris, «الكويت» is "either". «عمان» is told by its marks in
    `original` («عمّان» Amman, «عُمان» Oman), then by the rest of the text; where nothing tells, it is Amman with a doubt.
    """
    found: list[PlaceMention] = []
    for match in _SCAN.finditer(text.text):
        start, end = match.span("name")
        name = re.sub(_GAP, " ", match["name"])
        kind, key = _TABLE.get(name) or _TABLE[_ARTICLE + name]
        found.append(
            _mention(text, original, kind, key, start, end, (match["prep"] or "").replace("لل", "ل"))
        )
    return found


def _mention(
    text: Folded, original: str | None, kind: str, key: str, start: int, end: int, preposition: str
) -> PlaceMention:
    words = text.text[start:end]
    if kind == "amman":
        return _amman(text, original, start, end, preposition)
    if kind == "city":
        iso2 = _iso2_of(key)
        return PlaceMention(start, end, words, "city", key, _COUNTRY[iso2].name, iso2, preposition)
    chief = lexicon.CITY_STATES.get(key)
    name = _COUNTRY[key].name
    return PlaceMention(
        start, end, words, "either" if chief else "country", None, name, key, preposition, chief
    )


def _iso2_of(city: str) -> str:
    if city in _CITY:
        return _CITY[city].iso2
    return next(country.iso2 for country in lexicon.COUNTRIES if country.capital == city)


_AMMAN_CUE = re.compile("|".join(rf"(?<!\w)[وفبلك]?{fold_text(word)}" for word in lexicon.SPEAKS_FOR_AMMAN))
_OMAN_CUE = re.compile(
    "|".join(rf"(?<!\w)[وفبلك]?{fold_text(word)}(?!\w)" for word in lexicon.SPEAKS_FOR_OMAN)
)


def _amman(text: Folded, original: str | None, start: int, end: int, preposition: str) -> PlaceMention:
    """Tell «عمّان» from «عُمان»: its marks, then the words of the text, else Amman with a doubt (news says «سلطنة عمان»)."""
    words = text.text[start:end]
    marks = original[slice(*text.span(start, end))] if original is not None else ""
    amman = PlaceMention(start, end, words, "city", "Amman", "Jordan", "JO", preposition)
    oman = PlaceMention(start, end, words, "country", None, "Oman", "OM", preposition)
    if _SHADDA in marks:
        return amman
    if _DAMMA in marks[:2]:
        return oman
    for_amman, for_oman = bool(_AMMAN_CUE.search(text.text)), bool(_OMAN_CUE.search(text.text))
    if for_amman != for_oman:
        return amman if for_amman else oman
    return PlaceMention(start, end, words, "city", "Amman", "Jordan", "JO", preposition, doubt=AMMAN_OR_OMAN)


def arabic_name(city: str) -> str | None:
    """Give the Arabic name of a city of the lexicon by its English one, None for a city it doesn't know."""
    known = _CITY.get(city)
    return known.names_ar[0] if known else None


@cache
def names_shown(*, arabic: bool) -> Mapping[str, str]:
    """Give what to call each place of the lexicon, by the English name or ISO code that the archive keeps.

    Washington is «واشنطن» in Arabic, and FR is France in English.
    """
    countries = {
        key: one.names_ar[0] if arabic else one.name
        for one in lexicon.COUNTRIES
        for key in (one.name, one.iso2)
    }
    return {**countries, **{one.name: one.names_ar[0] if arabic else one.name for one in lexicon.CITIES}}


def country_of_adjective(word: str) -> str | None:
    """Give the English name of the state behind a folded definite adjective: «الاميركيه» is the United States."""
    country = _ADJECTIVES.get(word)
    return country.name if country else None


ADJECTIVE_PATTERN = "|".join(sorted(map(re.escape, _ADJECTIVES), key=len, reverse=True))

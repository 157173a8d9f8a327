"""The lexicon and the lexer: no spelling lost, no clitic misread, offsets exact."""

from datetime import date

import pytest

from pipelines.arabic import fold, fold_text
from pipelines.dates import lexicon, tag_dates
from pipelines.dates.grammar import BY_FIRST, SHAPES
from pipelines.dates.grammar.shape import read_number
from pipelines.dates.lexer import tokenize, vocabulary


def codes(text: str) -> str:
    return tokenize(fold(text), text).codes


@pytest.mark.parametrize("month", range(1, 13))
def test_every_spelling_of_a_month_gives_the_month(month: int) -> None:
    spellings = (lexicon.MONTHS.get(month, "")).split()
    spellings += lexicon.WEAK_MONTHS.get(month, "").split()
    for spelling in spellings:
        (mention,) = tag_dates(f"في 7 {spelling} 2016", date(2017, 3, 10))
        assert mention.first == date(2016, month, 7), spelling


@pytest.mark.parametrize("weekday", range(7))
def test_every_spelling_of_a_weekday_gives_the_weekday(weekday: int) -> None:
    for spelling in lexicon.WEEKDAYS[weekday].split():
        (mention,) = tag_dates(f"{spelling} الماضي", date(2017, 3, 10))
        assert mention.first is not None
        assert mention.first.weekday() == weekday, spelling


def test_only_sunday_and_monday_share_their_letters_with_numbers() -> None:
    tables: list[dict[int, str]] = [
        lexicon.MONTHS, lexicon.WEAK_MONTHS, lexicon.HIJRI_MONTHS, lexicon.WEEKDAYS, lexicon.BARE_WEEKDAYS, lexicon.ORDINALS,
        lexicon.BARE_ORDINALS, lexicon.DEFINITE_TENS, lexicon.CARDINALS, lexicon.TENS, lexicon.HUNDREDS, lexicon.THOUSANDS,
    ]  # fmt: skip
    seen: dict[str, int] = {}
    shared = set()
    for number, table in enumerate(tables):
        for words in table.values():
            for word in map(fold_text, words.split()):
                if seen.setdefault(word, number) != number:
                    shared.add(word)
    assert shared == {fold_text("أحد"), fold_text("اثنين")}


def test_clitics_are_tokens_of_their_own() -> None:
    assert codes("وفي 22 مارس") == "wSdm"
    assert codes("وبأيلول") == "wSM"
    assert codes("للشهر") == "SU"
    assert codes("و11 أبريل") == "wdM"


def test_a_word_of_its_own_is_no_clitic_and_word() -> None:
    assert vocabulary()[fold_text("وقت")][0] == ()
    assert codes("باب") == "x"


@pytest.mark.parametrize(
    ("text", "letter"),
    [("آب", "M"), ("اب", "m"), ("أب", "x"), ("إب", "x"), ("بآب", "SM"), ("وآب", "wM"), ("كأب", "x")],
)
def test_only_the_original_letter_tells_august_from_father(text: str, letter: str) -> None:
    assert codes(text) == letter


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ألفين وسبعة عشر", 2017),
        ("ألف وتسعمئة وثمانية وأربعين", 1948),
        ("ألف وتسع مئة وتسعين", 1990),
        ("ألفين", 2000),
        ("ثمانية وعشرين", 28),
        ("الحادي عشر", 11),
        ("مئة وخمسين", 150),
    ],
)
def test_number_words_add_up(text: str, value: int) -> None:
    assert read_number(tokenize(fold(text), text).items) == value


def test_a_hundred_thousand_digits_are_one_token() -> None:
    assert codes("7" * 100_000) == "n"


def test_every_shape_can_be_reached_and_is_named_once() -> None:
    assert len({one.name for one in SHAPES}) == len(SHAPES)
    for one in SHAPES:
        assert one.starts
        assert all(one in BY_FIRST[letter] for letter in one.starts)


def test_folded_offsets_cut_the_original_words() -> None:
    text = "قــال \u200fالـوزيـر في ٢٢ مـارس ٢٠١٧\u200f."
    tokens = tokenize(fold(text), text)
    cut = [text[slice(*tokens.folded.span(token.start, token.end))] for token in tokens.items]
    assert cut == ["قــال", "الـوزيـر", "في", "٢٢", "مـارس", "٢٠١٧", "."]

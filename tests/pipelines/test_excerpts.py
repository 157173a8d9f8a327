"""What of a text goes out: the opening, the tagged sentences, and places that still point to the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.excerpts import GAP, OPENING, excerpt

TEXT = "وصل الوزير إلى باريس. والتقى نظيره. ويعقد التحالف اجتماعًا في 2 يونيو.\nثم غادر. وتابع السفير الملف."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_opening_and_tagged_sentences_stay_and_gaps_show() -> None:
    assert excerpt(TEXT, [span("2 يونيو")]).of(TEXT) == (
        "وصل الوزير إلى باريس.\n[…]\nويعقد التحالف اجتماعًا في 2 يونيو.\n[…]"
    )


def test_text_without_tags_is_its_opening() -> None:
    assert excerpt(TEXT, []).of(TEXT) == "وصل الوزير إلى باريس.\n[…]"
    assert excerpt(TEXT, [(0, 0)]).of(TEXT) == "وصل الوزير إلى باريس.\n[…]", (
        "a tag of the title touches nothing"
    )
    assert excerpt("", []).of("") == ""


def test_long_opening_ends_at_a_word() -> None:
    text = "قال المتحدث " * 40 + "إن الأمر انتهى."
    kept = excerpt(text, []).of(text).removesuffix(GAP.rstrip())
    assert len(kept) <= OPENING
    assert kept.split()[-1] in ("قال", "المتحدث")
    assert text.startswith(kept)


def test_tagged_opening_of_any_length_stays_whole() -> None:
    text = "قال المتحدث " * 40 + "إن الاجتماع في 2 يونيو."
    start = text.index("2 يونيو")
    assert excerpt(text, [(start, start + 7)]).of(text) == text


def test_neighbours_stay_together_as_they_were() -> None:
    both = excerpt(TEXT, [span("2 يونيو"), span("غادر")]).of(TEXT)
    assert "ويعقد التحالف اجتماعًا في 2 يونيو.\nثم غادر." in both


def test_tag_across_two_sentences_keeps_both() -> None:
    across = span("باريس. والتقى")
    cut = excerpt(TEXT, [across])
    assert "وصل الوزير إلى باريس. والتقى نظيره." in cut.of(TEXT)
    assert cut.move(*across) == across


@given(
    st.lists(st.text("ابجد .\n؟!", max_size=30), max_size=8),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 12)), max_size=4),
)
def test_every_tagged_place_points_to_the_same_words(parts: list[str], places: list[tuple[int, int]]) -> None:
    text = ". ".join(parts)
    tags = [(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    # A tag lies in sentences, never in the white space between them alone.
    tags = [(a, b) for a, b in tags if text[a:b].strip() == text[a:b] != ""]
    cut = excerpt(text, tags)
    public = cut.of(text)
    for start, end in tags:
        moved = cut.move(start, end)
        assert moved is not None
        assert public[slice(*moved)] == text[start:end]

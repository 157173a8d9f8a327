"""The diff of two versions: a reader must see which words an outlet changed, and no change where there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.versions import Change, diff

HELD = "عقد التحالف الدولي اجتماعه في واشنطن يوم الخميس."
MEMBERS = "وحضر الاجتماع وزراء من 68 بلداً."
NEXT = "ويعقد الاجتماع المقبل في الكويت."
STRANGER = "قال مسؤول عسكري إن القوات تقدمت غرب الموصل."


def kinds(changes: list[Change]) -> list[str]:
    return [change.kind for change in changes]


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_word_that_was_changed_is_shown_in_its_sentence() -> None:
    moved = HELD.replace("الخميس", "الجمعة")
    first, second = diff(f"{HELD} {MEMBERS}", f"{moved} {MEMBERS}")
    assert (first.kind, first.old, first.new) == ("changed", HELD, moved)
    assert words(first.old, first.old_spans) == ["الخميس"]
    assert words(first.new, first.new_spans) == ["الجمعة"]
    assert second == Change("kept", MEMBERS, MEMBERS)


def test_words_that_came_or_went_have_a_span_on_one_side_only() -> None:
    longer = MEMBERS.replace("وزراء من", "وزراء خارجية ودفاع من")
    (change,) = diff(MEMBERS, longer)
    assert (change.old_spans, words(longer, change.new_spans)) == ((), ["خارجية ودفاع"])
    (back,) = diff(longer, MEMBERS)
    assert (words(longer, back.old_spans), back.new_spans) == (["خارجية ودفاع"], ())
    (vowel,) = diff(MEMBERS, MEMBERS.replace("بلداً", "بلدًا"))
    assert (words(vowel.old, vowel.old_spans), words(vowel.new, vowel.new_spans)) == (["بلداً"], ["بلدًا"])
    (mark,) = diff(NEXT, NEXT.replace(".", "؟"))
    assert (words(mark.old, mark.old_spans), words(mark.new, mark.new_spans)) == (["."], ["؟"])


def test_sentences_that_came_went_or_were_replaced() -> None:
    assert kinds(diff(f"{HELD} {NEXT}", f"{HELD} {MEMBERS} {NEXT}")) == ["kept", "added", "kept"]
    assert kinds(diff(f"{HELD} {MEMBERS} {NEXT}", f"{HELD} {NEXT}")) == ["kept", "removed", "kept"]
    assert diff(MEMBERS, STRANGER) == [Change("removed", old=MEMBERS), Change("added", new=STRANGER)]
    assert kinds(diff(f"{HELD} {MEMBERS}", f"{MEMBERS} {HELD}")).count("kept") == 1


def test_a_changed_sentence_is_found_beside_one_that_was_put_before_it() -> None:
    edited = MEMBERS.replace("68", "72")
    added, changed = diff(MEMBERS, f"{STRANGER} {edited}")
    assert (added.kind, changed.kind) == ("added", "changed")
    assert (words(changed.old, changed.old_spans), words(changed.new, changed.new_spans)) == (["68"], ["72"])


def test_spaces_line_ends_and_nothing_are_no_change() -> None:
    assert kinds(diff(f"{HELD} {MEMBERS}", f"  {HELD}\n\n{MEMBERS.replace(' ', '  ')} ")) == ["kept", "kept"]
    assert diff("", "") == []
    assert diff("", HELD) == [Change("added", new=HELD)]
    assert diff(HELD, " ") == [Change("removed", old=HELD)]


_TEXTS = st.lists(
    st.sampled_from([HELD, HELD.replace("الخميس", "الجمعة"), MEMBERS, NEXT, STRANGER]), max_size=6
)


@given(_TEXTS, _TEXTS)
def test_the_changes_give_back_both_texts_in_their_order(old: list[str], new: list[str]) -> None:
    changes = diff(" ".join(old), " ".join(new))
    assert [change.old for change in changes if change.old] == old
    assert [change.new for change in changes if change.new] == new
    for change in changes:
        assert (change.kind == "kept") == (change.old == change.new)
        assert (change.kind == "changed") == bool(change.old_spans or change.new_spans)

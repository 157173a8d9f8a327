"""The forms that a reader means by one word share a stem; words that only look alike don't."""

from __future__ import annotations

import pytest

from pipelines.arabic import fold_text
from pipelines.stemming import stem

FAMILIES = [
    "التحالف للتحالف وللتحالف والتحالف بالتحالف كالتحالف فالتحالف تحالف تحالفات تحالفها تحالفه",
    "وزير الوزير للوزير والوزير ووزير وزيرة وزيرين وزيرها",
    "وزارة الوزارة بالوزارة وزارته وزارات ووزارة",
    "اجتماع الاجتماع اجتماعات اجتماعاتها اجتماعهم والاجتماع",
    "لجنة اللجنة للجنة ولجنة",
    "لقاء اللقاء للقاء لقاءات",
    "لاجئ اللاجئين للاجئين لاجئون",
    "سوريا سورية السوري السوريين السورية",
    "أميركي أمريكي الأميركية الأمريكيين",
    "ألمانيا الألمانية ألماني",
    "التزام الالتزام بالالتزام التزامات",
    "حكومة الحكومة حكومته للحكومة",
    "واشنطن وواشنطن",
]
APART = [
    "وزير وزارة",
    "وزارة وزاري",
    "اجتماع اجتماعي",
    "دول دولي",
    "وكالة كال",
    "والد لد",
    "عليا علي",
    "وقت قت",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_a_word_share_a_stem(family: str) -> None:
    assert len({stem(fold_text(word)) for word in family.split()}) == 1, [
        stem(fold_text(w)) for w in family.split()
    ]


@pytest.mark.parametrize("pair", APART)
def test_different_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(fold_text(one)) != stem(fold_text(other))


@pytest.mark.parametrize("word", ["في", "هو", "Reuters", "2017", "", "ب"])
def test_what_has_no_stem_comes_back(word: str) -> None:
    assert stem(word) == word

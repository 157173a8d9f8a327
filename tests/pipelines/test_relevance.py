"""What would hurt: another alliance's news in the archive, ours left out, or a page dropped before it was read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.arabic import fold_text
from pipelines.relevance import judge, may_concern

FOLDER = Path(__file__).parent.parent / "gold"
GOLD, FRESH = FOLDER / "relevance.jsonl", FOLDER / "relevance_fresh.jsonl"


class Case(NamedTuple):
    id: str
    title: str
    text: str
    label: str
    note: str


def read(path: Path) -> list[Case]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Case(**{name: record[name] for name in Case._fields}) for record in records]


CASES = read(GOLD)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_hard_cases_are_judged_as_annotated(case: Case) -> None:
    assert judge(case.title, case.text).label == case.label, case.note


def test_there_are_enough_hard_cases_of_each_label() -> None:
    labels = [case.label for case in CASES]
    assert len(labels) >= 100
    assert min(labels.count(label) for label in ("main", "mention", "no")) >= 20


def test_evidence_points_at_the_words_it_quotes() -> None:
    for case in CASES:
        for evidence in judge(case.title, case.text).evidence:
            source = case.title if evidence.where == "title" else case.text
            assert source[evidence.start : evidence.end] == evidence.text


def test_what_is_kept_has_a_phrase_for_it_and_a_higher_score() -> None:
    for case in CASES:
        verdict = judge(case.title, case.text)
        kept = verdict.label != "no"
        assert kept == any(evidence.side == "for" for evidence in verdict.evidence)
        assert kept == (verdict.score > 0.5)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # at its bases, or among its arms where ISIS is spoken of, a bare noun is the coalition
        ("وصل وفد من التحالف إلى القامشلي للقاء قيادات محلية.", "main"),
        ("قال السوداني إن مبررات وجود التحالف انتهت.", "main"),
        ("كانت الطائرات تأتي ليلا، لإسرائيل أم للتحالف. وكان هنا ديوان الحسبة التابع لداعش.", "main"),
        ("اعتداء جديد لتحالف العدوان الأمريكي على نقاط الجيش السوري قرب البوكمال.", "main"),
        # a party's, where another alliance is named, and alliances against other evils are not
        ("قال قيادي في التحالف الوطني بالحسكة إن التحالف سيخوض الانتخابات.", "no"),
        ("أشاد بوتين بالتحالف الذي تقترحه موسكو، وقال إنه سيضرب داعش.", "no"),
        ("انضمت ثمانون دولة إلى التحالف العالمي ضد الجوع والفقر.", "no"),
        ("شن تحالف العدوان السعودي غارات على صعدة.", "no"),
    ],
)
def test_a_bare_noun_is_what_stands_around_it(text: str, label: str) -> None:
    assert judge("", text).label == label


def test_a_brief_that_names_the_coalition_twice_is_about_it() -> None:
    once = "يتساءل الشارع عن معنى الخطوة. ويحذر باحثون من هجمات داعش. وتبقى قسد شريكة للتحالف الدولي."
    assert judge("ماذا تعني العضوية؟", once).label == "mention"
    assert judge("ماذا تعني العضوية؟", once + " ويضم التحالف تسعين عضوا.").label == "main"


def test_a_rival_is_named_as_the_reason_against() -> None:
    evidence = judge("", "أعلن تحالف دعم الشرعية في اليمن هدنة.").evidence
    assert [(e.text, e.side, e.reason) for e in evidence] == [
        ("تحالف دعم الشرعية في اليمن", "against", "the Saudi-led coalition in Yemen")
    ]


def test_evidence_survives_vowels_and_tatweel() -> None:
    evidence = judge("التّحـالف الدّولي", "").evidence[0]
    assert (evidence.where, evidence.text) == ("title", "التّحـالف الدّولي")


def test_nothing_is_irrelevant() -> None:
    assert judge("", "").label == "no"
    assert judge("", "").evidence == ()


def _references(text: str, form: str) -> bytes:
    return "".join(char if char.isascii() else form.format(ord(char)) for char in text).encode()


WRITINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "windows-1256": lambda text: text.encode("cp1256", errors="ignore"),
    "iso-8859-6": lambda text: text.encode("iso8859-6", errors="ignore"),
    "decimal": lambda text: _references(text, "&#{};"),
    "decimal without semicolon": lambda text: _references(text, "&#{}"),
    "hex": lambda text: _references(text, "&#x{:x};"),
    "hex upper padded": lambda text: _references(text, "&#X{:04X};"),
    "json": lambda text: json.dumps(text).encode(),
    "utf-8 read as latin-1": lambda text: text.encode().decode("latin-1").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_first_test_never_drops_what_judge_keeps(writing: str) -> None:
    kept = [case for case in (*CASES, *read(FRESH)) if judge(case.title, case.text).label != "no"]
    assert kept
    lost = [case.id for case in kept if not may_concern(WRITINGS[writing](f"<p>{case.title}</p>{case.text}"))]
    assert lost == []


@pytest.mark.parametrize("writing", ["utf-8", "windows-1256", "decimal", "hex", "json"])
@pytest.mark.parametrize(
    "word", ["التَّحَالُف", "التحـالف", "الإئْتِلاف", "ائتلاف", "الائتـــلاف", "العزم الصلب", "قُوّة المهام"]
)
def test_the_first_test_reads_through_marks(word: str, writing: str) -> None:
    assert may_concern(WRITINGS[writing](word))


def test_the_first_test_reads_through_invisible_characters_and_their_names() -> None:
    assert may_concern("تحا\u200cلف".encode())
    assert may_concern("تحا&zwnj;لف".encode())
    assert may_concern("تحا&#8204;لف".encode())


def test_a_page_in_windows_1256_is_read_whatever_stands_beside_in_utf_8() -> None:
    """Widgets of another encoding are common; only a page that is UTF-8 throughout is spared the single bytes."""
    assert may_concern("أخبار منوعة".encode() + "التحالف الدولي".encode("cp1256"))


def test_the_first_test_spares_other_pages() -> None:
    text = "اختلاف الآراء حول أسعار النفط، وحليف قديم، وتحليل طويل للمباراة."
    for writing in ("utf-8", "windows-1256", "iso-8859-6", "decimal", "hex", "json"):
        assert not may_concern(WRITINGS[writing](text)), writing
    assert not may_concern(b"")
    assert not may_concern(fold_text(text).encode())

"""Documents that follow from the code must follow it."""

from __future__ import annotations

from pathlib import Path

from docs.generate import ROOT, stale
from pipelines.questions import load_questions


def test_dictionary_and_questions_are_what_the_code_makes(press_archive: Path) -> None:
    assert [path.relative_to(ROOT).as_posix() for path in stale(press_archive)] == [], "run `make docs`"


def test_every_question_is_worked_with_its_sql_and_how_to_change_it() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    sections = text.split("\n## ")[1:]
    assert len(sections) == len(load_questions()) >= 15
    for section in sections:
        assert "```sql" in section
        assert "On the press: " in section
        assert "To change it: " in section

"""The short texts: every one of the development half comes out right, the scored half stays above its floor."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _scorer() -> ModuleType:
    path = Path(__file__).with_name("score_texts.py")
    spec = importlib.util.spec_from_file_location("score_texts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_texts"] = module
    spec.loader.exec_module(module)
    return module


scorer = _scorer()
DEV = scorer.read_cases(scorer.HERE / "texts_dev.txt")
SCORED = scorer.read_cases(scorer.HERE / "texts_scored.txt")


@pytest.mark.parametrize("case", DEV, ids=lambda case: str(case.id))
def test_a_text_gives_what_a_reader_finds(case: Any) -> None:
    assert scorer.differences(case, scorer.tag(case)) == []


def test_the_scored_half_stays_above_what_issue_5_asks() -> None:
    result = scorer.score(SCORED)
    assert result["mention_f1"] >= 0.95
    assert result["fields_f1"] >= 0.88
    assert result["link_f1"] >= 0.95
    assert result["negatives_tagged"] <= 0.02


@pytest.mark.parametrize("case", [*DEV, *SCORED], ids=lambda case: str(case.id))
def test_offsets_cut_out_the_words_that_name_the_meeting(case: Any) -> None:
    for mention in scorer.tag(case):
        if (mention.start, mention.end) != (0, 0):
            assert case.text[mention.start : mention.end] == mention.text
        for start, end in mention.also_at:
            assert 0 <= start < end <= len(case.text)

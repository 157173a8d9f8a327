"""Every frozen page of every outlet is still read as the person who reviewed it saw: one test walks them all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawler.addresses import canonical, is_article
from tests import frozen
from tests.frozen import OUTLETS, PAGES, read_as, record_of

RECORDS = frozen.frozen()


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_frozen_page_is_read_as_it_was_when_it_was_reviewed(path: Path) -> None:
    assert path.parent.name in OUTLETS, "its outlet has no declaration: was it renamed?"
    record = record_of(path)
    assert read_as(path) == record["expect"], "if the new reading is right: python -m tests.frozen --accept"
    url = canonical(record["url"])
    assert url is not None
    assert is_article(OUTLETS[path.parent.name], url), "the declaration's pattern has lost it"


def test_there_are_frozen_pages_and_those_in_git_are_of_invented_outlets() -> None:
    assert len(RECORDS) >= 3
    kept = (PAGES / ".gitignore").read_text(encoding="utf-8").splitlines()
    for outlet in [line.strip("!/") for line in kept if line.startswith("!") and line.endswith("/")]:
        assert OUTLETS[outlet].sample, f"{outlet}: pages of real outlets belong to their publishers"


def test_a_reading_that_has_changed_is_noticed_and_can_be_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(RECORDS[0].parent, tmp_path / RECORDS[0].parent.name)
    monkeypatch.setattr(frozen, "PAGES", tmp_path)
    monkeypatch.setattr(frozen, "HERE", tmp_path)
    path = frozen.frozen()[0]
    record = record_of(path)
    right = record["expect"]
    path.write_text(json.dumps({**record, "expect": {**right, "title": "عنوان آخر"}}), encoding="utf-8")
    assert read_as(path) == right
    assert frozen.main(["--accept"]) == 0
    assert record_of(path)["expect"] == right
    assert "1 pages changed" in capsys.readouterr().out

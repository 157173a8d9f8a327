"""docs/add-an-outlet.md: a key that is not explained is not used, and one that is gone sends a journalist astray."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import get_args

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.commands.addoutlet import Command
from crawler.commands.list import Command as ListCommand
from crawler.outlets.model import OUTLET_KEYS, load_outlet
from crawler.outlets.sources import OWNERS, SOURCE_KEYS, Confidence, Kind

DOC = (Path(__file__).resolve().parents[2] / "docs" / "add-an-outlet.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """Read the table below a heading: its first column to the others."""
    part = DOC.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [re.split(r" *\| *", line.strip("| ")) for line in part.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_every_key_of_a_declaration_is_explained_and_no_other() -> None:
    assert sorted(table("What a declaration may say")) == sorted(OUTLET_KEYS)
    assert sorted(table("What a source may say")) == sorted(SOURCE_KEYS)


def test_kinds_and_confidence_are_named() -> None:
    rows = table("What a source may say")
    assert set(re.findall(r"`(\w+)`", rows["kind"][1])) == set(get_args(Kind))
    assert set(re.findall(r"`(\w+)`", rows["confidence"][1])) == set(get_args(Confidence))


@pytest.mark.parametrize("key", OWNERS)
def test_the_kinds_a_key_belongs_to_are_those_the_model_allows(key: str) -> None:
    said = table("What a source may say")[key][0]
    words = {"lists": ("listing", "json_listing"), "all but wayback": set(get_args(Kind)) - {"wayback"}}
    kinds = {kind for word in said.split(", ") for kind in words.get(word, (word,))}
    assert kinds == set(OWNERS[key])


def test_its_example_is_a_declaration(tmp_path: Path) -> None:
    example = tmp_path / "barid.yml"
    example.write_text(DOC.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert load_outlet(example).name_ar == "بريد الأفق"


def options(command: ScrapyCommand) -> set[str]:
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command.settings = Settings()
    command.add_options(parser)
    return {option for action in parser._actions for option in action.option_strings}


def test_every_option_of_the_command_is_named() -> None:
    ours = options(Command()) - options(ListCommand()) - {"--sample"}
    assert set(re.findall(r"^\| `(--\w+)", DOC, re.MULTILINE)) == ours

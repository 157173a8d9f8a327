"""No code of the archive may reach a reader without its Arabic word."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from datasette.utils import module_from_path  # type: ignore[import-untyped]

from crawler.items import Grain, Level, Status
from pipelines import relevance
from pipelines.schema import migrate
from pipelines.site import serve_arguments

ROOM = Path(__file__).resolve().parents[2] / "datasette"
REASONS = module_from_path(str(ROOM / "plugins" / "reasons.py"), "reasons")
LABELS: dict[str, Any] = yaml.safe_load((ROOM / "labels.yml").read_text(encoding="utf-8"))


@pytest.fixture
def schema() -> dict[str, list[str]]:
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    names = [
        row[0]
        for row in connection.execute(
            "select name from sqlite_master where type = 'table' and name not glob 'articles_fts*' and name not glob 'articles_exact*' and name not glob '[_s]*q*_*'"
        )
    ]
    return {name: [row[1] for row in connection.execute(f"pragma table_info({name})")] for name in names}


def test_every_table_and_column_has_a_label(schema: dict[str, list[str]]) -> None:
    assert "articles" in schema
    assert [name for name in schema if name not in LABELS["table"]] == []
    columns = {column for of in schema.values() for column in of}
    assert sorted(columns - set(LABELS["column"])) == []


def test_every_table_is_described(schema: dict[str, list[str]]) -> None:
    metadata = yaml.safe_load((ROOM / "metadata.yml").read_text(encoding="utf-8"))
    tables = metadata["databases"]["archive"]["tables"]
    assert [name for name in schema if name not in tables] == []
    for name, about in tables.items():
        if "label_column" in about:
            assert about["label_column"] in schema[name]


@pytest.mark.parametrize(("kind", "codes"), [("level", Level), ("status", Status), ("grain", Grain)])
def test_every_code_has_a_label(kind: str, codes: Any) -> None:
    assert [code for code in get_args(codes) if code not in LABELS[kind]] == []


def test_levels_name_meetings() -> None:
    assert set(get_args(Level)) <= set(LABELS["meeting_title"])


def test_counted_nouns_have_all_six_arabic_plurals() -> None:
    for noun, forms in LABELS["counted"].items():
        assert set(forms) == {"zero", "one", "two", "few", "many", "other"}, noun


def test_every_doubt_of_the_date_tagger_has_its_arabic_sentence() -> None:
    sources = (ROOM.parent / "pipelines" / "dates").rglob("*.py")
    reasons = {
        one for source in sources for one in _english_sentences(ast.parse(source.read_text(encoding="utf-8")))
    }
    assert len(reasons) > 10
    assert sorted(one for one in reasons if not _has_arabic(one)) == []


def _english_sentences(module: ast.Module) -> Iterator[str]:
    """Yield the string constants that read like a reason: small letter first, four words or more, nothing but prose."""
    skipped: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Expr | ast.Raise):
            skipped.update(id(child) for child in ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            skipped.update(id(value) for value in node.values)
        if id(node) in skipped:
            continue
        said = ""
        if isinstance(node, ast.JoinedStr):
            said = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "2017-03-22" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        if said.count(" ") > 2 and re.fullmatch(
            r"[a-z0-9][\w' ,;:()-]*[a-z]{4}[\w' ,;:()-]*", said, re.ASCII
        ):
            yield said


def test_every_reason_of_the_relevance_judge_has_its_arabic_sentence() -> None:
    assert [one for one in relevance._REASONS.values() if not _has_arabic(one)] == []


def _has_arabic(english: str) -> bool:
    return any(pattern.fullmatch(english) for pattern, _ in REASONS.read_sentences())


def test_labels_hold_no_persian_letter() -> None:
    assert not re.findall(
        "[\u06cc\u06a9\u0649\u064a]\u06cc|[\u06cc\u06a9]", (ROOM / "labels.yml").read_text(encoding="utf-8")
    )


def test_the_archive_is_never_served_as_immutable(tmp_path: Path) -> None:
    arguments = serve_arguments(tmp_path / "archive.db", 8001)
    assert "-i" not in arguments
    assert "--immutable" not in arguments
    assert arguments[arguments.index("suggest_facets") + 1] == "false"

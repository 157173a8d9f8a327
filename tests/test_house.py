"""The plan of the house: three rooms, one direction, and no folder that shadows the real Datasette."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHARACTER_CLASS = re.compile(r"\[[^\]]*\]")  # letters of a pattern's class are an alphabet, not a word
ARABIC_WORD = re.compile(r"[\u0621-\u064a]{4,}")
# What each room may import of the project's own. `pipelines` sees the ground floor and the declarations of the crawler.
ALLOWED = {
    "crawler": ("crawler",),
    "pipelines": ("pipelines", "crawler.items", "crawler.outlets"),
    "datasette": ("pipelines", "crawler.items", "crawler.outlets"),
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_run_one_way(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    for path in files:
        for name in imports(path):
            if name.split(".")[0] in ("crawler", "pipelines", "tests"):
                allowed = any(name == prefix or name.startswith(prefix + ".") or prefix.startswith(name + ".")
                              for prefix in ALLOWED[room])  # fmt: skip
                assert allowed, f"{path.relative_to(ROOT)} imports {name}"


def test_ground_floor_imports_nothing_of_the_project() -> None:
    names = list(imports(ROOT / "crawler" / "items.py"))
    assert not [name for name in names if name.split(".")[0] in ("crawler", "pipelines", "datasette")]


def test_real_datasette_is_not_shadowed() -> None:
    import datasette

    assert datasette.__file__ is not None
    assert "site-packages" in datasette.__file__
    assert not (ROOT / "datasette" / "__init__.py").exists()
    assert not (ROOT / "tests" / "datasette").exists()


def test_no_arabic_word_in_code_outside_lexicons() -> None:
    """A word in code is a word nobody can correct without a programmer; docstrings and comments may show examples."""
    for path in [*(ROOT / "crawler").rglob("*.py"), *(ROOT / "pipelines").rglob("*.py")]:
        if "lexicon" in path.relative_to(ROOT).as_posix() or path.name == "arabic.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                word = ARABIC_WORD.search(CHARACTER_CLASS.sub("", node.value))
                assert word is None, f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"


def test_python_is_one_the_project_supports() -> None:
    assert (3, 11) <= sys.version_info[:2] <= (3, 13)

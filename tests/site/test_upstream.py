"""Our templates stand in for Datasette's: when one of those changes, ours must be looked at again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import datasette
import pytest

UPSTREAM = Path(datasette.__file__).parent / "templates"
OURS = Path(__file__).resolve().parents[2] / "datasette" / "templates"
# SHA-256 of Datasette 0.65.5's own files, the first 16 digits.
KNOWN = {
    "_crumbs.html": "882c9d69e13363b4",
    "_footer.html": "d190d9e7dc5046c1",
    "_table.html": "f75a8872713f28fd",
    "base.html": "bb22df33caea147e",
    "database.html": "4fd5e97823bb5380",
    "error.html": "c2115d1fdbff1a48",
    "index.html": "ed57b14bb5656bcd",
    "query.html": "bc3559df0e209da9",
    "row.html": "ff5dde41541c39dd",
    "table.html": "81cec4b0f7948bf0",
}


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_template_we_stand_in_for_is_the_one_we_know(name: str) -> None:
    found = hashlib.sha256((UPSTREAM / name).read_bytes()).hexdigest()[:16]
    assert found == KNOWN[name], f"Datasette changed {name}: compare ours with it, then write {found} here"


def test_every_template_we_stand_in_for_is_known() -> None:
    shared = {path.name for path in OURS.glob("*.html")} & {path.name for path in UPSTREAM.glob("*.html")}
    assert shared == set(KNOWN)

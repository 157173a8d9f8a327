"""Our typefaces have every character the site says by itself, weigh little, and come out the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipelines.fonts import FACES, LARGEST, build

ROOM = Path(__file__).resolve().parents[2] / "datasette"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    assert build(folder) <= LARGEST
    return folder


def test_the_same_packages_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build(tmp_path)
    files = sorted(path.name for path in built.iterdir())
    assert len([name for name in files if name.endswith(".woff2")]) == len(FACES)
    assert [name for name in files if (built / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_the_licences_lie_beside_the_files(built: Path) -> None:
    for face in FACES:
        assert (
            "SIL OPEN FONT LICENSE"
            in (built / f"{face.package}-LICENSE.txt").read_text(encoding="utf-8").upper()
        )


def test_no_letter_of_the_site_is_missing(built: Path) -> None:
    said = "".join(
        path.read_text(encoding="utf-8")
        for path in (*ROOM.glob("templates/*.html"), *ROOM.glob("*.yml"), *ROOM.glob("locale/**/*.po"))
    )
    wanted = {ord(char) for char in said if char.isprintable() and not char.isspace()}
    for face in FACES:
        has = set(TTFont(built / f"{face.name}.woff2").getBestCmap())
        # Signs that are no letters (▲, ↵, emoji) may come from the reader's own fonts.
        assert sorted(chr(one) for one in wanted - has if chr(one).isalnum()) == []

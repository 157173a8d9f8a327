"""Cut the site's typefaces down to what Arabic news needs: woff2 files of our own, so that no page asks a third party.

    python -m pipelines.fonts

`make setup` runs it. The typefaces come from the packages fontpkg-ibm-plex-sans-arabic (interface) and fontpkg-amiri
(reading), both under the SIL Open Font License, whose text is laid beside the files. The same packages give the same
bytes. Without them the site uses the reader's own Arabic fonts.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "datasette" / "static" / "fonts"
LARGEST = 120_000  # bytes of all faces together: what a page may load
# Letters, marks and digits of Arabic; the Persian and Maghrebi letters that names need; quotes and dashes of newspapers.
_ARABIC = "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670,U+0671,U+067E,U+0686,U+0698,U+06A4,U+06A9,U+06AF,U+06CC"
_COMMON = "U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2026,U+2190,U+2192,U+25CB,U+2713"


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a typeface, and the characters the site sets in it."""

    package: str
    file: str
    name: str
    unicodes: str


FACES = (
    Face(
        "fontpkg_ibm_plex_sans_arabic",
        "IBMPlexSansArabic-Regular.ttf",
        "plex-arabic-400",
        f"{_ARABIC},{_COMMON}",
    ),
    Face(
        "fontpkg_ibm_plex_sans_arabic",
        "IBMPlexSansArabic-Bold.ttf",
        "plex-arabic-700",
        f"{_ARABIC},{_COMMON}",
    ),
    Face("fontpkg_amiri", "Amiri-Regular.ttf", "amiri-400", f"{_ARABIC},{_COMMON}"),
)


def build(folder: Path = FOLDER) -> int:
    """Write every face and its licence into `folder`; give the bytes of all faces together.

    Raises ModuleNotFoundError when a typeface or fonttools is not installed.
    """
    from fontTools import subset  # the site runs without it

    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for face in FACES:
        source = files(face.package)
        options = subset.Options(
            flavor="woff2", hinting=False, recalc_timestamp=False, layout_features=["*"], name_IDs=[0, 1, 2, 13, 14],
            notdef_outline=True,
        )  # fmt: skip
        options.drop_tables += ["meta"]
        font = subset.load_font(str(source / "files" / face.file), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(face.unicodes))
        cutter.subset(font)
        target = folder / f"{face.name}.woff2"
        subset.save_font(font, str(target), options)
        total += target.stat().st_size
        (folder / f"{face.package}-LICENSE.txt").write_bytes((source / "LICENSE").read_bytes())
    return total


def main() -> int:
    """Build the fonts, and say what they weigh or what is missing."""
    try:
        total = build()
    except ModuleNotFoundError as missing:
        print(f"fonts: {missing.name} is not installed; the site uses the reader's own Arabic fonts")  # noqa: T201
        return 0
    print(f"fonts: {len(FACES)} faces, {total:,} bytes in datasette/static/fonts")  # noqa: T201
    return int(total > LARGEST)


if __name__ == "__main__":
    sys.exit(main())

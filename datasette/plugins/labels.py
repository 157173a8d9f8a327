"""Put the labels of labels.yml and labels.en.yml at the templates' hand: `label`, `place`, `counted`, `meeting_title`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import ARABIC, ENGLISH, Spoken, language, late
from pipelines.places import names_shown

_ROOM = Path(__file__).parent.parent
_FILES = {ARABIC: _ROOM / "labels.yml", ENGLISH: _ROOM / "labels.en.yml"}
_VIRTUAL = "virtual"


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filters and the raw labels."""
    labels = Spoken({code: read_labels(code) for code in _FILES})

    def label(code: object, kind: str) -> Markup:
        return _labelled(labels.get(kind, {}), code)

    def counted(n: int, noun: str) -> str:
        return str(labels["counted"][noun][PLURALS[language()](n)]).format(n=f"{n:,}")

    def meeting_title(level: str, city: str | None) -> Markup:
        names = labels["meeting_title"]
        name = _labelled(names, level if level in names else "unknown")
        if not city:
            return name
        pattern = Markup(names[_VIRTUAL if city == _VIRTUAL else "in"])  # noqa: S704  # our own labels.yml
        return pattern.format(name=name, place=label(city, "place"))

    env.globals["labels"] = labels
    env.filters["label"] = late(label)
    env.filters["place"] = late(lambda name: label(name, "place"))
    env.filters["counted"] = late(counted)
    env.filters["meeting_title"] = late(meeting_title)


def read_labels(code: str) -> dict[str, Any]:
    """Read the labels of one language, with the names of the lexicon's places."""
    labels: dict[str, Any] = yaml.safe_load(_FILES[code].read_text(encoding="utf-8"))
    labels["place"] = {**names_shown(arabic=code == ARABIC), **labels["place"]}
    return labels


def _labelled(names: Mapping[object, str], code: object) -> Markup:
    if code is None:
        return Markup("")
    if code in names:
        return escape(names[code])
    # A code without a label is shown as it is, set apart so that it doesn't disturb the line's direction.
    return Markup("<bdi>{}</bdi>").format(code)


def plural_category(n: int) -> str:
    """Name the plural category of `n` in Arabic, after Unicode CLDR: 0, 1, 2, 3-10, 11-99, and hundreds."""
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    rest = n % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"


def english_plural(n: int) -> str:
    """Name the plural category of `n` in English, with a word of its own for none."""
    return {0: "zero", 1: "one"}.get(n, "other")


PLURALS = {ARABIC: plural_category, ENGLISH: english_plural}

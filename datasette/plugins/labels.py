"""Put the Arabic labels of labels.yml at the templates' hand: `label`, `place`, `counted`, `meeting_title`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.lexicon.places import CITIES, COUNTRIES

_FILE = Path(__file__).parent.parent / "labels.yml"
_VIRTUAL = "virtual"


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filters and the raw labels."""
    labels = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    countries = {key: one.names_ar[0] for one in COUNTRIES for key in (one.name, one.iso2)}
    cities = {one.name: one.names_ar[0] for one in CITIES}
    labels["place"] = {**countries, **cities, **labels["place"]}

    def label(code: object, kind: str) -> Markup:
        return _labelled(labels.get(kind, {}), code)

    def counted(n: int, noun: str) -> str:
        return str(labels["counted"][noun][plural_category(n)]).format(n=f"{n:,}")

    def meeting_title(level: str, city: str | None) -> Markup:
        names = labels["meeting_title"]
        name = _labelled(names, level if level in names else "unknown")
        if not city:
            return name
        pattern = Markup(names[_VIRTUAL if city == _VIRTUAL else "in"])  # noqa: S704  # our own labels.yml
        return pattern.format(name=name, place=label(city, "place"))

    env.globals["labels"] = labels
    env.filters["label"] = label
    env.filters["place"] = lambda name: label(name, "place")
    env.filters["counted"] = counted
    env.filters["meeting_title"] = meeting_title


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

"""The data dictionary: what every table, view and column holds, in Arabic and English, with its kind and an example.

The sentences stand in columns.yml beside this file; the short Arabic names are the site's own, in datasette/labels.yml.
Exports head their sheets with it and docs/data-dictionary.md is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from pipelines.places import names_shown

Kind = Literal["text", "integer", "real", "day", "moment", "link"]

_FILE = Path(__file__).parent / "columns.yml"
_LABELS = Path(__file__).resolve().parent.parent / "datasette" / "labels.yml"
_DECLARED: Mapping[str, Kind] = {"INTEGER": "integer", "REAL": "real"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, a view or a question's answer."""

    name: str
    kind: Kind  # day: ISO date; moment: ISO 8601 in UTC; link: an address of the web
    title_ar: str = ""
    about_ar: str = ""
    about_en: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Everything that is said about the archive's tables."""

    _words: Mapping[str, Any]
    _labels: Mapping[str, Any]

    def table_title(self, table: str) -> str:
        """Give the Arabic name of a table or view: «المقالات»; its own name when it has none."""
        return str(self._labels.get("table", {}).get(table, table))

    def in_order(self, tables: Iterable[str]) -> list[str]:
        """Sort tables and views so that what people look for comes first, the rest by name."""
        order: list[str] = self._words["order"]
        return sorted(tables, key=lambda name: (order.index(name) if name in order else len(order), name))

    def table_about(self, table: str) -> tuple[str, str]:
        """Give a sentence in Arabic and one in English about a table or view, empty when it has none."""
        about = self._words["tables"].get(table) or {}
        return str(about.get("ar", "")), str(about.get("en", ""))

    def columns_of(self, table: str) -> list[str]:
        """Name the columns that are described for a table or view."""
        return list((self._words["tables"].get(table) or {}).get("columns", {}))

    def column(self, table: str, name: str, declared: str = "") -> Column:
        """Describe a column; `declared` is the type its table declares, empty where there is none."""
        told = (self._words["tables"].get(table) or {}).get("columns", {}).get(name) or self._words[
            "answers"
        ].get(name)
        about_ar, about_en, example = (str(part) for part in told) if told else ("", "", "")
        title = self._words["titles"].get(f"{table}.{name}") or self._labels.get("column", {}).get(name, name)
        return Column(name, self._kind(name, declared), str(title), about_ar, about_en, example)

    def codes(self, name: str) -> Mapping[str, str]:
        """Give the Arabic word of each code that a column of this name holds; empty for a column without codes."""
        kind = self._words["codes"].get(name)
        words: Mapping[object, object] = self._labels.get(kind, {}) if kind else {}
        return {str(code): str(word) for code, word in words.items()}

    def place(self, name: str) -> str:
        """Give the Arabic name of a city or country: «واشنطن» for Washington."""
        return str(self._labels.get("place", {}).get(name) or names_shown(arabic=True).get(name, name))

    def sheet(self) -> Mapping[str, Any]:
        """Give the words of the sheet that explains an exported workbook."""
        words: Mapping[str, Any] = self._words["sheet"]
        return words

    def _kind(self, name: str, declared: str) -> Kind:
        if declared.upper() in _DECLARED:
            return _DECLARED[declared.upper()]
        named: tuple[Kind, ...] = ("day", "moment", "link")
        if not declared:
            named += ("integer", "real")
        return next((kind for kind in named if name in self._words["kinds"][kind]), "text")


@cache
def load_dictionary() -> Dictionary:
    """Read columns.yml and the site's labels."""
    return Dictionary(
        yaml.safe_load(_FILE.read_text(encoding="utf-8")), yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    )

"""Read a YAML file a person wrote, and say in one line which key of which file can't be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import yaml

from crawler.items import BadUseError


class DeclarationError(BadUseError):
    """A declaration can't be used; the message names the file, the key and what to write instead."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean '…'?" for the known word nearest to `word`, or an empty string."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Read a YAML file in which no key may stand twice.

    Raises DeclarationError for a file that can't be read or isn't YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise DeclarationError(f"{shown(path)}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DeclarationError(f"{shown(path)}: is not UTF-8") from None
    except yaml.YAMLError as error:
        raise DeclarationError(f"{shown(path)}: {_yaml_problem(error)}") from None


def shown(path: Path) -> str:
    """Name a file as a reader at the project's root would, or in full when it lies elsewhere."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one mapping of a file and complains with its place."""

    file: str
    place: str
    data: Mapping[str, Any]
    known: tuple[str, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            where = f"{self.place}: " if self.place else ""
            raise DeclarationError(f"{self.file}: {where}must be a mapping with {', '.join(self.known)}")
        for key in self.data:
            if key not in self.known:
                self.fail(str(key), f"unknown key{nearest(str(key), self.known)}")

    def fail(self, key: str, problem: str) -> NoReturn:
        """Raise DeclarationError for a key of this mapping."""
        place = f"{self.place}.{key}" if self.place else key
        raise DeclarationError(f"{self.file}: {place}: {problem}")

    def needed(self, key: str) -> Any:  # noqa: ANN401 - whatever YAML holds
        """Return a value that must be there."""
        if self.data.get(key) is None:
            self.fail(key, "is missing")
        return self.data[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text with single spaces; without a default it must be there."""
        if default is not None and self.data.get(key) is None:
            return default
        value = self.needed(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(key, f"must be text, not {value!r}; put it in quotes")
        return " ".join(value.split())

    def checked(self, key: str, good: Callable[[str], bool], what: str) -> str:
        """Return a text that `good` accepts; `what` says what is wanted."""
        value = self.text(key)
        if not good(value):
            self.fail(key, f"'{value}' is not {what}")
        return value

    def matching(self, key: str, pattern: str, what: str) -> str:
        """Return a text that matches a pattern as a whole."""
        return self.checked(key, lambda value: re.fullmatch(pattern, value) is not None, what)

    def choice(self, key: str, options: tuple[str, ...]) -> str:
        """Return one of several words."""
        value = self.text(key)
        if value not in options:
            self.fail(key, f"'{value}' is none of {', '.join(options)}{nearest(value, options)}")
        return value

    def address(self, key: str) -> str:
        """Return an http or https address."""
        value = self.matching(key, r"https?://\S+", "an address that begins with http:// or https://")
        try:
            host = urlsplit(value).hostname
        except ValueError:
            host = None
        if not host:
            self.fail(key, f"'{value}' has no readable host name")
        return value

    def regex(self, key: str) -> str:
        """Return a regular expression that compiles."""
        value = self.text(key)
        try:
            re.compile(value)
        except re.error as error:
            self.fail(key, f"is not a regular expression: {error}")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.fail(key, f"must be true or false, not {value!r}")
        return value

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """Return a number within bounds."""
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.fail(key, f"must be a number from {least:g} to {most:g}, not {value!r}")
        return float(value)


class _Loader(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys in silence; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' is given twice", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _yaml_problem(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        colon = (
            "; text with a colon in it belongs in quotes" if "mapping values" in (error.problem or "") else ""
        )
        return f"line {error.problem_mark.line + 1}: {error.problem or 'is not YAML'}{colon}"
    return "is not YAML"

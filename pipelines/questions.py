"""Read the canned questions: SQL files whose leading comment says, as YAML, what they ask and of what.

    /*
    title:
      ar: من أول من قال إن الأعضاء 68؟
      en: Who first said 68?
    description: {ar: …, en: …}
    parameters:
      member_count: {ar: عدد الأعضاء, en: Number of members, type: integer, default: 68}
    change: {ar: …, en: …}      # how to make another question of it
    */
    select …

The same files serve the site, `scrapy export` and docs/questions.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from crawler.items import BadUseError, TahalufError

FOLDER = Path(__file__).resolve().parent.parent / "datasette" / "queries"
ParameterType = Literal["text", "integer", "day"]

_HEADER = re.compile(r"\s*/\*(?P<yaml>.*?)\*/\s*", re.DOTALL)
_SLOT = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_LITERAL = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPES: tuple[ParameterType, ...] = get_args(ParameterType)
_KEYS = frozenset({"title", "description", "parameters", "change"})


class QuestionError(TahalufError):
    """A question's file that can't be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Arabic and in English."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question is asked with."""

    name: str
    label: Words
    type: ParameterType
    default: str

    def value(self, given: str | None) -> str | int:
        """Give what is bound for `given`, the default when nothing was given. Raises BadUseError."""
        text = self.default if given is None else given.strip()
        if self.type == "integer":
            digits = text.removeprefix("-")
            # Arabic-Indic digits are digits too: int() reads «٦٨» as 68. SQLite's integers end at 2^63.
            if not digits.isdecimal() or len(digits) > 18:
                raise BadUseError(f"{self.name}: {text!r} is not a whole number")
            return int(text)
        if self.type == "day" and text and not _DAY.fullmatch(text):
            raise BadUseError(f"{self.name}: {text!r} is not a day such as 2017-03-22")
        return text


@dataclass(frozen=True, slots=True)
class Question:
    """One canned question."""

    name: str
    title: Words
    description: Words
    change: Words
    parameters: tuple[Parameter, ...]
    sql: str
    path: Path

    def values(self, given: Mapping[str, str]) -> dict[str, str | int]:
        """Give the value of every parameter. Raises BadUseError for one that doesn't fit."""
        return {one.name: one.value(given.get(one.name)) for one in self.parameters}


@cache
def load_questions(folder: Path = FOLDER) -> Mapping[str, Question]:
    """Read every question of `folder`, by name, once. Raises QuestionError for a file that can't be used."""
    return {path.stem: read_question(path) for path in sorted(folder.glob("*.sql"))}


def read_question(path: Path) -> Question:
    """Read one question. Raises QuestionError with the file and the line."""
    text = path.read_text(encoding="utf-8")
    match = _HEADER.match(text)
    if match is None:
        raise QuestionError(f"{path.name}:1: begin with a comment /* … */ that says what is asked")
    if not _NAME.fullmatch(path.stem):
        raise QuestionError(f"{path.name}:1: name the file with small letters, digits and underscores")
    said = _header(path, match["yaml"])
    parameters = said.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise QuestionError(
            f"{path.name}:{_line(text, 'parameters')}: parameters are names with their labels"
        )
    sql = text[match.end() :].strip().removesuffix(";")
    title, description, change = (_words(path, text, said, key) for key in ("title", "description", "change"))
    asked = tuple(_parameter(path, text, str(name), about) for name, about in parameters.items())
    question = Question(path.stem, title, description, change, asked, sql, path)
    _check(question, text, match.end())
    return question


def _header(path: Path, text: str) -> dict[str, Any]:
    try:
        said = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise QuestionError(f"{path.name}:{line}: {error.problem}") from error
    if not isinstance(said, dict):
        raise QuestionError(f"{path.name}:1: the comment must hold title, description, parameters and change")
    unknown = sorted(str(key) for key in said.keys() - _KEYS)
    if unknown:
        raise QuestionError(
            f"{path.name}:{_line(text, unknown[0])}: unknown key {unknown[0]}; known are {', '.join(sorted(_KEYS))}"
        )
    return said


def _words(path: Path, text: str, said: Mapping[str, Any], key: str) -> Words:
    value = said.get(key)
    if not isinstance(value, dict) or not all(str(value.get(one) or "").strip() for one in ("ar", "en")):
        raise QuestionError(f"{path.name}:{_line(text, key)}: {key} needs words in ar and in en")
    return Words(*(" ".join(str(value[one]).split()) for one in ("ar", "en")))


def _parameter(path: Path, text: str, name: str, about: object) -> Parameter:
    line = _line(text, name)
    if not isinstance(about, dict) or "default" not in about:
        raise QuestionError(f"{path.name}:{line}: {name} needs ar, en, type and default")
    kind: ParameterType | None = next((one for one in _TYPES if one == about.get("type")), None)
    if kind is None:
        raise QuestionError(f"{path.name}:{line}: the type of {name} is one of {', '.join(_TYPES)}")
    default = about["default"]
    return Parameter(
        name, _words(path, text, {name: about}, name), kind, "" if default is None else str(default)
    )


def _check(question: Question, text: str, begins: int) -> None:
    """Make sure that the SQL is one select and uses exactly the parameters that are declared."""
    at = text[:begins].count("\n") + 1
    bare = _LITERAL.sub(lambda match: " " * len(match[0]), question.sql)
    if not re.match(r"(?:select|with)\b", bare, re.IGNORECASE) or ";" in bare:
        raise QuestionError(f"{question.path.name}:{at}: one select statement must follow the comment")
    used, declared = set(_SLOT.findall(bare)), {one.name for one in question.parameters}
    if used - declared:
        name = min(used - declared)
        line = at + bare[: bare.index(f":{name}")].count("\n")
        raise QuestionError(f"{question.path.name}:{line}: :{name} is used and not declared")
    if declared - used:
        name = min(declared - used)
        raise QuestionError(f"{question.path.name}:{_line(text, name)}: {name} is declared and not used")


def _line(text: str, key: str) -> int:
    """Find the line on which a key of the comment stands, 1 when it is missing."""
    match = re.search(rf"^[ {{]*{re.escape(key)}\s*:", text, re.MULTILINE)
    return text[: match.end()].count("\n") + 1 if match else 1

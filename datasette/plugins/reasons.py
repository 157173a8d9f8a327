"""Say the archive's reasons: the filter `reason`, in Arabic with the sentences of reasons.yml, in English as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml
from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipelines.languages import ENGLISH, language, late

_FILE = Path(__file__).parent.parent / "reasons.yml"
_SLOT = re.compile(r"\\\{(\w+)\\\}")
_PART = re.compile(r"(?:; |, )")
_ARABIC = re.compile("[\u0600-\u06ff]+(?:[\\s،]+[\u0600-\u06ff]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_Sentences = list[tuple[re.Pattern[str], str]]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the filter."""
    sentences = read_sentences()

    def slot(value: str) -> Markup:
        label: Callable[[object, str, str], Markup] = env.filters["label"]
        if _DAY.fullmatch(value):
            day: Callable[[object, str], Markup] = env.filters["day"]
            return day(None, value)
        labels: dict[str, dict[str, str]] = env.globals["labels"]  # type: ignore[assignment]
        return label(None, value, "level" if value in labels["level"] else "place")

    def reason(english: str | None) -> Markup:
        if language() == ENGLISH:
            return _arabic_apart(english or "")
        whole = _say(english or "", sentences, slot)
        if whole is not None:
            return whole
        parts = [part for part in _PART.split(english or "") if part]
        said = [_say(part, sentences, slot) for part in parts]
        if parts and None not in said:
            return Markup("، ").join(part for part in said if part is not None)
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(english or "")

    env.filters["reason"] = late(reason)


def read_sentences() -> _Sentences:
    """Read reasons.yml: a pattern for each English sentence, and the Arabic one with the same slots."""
    pairs = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [
        (re.compile(_SLOT.sub(r"(?P<\1>.+?)", re.escape(english))), arabic)
        for english, arabic in pairs.items()
    ]


def _arabic_apart(english: str) -> Markup:
    """Show an English reason; the words that it quotes from a text are marked as Arabic."""
    span = Markup('<span lang="ar" dir="rtl">{}</span>')
    return Markup(_ARABIC.sub(lambda match: span.format(match[0]), str(escape(english))))  # noqa: S704  # escaped


def _say(english: str, sentences: _Sentences, slot: Callable[[str], Markup]) -> Markup | None:
    for pattern, arabic in sentences:
        match = pattern.fullmatch(english)
        if match:
            slots = {name: slot(value) for name, value in match.groupdict().items()}
            return Markup(arabic).format(**slots)  # noqa: S704  # our own reasons.yml
    return None

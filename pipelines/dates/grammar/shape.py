"""A shape: a named pattern of word classes and the function that says what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.arabic import fold_text
from pipelines.dates import context_lexicon as ctx
from pipelines.dates.lexer import Token
from pipelines.dates.lexicon import Unit
from pipelines.dates.meaning import Deixis, Expr, Relative

_DEIXIS: dict[str, Deixis] = {
    "<": "past", "≤": "past", "≺": "before", ">": "future", "≻": "next", "=": "current", "~": "same", "1": "current", "0": "same",
    "3": "same",
}  # fmt: skip
SHIFT: dict[Deixis, int | None] = {
    "past": -1,
    "future": 1,
    "current": 0,
    "same": None,
    "before": None,
    "next": None,
}


class Hit:
    """A place where a shape fits, with its tokens read as numbers, months and deixis."""

    def __init__(self, tokens: list[Token], match: re.Match[str]) -> None:
        self.tokens = tokens
        self.match = match
        self.end = match.end()

    def group(self, name: str) -> list[Token]:
        """Give the tokens of a named group, none when it took no part."""
        start, end = self.match.span(name)
        return self.tokens[start:end] if start >= 0 else []

    def has(self, name: str) -> bool:
        """Say whether a named group took part."""
        return name in self.match.re.groupindex and self.match.start(name) >= 0

    def cut(self, name: str) -> None:
        """End the hit where the named group begins."""
        self.end = self.match.start(name)

    def number(self, name: str) -> int | None:
        """Read a group as a number, in digits or words; None when it took no part."""
        return read_number(self.group(name)) if self.has(name) else None

    def month(self) -> int | None:
        """Read the month; a second name that means another month is left out of the hit."""
        month = read_month(self.group("month"))
        if self.has("double") and read_month(self.group("month2")) != month:
            return None
        return month

    def year(self) -> int | None:
        """Read the year after a month, unless it counts something («في مارس، 2000 شخص»)."""
        for name in ("year", "year_words"):
            if self.has(name):
                return self.number(name)
        return None

    def deixis(self) -> Deixis | None:
        """Read the deixis that follows a month."""
        for name in ("deixis", "deixis2"):
            if self.has(name):
                return _DEIXIS[self.group(name)[0].word.code]
        return None

    def year_ref(self) -> Relative | None:
        """Read «من العام الماضي» after a month."""
        return read_relative(self.group("year_ref")) if self.has("year_ref") else None

    def after(self, offset: int = 0) -> Token | None:
        """Give the token after the hit."""
        at = self.end + offset
        return self.tokens[at] if at < len(self.tokens) else None

    def before(self, offset: int = 0) -> Token | None:
        """Give the token before the hit."""
        at = self.match.start() - 1 - offset
        return self.tokens[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern over class letters, the letters it can begin with, and its meaning."""

    name: str
    starts: str
    pattern: re.Pattern[str]
    meaning: Callable[[Hit], Expr | None]


Meaning = Callable[[Hit], Expr | None]


def shape(shapes: list[Shape], starts: str, pattern: str) -> Callable[[Meaning], Meaning]:
    """Register the decorated function as the meaning of `pattern`; its name is the shape's name."""

    def register(meaning: Meaning) -> Meaning:
        shapes.append(Shape(meaning.__name__, starts, re.compile(pattern), meaning))
        return meaning

    return register


def deixis_of(code: str) -> Deixis:
    """Give the deixis of a class letter."""
    return _DEIXIS[code]


def read_relative(tokens: list[Token], rule: str = "") -> Relative | None:
    """Read a unit and its deixis: «العام الماضي», «هذا العام», «الشهر نفسه»."""
    unit: Unit | None = None
    deixis: Deixis | None = None
    for token in tokens:
        if token.word.code in _DEIXIS:
            deixis = _DEIXIS[token.word.code]
        elif token.word.code in "UTyYu":
            unit = token.word.unit
    if unit is None or deixis is None:
        return None
    return Relative(unit, SHIFT[deixis], deixis, rule=rule)


def read_month(tokens: list[Token]) -> int | None:
    """Read a Gregorian month of one or two words; None for «كانون 7» and the like."""
    first = tokens[0].word
    if first.code != "K":
        return first.number
    return {1: first.number, 2: int(first.note)}.get(tokens[1].word.number)


def read_hijri_month(tokens: list[Token]) -> int | None:
    """Read a Hijri month of one or two words."""
    first = tokens[0].word
    if first.code == "z":
        return tokens[1].word.number
    if first.code == "J":
        second = 2 if tokens[1].word.code == "χ" else tokens[1].word.number
        return {1: first.number, 2: int(first.note)}.get(second)
    return first.number


def read_number(tokens: list[Token]) -> int | None:
    """Add up number words, «ثمانية وعشرين» as «تسعمئة»; hundreds after a unit multiply it («تسع مئة»).

    >>> from pipelines.arabic import fold
    >>> from pipelines.dates.lexer import tokenize
    >>> read_number(tokenize(fold("ألفين وسبعة عشر"), "ألفين وسبعة عشر").items)
    2017
    """
    total = last = 0
    for token in tokens:
        word = token.word
        if word.code in "wlF":
            continue
        if word.code not in "dn4oCtaecbhk" or word.number < 0:
            return None
        if word.code == "h" and word.number == 100 and 0 < last < 10:
            total += last * 100 - last
            last = 0
            continue
        total += word.number
        last = word.number
    return total


def bare(word: str) -> str:
    """Take the conjunction off a folded word that the lexicon doesn't know: «وثورة» is «ثورة»."""
    return word[1:] if len(word) > 3 and word[0] in ctx.AND_LETTER + ctx.SO_LETTER else word


def is_definite(token: Token) -> bool:
    """Say whether a word begins with the article."""
    return token.text.startswith(ctx.ARTICLE)


def with_proclitics(names: frozenset[str]) -> frozenset[str]:
    """Add the forms of folded words with a conjunction or preposition written on: «وللأمين»."""
    found = set()
    for name in names:
        for prefix in ctx.PROCLITICS:
            assimilated = prefix.endswith(ctx.TO_LETTER) and name.startswith(ctx.ARTICLE)
            found.add(prefix + (ctx.TO_LETTER + name[2:] if assimilated else name))
    return frozenset(found)


def words(*names: str) -> frozenset[str]:
    """Fold lists of the lexicon into one set."""
    return frozenset(fold_text(word) for name in names for word in name.split())


COUNTED = words(ctx.COUNTED)

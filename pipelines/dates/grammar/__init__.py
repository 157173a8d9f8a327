"""The shapes of dates by family: a sequence of word classes with an Arabic example above it, and what it means."""

from __future__ import annotations

from collections import defaultdict

from pipelines.dates.grammar import calendar, digits, distance, eras, hijri, near_days, relative
from pipelines.dates.grammar.shape import Hit, Shape
from pipelines.dates.lexer import Tokens
from pipelines.dates.meaning import Expr

SHAPES: tuple[Shape, ...] = (
    *calendar.SHAPES,
    *digits.SHAPES,
    *hijri.SHAPES,
    *near_days.SHAPES,
    *relative.SHAPES,
    *distance.SHAPES,
    *eras.SHAPES,
)


def _by_first_letter() -> dict[str, tuple[Shape, ...]]:
    index: dict[str, list[Shape]] = defaultdict(list)
    for one in SHAPES:
        for code in set(one.starts):
            index[code].append(one)
    return {code: tuple(shapes) for code, shapes in index.items()}


BY_FIRST = _by_first_letter()


def base(tokens: Tokens, at: int) -> tuple[Expr, int] | None:
    """Read the longest simple date that begins at token `at`: its meaning and the token after it."""
    found: tuple[Expr, int] | None = None
    for one in BY_FIRST.get(tokens.codes[at : at + 1], ()):
        match = one.pattern.match(tokens.codes, at)
        if match is None or (found is not None and match.end() <= found[1]):
            continue
        hit = Hit(tokens.items, match)
        meaning = one.meaning(hit)
        if meaning is not None and (found is None or hit.end > found[1]):
            found = meaning, hit.end
    return found

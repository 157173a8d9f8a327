"""Compile the lexicon's patterns: folded, with gaps between words and clitics before them."""

from __future__ import annotations

import re
from functools import cache

from pipelines.arabic import fold_text

_MARKS = "[\\s«»\"“”'‘’()]"
GAP = _MARKS + "+"


@cache
def rx(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the lexicon for folded text; a space in it is any gap between words, « ?» is one or none."""
    return re.compile(fold_text(pattern).replace(" ?", _MARKS + "*").replace(" ", GAP))


@cache
def word(pattern: str, clitics: str = "[وف]?[بكل]?") -> re.Pattern[str]:
    """Compile a pattern that must be whole words, with or without clitics before them."""
    return rx(rf"(?<!\w){clitics}(?:{pattern})(?!\w)")

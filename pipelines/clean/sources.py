"""Names of agencies and outlets as datelines and tails write them, made comparable."""

from __future__ import annotations

from pipelines.arabic import fold_text
from pipelines.lexicon import press


def key_of_name(words: str) -> str:
    """Give a name folded, in lower case, with initials apart: «أ.ف.ب» and «أ ف ب» become equal."""
    return " ".join(fold_text(words).lower().replace(".", " ").split())


SOURCES = frozenset(key_of_name(name) for name in press.AGENCIES)

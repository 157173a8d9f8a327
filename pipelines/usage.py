"""Which of several rival words a text uses, and how often: «التحالف» or «الائتلاف», «داعش» or «تنظيم الدولة»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.lexicon.usage import USAGE
from pipelines.search import index_text


def count_usage(texts: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count the words of each group of USAGE over `texts`, in all their spellings and forms.

    >>> count_usage(["التحالف ضد تنظيم الدولة", "للتّحالف"])["coalition"]
    {'التحالف': 2, 'الائتلاف': 0}
    """
    stems = [f" {index_text(text)} " for text in texts]
    return {
        group: {word: sum(len(re.findall(_pattern(word), one)) for one in stems) for word in words}
        for group, words in USAGE.items()
    }


def _pattern(word: str) -> str:
    return f"(?<= ){re.escape(index_text(word))}(?= )"

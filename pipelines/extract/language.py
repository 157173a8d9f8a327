"""Which language a body is written in: Arabic, its neighbours in the same script, or another script.

Judged on the extracted body alone, so that an English article under an Arabic menu is English. Letters that only one
language uses and its most frequent words are counted; Arabic news with a few Persian or Kurdish names stays Arabic.
"""

from __future__ import annotations

import re
import unicodedata

from pipelines.arabic import arabic_share
from pipelines.lexicon.press import (
    ARABIC_LETTERS,
    ARTICLES,
    FOREIGN_LETTERS,
    FUNCTION_WORDS,
    TELLING_LETTERS,
)

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_WORDS = {code: frozenset(words) for code, words in FUNCTION_WORDS.items()}
_LATIN = {
    "en": frozenset(
        "the of and to in that for is was on with as by said has from his are were which be at".split()
    ),
    "fr": frozenset("le la les des et en du que une dans pour qui est sur par au avec pas plus ce".split()),
    "tr": frozenset("ve bir bu için ile olarak da de olan çok daha sonra gibi ise kadar".split()),
    "de": frozenset("der die das und in den von zu mit ist im für auf dem nicht ein eine des".split()),
}


def detect(text: str) -> str:
    """Give the language of `text` as an ISO 639 code: ar, fa, ur, ckb, en, fr, tr, de, or "und" when nothing decides."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    if arabic_share(sample) < 0.5:
        return _best({code: _share(words, known) for code, known in _LATIN.items()}, 0.04)
    if re.search("[\ufb50-\ufdff\ufe70-\ufefc]", sample):
        sample = unicodedata.normalize("NFKC", sample)
        words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(char.isalpha() for char in sample) or 1
    scores = {code: _share(words, known) for code, known in _WORDS.items()}
    for code, own in FOREIGN_LETTERS.items():
        scores[code] += (
            sum(map(sample.count, own)) / letters
            + 4 * sum(map(sample.count, TELLING_LETTERS[code])) / letters
        )
    scores["ar"] += 2 * sum(map(sample.count, ARABIC_LETTERS)) / letters + _share_of_articles(words)
    return _best(scores, 0.03)


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _share_of_articles(words: list[str]) -> float:
    """Give the share of words that begin with the Arabic article; Persian and Kurdish hardly have any."""
    return sum(len(word) > 4 and word.startswith(ARTICLES) for word in words) / len(words)


def _best(scores: dict[str, float], least: float) -> str:
    code = max(scores, key=lambda name: scores[name])
    return code if scores[code] >= least else "und"

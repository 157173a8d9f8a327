"""The light stem: the forms of one Arabic word that a reader searching for it means.

Light stemming after Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007), with
four changes that matter to news: three letters always remain; the relative ending of «وزاري» stays, because "ministerial"
isn't "minister"; a bare conjunction is taken off only from words that don't begin with that letter by nature; and a
prefix comes off again and again, so that a word has the same stem with and without its article.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.lexicon import affixes

_LEAST = 3  # letters a stem keeps
_ARTICLE = re.compile(affixes.ARTICLE)
_POSSESSIVE = re.compile(affixes.POSSESSIVE)
_POSSESSIVE_PLURAL = re.compile(affixes.POSSESSIVE_PLURAL)
_NUMBER = re.compile(affixes.NUMBER)
_COUNTRY = re.compile(affixes.COUNTRY)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Give the light stem of one folded word; a word that is not Arabic, or is too short, comes back unchanged.

    >>> stem("للتحالف"), stem("والتحالف"), stem("تحالفات"), stem("وزير"), stem("والوزير")
    ('تحالف', 'تحالف', 'تحالف', 'وزير', 'وزير')
    """
    if len(word) <= _LEAST or not "\u0620" <= word[0] <= "\u064a":
        return word
    bare = _without_waw(_without_article(word))
    bare = _without_suffixes(bare)
    for spelling, usual in affixes.VARIANTS:
        if bare.startswith(spelling):
            return usual + bare[len(spelling) :]
    return bare


def _without_article(word: str) -> str:
    while match := _ARTICLE.match(word):
        rest = word[match.end() :]
        if match.group().endswith(affixes.MERGED_ARTICLE) and word[match.end() - 1 :].startswith(
            affixes.OWN_LAM
        ):
            return word[match.end() - 1 :]
        if len(rest) < _LEAST:
            break
        word = rest
    return word


def _without_waw(word: str) -> str:
    while (
        word.startswith(affixes.CONJUNCTION)
        and len(word) > _LEAST
        and _without_suffixes(word) not in affixes.OWN_WAW
    ):
        word = word[1:]
    return word


def _without_suffixes(word: str) -> str:
    word = _cut(_POSSESSIVE, word, _LEAST)
    word = _cut(_POSSESSIVE_PLURAL, word, _LEAST + 1)
    word = _cut(_NUMBER, word, _LEAST)
    return _cut(_COUNTRY, word, _LEAST + 1)


def _cut(suffix: re.Pattern[str], word: str, least: int) -> str:
    match = suffix.search(word)
    if match is None:
        return word
    # A long ending that would leave too little may still be a short one: «بيته» is «بيت» and «ه».
    for cut in range(match.start(), match.end()):
        if cut >= least and suffix.fullmatch(word, cut):
            return word[:cut]
    return word

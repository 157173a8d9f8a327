"""The tense of the clause that a date stands in, from the words before it (and, failing those, after it).

A light rule, not a parser: the nearest verb or scheduling word before the date in its sentence decides, because Arabic
news puts the verb first («سيعقد … الأربعاء», «عقد … الخميس»).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pipelines.dates import context_lexicon as ctx
from pipelines.dates.grammar.shape import bare, words
from pipelines.dates.lexer import Tokens

# reported: a past verb of saying, which dates the saying and not what is said.
Tense = Literal["past", "present", "future", "reported"]

_REACH, _NEAR, _AFTER = 25, 7, 8  # words looked at: before, before for a date without a year, after
_STOPS = frozenset(ctx.SENTENCE_ENDS)
_RELATIVES = words(ctx.RELATIVES)
_SINCE = words(ctx.SINCE)
_FUTURE = words(ctx.FUTURE_MARKS)
_PAST = words(ctx.PAST_MARKS)
_REPORTING = words(ctx.REPORTING_MARKS)
_NOT_VERBS = words(ctx.NOT_VERBS)
_PRESENT_WORDS = words(ctx.PRESENT_WORDS)
_STEMS = words(ctx.PRESENT_STEMS)
_SUBORDINATORS = words(ctx.SUBORDINATORS)
_ENDINGS = tuple(ctx.VERB_ENDINGS.split())


def clause_tense(tokens: Tokens, at: int, end: int, *, near: bool = False) -> Tense | None:
    """Give the tense round tokens `at` to `end`, None when no word decides.

    `near` asks only the words just before, up to a comma: a date without its year is dated by its own verb or not at all.
    """
    items, codes = tokens.items, tokens.codes
    if at and codes[at - 1] == "r" and items[at - 1].text in _SINCE:
        return "past"
    for n in range(at - 1, max(-1, at - 1 - (_NEAR if near else _REACH)), -1):
        if (codes[n] in "|.;" and items[n].text[0] in _STOPS) or (near and codes[n] == ","):
            break
        tense = _tense_at(tokens, n)
        if tense is not None:
            return tense
    if near:
        return _fronted_tense(tokens, end)
    for n in range(end, min(len(items), end + _AFTER)):
        if codes[n] in "|.;" and items[n].text[0] in _STOPS:
            break
        tense = _tense_at(tokens, n)
        if tense is not None:
            return tense
    return None


def _fronted_tense(tokens: Tokens, end: int) -> Tense | None:
    """Give the tense of the verb right after a date that opens its clause: «وفي 26 مارس أطلق», «في سبتمبر، قال»."""
    at = end + 1 if tokens.codes[end : end + 1] == "," else end
    if at >= len(tokens.items) or tokens.items[at].text[0] in ctx.AND_LETTER + ctx.SO_LETTER:
        return None
    tense = _tense_at(tokens, at)
    return "past" if tense == "reported" else tense


def _tense_at(tokens: Tokens, n: int) -> Tense | None:
    word = tokens.items[n]
    before = tokens.items[n - 1].text if n else ""
    if _is_voweled_imperfect(tokens, n) and before not in _FUTURE:
        return "past" if before in _PAST_AUXILIARIES else None if before in _SUBORDINATORS else "present"
    tense = word_tense(word.text, before)
    if tense is not None or before not in _RELATIVES or word.word.code != "x" or len(word.text) < 3:
        return tense
    # «الذي أبرمته»: what follows a relative pronoun is a verb, and this one is no imperfect.
    imperfect = word.text[0] in ctx.IMPERFECT_PREFIXES + ctx.FUTURE_LETTER
    return None if imperfect else "past"


# «تُسلّم الدفعة», «يُعقد»: the damma is the imperfect's, except in the passive of a past that begins with ت («تُوفي»).
def _is_voweled_imperfect(tokens: Tokens, n: int) -> bool:
    text = tokens.items[n].text
    if tokens.items[n].word.code != "x" or len(text) < 4 or text[0] not in ctx.IMPERFECT_PREFIXES:
        return False
    return tokens.voweled(n, ctx.DAMMA) and not text.startswith(_TAKEN_PASSIVES)


_TAKEN_PASSIVES = tuple(words(ctx.TAKEN_PASSIVES))


@lru_cache(maxsize=1 << 16)
def word_tense(word: str, before: str = "") -> Tense | None:
    """Give the tense that one folded word shows, None for a word that shows none."""
    if word in _FUTURE:
        return "future"
    stem = bare(word)
    if _is_future_verb(stem):
        return "future"
    if before in _FUTURE or before in _NO_VERB_AFTER:
        return None  # «المقرر عقد», «قبل عقد»: a verbal noun; «بعد عقد» has happened
    for form in (word, stem):
        if form in _REPORTING or _stripped(form) & _REPORTING:
            return "reported"
        if form in _PAST or _stripped(form) & _PAST:
            return "past"
    if stem in _PRESENT_WORDS or (
        len(stem) > 3
        and stem[0] in ctx.IMPERFECT_PREFIXES
        and stem not in _NOT_VERBS
        and _stripped(stem[1:]) & _STEMS
    ):
        return "past" if before in _PAST_AUXILIARIES else None if before in _SUBORDINATORS else "present"
    return None


_NO_VERB_AFTER = words(ctx.NO_VERB_AFTER)
_PAST_AUXILIARIES = words(ctx.PAST_AUXILIARIES)


def _stripped(word: str) -> set[str]:
    return {word} | {
        word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2
    }


def _is_future_verb(word: str) -> bool:
    """Tell «سيعقد», «ستجتمع» from nouns that begin with the same letters by the verb's prefix and length."""
    return (
        len(word) > 4
        and word[0] == ctx.FUTURE_LETTER
        and word[1] in ctx.FUTURE_PREFIXES
        and not word.startswith(_NOT_FUTURE)
        and word not in _NOT_VERBS
    )


_NOT_FUTURE = tuple(ctx.NOT_FUTURE.split())

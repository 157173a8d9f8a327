"""Part the words that a mirror's automatic links have glued together around the names of places and bodies.

Only a word that is glued through and through is parted: known names, with the particles and the few small words that may
stand around them. Whatever else is in a word, it stays: «العراقية», «المصرفي» and «فيينا» are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipelines.arabic import fold, fold_text
from pipelines.clean.draft import Change, Draft
from pipelines.lexicon import glued as lexicon
from pipelines.lexicon.actors import BODIES, PEOPLE
from pipelines.lexicon.places import CITIES, COUNTRIES

GLUED = "glued_words"
_SHORTEST_NAME = 4  # letters; «مالي» is one, «قطر» would be found in too many words
_SHORTEST_BEFORE_WORD = 5  # letters of a name that a small word may follow: «مصرفي» is a banker
_WORD = re.compile(r"[^\W\d_]{6,60}")
_CLITICS = re.compile(r"[وف]?(?:لل|[بلك])?")
_AND, _ARTICLE, _FOR_THE = "و", "ال", "لل"
_TA_MARBUTA = "ة"  # ends a word, always
_BEFORE = tuple(fold_text(word) for word in lexicon.BEFORE)
_AFTER = frozenset(fold_text(word) for word in lexicon.AFTER)


def part_glued_words(draft: Draft) -> None:
    """Put back the spaces that a mirror lost: «الولاياتالمتحدة» becomes «الولايات المتحدة», «العراقوسوريا» «العراق وسوريا».

    Each space is recorded as a removal of nothing, with the space as its replacement and the reason `glued_words`.
    """
    folded = fold(draft.text)
    changes = []
    for match in _WORD.finditer(folded.text):
        for boundary in _boundaries(match.group(), draft.text[slice(*folded.span(*match.span()))]):
            at = folded.original(match.start() + boundary)
            changes.append(Change(at - 1, at, GLUED, draft.text[at - 1] + " "))
    draft.apply(changes)


def _boundaries(word: str, written: str) -> list[int]:
    """Give the places in a folded word at which a space was lost; none for a word that is whole.

    `written`: the same word unfolded, which still tells ta marbuta from ha.
    """
    if not any(name in word for name in _stems()):
        return []
    written = written if len(written) == len(word) else ""
    best: list[int] = []
    for start, lead, form in _openings(word):
        for found in _chain(form, written, start):
            boundaries = [*lead, *found]
            if not boundaries:
                return []  # a name with its particles and nothing else
            if not best or len(boundaries) < len(best):
                best = boundaries
    return best


def _openings(word: str) -> Iterator[tuple[int, list[int], str]]:
    """Yield where a name may begin, the boundary before it, and the word with the article that «لل» hides."""
    for end in range(_match_end(_CLITICS, word) + 1):
        if _CLITICS.fullmatch(word, 0, end):
            hidden = word[:end].endswith(_FOR_THE)
            yield (end - 2, [], word[: end - 2] + _ARTICLE + word[end:]) if hidden else (end, [], word)
    for lead in ("", "و", "ف"):
        for small in _BEFORE:
            if word.startswith(lead + small):
                at = len(lead + small)
                yield at, [at], word


def _match_end(pattern: re.Pattern[str], word: str) -> int:
    found = pattern.match(word)
    return found.end() if found else 0


def _chain(word: str, written: str, at: int) -> Iterator[list[int]]:
    """Yield the boundaries of every reading of `word` from `at` on as names, joined by nothing or by «و»."""
    for end in range(len(word), at + _SHORTEST_NAME - 1, -1):
        lengths = _names().get(word[at:end])
        if lengths is None:
            continue
        inside = [at + sum(lengths[:n]) for n in range(1, len(lengths))]
        rest = word[end:]
        if not rest:
            yield inside
        elif (rest in _AFTER and end - at >= _SHORTEST_BEFORE_WORD) or (
            written and written[end - 1] == _TA_MARBUTA and len(rest) > 1
        ):
            yield [*inside, end]
        for follow in (end + 1,) if rest.startswith(_AND) else ():
            yield from ([*inside, end, *more] for more in _chain(word, written, follow))
        yield from ([*inside, end, *more] for more in _chain(word, written, end))


@cache
def _names() -> dict[str, tuple[int, ...]]:
    """Give every name, folded and without its spaces, with the lengths of its words."""
    table: dict[str, tuple[int, ...]] = {}
    one_word = {fold_text(name) for name in lexicon.ONE_WORD}
    for name in _written():
        folded = fold_text(name)
        for spelling in one_word:
            folded = folded.replace(spelling, spelling.replace(" ", ""))
        words = folded.split()
        glued = "".join(words)
        if len(glued) >= _SHORTEST_NAME and glued.isalpha():
            known = table.get(glued)
            if known is None or len(words) > len(known):  # the lexicon knows «الولاياتالمتحدة» too
                table[glued] = tuple(map(len, words))
    return table


def _written() -> Iterable[str]:
    for country in COUNTRIES:
        yield from country.names_ar
    for city in CITIES:
        yield from city.names_ar
    for one in (*BODIES, *PEOPLE):
        yield from one.full
        yield from one.alone
    yield from lexicon.NAMES


@cache
def _stems() -> frozenset[str]:
    """Give short pieces of which every glued word holds one, the article apart: a quick first test."""
    return frozenset(name.removeprefix(_ARTICLE)[:_SHORTEST_NAME] for name in _names())

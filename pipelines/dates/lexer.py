"""Cut folded text into words, numbers and marks, and give each a class of one letter.

The grammar is written over the string of those letters, so that a shape reads as a sequence of classes and is matched by
one compiled expression: «وفي 22 مارس» is «w S d m». Words the lexicon doesn't know are «x» and cost one dictionary look-up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.arabic import Folded, fold_text
from pipelines.dates import context_lexicon as ctx
from pipelines.dates import lexicon as lex
from pipelines.dates.lexicon import Unit, Word

# Numbers keep their inner separators, so that 22/3/2017, 3.5 and 2,500 are one token each.
_TOKEN = re.compile(r"[0-9]+(?:[-/.,:][0-9]+)*|[^\W\d_]+|\n+|\S")
_PUNCTUATION = {
    "/": "/", "\\": "/", "-": "-", "–": "-", "—": "-", "−": "-", ",": ",", ctx.COMMAS: ",", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", ":": ":", "«": '"', "»": '"', '"': '"', "“": '"', "”": '"', "%": "%",
}  # fmt: skip
_FULL = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_TWO = re.compile(r"([0-9]{1,4})([-/])([0-9]{1,4})")
_PREFIX_CODE = {ctx.AND_LETTER: "w", ctx.SO_LETTER: ";", **dict.fromkeys(ctx.PREPOSITION_LETTERS, "S")}
_NO_PREPOSITION = frozenset("SFINrR&wlg~3ΓO")  # a preposition doesn't take another one


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the folded text: where it stands, its letters and what the lexicon says of them."""

    start: int
    end: int
    text: str
    word: Word


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens with the string of their classes, one letter each."""

    items: list[Token]
    codes: str
    folded: Folded
    original: str

    def voweled(self, at: int, mark: str) -> bool:
        """Say whether the first letter of token `at` carries a vowel mark in the original text."""
        index = self.folded.original(self.items[at].start) + 1
        return self.original[index : index + 1] == mark


_OTHER = Word("x")


@cache
def vocabulary() -> dict[str, tuple[tuple[str, ...], Word]]:
    """Build the look-up table: a folded surface form, to the proclitics split off and the word."""
    table: dict[str, tuple[tuple[str, ...], Word]] = {}
    for word, entry in _entries():
        for prefix in ctx.PROCLITICS:
            if set(prefix) & set(ctx.PREPOSITION_LETTERS) and entry.code in _NO_PREPOSITION:
                continue
            surface, clitics = prefix + word, tuple(prefix)
            if prefix.endswith(ctx.TO_LETTER) and word.startswith(ctx.ARTICLE) and len(word) > 3:
                surface = prefix + ctx.TO_LETTER + word[2:]
            # The plain word wins over a clitic reading of the same letters.
            if surface not in table or len(table[surface][0]) > len(clitics):
                table[surface] = (clitics, entry)
    return table


def _entries() -> list[tuple[str, Word]]:
    found: dict[str, Word] = {}

    def add(words: str, code: str, number: int = 0, unit: Unit = "day", note: str = "") -> None:
        for word in words.split():
            found.setdefault(fold_text(word), Word(code, number, unit, note))

    for code, groups in (
        ("M", lex.MONTHS), ("m", lex.WEAK_MONTHS), ("M", {n: w for w, n in lex.JOINED_MONTHS.items()}), ("H", lex.HIJRI_MONTHS),
        ("q", lex.HIJRI_OWNED), ("W", lex.WEEKDAYS), ("o", lex.ORDINALS), ("C", lex.BARE_ORDINALS), ("t", lex.DEFINITE_TENS),
        ("a", lex.CARDINALS), ("b", lex.FUSED_TEENS), ("e", lex.TENS), ("h", lex.HUNDREDS), ("k", lex.THOUSANDS),
        ("Q", lex.QUARTERS), ("G", lex.DECADES), ("B", lex.BARE_WEEKDAYS),
    ):  # fmt: skip
        for number, words in groups.items():
            add(words, code, number)
    for number, words in lex.DECADES.items():
        add(" ".join(ctx.ARTICLE + word for word in words.split()), "G", number)
    for first, pair in lex.PAIRED_MONTHS.items():
        add(first, "K", pair[0], note=str(pair[1]))
    for first, pair in lex.HIJRI_PAIRED.items():
        add(first, "J", pair[0], note=str(pair[1]))
    add(lex.TEN, "c", 10)
    for unit, forms in lex.UNITS.items():
        for code, words in forms.items():
            add(words, code, unit=unit)
    for unit, word in lex.COUNTED_UNITS.items():
        add(word, "u", unit=unit)
    for code, words in lex.DEIXIS.items():
        add(words, code)
    for table, code in ((lex.EDGES, "E"), (lex.DAY_PARTS, "Z"), (lex.LATE, "L"), (lex.SEASONS, "A")):
        for note, words in table.items():
            add(words, code, note=note)
    for words, code in (
        (lex.THIS, "1"), (lex.THAT, "0"), (lex.THESE, "2"), (lex.SAME, "3"), (lex.YESTERDAY, "α"), (lex.LAST_NIGHT, "β"),
        (lex.TOMORROW, "γ"), (lex.TOMORROW_NOUN, "δ"), (lex.TONIGHT, "ε"), (lex.LAST, "λ"), (lex.TIME, "X"), (lex.AGO, "r"),
        (lex.AFTER, "R"), (lex.FROM, "F"), (lex.UNTIL, "I"), (lex.BETWEEN, "N"), (lex.IN, "S"), (lex.APPROX, "g"),
        (lex.MORE_OR_LESS, "µ"), (lex.CORRESPONDING, "&"), (lex.GREGORIAN_MARK, "Γ"), (lex.HIJRI_MARK, "O"),
        (ctx.ARTICLE, "l"), (lex.HIJRI_OWNERS, "z"), (lex.FEW, "φ"), (lex.HIJRI_SECOND, "χ"),
        (lex.GONE, "π"), (lex.HALF, "½"), (lex.QUARTER, "¼"), (lex.OF_IT, "ϖ"), (lex.NEW, "ν"), (lex.ABOUT, "κ"),
    ):  # fmt: skip
        add(words, code)
    # A proclitic before digits stands alone: «و11», «بـ 22».
    found.update({letter: Word(code) for letter, code in _PREFIX_CODE.items() if code != ";"})
    return list(found.items())


def tokenize(folded: Folded, original: str) -> Tokens:
    """Give the tokens of a folded text and their class string; linear, never raising.

    `original` is asked only where folding loses a distinction: آب (August) against أب (father) and إب (a city).
    """
    table = vocabulary()
    items: list[Token] = []
    add = items.append
    for match in _TOKEN.finditer(folded.text):
        text = match.group()
        entry = table.get(text)
        start, end = match.span()
        if entry is None:
            first = text[0]
            if "0" <= first <= "9":
                add(Token(start, end, text, _number(text)))
            elif first == "\n":
                add(Token(start, end, text, _NEWLINE))
            elif end - start == 1 and first in _MARKS:
                add(Token(start, end, text, _MARKS[first]))
            else:
                add(Token(start, end, text, _article_number(text)))
            continue
        clitics, word = entry
        if word.code == "m" and text.endswith(ctx.AUGUST_FOLDED):
            word = _check_august(word, original[folded.original(end - 2)], clitics)
            clitics = clitics if word is not _OTHER else ()
        for clitic in clitics:
            # «للشهر» can't be cut before its article: the preposition and the word overlap there.
            add(Token(start, start + 1, clitic, _CLITICS[clitic]))
            start += 1
        add(Token(start, end, folded.text[start:end], word))
    return Tokens(items, "".join([item.word.code for item in items]), folded, original)


_NEWLINE = Word("|")
_MARKS = {mark: Word(code) for mark, code in _PUNCTUATION.items()}
_CLITICS = {clitic: Word(code) for clitic, code in _PREFIX_CODE.items()}


def _article_number(text: str) -> Word:
    return Word(";") if not text[0].isalnum() else _OTHER


def _check_august(word: Word, letter: str, clitics: tuple[str, ...]) -> Word:
    if letter == ctx.AUGUST_LETTER:
        return Word("M", word.number)
    # Without its madda «باب» is a door and «كاب» a cap.
    return word if letter == ctx.BARE_ALEF and set(clitics) <= {ctx.AND_LETTER} else _OTHER


def _number(text: str) -> Word:
    """Classify a number: d day, 4 year-like, n other, D day/month/year, f two numbers."""
    if text.isdigit():
        if len(text) > 4:
            return Word("n")
        value = int(text)
        if len(text) == 4:
            return Word("4", value) if 1000 <= value <= 2199 else Word("n", value)
        return Word("d", value) if 1 <= value <= 31 and len(text) < 3 else Word("n", value)
    if len(text) <= 10:
        if full := _FULL.fullmatch(text):
            return Word("D", note=f"{full[1]} {full[3]} {full[4]} {full[2]}")
        if two := _TWO.fullmatch(text):
            return Word("f", note=f"{two[1]} {two[3]} {two[2]}")
    return Word("n", -1)

"""The Arabic full-text index: folded and lightly stemmed words in, the original text shown and marked.

`articles_fts` is an external-content FTS5 table; `articles_exact` is its twin with folded words that are not stemmed,
for readers who want one form and no other. What is put in has exactly as many words, at the same places, as the
original has for FTS5, so that FTS5's own `highlight()` and `snippet()` mark the original spelling: «التحالف» finds and
marks «للتّحالُف». Queries go through the same two functions, so that what is indexed and what is asked always agree.
Such an index must never be filled with FTS5's 'rebuild' command, which would read the unfolded originals: use `rebuild`.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipelines import arabic, stemming
from pipelines.arabic import fold_text
from pipelines.lexicon import affixes
from pipelines.stemming import stem

TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
_EMPTY_WORD = (
    "\U000f0000"  # keeps the place of a word of which folding leaves nothing, such as a lone tatweel
)
_TABLES = ("articles_fts", "articles_exact")
_PHRASE = re.compile(r'"([^"]*)"|([^"\s]+)')
_NOTHING = '""'
_QUOTES = str.maketrans("«»“”„‟″", '"""""""')


def index_article(connection: sqlite3.Connection, rowid: int, title: str, text: str) -> None:
    """Put an article's words into the index; `rowid` is that of its row in `articles`.

    An article that is already there must be taken out first, with its old words. No commit: that is the caller's.
    """
    for table, titled, worded in zip(_TABLES, indexed(title), indexed(text), strict=True):
        connection.execute(
            f"insert into {table}(rowid, title, text) values (?, ?, ?)",  # noqa: S608
            (rowid, titled, worded),
        )


def unindex_article(connection: sqlite3.Connection, rowid: int, old_title: str, old_text: str) -> None:
    """Take an article's words out of the index; the title and text must be those it was indexed with."""
    for table, titled, worded in zip(_TABLES, indexed(old_title), indexed(old_text), strict=True):
        connection.execute(
            f"insert into {table}({table}, rowid, title, text) values ('delete', ?, ?, ?)",  # noqa: S608
            (rowid, titled, worded),
        )


def rebuild(connection: sqlite3.Connection) -> int:
    """Empty the index and fill it from `articles`; give the number of articles. No commit: that is the caller's."""
    for table in _TABLES:
        connection.execute(f"insert into {table}({table}) values ('delete-all')")  # noqa: S608
    count = 0
    for rowid, title, text in connection.execute("select rowid, title, text from articles"):
        index_article(connection, rowid, title, text)
        count += 1
    return count


@cache
def fingerprint() -> str:
    """Name the rules the index is made by: another fingerprint means that `rebuild` is due."""
    rules = (Path(__file__), Path(arabic.__file__), Path(stemming.__file__), Path(affixes.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in rules)).hexdigest()[:16]


def index_text(text: str) -> str:
    """Give the words of `text` as the index keeps them: folded, stemmed, as many as FTS5 sees in the original.

    >>> index_text("اجتماعات التّحالُف، للـتحالف")
    'اجتماع تحالف تحالف'
    """
    return indexed(text)[0]


def indexed(text: str) -> tuple[str, str]:
    """Give what each index keeps of `text`: stems for `articles_fts`, folded words for `articles_exact`."""
    folded = [fold_text(word) for word in _words(text)]
    return (
        " ".join(stem(word) or _EMPTY_WORD for word in folded),
        " ".join(word or _EMPTY_WORD for word in folded),
    )


def fold_query(q: str) -> str:
    """Turn what a reader typed into an FTS5 expression: every word must occur, "words in quotes" as a phrase.

    Any input gives a valid expression; operators are words like others. Without a single word it is one that finds
    nothing.

    >>> fold_query('للتحالف "وزراء الخارجية"')
    '"تحالف" "وزراء خارجي"'
    """
    return " ".join(f'"{" ".join(phrase.words)}"' for phrase in query_phrases(q)) or _NOTHING


class Phrase(NamedTuple):
    """Words of a query that must follow each other: as they are looked up, as they were typed, and if in quotes."""

    words: tuple[str, ...]
    typed: str
    quoted: bool


def query_phrases(q: str, exact: bool = False) -> list[Phrase]:
    """Cut a query into its phrases; each bare word is one. A quotation mark without a partner counts as none.

    `exact` leaves the words unstemmed, as `articles_exact` has them.

    >>> [phrase.words for phrase in query_phrases('للتحالف «وزراء الخارجية»')]
    [('تحالف',), ('وزراء', 'خارجي')]
    """
    typed = q.encode("utf-8", "ignore").decode().translate(_QUOTES)
    found = [
        Phrase(tuple(_query_words(quoted or bare, exact)), quoted or bare, bool(quoted))
        for quoted, bare in _PHRASE.findall(typed)
    ]
    return [phrase for phrase in found if phrase.words]


def _query_words(piece: str, exact: bool = False) -> list[str]:
    folded = (fold_text(word) for word in _words(piece))
    return [kept for word in folded if (kept := word if exact else stem(word))]


def _words(text: str) -> list[str]:
    separators = {ord(char): " " for char in set(text) if not _is_word_char(char)}
    return text.translate(separators).split()


@cache
def _is_word_char(char: str) -> bool:
    # FTS5 carries its own, older Unicode tables: it takes U+2066 and every character younger than Unicode 6.1 for a
    # letter. Asking it once for each character is the only way to count words exactly as it does.
    if char.isspace() or char == "\0":
        return False
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f'create virtual table t using fts5(x, tokenize="{TOKENIZER}")')
        connection.execute("create virtual table words using fts5vocab(t, 'instance')")
        connection.execute("insert into t values (?)", (f"x{char}x",))
        (count,) = connection.execute("select count(*) from words").fetchone()
    finally:
        connection.close()
    return bool(count == 1)

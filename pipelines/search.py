"""The Arabic full-text index: folded and lightly stemmed words in, the original text shown and marked.

`articles_fts` is an external-content FTS5 table. What is put in has exactly as many words, at the same places, as the
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

from pipelines import arabic, stemming
from pipelines.arabic import fold_text
from pipelines.lexicon import affixes
from pipelines.stemming import stem

TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
_EMPTY_WORD = (
    "\U000f0000"  # keeps the place of a word of which folding leaves nothing, such as a lone tatweel
)
_PHRASE = re.compile(r'"([^"]*)"|([^"\s]+)')
_NOTHING = '""'
_QUOTES = str.maketrans("«»“”„‟″", '"""""""')


def index_article(connection: sqlite3.Connection, rowid: int, title: str, text: str) -> None:
    """Put an article's words into the index; `rowid` is that of its row in `articles`.

    An article that is already there must be taken out first, with its old words. No commit: that is the caller's.
    """
    connection.execute(
        "insert into articles_fts(rowid, title, text) values (?, ?, ?)",
        (rowid, index_text(title), index_text(text)),
    )


def unindex_article(connection: sqlite3.Connection, rowid: int, old_title: str, old_text: str) -> None:
    """Take an article's words out of the index; the title and text must be those it was indexed with."""
    connection.execute(
        "insert into articles_fts(articles_fts, rowid, title, text) values ('delete', ?, ?, ?)",
        (rowid, index_text(old_title), index_text(old_text)),
    )


def rebuild(connection: sqlite3.Connection) -> int:
    """Empty the index and fill it from `articles`; give the number of articles. No commit: that is the caller's."""
    connection.execute("insert into articles_fts(articles_fts) values ('delete-all')")
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
    return " ".join(stem(fold_text(word)) or _EMPTY_WORD for word in _words(text))


def fold_query(q: str) -> str:
    """Turn what a reader typed into an FTS5 expression: every word must occur, "words in quotes" as a phrase.

    Any input gives a valid expression; operators are words like others. Without a single word it is one that finds
    nothing.

    >>> fold_query('للتحالف "وزراء الخارجية"')
    '"تحالف" "وزراء خارجي"'
    """
    typed = q.encode("utf-8", "ignore").decode().translate(_QUOTES)
    phrases = (_query_words(quoted or bare) for quoted, bare in _PHRASE.findall(typed))
    return " ".join(f'"{" ".join(words)}"' for words in phrases if words) or _NOTHING


def query_terms(q: str) -> list[str]:
    """Give the words that are looked up for `q`, for the line "searched as"."""
    return _query_words(q.encode("utf-8", "ignore").decode())


def _query_words(piece: str) -> list[str]:
    return [stemmed for word in _words(piece) if (stemmed := stem(fold_text(word)))]


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

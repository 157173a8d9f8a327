"""Which words of an archive may not be in a copy of excerpts, and which words a copy holds, whatever file they are in.

Written without the code it judges: a sentence is public when it is a text's first or when a date or a meeting stands
in it. Four words in a row are what is looked for: fewer may recur, more may be cut by a page of the database.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.arabic import sentences

RUN = 4
_DICTIONARY = Path(__file__).parent.parent / "pipelines" / "columns.yml"
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
# Where one cell of a file ends and the next begins; a digit or a Latin letter ends a run in all texts alike.
_EDGE = re.compile(r"""[A-Za-z0-9\x00-\x1f]+|"[,:]+\s*"?|',\s*'|,"|",""")


def runs(text: str) -> set[str]:
    """Give every four Arabic words in a row; marks between words don't count."""
    found = set()
    for piece in _EDGE.split(text):
        words = _WORD.findall(piece)
        found |= {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


def split_words(archive: Path) -> tuple[set[str], set[str]]:
    """Give the runs of words of an archive that may be public, and those that may not."""
    public: set[str] = set()
    private: set[str] = set()
    with closing(sqlite3.connect(archive)) as connection:
        for article, title, text, extracted in connection.execute(
            "select id, title, text, extracted from articles"
        ):
            places = connection.execute(
                "select start_char, end_char from dates where article = ?1 and start_char < end_char union all"
                " select start_char, end_char from mentions where article = ?1 and start_char < end_char",
                (article,),
            ).fetchall()
            elsewhere = connection.execute("select also_at from mentions where article = ?", (article,))
            places += [tuple(map(int, span.split("-"))) for (also,) in elsewhere for span in also.split()]
            public |= runs(title)
            for n, (start, end) in enumerate(sentences(text)):
                tagged = any(a < end and b > start for a, b in places)
                (public if n == 0 or tagged else private).update(runs(text[start:end]))
            private |= {run for line in extracted.split("\n") for run in runs(line)} - runs(text)
        for (words,) in connection.execute(
            "select sentence from mentions union all select text from evidence union all select name_ar from known_meetings"
            " union all select title from meetings"
        ):
            public |= runs(words or "")
        for (text,) in connection.execute(
            "select v.text from versions v join articles a on a.id = v.article where v.text <> a.text"
        ):
            for start, end in sentences(text):
                private |= runs(text[start:end])
    # The data dictionary, which heads every workbook, quotes the sample press for its examples.
    public |= runs(_DICTIONARY.read_text(encoding="utf-8"))
    return public, private - public


def words_in(path: Path) -> set[str]:
    """Give the runs of words that a file holds, unpacked where it is packed."""
    return {run for text in _texts(path) for run in runs(text)}


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        for column in pq.read_table(path).to_pydict().values():
            yield from (value for value in column if isinstance(value, str))
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                yield from re.split(r"<[^>]*>", book.read(name).decode("utf-8", "ignore"))
    else:
        yield path.read_bytes().decode("utf-8", "ignore")

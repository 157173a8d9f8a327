"""Score the search on the queries of queries.jsonl, beside what FTS5 does by itself, on the whole miniature press.

    python -m tests.gold.score_search [--misses]

A query names the articles that whoever asks it wants: those that tell of it or mention it, annotated by reading all 67
articles before any search was run. Recall is the share of them among the first 20 found; precision is their share among
the first 10 found (of fewer, where fewer are found; a query that finds nothing has none). Both are means over queries.
The rival indexes the same titles and texts with FTS5's own unicode61 and asks for the same words, all of them.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from pipelines.find import Search
from pipelines.schema import migrate
from pipelines.search import index_article
from tests.press.loader import load_press

GOLD = Path(__file__).with_name("queries.jsonl")
RECALL_AT, PRECISION_AT = 20, 10
Finder = Callable[[str], list[str]]


def finders() -> tuple[Finder, Finder]:
    """Give the site's search and the plain one, both on an archive in memory that holds the press."""
    archive = sqlite3.connect(":memory:")
    migrate(archive)
    archive.execute("create virtual table plain using fts5(title, text)")
    names: dict[int, str] = {}
    for outlet, articles in load_press().items():
        archive.execute(
            "insert into outlets (id, name_ar, name_en) values (?, ?, ?)", (outlet, outlet, outlet)
        )
        for article in articles:
            rowid = len(names) + 1
            names[rowid] = f"{outlet}/{article.slug}"
            text = "\n".join(filter(None, (article.lead, *article.blocks)))
            _put(archive, rowid, names[rowid], outlet, article.title, text)

    def ours(q: str) -> list[str]:
        sql, values = Search.asked({"q": q}).page(RECALL_AT)
        return [names[row[0]] for row in archive.execute(sql, values)]

    def plain(q: str) -> list[str]:
        match = " ".join(f'"{word}"' for word in q.replace('"', " ").translate({171: " ", 187: " "}).split())
        sql = f"select rowid from plain where plain match ? order by bm25(plain, 6.0, 1.0) limit {RECALL_AT}"
        return [names[row[0]] for row in archive.execute(sql, (match,))]

    return ours, plain


def _put(archive: sqlite3.Connection, rowid: int, name: str, outlet: str, title: str, text: str) -> None:
    archive.execute(
        "insert into articles (rowid, id, outlet, url, title, label, text, extracted, language, relevance,"
        " relevance_score, characters) values (?, ?, ?, ?, ?, ?, ?, '', 'ar', 'main', 1, 1)",
        (rowid, name, outlet, name, title, title, text),
    )
    index_article(archive, rowid, title, text)
    archive.execute("insert into plain(rowid, title, text) values (?, ?, ?)", (rowid, title, text))


def score(queries: Iterable[tuple[str, set[str]]], find: Finder) -> tuple[float, float]:
    """Give mean recall at 20 and mean precision at 10."""
    recalls, precisions = [], []
    for q, expected in queries:
        found = find(q)
        first = found[:PRECISION_AT]
        recalls.append(len(expected & set(found[:RECALL_AT])) / len(expected))
        precisions.append(len(expected & set(first)) / len(first) if first else 0.0)
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions)


def read_queries(path: Path = GOLD) -> list[tuple[str, set[str]]]:
    """Read the queries with the articles expected for each."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(record["q"], set(record["expect"])) for record in records]


def main(arguments: list[str]) -> int:
    """Print the figures of both, and what ours misses or finds besides when asked."""
    queries = read_queries()
    ours, plain = finders()
    print(f"search, {GOLD.name}, {len(queries)} queries on 67 articles")
    for name, find in (("ours", ours), ("plain unicode61", plain)):
        recall, precision = score(queries, find)
        print(f"  {name:<16} recall@{RECALL_AT} {recall:.3f}  precision@{PRECISION_AT} {precision:.3f}")
    if "--misses" in arguments:
        for q, expected in queries:
            found = ours(q)
            missed, besides = expected - set(found), [one for one in found[:10] if one not in expected]
            if missed or besides:
                print(f"  {q}: missed {sorted(missed)}, besides {besides}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

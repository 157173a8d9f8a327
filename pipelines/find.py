"""What a reader asks of the search, and the SQL that answers it: for the page, its files and feed, and the gold score.

A search is one value that an address says completely. Words are looked for in every form (`articles_fts`), in the form
typed (`articles_exact`), or in titles alone; other names of the same thing are looked for as well, unless switched off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Literal
from urllib.parse import urlencode

from pipelines.lexicon.places import CITIES
from pipelines.lexicon.searching import MONTHS, NAMES, SYNONYMS
from pipelines.search import query_phrases

LONGEST = 400  # characters of a query
MODES = ("all", "exact", "title")
SORTS = ("relevance", "date", "oldest")
_TITLE_WEIGHT = 6.0  # a word in the title says more about an article than one in its text
_YEAR = re.compile(r"[12]\d{3}")
_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])")
_Words = tuple[str, ...]

# Articles are long rows: they are looked at only when a filter or a date asks for it, and then by an index of its own.
_FILTERS = {
    "outlet": "select rowid from articles where outlet = :outlet",
    "year": "select rowid from articles where published_day >= :year and published_day < :year_end",
    "month": "select rowid from articles where published_day >= :month and published_day < :month_end",
    "meeting": "select a.rowid from mentions m join articles a on a.id = m.article where m.meeting = :meeting",
    "place": "select a.rowid from mentions m join articles a on a.id = m.article where m.city = :place",
    "level": "select a.rowid from mentions m join articles a on a.id = m.article where m.level = :level",
}


@dataclass(frozen=True, slots=True)
class Search:
    """A question: the words as typed, how they are looked for, and what narrows and orders the answer."""

    q: str = ""
    mode: Literal["all", "exact", "title"] = "all"
    outlet: str = ""
    year: str = ""
    month: str = ""
    meeting: str = ""
    place: str = ""
    level: str = ""
    sort: Literal["relevance", "date", "oldest"] = "relevance"
    others: bool = True  # look for other names of the same thing, too

    @classmethod
    def asked(cls, arguments: Mapping[str, str]) -> Search:
        """Read a search from an address's arguments; what makes no sense is taken as not said."""
        said = {name: " ".join(arguments.get(name, "").replace("\0", " ").split()) for name in arguments}
        year, month = said.get("year", ""), said.get("month", "")
        return cls(
            q=said.get("q", "")[:LONGEST],
            mode=said["mode"] if said.get("mode") in MODES else "all",  # type: ignore[arg-type]
            outlet=said.get("outlet", ""),
            year=year if _YEAR.fullmatch(year) else "",
            month=month if _MONTH.fullmatch(month) else "",
            meeting=said.get("meeting", ""),
            place=said.get("place", ""),
            level=said.get("level", ""),
            sort=said["sort"] if said.get("sort") in SORTS else "relevance",  # type: ignore[arg-type]
            others=said.get("others") != "no",
        )

    def address(self, **change: object) -> str:
        """Give the query string of this search, or of it with `change`; what is usual is left out.

        >>> Search("داعش", outlet="rukn").address(outlet="", sort="date")
        'q=%D8%AF%D8%A7%D8%B9%D8%B4&sort=date'
        """
        values = asdict(replace(self, **change))  # type: ignore[arg-type]
        usual = asdict(Search())
        kept = {name: value for name, value in values.items() if value != usual[name]}
        if "others" in kept:
            kept["others"] = "no"
        return urlencode(kept)

    @property
    def table(self) -> str:
        """Name the index that is asked."""
        return "articles_exact" if self.mode == "exact" else "articles_fts"

    @property
    def narrowed(self) -> bool:
        """Tell whether a filter is set."""
        return any(getattr(self, name) for name in _FILTERS)

    def groups(self) -> list[list[_Words]]:
        """Give what must occur: for each part of the query the phrases of which one is enough, the typed one first."""
        exact = self.mode == "exact"
        phrases = query_phrases(self.q, exact)
        if exact or not self.others:
            return [[tuple(words)] for words, _ in phrases]
        return _grouped(phrases)

    def match(self) -> str:
        """Give the FTS5 expression; one that finds nothing when there is no word in the query."""
        parts = (" OR ".join(f'"{" ".join(words)}"' for words in group) for group in self.groups())
        expression = " AND ".join(f"({part})" for part in parts)
        return (f"title : ({expression})" if self.mode == "title" else expression) if expression else '""'

    def found(self) -> tuple[str, dict[str, str]]:
        """Give "from … where …" of the rowids found, and its values."""
        values = {
            "match": self.match(), "outlet": self.outlet, "year": self.year, "year_end": str(int(self.year or 0) + 1),
            "month": self.month, "month_end": self.month + "-99", "meeting": self.meeting, "place": self.place,
            "level": self.level,
        }  # fmt: skip
        # The + keeps SQLite from asking the index once for each row of the filter.
        filters = [f" and +rowid in ({sql})" for name, sql in _FILTERS.items() if getattr(self, name)]
        return f"from {self.table} where {self.table} match :match" + "".join(filters), values

    def order(self) -> str:
        """Give the terms of "order by"."""
        day = f"(select published_day from articles where articles.rowid = {self.table}.rowid)"
        return {
            "relevance": f"bm25({self.table}, {_TITLE_WEIGHT}, 1.0), rowid",
            "date": f"{day} desc, rowid",
            "oldest": f"{day} is null, {day}, rowid",
        }[self.sort]

    def page(self, limit: int, offset: int = 0) -> tuple[str, dict[str, object]]:
        """Give the query for one page's rowids, in order."""
        found, values = self.found()
        sql = f"select rowid {found} order by {self.order()} limit :limit offset :offset"
        return sql, {**values, "limit": limit, "offset": offset}


def _grouped(phrases: list[tuple[list[str], bool]]) -> list[list[_Words]]:
    """Join bare words that together are a known way of saying something, and add its other ways."""
    groups: list[list[_Words]] = []
    at = 0
    while at < len(phrases):
        words, quoted = phrases[at]
        if quoted or len(words) != 1:
            groups.append([tuple(words)])
            at += 1
            continue
        run = [
            one[0] for one, in_quotes in phrases[at : at + _longest_way()] if not in_quotes and len(one) == 1
        ]
        ways = _ways()
        size = next((n for n in range(len(run), 0, -1) if tuple(run[:n]) in ways), 0)
        typed = tuple(run[: size or 1])
        groups.append([typed, *(way for way in ways.get(typed, ()) if way != typed)])
        at += size or 1
    return groups


@cache
def _ways() -> dict[_Words, tuple[_Words, ...]]:
    """Give for each way of saying something, stemmed, all of them."""
    cities = ("|".join(city.names_ar) for city in CITIES if len(city.names_ar) > 1)
    ways: dict[_Words, tuple[_Words, ...]] = {}
    for line in (*SYNONYMS, *MONTHS, *NAMES, *cities):
        one = [tuple(word for words, _ in query_phrases(way) for word in words) for way in line.split("|")]
        distinct = tuple(dict.fromkeys(one))
        ways.update({way: distinct for way in distinct if way not in ways and len(distinct) > 1})
    return ways


@cache
def _longest_way() -> int:
    return max(map(len, _ways()))

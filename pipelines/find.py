"""What a reader asks of the search, and the SQL that answers it: for the page, its files and feed, and the gold score.

A search is one value that an address says completely. Words are looked for in every form (`articles_fts`), in the form
typed (`articles_exact`), or in titles alone; other names of the same thing are looked for as well, unless switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from pipelines.lexicon.places import CITIES
from pipelines.lexicon.searching import MONTHS, NAMES, PREPOSITIONS, SYNONYMS
from pipelines.search import Phrase, query_phrases

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


class Way(NamedTuple):
    """One way of saying something: as it is written, and as it is looked up."""

    written: str
    words: _Words


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase that must occur, or one of its other names; `attached`: also with a preposition before it."""

    typed: str
    words: _Words
    others: tuple[Way, ...] = ()
    attached: bool = False

    def match(self) -> str:
        """Give the FTS5 expression of this part.

        The stemmer leaves «بـ» and «لـ» alone, for too many words begin with them; asking for both forms finds «بمراكش»
        for «مراكش» without taking a letter from «بيان».
        """
        ways = [" ".join(words) for words in (self.words, *(way.words for way in self.others))]
        if self.attached:
            ways += [
                f"{letter}{way}"
                for letter in PREPOSITIONS
                for way in ways
                if way[:1].isalpha() and len(way) > 2
            ]
        return " OR ".join(f'"{way}"' for way in ways)


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

    def parts(self) -> list[Part]:
        """Give what must occur, one part of the query after the other."""
        phrases = query_phrases(self.q, self.mode == "exact")
        if self.mode == "exact":
            return [Part(phrase.typed, phrase.words) for phrase in phrases]
        return list(_parts(phrases, others=self.others))

    def match(self) -> str:
        """Give the FTS5 expression; one that finds nothing when there is no word in the query."""
        expression = " AND ".join(f"({part.match()})" for part in self.parts())
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
        day = f"(select published_day from articles where articles.rowid = {self.table}.rowid)"  # noqa: S608
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


def _parts(phrases: list[Phrase], *, others: bool) -> Iterator[Part]:
    """Join bare words that together are a known way of saying something, and add its other ways."""
    known = _ways() if others else {}
    at = 0
    while at < len(phrases):
        if not _is_bare(phrases[at]):
            yield Part(phrases[at].typed, phrases[at].words)
            at += 1
            continue
        run = list(takewhile(_is_bare, phrases[at : at + _longest_way()]))
        size = next((n for n in range(len(run), 0, -1) if _joined(run[:n]) in known), 1)
        words = _joined(run[:size])
        ways = tuple(way for way in known.get(words, ()) if way.words != words)
        yield Part(" ".join(phrase.typed for phrase in run[:size]), words, ways, attached=True)
        at += size


def _is_bare(phrase: Phrase) -> bool:
    return not phrase.quoted and len(phrase.words) == 1


def _joined(phrases: list[Phrase]) -> _Words:
    return tuple(word for phrase in phrases for word in phrase.words)


@cache
def _ways() -> dict[_Words, tuple[Way, ...]]:
    """Give for each way of saying something, as it is looked up, all of them."""
    cities = ("|".join(city.names_ar) for city in CITIES if len(city.names_ar) > 1)
    ways: dict[_Words, tuple[Way, ...]] = {}
    for line in (*SYNONYMS, *MONTHS, *NAMES, *cities):
        one = {_joined(query_phrases(written)): written for written in line.split("|")}
        distinct = tuple(Way(one[way], way) for way in one if not any(_within(other, way) for other in one))
        if len(distinct) > 1:
            ways.update({way.words: distinct for way in distinct if way.words not in ways})
    return ways


@cache
def _longest_way() -> int:
    return max(map(len, _ways()))


def _within(part: _Words, whole: _Words) -> bool:
    return part != whole and any(whole[n : n + len(part)] == part for n in range(len(whole)))

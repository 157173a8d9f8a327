"""What may be public: every table and column of the archive, decided once, here.

A public copy is filled from this list alone. What isn't named here stays home, and a test compares the list with the
schema, so that a new column is never public by accident.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Texts = Literal["excerpts", "full"]
INDEXES = ("articles_fts", "articles_exact")  # made anew from what is public


@dataclass(frozen=True, slots=True)
class Columns:
    """What of one table goes out: names of columns, set apart by spaces."""

    public: str = ""  # as it is, in every copy
    full: str = ""  # the publishers' words: only in a copy of full texts
    excerpt: str = ""  # whole in a copy of full texts, else cut to what may be quoted
    place: str = ""  # start and end in the article's text: moved along with it
    withheld: str = ""  # in no copy
    where: str = "1"  # which rows go out

    def named(self) -> set[str]:
        """Give every column that is decided."""
        return set(f"{self.public} {self.full} {self.excerpt} {self.place} {self.withheld}".split())

    @property
    def is_private(self) -> bool:
        """Say whether no row of the table goes out."""
        return not self.public


PUBLIC: dict[str, Columns] = {
    "archive": Columns(public="key value", where="key in ('kind', 'index')"),
    "outlets": Columns(
        public="id name_ar name_en home country timezone affiliation crawl crawl_reason mirror_of sample declared"
    ),
    # That an outlet was collected, and with what success, is public: a silence means nothing without it. The reason
    # may hold an error's message, and with it a path of this machine.
    "crawls": Columns(
        public="id outlet started finished status found fetched unchanged failed pages titled dated with_text length"
        " arabic newest overlap",
        withheld="reason every full_polls next_due",
    ),
    # Provenance is public: when, the hash, and which record to ask the newsroom for. Names of saved files are not.
    "captures": Columns(
        public="id url outlet fetched sha256 warc offset length status content_type archived",
        withheld="found_by",
    ),
    "articles": Columns(
        public="id outlet url title label author dateline dateline_city agency published published_day year month"
        " published_source language relevance relevance_score characters capture story",
        full="extracted",
        excerpt="text",
    ),
    "versions": Columns(public="article n seen title sha256 capture", full="text"),
    "removals": Columns(public="article field start_char end_char reason", full="text replacement"),
    "evidence": Columns(public="article field text side reason", place="start_char end_char"),
    "published_candidates": Columns(public="article n source raw value zone chosen"),
    "dates": Columns(
        public="id article text value first last grain rule anchor modifier needs_review",
        place="start_char end_char",
    ),
    "mentions": Columns(
        public="id article meeting text sentence first last grain date_text city country level status member_count"
        " participants host known link link_reason confidence needs_review",
        place="start_char end_char also_at",
    ),
    "known_meetings": Columns(
        public="id reference_id first last precision city country level host member_count participants name_en"
        " name_ar status confidence sources"
    ),
    "meetings": Columns(
        public="id title first last city country level status member_count participants host known claims articles"
        " outlets first_report"
    ),
    "disagreements": Columns(public="id meeting field value outlets sentences"),
    "stories": Columns(public="id first_article articles"),
    "story_members": Columns(
        public="story n article published version of_version jaccard containment", full="added dropped"
    ),
    "actors": Columns(public="id kind name_en name_ar role wikidata source"),
    "article_actors": Columns(public="article actor field mentions text", place="first_start first_end"),
    "coverage": Columns(
        public="meeting outlet state reach first_report first_day last_report last_day before on_day after undecided"
    ),
    "coverage_months": Columns(public="outlet month state reach articles main"),
    "_sqlite_migrations": Columns(public="id migration_set name", withheld="applied_at"),
    # The crawler's own: addresses it was given, what it still owes, what went wrong on this machine.
    "sources": Columns(
        withheld="url outlet kind etag last_modified fetched http_status items new_items error next_page named"
        " known_before leads_to"
    ),
    "urls": Columns(
        withheld="url outlet found_by state attempts etag last_modified lastmod http_status verdict reason title length"
        " first_seen fetched next_due archived published changed"
    ),
    "hosts": Columns(withheld="hostname outlet silences since until reason"),
    "url_hints": Columns(withheld="url source raw"),
    "failures": Columns(withheld="url stage error seen outlet"),
}


def tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Give every table of an archive with its columns; the search indexes and SQLite's own are left out."""
    listed = connection.execute(
        "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')"
        " and name not like 'sqlite!_%' escape '!' order by name"
    ).fetchall()
    for name in (name for (name,) in listed if name not in INDEXES):
        yield name, [row[1] for row in connection.execute(f'pragma table_info("{name}")')]


def undecided(connection: sqlite3.Connection) -> list[str]:
    """Name each table, or column as `table.column`, of an archive about which nothing is decided here."""
    found: list[str] = []
    for table, columns in tables(connection):
        if table not in PUBLIC:
            found.append(table)
        else:
            found += [f"{table}.{name}" for name in columns if name not in PUBLIC[table].named()]
    return found

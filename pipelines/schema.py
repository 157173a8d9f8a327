"""The archive's tables, as migrations that sqlite-utils applies once each, in order.

A migration that has landed is never edited: a change is a new one below it. Times are ISO 8601 in UTC, days are ISO
dates in the outlet's own calendar, offsets are code points.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipelines.first_tables import FIRST_TABLES

migrations = Migrations("tahaluf")


@migrations()
def m001_first_tables(db: Database) -> None:
    """Make every table of the first release."""
    for statement in FIRST_TABLES:
        db.execute(statement)


@migrations()
def m002_lineage_of_stories(db: Database) -> None:
    """Make the table that says what each article of a story made of its first text."""
    db.execute("""create table story_members (
      story text not null references stories(id), n integer not null, article text not null unique references articles(id),
      published text, version integer, of_version integer, jaccard real, containment real, added text, dropped text,
      primary key (story, n)
    )""")
    db.execute("create index articles_by_story on articles(story)")


_ACTORS_AND_COVERAGE = (
    """create table actors (
      id text primary key, kind text not null check (kind in ('person','body','state')), name_en text not null,
      name_ar text not null, role text, wikidata text, source text
    )""",
    """create table article_actors (
      article text not null references articles(id), actor text not null references actors(id),
      field text not null check (field in ('text','title')), mentions integer not null, first_start integer not null,
      first_end integer not null, text text not null, primary key (article, actor)
    )""",
    "create index article_actors_by_actor on article_actors(actor)",
    """create table coverage (
      meeting text not null references known_meetings(id), outlet text not null references outlets(id),
      state text not null check (state in ('reported','silent','not_crawled')), reach text not null,
      first_report text references articles(id), first_day text, last_report text references articles(id),
      last_day text, before integer not null, on_day integer not null, after integer not null,
      undecided integer not null, primary key (meeting, outlet)
    )""",
    "create index coverage_by_outlet on coverage(outlet)",
)


@migrations()
def m003_actors_and_coverage(db: Database) -> None:
    """Make the tables of who is named in an article, and of which outlet reported which known meeting."""
    for statement in _ACTORS_AND_COVERAGE:
        db.execute(statement)


@migrations()
def m004_coverage_by_month(db: Database) -> None:
    """Make the table of how many articles each outlet has in each month, and whether an empty month is a silence."""
    db.execute("""create table coverage_months (
      outlet text not null references outlets(id), month text not null,
      state text not null check (state in ('published','silent','not_crawled')), reach text not null,
      articles integer not null, main integer not null, primary key (outlet, month)
    )""")
    db.execute("create index coverage_months_by_month on coverage_months(month)")


@migrations()
def m005_days_of_articles_and_dates(db: Database) -> None:
    """Let the pages of days, outlets, changes and doubts read from indexes: the rows of articles and versions are long."""
    db.execute("create index articles_by_day_and_relevance on articles(published_day, relevance, outlet)")
    db.execute("create index articles_by_outlet_and_relevance on articles(outlet, relevance, published_day)")
    db.execute("create index versions_by_seen on versions(seen, article, n)")
    db.execute("create index dates_to_review on dates(article) where needs_review is not null")
    db.execute("create index urls_that_are_gone on urls(fetched) where state = 'gone'")
    db.execute("create index dates_by_day_and_article on dates(first, last, grain, article)")


@migrations()
def m006_index_of_exact_words(db: Database) -> None:
    """Make the twin of the search index whose words are folded and not stemmed; `open_archive` fills it.

    Its content= stands without quotes, so that Datasette takes articles_fts for the index of `articles`, not this one.
    """
    db.execute("""create virtual table articles_exact using fts5(
      title, text, content=articles,
      tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
    )""")


# Named for people who write SQL, not for the code: nothing of the pipelines reads them.
_VIEWS = (
    """create view coverage_by_month as
    select month, outlet, count(*) as articles, sum(relevance = 'main') as about_coalition,
      sum(relevance = 'mention') as in_passing
    from articles where month is not null and relevance <> 'no' group by month, outlet order by month, outlet""",
    """create view articles_about_meetings as
    select a.published_day, a.outlet, a.id as article, a.label, a.url, m.id as meeting, m.title, m.first, m.last, m.city,
      m.level, count(*) as claims, cast(julianday(a.published_day) - julianday(m.first) as integer) as days_after
    from mentions c join articles a on a.id = c.article join meetings m on m.id = c.meeting
    group by a.id, m.id order by a.published_day, a.id, m.id""",
    """create view first_reports as
    select m.id as meeting, m.title, m.first, m.city, m.level, a.outlet, a.id as article, a.label, a.published_day,
      cast(julianday(m.first) - julianday(a.published_day) as integer) as days_before
    from meetings m join articles a on a.id = m.first_report order by m.first, m.id""",
    """create view meeting_timeline as
    select m.id as meeting, m.title, m.first, a.published_day, a.published, a.outlet, a.id as article, c.status,
      c.first as claimed_day, c.city, c.level, c.member_count, c.sentence
    from mentions c join meetings m on m.id = c.meeting join articles a on a.id = c.article
    order by m.first, m.id, a.published_day is null, a.published_day, a.published, a.id, c.start_char""",
)
# Articles are long rows: what questions count is read from an index, not past a text.
_INDEXES_FOR_QUESTIONS = (
    "create index articles_by_month on articles(month, outlet, relevance)",
    "create index articles_in_short on articles(id, outlet, published_day, published, relevance)",
    "create index evidence_by_side on evidence(side, text, article)",
    "create index mentions_by_count on mentions(member_count) where member_count is not null",
)


@migrations()
def m007_views_in_plain_words(db: Database) -> None:
    """Make the views that journalists query, and the indexes that keep the canned questions quick."""
    for statement in (*_VIEWS, *_INDEXES_FOR_QUESTIONS):
        db.execute(statement)


@migrations()
def m008_participants_of_meetings(db: Database) -> None:
    """Add the number of those who take part, beside that of the coalition's members, to claims and to meetings."""
    db.execute("alter table mentions add column participants integer")
    db.execute("alter table meetings add column participants integer")


@migrations()
def m009_web_archives(db: Database) -> None:
    """Note which copy of a web archive a page is read from, and where a list read over several runs goes on."""
    db.execute("alter table urls add column archived text")
    db.execute("alter table captures add column archived text")
    db.execute("alter table sources add column next_page text")


@migrations()
def m010_revisits(db: Database) -> None:
    """Keep beside each address what decides when it is looked at again: when its article came out, and last changed."""
    db.execute("alter table urls add column published text")
    db.execute("alter table urls add column changed text")
    db.execute("update urls set published = (select published from articles where articles.url = urls.url)")
    db.execute("""update urls set changed = (
      select max(v.seen) from versions v join articles a on a.id = v.article where a.url = urls.url and v.n > 1
    )""")


_JUDGED_RUNS = (
    "alter table crawls add column pages integer",  # read in full, which the shares behind it are of
    "alter table crawls add column titled real",
    "alter table crawls add column dated real",
    "alter table crawls add column with_text real",
    "alter table crawls add column length integer",
    "alter table crawls add column arabic real",
    "alter table crawls add column newest text",
    "alter table crawls add column overlap real",
    "alter table crawls add column every integer",  # seconds
    "alter table crawls add column full_polls integer",
    "alter table crawls add column next_due text",
    "alter table sources add column named integer",  # articles of the outlet's own
    "alter table sources add column known_before integer",  # those of them that were known before the run
)


@migrations()
def m011_judged_runs(db: Database) -> None:
    """Keep with each run what its pages looked like, how much its feeds showed was known, and when it is due again."""
    for statement in _JUDGED_RUNS:
        db.execute(statement)


@migrations()
def m012_hosts(db: Database) -> None:
    """Make the table of the hosts that are left alone for a while: they do not answer, or asked us to wait."""
    db.execute("""create table hosts (
      hostname text primary key, outlet text not null references outlets(id), silences integer not null,
      since text not null, until text, reason text not null
    )""")


@migrations()
def m013_what_sources_lead_to(db: Database) -> None:
    """Keep the sitemaps and the next page that a source leads to, so that it may answer that it is unchanged."""
    db.execute("alter table sources add column leads_to text")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the migrations that `connection`'s archive has not seen yet; nothing happens when there are none."""
    migrations.apply(Database(connection))


def unknown_migrations(connection: sqlite3.Connection) -> list[str]:
    """Name the migrations of `connection`'s archive that this version does not know: it was made by a newer one."""
    ours = {m.name for m in migrations._migrations}
    return [m.name for m in migrations.applied(Database(connection)) if m.name not in ours]


def is_behind(connection: sqlite3.Connection) -> bool:
    """Tell whether `connection`'s archive lacks a migration of this version; it may be open for reading only.

    A published copy keeps no record of migrations, and has none to make up for.
    """
    table = connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone()
    if table is None:
        return False
    applied = {row[0] for row in connection.execute("select name from _sqlite_migrations")}
    return any(migration.name not in applied for migration in migrations._migrations)

"""The tables of the first release, as they landed: never edited, for schema.py changes them by migrations."""

from __future__ import annotations

# unicode61 splits words at Arabic diacritics unless Mn counts as a letter, and Datasette finds the index only when
# content= stands in double quotes. What is indexed is the folded text; what is shown is the original (search.py).
_FTS = """
create virtual table articles_fts using fts5(
  title, text, content="articles",
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
)
"""

FIRST_TABLES = (
    "create table archive (key text primary key, value text not null)",
    """create table outlets (
      id text primary key, name_ar text not null, name_en text not null, home text, country text, timezone text,
      affiliation text, crawl integer not null default 1, crawl_reason text, mirror_of text,
      sample integer not null default 0, declared integer not null default 1
    )""",
    """create table crawls (
      id integer primary key, outlet text not null references outlets(id), started text not null, finished text,
      status text not null, found integer not null default 0, fetched integer not null default 0,
      unchanged integer not null default 0, failed integer not null default 0, reason text
    )""",
    """create table sources (
      url text primary key, outlet text not null references outlets(id), kind text not null, etag text,
      last_modified text, fetched text, http_status integer, items integer not null default 0,
      new_items integer not null default 0, error text
    )""",
    """create table urls (
      url text primary key, outlet text not null references outlets(id), found_by text,
      state text not null check (state in ('new','in_flight','done','failed','gone','blocked','skipped')),
      attempts integer not null default 0, etag text, last_modified text, lastmod text, http_status integer, verdict text, reason text, title text, length integer,
      first_seen text not null, fetched text, next_due text
    )""",
    "create index urls_by_outlet on urls(outlet, state)",
    """create table url_hints (
      url text not null references urls(url), source text not null, raw text not null, primary key (url, source, raw)
    )""",
    """create table captures (
      id text primary key, url text not null, outlet text not null references outlets(id), fetched text not null,
      sha256 text not null, found_by text, warc text not null, "offset" integer not null, length integer not null,
      status integer not null, content_type text
    )""",
    "create index captures_by_url on captures(url, fetched)",
    """create table stories (
      id text primary key, first_article text not null references articles(id), articles integer not null
    )""",
    """create table articles (
      id text primary key, outlet text not null references outlets(id), url text not null unique,
      title text not null, label text not null, text text not null, extracted text not null, author text, dateline text,
      dateline_city text, agency text, published text, published_day text, year integer, month text,
      published_source text, language text not null,
      relevance text not null check (relevance in ('main','mention','no')), relevance_score real not null,
      characters integer not null, capture text references captures(id), story text references stories(id)
    )""",
    "create index articles_by_day on articles(published_day)",
    "create index articles_by_outlet on articles(outlet, published_day)",
    """create table versions (
      article text not null references articles(id), n integer not null, seen text not null, title text not null,
      text text not null, sha256 text not null, capture text references captures(id),
      primary key (article, n)
    )""",
    """create table removals (
      article text not null references articles(id), field text not null check (field in ('text','title')),
      start_char integer not null, end_char integer not null, text text not null, replacement text not null,
      reason text not null, primary key (article, field, start_char, end_char)
    )""",
    """create table evidence (
      article text not null references articles(id), field text not null check (field in ('text','title')),
      start_char integer not null, end_char integer not null, text text not null,
      side text not null check (side in ('for','against')), reason text not null,
      primary key (article, field, start_char, end_char, reason)
    )""",
    """create table published_candidates (
      article text not null references articles(id), n integer not null, source text not null, raw text not null,
      value text, zone text, chosen integer not null, primary key (article, n)
    )""",
    """create table dates (
      id text primary key, article text not null references articles(id), start_char integer not null,
      end_char integer not null, text text not null, value text, first text, last text, grain text not null,
      rule text not null, anchor text, modifier text, needs_review text
    )""",
    "create index dates_by_article on dates(article)",
    "create index dates_by_day on dates(first, last)",
    """create table known_meetings (
      id text primary key, reference_id text, first text, last text, "precision" text, city text, country text,
      level text not null, host text, member_count integer, participants text, name_en text not null, name_ar text,
      status text not null, confidence text not null, sources text not null
    )""",
    """create table meetings (
      id text primary key, title text not null, first text, last text, city text, country text, level text not null,
      status text not null, member_count integer, host text, known text references known_meetings(id),
      claims integer not null, articles integer not null, outlets integer not null,
      first_report text references articles(id)
    )""",
    """create table mentions (
      id text primary key, article text not null references articles(id), meeting text references meetings(id),
      start_char integer not null, end_char integer not null, text text not null, sentence text not null,
      first text, last text, grain text, date_text text, city text, country text, level text not null,
      status text not null, member_count integer, host text, known text, link text not null,
      link_reason text not null, confidence real not null, also_at text not null, needs_review text
    )""",
    "create index mentions_by_article on mentions(article)",
    "create index mentions_by_meeting on mentions(meeting)",
    """create table disagreements (
      id text primary key, meeting text not null references meetings(id), field text not null, value text not null,
      outlets text not null, sentences text not null
    )""",
    "create index disagreements_by_meeting on disagreements(meeting)",
    """create table failures (
      url text not null, stage text not null, error text not null, seen text not null, outlet text,
      primary key (url, stage)
    )""",
    _FTS,
)

"""The article page: the text with its tags explained, as extracted, as it changed, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.versions import diff

_ARTICLE = """
select a.*, o.name_ar, o.name_en, o.sample, c.warc, c."offset" as warc_offset, c.sha256, c.fetched, c.archived,
  (select min(fetched) from captures f where f.url = a.url) as first_seen,
  (select count(*) from versions v where v.article = a.id) as versions,
  (select count(*) from removals r where r.article = a.id) as removals,
  (select count(*) from articles s where s.story = a.story and s.id <> a.id) as story_copies
from articles a join outlets o on o.id = a.outlet left join captures c on c.id = a.capture where a.id = :id
"""
_DATES = "select * from dates where article = :id order by start_char, end_char"
_MENTIONS = """
select m.*, t.id as meeting_id, t.city as meeting_city, t.level as meeting_level, t.first as meeting_first,
  t.last as meeting_last, t.articles as meeting_articles, t.outlets as meeting_outlets
from mentions m left join meetings t on t.id = m.meeting where m.article = :id order by m.start_char, m.end_char
"""
_REMOVALS = "select * from removals where article = :id and field = :field order by start_char"
_EVIDENCE = (
    "select distinct side, text, reason from evidence where article = :id order by side desc, start_char"
)
_CANDIDATES = "select * from published_candidates where article = :id order by n"
_ACTORS = """
select actors.kind, actors.name_ar, actors.name_en, article_actors.mentions
from article_actors join actors on actors.id = article_actors.actor
where article_actors.article = :id order by actors.kind, article_actors.mentions desc, actors.name_ar
"""
_COPIES = """
select story_members.n, articles.id, articles.label, articles.published_day, outlets.name_ar, outlets.name_en
from story_members join articles on articles.id = story_members.article join outlets on outlets.id = articles.outlet
where story_members.story = (select story from articles where id = :id) order by story_members.n
"""
_VERSIONS = "select n, seen, title, text from versions where article = :id order by n"
_RELATED = """
select distinct a.id, a.label, a.published, a.published_day, a.relevance, a.outlet, o.name_ar, o.name_en
from mentions mine join mentions theirs on theirs.meeting = mine.meeting join articles a on a.id = theirs.article
join outlets o on o.id = a.outlet
where mine.article = :id and theirs.article <> :id order by abs(julianday(a.published_day) - julianday(:day)), a.id limit 8
"""
_SPAN = re.compile(r"(\d+)-(\d+)")  # of mentions.also_at, as pipelines/store.py writes it
_EXCERPTS = "select exists (select 1 from archive where key = 'texts' and value = 'excerpts')"
VIEWS = ("tagged", "plain", "extracted", "diff", "versions")
WITHOUT_TEXTS = ("tagged", "plain")  # what a public copy of excerpts can show


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /article/<id>."""
    return [(r"^/article/(?P<id>[^/]+)$", article)]


async def article(request: Request, datasette: Datasette) -> Response:
    """Show one article; ?view= is one of VIEWS, or of WITHOUT_TEXTS in a public copy of excerpts."""
    key = {"id": request.url_vars["id"]}
    db = datasette.get_database()
    row = (await db.execute(_ARTICLE, key)).first()
    if row is None:
        raise NotFound("article")
    views = WITHOUT_TEXTS if (await db.execute(_EXCERPTS)).first()[0] else VIEWS
    view = request.args.get("view") or "tagged"
    dates = (await db.execute(_DATES, key)).rows
    mentions = (await db.execute(_MENTIONS, key)).rows
    tags = _numbered(dates, mentions)
    view = view if view in views else "tagged"
    context = {
        "article": row,
        "view": view,
        "views": views,
        "changes": changes((await db.execute(_VERSIONS, key)).rows) if view == "versions" else [],
        "related": (await db.execute(_RELATED, {**key, "day": row["published_day"]})).rows,
        "tags": tags,
        "marks": tags + _again(tags),
        "meetings": _one_each(mentions),
        "text_removals": (await db.execute(_REMOVALS, {**key, "field": "text"})).rows,
        "title_removals": (await db.execute(_REMOVALS, {**key, "field": "title"})).rows,
        "evidence": [dict(one) for one in (await db.execute(_EVIDENCE, key)).rows],
        "actors": [dict(one) for one in (await db.execute(_ACTORS, key)).rows],
        "copies": (await db.execute(_COPIES, key)).rows,
        "candidates": (await db.execute(_CANDIDATES, key)).rows,
    }
    return Response.html(await datasette.render_template("article.html", context, request=request))


def changes(versions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Compare each version with the one before it, the newest first; the first has nothing before it."""
    compared = [
        {
            "n": new["n"],
            "seen": new["seen"],
            "title": diff(old["title"], new["title"]),
            "text": diff(old["text"], new["text"]),
        }
        for old, new in pairwise(versions)
    ]
    first = [{"n": one["n"], "seen": one["seen"], "title": None, "text": None} for one in versions[:1]]
    return [*reversed(compared), *first]


def _numbered(dates: list[Any], mentions: list[Any]) -> list[dict[str, Any]]:
    """Put dates and meetings into one list in the text's order, each with its number and kind."""
    tags = [{**row, "kind": "date"} for row in map(dict, dates)]
    tags += [{**row, "kind": "meeting"} for row in map(dict, mentions)]
    tags.sort(key=lambda tag: (tag["start_char"], tag["end_char"], tag["kind"]))
    return [{**tag, "n": n} for n, tag in enumerate(tags, start=1)]


def _again(tags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the other places that name a tag's meeting: same number, marked as a repetition."""
    return [
        {"n": tag["n"], "kind": "meeting", "start_char": int(start), "end_char": int(end), "again": True}
        for tag in tags
        for start, end in _SPAN.findall(tag.get("also_at") or "")
    ]


def _one_each(mentions: list[Any]) -> list[Any]:
    """Give one row for each meeting the article speaks of, in the order of their days."""
    seen = {row["meeting_id"]: row for row in reversed(mentions) if row["meeting_id"]}
    return sorted(seen.values(), key=lambda row: row["meeting_first"] or "")

"""What the taggers doubt: dates and meetings with their sentence and rule, the most doubtful first, for a reader to judge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.arabic import sentences
from pipelines.csvtext import csv_answer

SHOWN = 50
KINDS = ("meetings", "dates")
COLUMNS = ("kind", "id", "article", "outlet", "text", "value", "rule", "reason", "doubt")
LONGEST = 1500  # characters of a proposal that go into an address
# A claim that goes against a known meeting may be the outlet's slip or ours: it is doubted as much as an unsure one.
_CLAIMS = """
select m.id, m.article, m.text, m.sentence, m.first, m.last, m.level, m.city, m.status, m.link, m.link_reason,
  m.needs_review as reason, m.confidence, 1 - m.confidence as doubt, m.meeting, a.label, a.outlet, a.published, o.name_ar, o.name_en
from mentions m join articles a on a.id = m.article join outlets o on o.id = a.outlet
where (m.needs_review is not null or m.link = 'disagrees') and a.relevance <> 'no' and (:outlet = '' or a.outlet = :outlet)
order by m.confidence, m.id limit :limit offset :offset
"""
# A value that the text itself contradicts misleads most, then a choice between two readings; what has no value misleads
# nobody. The reasons are those of pipelines/dates (and of reasons.yml).
_DATES = """
with doubted as (
  select d.id as date, case when d.value is null then 0.4
    when d.needs_review like '% is not the %' or d.needs_review like 'the text also says %' or d.needs_review like '%contradicts%'
      or d.needs_review like 'the Hijri date is %' or d.needs_review like '%ends before it begins' then 1.0
    else 0.7 end as doubt
  from dates d join articles a on a.id = d.article
  where d.needs_review is not null and a.relevance <> 'no' and (:outlet = '' or a.outlet = :outlet)
  order by doubt desc, d.id limit :limit offset :offset)
select d.id, d.article, d.text, d.start_char, d.value, d.first, d.last, d.rule, d.anchor, d.needs_review as reason, doubt,
  a.label, a.outlet, a.published, a.text as article_text, o.name_ar, o.name_en
from doubted join dates d on d.id = doubted.date join articles a on a.id = d.article join outlets o on o.id = a.outlet
order by doubt desc, d.id
"""
_COUNTS = """
select (select count(*) from mentions where needs_review is not null or link = 'disagrees') as meetings,
  (select count(*) from dates where needs_review is not null) as dates
"""


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /review and its CSV."""
    return [(r"^/review$", review), (r"^/review\.csv$", review_csv)]


async def review(request: Request, datasette: Datasette) -> Response:
    """Show what is doubted; ?kind= is meetings or dates, ?outlet= narrows, ?page= turns."""
    asked = _asked(request)
    rows = await _found(datasette, asked)
    counts = (await datasette.get_database().execute(_COUNTS)).first()
    context = {
        **asked,
        "rows": [{**row, "proposal": _proposal(datasette, request, row)} for row in rows[:SHOWN]],
        "counts": dict(counts),
        "more": len(rows) > SHOWN,
        "address": lambda page: (
            "/review?" + urlencode({name: value for name, value in {**asked, "page": page}.items() if value})
        ),
    }
    return Response.html(await datasette.render_template("review.html", context, request=request))


async def review_csv(request: Request, datasette: Datasette) -> Response:
    """Give the same page of doubts as CSV."""
    asked = _asked(request)
    rows = (await _found(datasette, asked))[:SHOWN]
    named = [{**row, "kind": asked["kind"], "value": row.get("value") or row.get("first"), "rule": row.get("rule") or row.get("link")} for row in rows]  # fmt: skip
    return Response(**csv_answer(f"review-{asked['kind']}.csv", COLUMNS, named))


def _asked(request: Request) -> dict[str, Any]:
    kind, page = request.args.get("kind") or "", request.args.get("page") or ""
    return {
        "kind": kind if kind in KINDS else KINDS[0],
        "outlet": (request.args.get("outlet") or "").replace("\0", ""),
        "page": max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    }


async def _found(datasette: Datasette, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    sql = _CLAIMS if asked["kind"] == "meetings" else _DATES
    key = {"outlet": asked["outlet"], "limit": SHOWN + 1, "offset": (asked["page"] - 1) * SHOWN}
    rows = [dict(row) for row in (await datasette.get_database().execute(sql, key)).rows]
    return [row if "sentence" in row else {**row, "sentence": _sentence(row)} for row in rows]


def _sentence(row: Mapping[str, Any]) -> str:
    """Find the sentence of the article's text in which a date stands."""
    spans = sentences(row["article_text"])
    at = bisect_right([start for start, _ in spans], row["start_char"]) - 1
    return str(row["article_text"][slice(*spans[at])]) if spans else str(row["text"])


def _proposal(datasette: Datasette, request: Request, row: Mapping[str, Any]) -> str | None:
    """Give the address that opens a prefilled correction: the project's issue form, else a mail; None without either.

    metadata.yml says where: `plugins: {tahaluf: {issues: https://…/issues/new, contact: somebody@…}}`.
    """
    config = datasette.plugin_config("tahaluf") or {}
    page = datasette.absolute_url(request, datasette.urls.path(f"/article/{row['article']}"))
    title = f"{row['id']}: {row['text']}"[:200]
    body = f"{page}\n\n«{row['sentence']}»\n\n{row.get('value') or row.get('first') or '-'} · {row.get('rule') or row.get('link')} · {row['reason'] or row.get('link_reason') or ''}\n\n"[:LONGEST]  # fmt: skip
    if config.get("issues"):
        return f"{config['issues']}?{urlencode({'title': title, 'body': body})}"
    if config.get("contact"):
        return f"mailto:{config['contact']}?" + urlencode({"subject": title, "body": body}).replace(
            "+", "%20"
        )
    return None

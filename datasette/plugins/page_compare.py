"""Two outlets, or two periods, side by side on one meeting: days claimed, words used, who was first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import BadRequest

from pipelines.usage import count_usage

SIDES = ("a", "b")
FIELDS = ("first", "city", "level", "status", "member_count", "participants")
# Only meetings that two outlets reported can be compared.
_MEETINGS = (
    "select id, first, last, city, level from meetings where outlets > 1 order by first desc limit 500"
)
_MEETING = "select * from meetings where id = :id"
_CLAIMS = """
select m.*, a.label, a.text as article_text, a.published, a.published_day, a.outlet, o.name_ar, o.name_en
from mentions m join articles a on a.id = m.article join outlets o on o.id = a.outlet
where m.meeting = :id order by a.published_day is null, a.published_day, a.published, a.id, m.start_char
"""


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /compare."""
    return [(r"^/compare$", compare)]


async def compare(request: Request, datasette: Datasette) -> Response:
    """Compare what ?a= and ?b= (outlets; none means all) said of ?meeting=, each within ?a_from= to ?a_to=."""
    db = datasette.get_database()
    asked = _asked(request)
    context = {
        "asked": asked,
        "meetings": (await db.execute(_MEETINGS)).rows,
        "meeting": None,
        "fields": FIELDS,
        **(await _compared(db, asked) if asked["meeting"] else {}),
    }
    return Response.html(await datasette.render_template("compare.html", context, request=request))


def _asked(request: Request) -> dict[str, str]:
    """Read the whole state from the address. Raises BadRequest for a day that is none."""
    names = ("meeting", *(f"{side}{part}" for side in SIDES for part in ("", "_from", "_to")))
    asked = {name: (request.args.get(name) or "").strip() for name in names}
    for name, value in asked.items():
        if name.endswith(("_from", "_to")) and value and not _is_day(value):
            raise BadRequest(f"{name}: YYYY-MM-DD")
    return asked


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value  # Python reads 20170322 and 2017-W12-3, too
    except ValueError:
        return False


async def _compared(db: Database, asked: dict[str, str]) -> dict[str, Any]:
    meeting = (await db.execute(_MEETING, {"id": asked["meeting"]})).first()
    if meeting is None:
        raise NotFound("meeting")
    claims = [dict(row) for row in (await db.execute(_CLAIMS, {"id": asked["meeting"]})).rows]
    outlets = {claim["outlet"]: claim for claim in claims}
    if not any(asked[name] for name in asked if name != "meeting"):
        asked |= dict(zip(SIDES, outlets, strict=False))  # the two that wrote first
    sides = [_side(claims, asked, side) for side in SIDES]
    return {
        "meeting": meeting,
        "outlets": outlets,
        "sides": sides,
        "periods": _periods(meeting),
        **_first(sides),
    }


def _side(claims: Iterable[dict[str, Any]], asked: Mapping[str, str], side: str) -> dict[str, Any]:
    """Gather one side: its articles, what it claims, and the words it uses."""
    outlet, begin, end = asked[side], asked[f"{side}_from"], asked[f"{side}_to"]
    mine = [
        claim
        for claim in claims
        if (not outlet or claim["outlet"] == outlet)
        and (not begin or (claim["published_day"] or "") >= begin)
        and (not end or (claim["published_day"] or "9999") <= end)
    ]
    articles = {claim["article"]: claim for claim in mine}
    return {
        "outlet": outlet,
        "from": begin,
        "to": end,
        "claims": mine,
        "articles": list(articles.values()),
        "said": {field: _said(mine, field) for field in FIELDS},
        "words": count_usage(f"{one['label']}\n{one['article_text']}" for one in articles.values()),
        "first": next((claim for claim in mine if claim["published_day"]), None),
    }


def _said(claims: Iterable[Mapping[str, Any]], field: str) -> list[tuple[Any, Any, int]]:
    """Give each value of `field` with the number of articles that say so; a day with its interval's end."""
    pairs = {
        (claim["article"], claim[field], claim["last"] if field == "first" else None)
        for claim in claims
        if claim[field] not in (None, "", "unknown")
    }
    counts = Counter((value, last) for _, value, last in pairs)
    return [(value, last, n) for (value, last), n in counts.most_common()]


def _first(sides: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say which side was published first, and by how many days; None where they are of one day."""
    days = [side["first"]["published_day"] if side["first"] else None for side in sides]
    if None in days or days[0] == days[1]:
        return {"earlier": None, "ahead": 0}
    earlier = 0 if str(days[0]) < str(days[1]) else 1
    return {
        "earlier": earlier,
        "ahead": abs((date.fromisoformat(str(days[0])) - date.fromisoformat(str(days[1]))).days),
    }


def _periods(meeting: Mapping[str, Any]) -> str | None:
    """Give the address that compares what was written before the meeting with what was written after its beginning."""
    if not meeting["first"]:
        return None
    eve = (date.fromisoformat(meeting["first"]) - timedelta(days=1)).isoformat()
    return "/compare?" + urlencode({"meeting": meeting["id"], "a_to": eve, "b_from": meeting["first"]})

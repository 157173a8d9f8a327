"""The meeting page: what is known, what each outlet says with its sentence, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.app import Datasette

from pipelines.csvtext import csv_answer

_MEETING = "select * from meetings where id = :id"
_KNOWN = "select * from known_meetings where id = :id"
_CLAIMS = """
select m.*, a.label, a.published, a.published_day, a.outlet, o.name_ar, o.name_en
from mentions m join articles a on a.id = m.article join outlets o on o.id = a.outlet
where m.meeting = :id order by a.published_day is null, a.published_day, a.published, a.id, m.start_char
"""
_DISAGREEMENTS = "select * from disagreements where meeting = :id order by field, value"
_COVERAGE = """
select c.*, o.name_ar, o.name_en from coverage c join outlets o on o.id = c.outlet where c.meeting = :id order by o.name_ar, o.id
"""
_OUTLETS = "select id, name_ar, name_en from outlets"
# As pipelines/linking.py writes them.
OUTLET_SEPARATOR = ", "
SENTENCE_SEPARATOR = "\n"
FIELDS = ("first", "city", "country", "level", "host", "member_count", "participants", "status")
SHOWN = 100  # claims on the page; the file has them all
QUOTED = 5  # sentences for each value that outlets disagree about
LONGEST = 14  # days; a meeting said to last longer has a month or a year, not a day
# How far from the meeting an article was published, in days: the last day of each step, the meeting itself being 0.
STEPS = (("long_before", -31), ("month_before", -8), ("week_before", -2), ("eve", -1), ("on_day", 0), ("next_day", 1),
         ("week_after", 7), ("month_after", 30), ("long_after", None))  # fmt: skip
_EVENT_STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve /meeting/<id>, and its line of coverage as CSV."""
    return [(r"^/meeting/(?P<id>[^/]+)\.csv$", meeting_csv), (r"^/meeting/(?P<id>[^/]+)$", meeting)]


async def meeting(request: Request, datasette: Datasette) -> Response:
    """Show one meeting with its claims."""
    key = {"id": request.url_vars["id"]}
    db = datasette.get_database()
    row = (await db.execute(_MEETING, key)).first()
    if row is None:
        raise NotFound("meeting")
    known = (await db.execute(_KNOWN, {"id": row["known"]})).first()
    claims = (await db.execute(_CLAIMS, key)).rows
    outlets = {one["id"]: one for one in (await db.execute(_OUTLETS)).rows}
    context = {
        "meeting": row,
        "known": known,
        "known_sources": known["sources"].split("\n") if known else [],
        "claims": claims,
        "shown": SHOWN,
        "quoted": QUOTED,
        "said": {field: _said(claims, field) for field in FIELDS},
        "disagreements": _by_field((await db.execute(_DISAGREEMENTS, key)).rows, outlets, claims),
        "coverage": await _coverage(datasette, row["known"]),
        "dated": [claim for claim in claims if claim["published_day"]],
        "steps": _steps(row, claims),
        "statuses": _statuses(claims),
        "event": _event(row, datasette.absolute_url(request, datasette.urls.path(f"/meeting/{row['id']}"))),
    }
    return Response.html(await datasette.render_template("meeting.html", context, request=request))


async def meeting_csv(request: Request, datasette: Datasette) -> Response:
    """Give how many articles were published how far from the meeting."""
    key = {"id": request.url_vars["id"]}
    db = datasette.get_database()
    row = (await db.execute(_MEETING, key)).first()
    if row is None:
        raise NotFound("meeting")
    steps = _steps(row, (await db.execute(_CLAIMS, key)).rows)
    return Response(**csv_answer(f"{row['id']}.csv", ("step", "articles"), steps))


async def _coverage(datasette: Datasette, known: str | None) -> dict[str, Any] | None:
    """Sum up the ledger for a known meeting: the outlets of each state, and how many articles came when."""
    db = datasette.get_database()
    if known is None or not await db.table_exists("coverage"):
        return None
    cells = (await db.execute(_COVERAGE, {"id": known})).rows
    if not cells:
        return None
    states = ("reported", "silent", "not_crawled")
    counts = {name: sum(cell[name] for cell in cells) for name in ("before", "on_day", "after", "undecided")}
    return {
        "outlets": {state: [cell for cell in cells if cell["state"] == state] for state in states},
        "counts": {name: count for name, count in counts.items() if count},
    }


def _said(claims: Iterable[Any], field: str) -> list[tuple[tuple[Any, Any], int]]:
    """Count the outlets behind each value of `field`; for the day the value is the interval's two ends."""
    pairs = {
        (claim["outlet"], (claim[field], claim["last"] if field == "first" else None))
        for claim in claims
        if claim[field] not in (None, "", "unknown")
    }
    return Counter(value for _, value in pairs).most_common()


def _by_field(
    rows: Iterable[Any], outlets: Mapping[str, Mapping[str, str]], claims: Iterable[Any]
) -> dict[str, list[dict[str, Any]]]:
    """Give for each field its values, each with the outlets that say so and their sentences."""
    where = {claim["sentence"].strip(): claim for claim in claims}
    fields: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        said_by = [one for one in row["outlets"].split(OUTLET_SEPARATOR) if one]
        sentences = [one.strip() for one in row["sentences"].split(SENTENCE_SEPARATOR) if one.strip()]
        fields.setdefault(row["field"], []).append(
            {
                "value": row["value"],
                "outlets": [(one, outlets.get(one, {"name_ar": one, "name_en": one})) for one in said_by],
                "sentences": [_sentence(one, where.get(one)) for one in sentences],
            }
        )
    return fields


def _sentence(text: str, claim: Mapping[str, str] | None) -> dict[str, str]:
    names = ("article", "name_ar", "name_en")
    return {"text": text, **({name: claim[name] for name in names} if claim else {})}


def _steps(meeting: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Count the articles by how far from the meeting they were published; empty where its day isn't known."""
    if not meeting["first"]:
        return []
    first, last = (
        date.fromisoformat(meeting["first"]),
        date.fromisoformat(meeting["last"] or meeting["first"]),
    )
    if (last - first).days >= LONGEST:
        return []
    published = {claim["article"]: claim["published_day"] for claim in claims if claim["published_day"]}
    days = [date.fromisoformat(day) for day in published.values()]
    counts = Counter(_step(min((day - first).days, 0) or max((day - last).days, 0)) for day in days)
    return [{"step": step, "articles": counts[step]} for step, _ in STEPS] if days else []


def _step(distance: int) -> str:
    """Name the step of a distance in days.

    >>> [_step(days) for days in (-31, -30, -2, -1, 0, 1, 2, 31)]
    ['long_before', 'month_before', 'week_before', 'eve', 'on_day', 'next_day', 'week_after', 'long_after']
    """
    return next(step for step, until in STEPS if until is None or distance <= until)


def _statuses(claims: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the claims that say something new about whether the meeting is held, in the order of their publication."""
    told: list[Mapping[str, Any]] = []
    for claim in claims:
        if claim["published_day"] and (not told or claim["status"] != told[-1]["status"]):
            told.append(claim)
    return told


def _event(meeting: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Describe the meeting as a schema.org Event; what nobody said is left out."""
    hosts = [host.strip() for host in (meeting["host"] or "").split(";") if host.strip()]
    place = {"@type": "Place", "name": meeting["city"], "address": meeting["country"]}
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": meeting["title"],
        "startDate": meeting["first"],
        "endDate": meeting["last"],
        "eventStatus": f"https://schema.org/{_EVENT_STATUS.get(meeting['status'], 'EventScheduled')}",
        "location": {name: value for name, value in place.items() if value} if meeting["city"] else None,
        "organizer": [{"@type": "Organization", "name": host} for host in hosts],
    }
    return {name: value for name, value in event.items() if value}

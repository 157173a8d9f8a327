"""Read the records of feeds from the archive: meetings as events, and articles, meetings, disagreements and changes as
entries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import yaml

from pipelines.archive import as_day
from pipelines.dictionary import load_dictionary
from pipelines.feeds.model import Entry, Event
from pipelines.linking import OUTLET_SEPARATOR

_WORDS = Path(__file__).parent / "words.yml"
# A stable name that no address depends on (RFC 4151): the site may move, its entries stay what they are.
_TAG = "tag:tahaluf.example,2026:"
# A calendar shows days. «In the course of May» is no day, and an event of a month would only be in the way.
LONGEST = timedelta(days=14)
_STATUS: dict[str, Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]] = {
    "held": "CONFIRMED",
    "ongoing": "CONFIRMED",
    "cancelled": "CANCELLED",
}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_CHANGED = (
    "(select max(v.seen) from mentions c join versions v on v.article = c.article where c.meeting = m.id)"
)
_MEETINGS = f"""
select m.id, m.title, m.first, m.last, m.city, m.country, m.level, m.status, m.claims, m.outlets, {_CHANGED} as changed
from json_each(:ids) asked join meetings m on m.id = asked.value order by asked.key
"""  # noqa: S608
_ARTICLES = """
select a.id, a.label, a.url, a.published, o.name_ar, (select max(seen) from versions where article = a.id) as changed,
  (select sentence from mentions where article = a.id order by start_char limit 1) as sentence
from json_each(:ids) asked join articles a on a.id = asked.value join outlets o on o.id = a.outlet order by asked.key
"""
_DISAGREEMENTS = f"""
select m.id, m.title, d.field, d.value, d.outlets, {_CHANGED} as changed
from json_each(:ids) asked join meetings m on m.id = asked.value join disagreements d on d.meeting = m.id
order by asked.key, d.field, d.value
"""  # noqa: S608
_VERSIONS = """
select v.article, v.n, v.seen, v.title, a.label, a.url, o.name_ar
from versions v join articles a on a.id = v.article join outlets o on o.id = a.outlet
order by v.seen desc, v.article, v.n desc limit :limit
"""


@cache
def words() -> dict[str, Any]:
    """Read the feeds' Arabic words."""
    said: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return said


def tag(path: str) -> str:
    """Name a thing of the archive for good: `meeting/2017-03-22-washington-ministerial`."""
    return f"{_TAG}{quote(path)}"


def events(connection: sqlite3.Connection, meetings: Iterable[str], site: str) -> tuple[list[Event], int]:
    """Give the meetings of these ids as events, and how many have no day that a calendar could show.

    `site` is the site's address without a slash at the end. A meeting that was announced or postponed is tentative.
    The sequence is the number of claims: it grows with what is reported.
    """
    rows = _rows(connection, _MEETINGS, meetings)
    found = [_event(row, site) for row in rows if _has_days(row)]
    return found, len(rows) - len(found)


def meeting_entries(connection: sqlite3.Connection, meetings: Iterable[str], site: str) -> list[Entry]:
    """Give the meetings of these ids as entries, in the order given."""
    return [
        Entry(tag(f"meeting/{row['id']}"), row["title"], _page(site, "meeting", row["id"]), _moment(row["changed"]),
              "\n".join(_facts(row, day=True)))
        for row in _rows(connection, _MEETINGS, meetings)
    ]  # fmt: skip


def article_entries(connection: sqlite3.Connection, articles: Iterable[str], site: str) -> list[Entry]:
    """Give the articles of these ids as entries: the sentence on a meeting, never the whole text."""
    return [
        Entry(tag(f"article/{row['id']}"), row["label"], _page(site, "article", row["id"]), _moment(row["changed"]),
              row["sentence"] or row["label"], author=row["name_ar"], published=_exact(row["published"]), source=row["url"])
        for row in _rows(connection, _ARTICLES, articles)
    ]  # fmt: skip


def disagreement_entries(connection: sqlite3.Connection, meetings: Iterable[str], site: str) -> list[Entry]:
    """Give what outlets disagree about in the meetings of these ids: an entry a field, with every value and its outlets."""
    said = words()
    fields = load_dictionary().codes("field")
    names: dict[str, str] = dict(connection.execute("select id, name_ar from outlets"))
    rows = _rows(connection, _DISAGREEMENTS, dict.fromkeys(meetings))
    entries = []
    for (meeting, field), group in groupby(rows, key=lambda row: (row["id"], row["field"])):
        values = list(group)
        lines = [
            said["said"].format(
                value=_value(field, row["value"]), outlets=_named(row["outlets"], names) or said["nobody"]
            )
            for row in values
        ]
        title = said["differs"].format(title=values[0]["title"], field=fields.get(field, field))
        entries.append(
            Entry(tag(f"disagreement/{meeting}/{field}"), title, f"{_page(site, 'meeting', meeting)}#disagreements",
                  _moment(values[0]["changed"]), "\n".join(lines))
        )  # fmt: skip
    return entries


def change_entries(connection: sqlite3.Connection, site: str, limit: int = 100) -> list[Entry]:
    """Give the newest versions of articles as entries: what was added, and what was edited after it was published."""
    said = words()
    found = _dicts(connection.execute(_VERSIONS, {"limit": limit}))
    return [
        Entry(tag(f"version/{row['article']}/{row['n']}"),
              said["added" if row["n"] == 1 else "edited"].format(title=row["title"] or row["label"]),
              _page(site, "article", row["article"]), _moment(row["seen"]), row["label"], author=row["name_ar"],
              source=row["url"])
        for row in found
    ]  # fmt: skip


def newest_first(entries: Iterable[Entry], limit: int) -> list[Entry]:
    """Give the `limit` entries that changed last, the newest first; equal moments by id, so that the order stays."""
    return sorted(sorted(entries, key=lambda one: one.id), key=lambda one: one.updated, reverse=True)[:limit]


def _rows(connection: sqlite3.Connection, sql: str, ids: Iterable[str]) -> Sequence[dict[str, Any]]:
    return list(_dicts(connection.execute(sql, {"ids": json.dumps(list(ids))})))


def _dicts(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    names = [name for name, *_ in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _has_days(row: dict[str, Any]) -> bool:
    first, last = as_day(row["first"]), as_day(row["last"] or row["first"])
    return first is not None and last is not None and last - first <= LONGEST


def _event(row: dict[str, Any], site: str) -> Event:
    first = date.fromisoformat(row["first"])
    return Event(
        uid=f"{row['id']}@tahaluf",
        first=first,
        last=as_day(row["last"]) or first,
        summary=row["title"],
        description="\n".join(_facts(row, day=False)),
        location=_place(row),
        url=_page(site, "meeting", row["id"]),
        status=_STATUS.get(row["status"], "TENTATIVE"),
        sequence=row["claims"],
        changed=_moment(row["changed"]),
    )


def _facts(row: dict[str, Any], *, day: bool) -> Iterator[str]:
    said, dictionary = words(), load_dictionary()
    if day and row["first"]:
        last = row["last"] or row["first"]
        yield said["day"].format(day=row["first"] if last == row["first"] else f"{row['first']} – {last}")
    if day and (place := _place(row)):
        yield said["place"].format(place=place)
    yield said["status"].format(status=dictionary.codes("status").get(row["status"], row["status"]))
    yield said["level"].format(level=dictionary.codes("level").get(row["level"], row["level"]))
    yield said["outlets"].format(n=row["outlets"])


def _place(row: dict[str, Any]) -> str | None:
    dictionary = load_dictionary()
    names = [dictionary.place(row[part]) for part in ("city", "country") if row[part]]
    return "، ".join(names) or None


def _named(outlets: str, names: Mapping[str, str]) -> str:
    """Give the Arabic names of outlets that linking.py has joined by their ids."""
    return "، ".join(names.get(one, one) for one in outlets.split(OUTLET_SEPARATOR) if one)


def _value(field: str, value: str) -> str:
    dictionary = load_dictionary()
    return dictionary.place(value) if field == "city" else dictionary.codes(field).get(value, value)


def _page(site: str, kind: str, key: str) -> str:
    return f"{site}/{kind}/{quote(key, safe='')}"


def _moment(value: str | None) -> datetime:
    return _exact(value) or (
        datetime.combine(date.fromisoformat(value[:10]), _NEVER.timetz()) if value else _NEVER
    )


def _exact(value: str | None) -> datetime | None:
    """Read a moment; None for a mere day."""
    if not value or len(value) <= len("2017-03-22"):
        return None
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)

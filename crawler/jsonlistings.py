"""Lists that an outlet's own pages load as JSON: a declaration says by dotted paths where things are in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crawler.addresses import joined
from crawler.found import Found, Reading, SourceError, stated
from crawler.outlets.sources import Paths

DEEPEST = 20  # levels below the top at which a list is looked for


def parse_json_listing(body: bytes, url: str, paths: Paths) -> Reading:
    """Take the items of a JSON list: their addresses, titles and dates as written, and the next page's address.

    `{"data": [{"PostingURL": "/Web/News/2017/03/1.html", "RelativeTime": 1489140000}]}` is read with the paths
    items "data", address "PostingURL", date "RelativeTime". Raises SourceError when it is no JSON or holds no such list.
    """
    try:
        top = json.loads(body)
    except (ValueError, RecursionError):  # ValueError: bytes that are no text as well
        raise SourceError("is not JSON") from None
    items = _at(top, paths.items) if paths.items else _first_list(top, paths.address)
    if not isinstance(items, list):
        raise SourceError(f"holds no list at '{paths.items}'" if paths.items else _no_list(paths))
    found = []
    for item in items:
        link = joined(url, _text(_at(item, paths.address)))
        if link:
            title = _text(_at(item, paths.title)) if paths.title else ""
            date = _text(_at(item, paths.date)) if paths.date else ""
            found.append(Found(link, "", title, published=stated("json_listing", date)))
    if items and not found:
        raise SourceError(f"holds {len(items)} items, none of them with an address at '{paths.address}'")
    following = joined(url, _text(_at(top, paths.next))) if paths.next else None
    return Reading(tuple(found), next_page=following, items=len(items))


def _no_list(paths: Paths) -> str:
    return f"holds no list whose items have an address at '{paths.address}'"


def _at(value: Any, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Follow a dotted path; None where it leads nowhere."""
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _first_list(top: Any, address: str) -> list[Any] | None:  # noqa: ANN401 - whatever JSON holds
    """Find the first list, level by level, that has an item with an address."""
    return next((one for one in _lists(top) if any(_text(_at(item, address)) for item in one)), None)


def _lists(top: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - whatever JSON holds
    level = [top]
    for _ in range(DEEPEST):
        yield from (one for one in level if isinstance(one, list))
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a text or number as text; anything else is no address, title or date."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""

"""Write events as an iCalendar file: RFC 5545, whole days, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar
from icalendar import Event as Component

from pipelines.feeds.model import Event, plain

_PRODUCT = "-//Tahaluf//Meetings of the coalition against ISIS//AR"


def write_calendar(events: Iterable[Event], name: str) -> bytes:
    """Write a calendar called `name`.

    DTSTART and DTEND are dates, DTEND the day after the last (RFC 5545, 3.6.1). UID and DTSTAMP come from the record, so
    that a calendar that fetches twice has one event. Lines are folded at 75 octets, never inside a letter.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> Component:
    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed.astimezone(UTC).replace(microsecond=0))
    component.add("dtstart", event.first)
    component.add("dtend", event.last + timedelta(days=1))
    component.add("summary", plain(event.summary), parameters={"LANGUAGE": "ar"})
    component.add("description", plain(event.description), parameters={"LANGUAGE": "ar"})
    if event.location:
        component.add("location", plain(event.location), parameters={"LANGUAGE": "ar"})
    component.add("url", event.url)
    component.add("status", event.status)
    component.add("sequence", event.sequence)
    component.add("transp", "TRANSPARENT")  # a meeting one reads about keeps nobody busy
    return component

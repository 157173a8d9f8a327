"""Calendars (iCalendar, RFC 5545) and Atom feeds (RFC 4287) of what the archive holds: read records, write bytes."""

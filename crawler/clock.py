"""The present moment, in one place: everything else is given the time."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)

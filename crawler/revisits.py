"""When a page that was read is looked at again: soon after it came out, then seldom, then no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

# After an article came out, or was found when nobody says when that was; after a change the steps begin anew.
STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
LAST = timedelta(days=30)  # after it came out; a live page that never rests is left alone then
# Part of its age that an article rests at least: one that changes every hour costs some fifty visits, not seven hundred.
REST = 0.1


def next_visit(
    published: datetime | date | None, seen: datetime, changed: datetime | None, now: datetime
) -> datetime | None:
    """Return when to look again at an article that was looked at `now`, or None when it is left alone.

    `published`: as the article says, a day or an aware instant; `seen`: when its address was found; `changed`: when
    another text was last found there, None when it never was. All instants aware.

    An article seen at noon is due at 13:00, 18:00, the next noon and a week later; one of last year is not due at all.
    One found changed at 18:00 is due again at 19:00.
    """
    born = _born(published, seen)
    start = max(born, changed) if changed else born
    due = next((start + step for step in STEPS if start + step > now), None)
    if due is None:
        return None
    due = max(due, now + (now - born) * REST)
    return due if due <= born + LAST else None


def _born(published: datetime | date | None, seen: datetime) -> datetime:
    """Give the moment an article came out; clocks that run ahead of us, and days that are not over, count as `seen`."""
    if published is None:
        return seen
    if not isinstance(published, datetime):
        published = datetime.combine(published, time.max, UTC)
    return min(published, seen)

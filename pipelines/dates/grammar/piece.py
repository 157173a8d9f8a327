"""A mention in the making: what it means and the tokens it takes."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.dates.meaning import Calendar, Checked, Expr, Joined, Modified, Relative, Weekday


class Piece(NamedTuple):
    """One mention: what it means and its tokens."""

    meaning: Expr
    start: int
    end: int


def is_day(meaning: Expr) -> bool:
    """Say whether a meaning is a single day."""
    match meaning:
        case Modified(base=inner) | Checked(base=inner):
            return is_day(inner)
        case Relative(unit=unit):
            return unit == "day"
        case Calendar(day=day):
            return day is not None
        case Weekday() | Joined():
            return True
    return False

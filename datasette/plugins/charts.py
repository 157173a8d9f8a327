"""Draw bars, a year of days and a timeline as inline SVG, on the server: no script and no inline style.

Time runs from right to left where the page does. Sizes are in CSS pixels and fixed: a drawing wider than its region is
scrolled, never shrunk until nobody can read it. A cell that is a link measures 24 by 24 at least (WCAG 2.2, 2.5.8).
Every drawing stands beside a table with the same numbers; what is drawn is taken from the keys of that table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup

STEP = 26  # of a cell and of the narrowest bar
PLOT = 120  # the highest bar
LEVELS = 4  # shades of a cell that isn't empty
_DAYS = 31
_ROW = 30  # of a lane of the timeline
_YEAR_WIDTH = 92

Item = Mapping[str, Any]
Link = Callable[[str], str]

_SVG = Markup(
    '<svg class="{kind}" role="group" aria-label="{name}" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{body}</svg>'
)
_LINK = Markup('<a href="{href}" aria-label="{title}"><title>{title}</title>{shape}</a>')
_PLAIN = Markup("<g><title>{title}</title>{shape}</g>")
_RECT = Markup('<rect class="{kind}" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{rx}"/>')
_TEXT = Markup(
    '<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}" aria-hidden="true">{text}</text>'
)
_DOT = Markup(
    '<circle class="hit" cx="{x:g}" cy="{y:g}" r="12"/><circle class="{kind}" cx="{x:g}" cy="{y:g}" r="7"/>'
)
_LINE = Markup('<line class="grid" x1="{x:g}" x2="{x:g}" y1="{y1:g}" y2="{y2:g}"/>')


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Register the functions `bar_chart`, `day_map` and `timeline`; links keep the page's language."""

    def link(href: str) -> str:
        here: Link | None = env.globals.get("here")  # type: ignore[assignment]
        return here(href) if here else href

    env.globals["bar_chart"] = lambda *args, **kwargs: bar_chart(*args, link=link, **kwargs)  # type: ignore[assignment]
    env.globals["day_map"] = lambda *args, **kwargs: day_map(*args, link=link, **kwargs)  # type: ignore[assignment]
    env.globals["timeline"] = lambda *args, **kwargs: timeline(*args, link=link, **kwargs)  # type: ignore[assignment]


def bar_chart(
    bars: Sequence[Item], kinds: Mapping[str, str], name: str, *, rtl: bool, link: Link = str
) -> Markup:
    """Draw `bars` side by side, each with one column for each of `kinds`.

    A bar has `tick` (what stands below it, may be empty), `title` (what it is in full), `href` (may be missing), and
    under each kind a number. `kinds` gives the name of each kind, which is also the class of its columns.
    """
    step = max(STEP, 14 * len(kinds) + 12, 8 * max((len(str(bar["tick"])) for bar in bars), default=0) + 6)
    highest = max((bar.get(kind) or 0 for bar in bars for kind in kinds), default=0) or 1
    width, base = max(step * len(bars), STEP), PLOT + 22
    column = (step - 10) / len(kinds)
    pieces = []
    for n, bar in enumerate(bars):
        x = _from_start(n * step, step, width, rtl=rtl)
        shape = _RECT.format(kind="hit", x=x, y=0, w=step, h=base, rx=0)
        for k, kind in enumerate(kinds):
            value = bar.get(kind) or 0
            if value:
                high = max(2, PLOT * value / highest)
                at = x + 5 + (len(kinds) - 1 - k if rtl else k) * column
                shape += _RECT.format(kind=kind, x=at, y=base - high, w=column - 2, h=high, rx=2)
                shape += _TEXT.format(
                    kind="value", x=at + column / 2 - 1, y=base - high - 5, anchor="middle", text=value
                )
        said = "، " if rtl else ", "
        values = said.join(f"{words}: {bar.get(kind) or 0}" for kind, words in kinds.items())
        pieces.append(_linked(f"{bar['title']} ({values})", bar.get("href"), shape, link))
        pieces.append(
            _TEXT.format(kind="tick", x=x + step / 2, y=base + 17, anchor="middle", text=bar["tick"])
        )
    return _SVG.format(kind="bars", name=name, w=width, h=base + 26, body=Markup("").join(pieces))


def day_map(
    days: Mapping[str, Item], months: Sequence[str], year: int, name: str, *, rtl: bool, link: Link = str
) -> Markup:
    """Draw the days of `year`, a row for each of its `months` (their names), shaded by their numbers.

    `days` gives for an ISO day its `value`, `title`, `href`, and `marked` where the cell shall have a ring.
    """
    most = max((day["value"] for day in days.values()), default=0)
    start, top = 78, 22  # room for the months' names and the days' numbers
    width, height = start + _DAYS * STEP, top + 12 * STEP
    pieces = [
        _TEXT.format(
            kind="tick",
            x=_from_start(start + n * STEP, STEP, width, rtl=rtl) + STEP / 2,
            y=15,
            anchor="middle",
            text=n + 1,
        )
        for n in range(_DAYS)
    ]
    for month, words in enumerate(months, start=1):
        y = top + (month - 1) * STEP
        x = width - 4 if rtl else 4
        pieces.append(_TEXT.format(kind="tick", x=x, y=y + 17, anchor="start", text=words))
    day = date(year, 1, 1)
    while day.year == year:
        x = _from_start(start + (day.day - 1) * STEP, STEP, width, rtl=rtl)
        pieces.append(_day(days.get(day.isoformat()), most, x + 1, top + (day.month - 1) * STEP + 1, link))
        if day == date.max:
            break
        day += timedelta(days=1)
    return _SVG.format(kind="days", name=name, w=width, h=height, body=Markup("").join(pieces))


def _day(day: Item | None, most: int, x: float, y: float, link: Link) -> Markup:
    if day is None:
        return _RECT.format(kind="cell level-0", x=x, y=y, w=STEP - 2, h=STEP - 2, rx=3)
    kind = f"cell level-{shade(day['value'], most)}" + (" marked" if day.get("marked") else "")
    return _linked(
        day["title"], day.get("href"), _RECT.format(kind=kind, x=x, y=y, w=STEP - 2, h=STEP - 2, rx=3), link
    )


def shade(value: int, most: int) -> int:
    """Give the shade of `value`, from 0 for none to LEVELS for `most`.

    >>> shade(0, 9), shade(1, 9), shade(5, 9), shade(9, 9), shade(1, 1)
    (0, 1, 3, 4, 4)
    """
    return -(-value * LEVELS // most) if most else 0


def timeline(
    lanes: Sequence[Item], first: date, last: date, name: str, *, rtl: bool, link: Link = str
) -> Markup:
    """Draw the marks of each lane at their days between `first` and `last`, whole years along the axis.

    A lane has a `label` and `marks`; a mark has `day` (a date), `title`, `href` and `kind` (its class). Marks that would
    cover each other stand below each other.
    """
    begin, end = date(first.year, 1, 1), date(last.year, 12, 31)
    years = range(begin.year, end.year + 1)
    width = max(_YEAR_WIDTH * len(years), 640)
    whole = (end - begin).days + 1
    margin = 14

    def at(day: date) -> float:
        along = margin + (width - 2 * margin) * (day - begin).days / whole
        return width - along if rtl else along

    pieces: list[Markup] = []
    y = 26
    for lane in lanes:
        pieces.append(
            _TEXT.format(kind="lane", x=width - 4 if rtl else 4, y=y + 14, anchor="start", text=lane["label"])
        )
        y += 24
        rows = stacked([at(mark["day"]) for mark in lane["marks"]], gap=24)
        for mark, row in zip(lane["marks"], rows, strict=True):
            dot = _DOT.format(kind=f"mark {mark['kind']}", x=at(mark["day"]), y=y + row * _ROW + 12)
            pieces.append(_linked(mark["title"], mark["href"], dot, link))
        y += _ROW * (max(rows, default=0) + 1) + 6
    axis = [_LINE.format(x=at(date(year, 1, 1)), y1=22, y2=y) for year in years]
    ticks = [
        _TEXT.format(
            kind="tick",
            x=(at(date(year, 1, 1)) + at(date(year, 12, 31))) / 2,
            y=15,
            anchor="middle",
            text=year,
        )
        for year in years
    ]
    return _SVG.format(
        kind="timeline", name=name, w=width, h=y, body=Markup("").join([*axis, *ticks, *pieces])
    )


def stacked(places: Iterable[float], gap: float) -> list[int]:
    """Give each place the first row in which no earlier one is nearer than `gap`.

    >>> stacked([0, 5, 40, 41, 42], gap=24)
    [0, 1, 0, 1, 2]
    """
    taken: list[list[float]] = []
    rows = []
    for place in places:
        row = next(
            (n for n, row in enumerate(taken) if all(abs(place - other) >= gap for other in row)), len(taken)
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(place)
        rows.append(row)
    return rows


def _from_start(offset: float, size: float, width: float, *, rtl: bool) -> float:
    return width - offset - size if rtl else offset


def _linked(title: str, href: str | None, shape: Markup, link: Link) -> Markup:
    return (
        _LINK.format(href=link(href), title=title, shape=shape)
        if href
        else _PLAIN.format(title=title, shape=shape)
    )

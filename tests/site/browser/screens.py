"""The screens that the browser looks at: one table for every check. A new screen is one line here."""

from __future__ import annotations

from dataclasses import dataclass

# Articles of the press; an id is made of the outlet and of the address, so it stays the same.
SEED = "manara-2497b1e0"  # washington-full-membership, the shape of the project's seed
CHANGED = "manara-0f033670"  # edited after its publication
MEETING = "2017-03-22-washington-ministerial"


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the site: its name in reports, its address, and the status it answers with."""

    name: str
    path: str
    status: int = 200


SCREENS = (
    Screen("home", "/"),
    Screen("search, empty", "/search"),
    Screen("search", "/search?q=داعش&place=Washington"),
    Screen("search, nothing found", "/search?q=داعش زرافة"),
    Screen("article", f"/article/{SEED}"),
    Screen("article, as extracted", f"/article/{SEED}?view=extracted"),
    Screen("article, difference", f"/article/{SEED}?view=diff"),
    Screen("article, versions", f"/article/{CHANGED}?view=versions"),
    Screen("meetings", "/meetings"),
    Screen("meeting", f"/meeting/{MEETING}"),
    Screen("meetings, calendar", "/meetings?view=calendar&year=2017"),
    Screen("meetings, timeline", "/meetings?view=timeline"),
    Screen("meeting, postponed", "/meeting/2018-06-26-rabat-political-directors"),
    Screen("day", "/on/2017-03-22"),
    Screen("day, empty", "/on/2031-01-01"),
    Screen("month", "/month/2017-03"),
    Screen("year", "/year/2017"),
    Screen("coverage", "/coverage?year=2017"),
    Screen("coverage, all years in shares", "/coverage?year=all&show=share"),
    Screen("coverage of meetings", "/coverage/meetings?year=2017"),
    Screen("compare", f"/compare?meeting={MEETING}&a=rukn&b=mirsal"),
    Screen("outlets", "/outlets"),
    Screen("outlet", "/outlet/manara"),
    Screen("review", "/review"),
    Screen("review, dates", "/review?kind=dates"),
    Screen("changes", "/changes?kind=corrected"),
    Screen("methodology", "/methodology"),
    Screen("accessibility", "/accessibility"),
    Screen("status", "/status"),
    Screen("tables", "/archive"),
    Screen("table", "/archive/mentions?_facet=level&_size=10"),
    Screen("row", f"/archive/articles/{SEED}"),
    Screen("query", "/archive?sql=select+id,+first,+city+from+meetings"),
    Screen("not found", "/nothing", 404),
    Screen("bad day", "/on/2017-02-30", 400),
    Screen("bad request", "/archive?sql=select+(", 400),
)

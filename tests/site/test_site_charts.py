"""The drawings: they say what the numbers say, run the way the page reads, and leave room for a finger."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from datasette.utils import module_from_path  # type: ignore[import-untyped]
from lxml import etree

CHARTS = module_from_path(
    str(Path(__file__).resolve().parents[2] / "datasette" / "plugins" / "charts.py"), "charts"
)
NAMES = {"a": "https://www.w3.org/2000/svg"}
BARS = [
    {"tick": "2016", "title": "سنة 2016", "href": "/year/2016", "articles": 2},
    {"tick": "2017", "title": "سنة 2017", "href": None, "articles": 8},
    {"tick": "2018", "title": "<b>", "articles": 0},
]


def rectangles(drawing: str, kind: str) -> list[dict[str, float]]:
    tree = etree.fromstring(drawing.encode())
    return [
        {name: float(one.get(name) or 0) for name in ("x", "y", "width", "height")}
        for one in tree.iter("rect")
        if kind in (one.get("class") or "").split()
    ]


def test_bars_are_as_high_as_their_numbers_and_time_runs_with_the_page() -> None:
    right, left = (CHARTS.bar_chart(BARS, {"articles": "المقالات"}, "x", rtl=rtl) for rtl in (True, False))
    for drawing, later in ((right, -1), (left, 1)):
        first, second = rectangles(drawing, "articles")  # nothing is drawn for nothing
        assert second["height"] == pytest.approx(4 * first["height"])
        assert (second["x"] - first["x"]) * later > 0


def test_titles_hold_name_and_number_and_nothing_is_unescaped() -> None:
    drawing = CHARTS.bar_chart(BARS, {"articles": "المقالات"}, '"<script>', rtl=True)
    assert "سنة 2017 (المقالات: 8)" in drawing
    assert "<b>" not in drawing
    assert "<script>" not in drawing
    assert ' style="' not in drawing
    assert re.findall('href="([^"]*)"', drawing) == ["/year/2016"]


def test_a_year_has_a_cell_for_each_day_and_only_days_with_numbers_are_links() -> None:
    day = {"value": 3, "title": "يوم", "href": "/on/2016-02-29", "marked": True}
    drawing = CHARTS.day_map({"2016-02-29": day}, ["شهر"] * 12, 2016, "x", rtl=True)
    assert len(rectangles(drawing, "cell")) == 366
    (leap,) = rectangles(drawing, "marked")
    assert (leap["width"], leap["height"]) >= (24, 24)
    assert leap in rectangles(drawing, "level-4")
    assert re.findall('href="([^"]*)"', drawing) == ["/on/2016-02-29"]
    (january,) = {one["y"] for one in rectangles(drawing, "cell")[:1]}
    assert leap["y"] > january
    assert leap["x"] < rectangles(drawing, "cell")[0]["x"]  # the 29th lies left of the 1st


def test_marks_of_one_time_stand_below_each_other() -> None:
    days = [date(2017, 7, 11), date(2017, 7, 12), date(2019, 2, 6)]
    marks = [{"day": day, "title": str(day), "href": f"/on/{day}", "kind": "held"} for day in days]
    drawing = CHARTS.timeline([{"label": "صف", "marks": marks}], days[0], days[-1], "x", rtl=True)
    dots = [
        (float(one.get("cx") or 0), float(one.get("cy") or 0))
        for one in etree.fromstring(drawing.encode()).iter("circle")
        if one.get("class") == "mark held"
    ]
    assert dots[0][1] < dots[1][1]
    assert dots[2][1] == dots[0][1]
    assert dots[2][0] < dots[0][0]  # later is further left

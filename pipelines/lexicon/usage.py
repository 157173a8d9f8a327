"""Rival words for one thing, by which a reader tells an outlet's wording: what /compare counts side by side."""

from __future__ import annotations

# Each group names one thing in the words of different outlets. A word is counted in all its forms (pipelines/stemming.py).
USAGE: dict[str, tuple[str, ...]] = {
    "coalition": ("التحالف", "الائتلاف"),
    "isis": ("داعش", "تنظيم الدولة", "الدولة الإسلامية"),
}

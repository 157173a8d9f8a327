"""Builds small press pages of an invented outlet, with the furniture that real ones have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Build = Callable[..., bytes]

TITLE = "وزراء التحالف يجتمعون في واشنطن"


def build(
    body: str,
    *,
    head: str = "",
    title: str = f"{TITLE} - صدى النهر",
    heading: str = f"<h1>{TITLE}</h1>",
    lang: str = "ar",
) -> bytes:
    """Give the bytes of a page in UTF-8 around `body`."""
    return f"""<!doctype html><html lang="{lang}" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<header><a href="/">صدى النهر</a><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/politics">سياسة</a></li></ul></nav></header>
{heading}{body}
<aside><h3>الأكثر قراءة</h3><ul><li><a href="/1">أسعار النفط ترتفع في الأسواق العالمية</a></li></ul></aside>
<footer>صحيفة متخيلة للاختبار. جميع الحقوق محفوظة لصدى النهر.</footer></body></html>""".encode()


@pytest.fixture
def page() -> Build:
    """The page builder."""
    return build

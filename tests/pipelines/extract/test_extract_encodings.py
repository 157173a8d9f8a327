"""A page read in the wrong encoding is a page lost, and nobody notices: it is still full of letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import TahalufError
from pipelines.extract import EmptyPageError, ExtractError, NotHtmlError, extract
from pipelines.extract.encodings import decode

Build = Callable[..., bytes]
URL = "https://nahr.example/politics/78123"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "encodings"
TEXT = "قالت وزارة الخارجية في بيان إن الاجتماع سيعقد في واشنطن على مستوى الوزراء من جميع الدول الأعضاء."
HTML = f"<html><head><title>بيان الوزارة</title></head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "iso-8859-6", "utf-16"])
@pytest.mark.parametrize(
    "header",
    [
        None,
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=ISO-8859-1",
        "text/html; charset=windows-1256",
        "text/html; charset=nonsense",
    ],
)
def test_the_bytes_decide_whatever_the_header_says(encoding: str, header: str | None) -> None:
    assert decode(HTML.encode(encoding), header) == HTML


def test_a_wrong_meta_does_not_decide_either() -> None:
    html = HTML.replace("<head>", '<head><meta charset="utf-8">')
    assert decode(html.encode("windows-1256"), None) == html


@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "latin-1"), ("utf-8", "cp1256"), ("windows-1256", "latin-1"), ("windows-1256", "cp1252")],
)
def test_mojibake_is_undone(written: str, read: str) -> None:
    spoilt = HTML.encode(written).decode(read)
    assert spoilt != HTML
    assert decode(spoilt.encode("utf-8"), None) == HTML


def test_french_in_latin_1_is_left_as_it_is() -> None:
    html = "<html><body><p>La coalition internationale s'est réunie à Genève, a déclaré le ministère français des Affaires étrangères.</p></body></html>"
    assert decode(html.encode("latin-1"), "text/html; charset=iso-8859-1") == html
    assert decode(html.encode("utf-8"), None) == html


def test_a_character_cut_in_half_does_not_spoil_the_page() -> None:
    broken = HTML.encode().replace("بيان الوزارة".encode(), "بيان الوزار".encode() + b"\xd8", 1)
    assert TEXT in decode(broken, None)


@pytest.mark.parametrize(
    ("body", "content_type", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "text/html", "PDF"),
        (b"\n\n%PDF-1.4 ...", "text/html; charset=utf-8", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", None, "JPEG"),
        (b"GIF89a\x01\x00", None, "GIF"),
        (b"PK\x03\x04\x14\x00", None, "ZIP"),
        (b"\x00\x01\x02\x03" * 50, None, "binary"),
        (b"hello", "image/webp", "image/webp"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "text/html", "<rss>"),
        ("نص بلا وسوم".encode(), "text/html", "no HTML element"),
        (b'{"a": 1}', "text/html", "no HTML element"),
    ],
)
def test_what_is_no_html_is_refused_in_one_line(body: bytes, content_type: str | None, word: str) -> None:
    with pytest.raises(NotHtmlError, match=word) as caught:
        extract(body, URL, content_type)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [b"", b"  \n ", b"<html></html>", b"<html><body><p> </p></body></html>", b"<!doctype html>", b"<p></p>"],
)
def test_an_empty_page_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(EmptyPageError) as caught:
        extract(body, URL)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, ExtractError)
    assert isinstance(caught.value, TahalufError)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material lies beside the checkout only at work")
def test_real_samples_read_as_arabic() -> None:
    for name in (
        "chromium_windows-1256_with_no_encoding_specified.html",
        "chromium_ISO-8859-6_with_no_encoding_specified.html",
    ):
        found = extract((SHARED / name).read_bytes(), URL)
        assert found.text.startswith("أعلنت كتائب")
        assert found.language == "ar"
    text = decode(b"<p>" + (SHARED / "ude_windows-1256.txt").read_bytes() + b"</p>", None)
    assert "467 مليون نسمة" in text

"""From bytes to text: what a page is written in, whatever its headers say, and mojibake undone.

UTF-8 proves itself: Arabic in another encoding is never valid UTF-8 by chance, so valid UTF-8 wins over every label
(RFC 3629 §1). Among the one-byte encodings the label is only one vote; the words decide.
"""

from __future__ import annotations

import codecs
import re

import ftfy

from pipelines.extract.errors import EmptyPageError, NotHtmlError
from pipelines.lexicon.press import ARTICLES, FUNCTION_WORDS

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# First bytes of what is served behind .html addresses and is no page.
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a media file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "gzip data",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"wOF": "a font",
    b"\x00\x00\x01\x00": "an icon",
    b"ID3": "an audio file",
    b"{\\rtf": "an RTF document",
}
_BINARY_TYPES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
)
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|div|p|article|section|span|table|h[1-6]|a|br)\b", re.IGNORECASE
)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)

_ONE_BYTE = ("windows-1256", "iso-8859-6")
_ARABIC_WORDS = frozenset(FUNCTION_WORDS["ar"])
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
# UTF-8 read as windows-1252 or Latin-1, as windows-1256; windows-1256 read as windows-1252.
_UTF8_AS_LATIN = re.compile("[\u00d8\u00d9][\u0080-\u00bf\u0152-\u2122]")
_UTF8_AS_1256 = re.compile(
    "[\u0637\u0638][\u0080-\u00bf\u060c\u061b\u067e\u0679\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u200c-\u2122]"
)
_1256_AS_LATIN = re.compile("[\u00c0-\u00ff]{3,}")
_LEAST_MARKS = 4


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode a page, judging by its bytes first, its labels second; undo mojibake.

    Raises `NotHtmlError` for a body that is no HTML (PDF, image, feed, binary) and `EmptyPageError` for an empty one.
    """
    _refuse_binary(body, content_type)
    text = _mend(_to_text(body, content_type))
    if feed := _FEED.match(text[:2000]):
        raise NotHtmlError(f"not HTML: an XML document with root <{feed[1]}>")
    if not text.strip():
        raise EmptyPageError("empty page: nothing but white space")
    if not _TAG.search(text):
        raise NotHtmlError("not HTML: no HTML element in the body")
    return text


def _refuse_binary(body: bytes, content_type: str | None) -> None:
    if not body:
        raise EmptyPageError("empty page: no bytes")
    for signature, name in _SIGNATURES.items():
        if body.startswith(signature) or (signature == b"%PDF" and b"%PDF-" in body[:1024]):
            raise NotHtmlError(f"not HTML: {name}")
    declared = (content_type or "").partition(";")[0].strip().lower()
    if declared.startswith(_BINARY_TYPES) and b"<" not in body[:2000]:
        raise NotHtmlError(f"not HTML: served as {declared}")
    head = body[:4096]
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and head.count(0) > len(head) // 50:
        raise NotHtmlError("not HTML: binary data")


def _to_text(body: bytes, content_type: str | None) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # not UTF-8 throughout: weighed below
    labels = _labels(body, content_type)
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # A page in UTF-8 with a few broken characters (a headline cut in the middle of one) is still UTF-8.
    if bad * 20 < sum(char > "\x7f" for char in text):
        return text
    candidates = [*dict.fromkeys([*labels, *_ONE_BYTE])]
    texts = [(body.decode(name, "replace"), name) for name in candidates if name != "utf-8"]
    best = max(texts, key=lambda pair: _arabic_score(pair[0]))
    if _arabic_score(best[0]) <= 0:
        return next((decoded for decoded, name in texts if name in labels), text)
    return best[0]


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """Give the encodings that the header and the page's own meta name, by Python's names."""
    named = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    named += [match[1].decode("ascii", "ignore") for match in [_META.search(body[:8192])] if match]
    found = []
    for label in named:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        # Browsers read Latin-1 as windows-1252 (WHATWG Encoding Standard, labels).
        found.append(
            {"iso8859-1": "cp1252", "cp1256": "windows-1256", "iso8859-6": "iso-8859-6"}.get(name, name)
        )
    return found


def _arabic_score(text: str) -> float:
    """Weigh how much `text` reads like Arabic: frequent words count, undefined and odd characters count against it."""
    sample = text[:60_000]
    words = _ARABIC_WORD.findall(sample)
    hits: int = sum(word in _ARABIC_WORDS or word.startswith(ARTICLES) for word in words)
    return float(hits - 2 * sample.count("\ufffd")) - 0.01 * len(words)


def _mend(text: str) -> str:
    """Undo mojibake line by line where its marks are dense; a text without them is given back as it is."""
    if len(_UTF8_AS_LATIN.findall(text[:200_000])) >= _LEAST_MARKS:
        text = "\n".join(
            ftfy.fix_encoding(line) if _UTF8_AS_LATIN.search(line) else line for line in text.split("\n")
        )
    if len(_UTF8_AS_1256.findall(text[:200_000])) >= _LEAST_MARKS:
        text = "\n".join(_reread(line, "cp1256", "utf-8") for line in text.split("\n"))
    if len(_1256_AS_LATIN.findall(text[:200_000])) >= _LEAST_MARKS:
        text = "\n".join(_reread(line, "cp1252", "cp1256") for line in text.split("\n"))
    return text


def _reread(line: str, wrong: str, right: str) -> str:
    """Read `line` again in the encoding it was written in, if that makes Arabic words of it."""
    if line.isascii():
        return line
    try:
        again = line.encode(wrong).decode(right)
    except UnicodeError:
        return line
    return again if _arabic_score(again) > _arabic_score(line) + 1 else line

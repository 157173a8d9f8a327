"""The first test of a page: raw bytes in, nothing decoded or parsed, and no page lost that `judge` would keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from pipelines.arabic import INVISIBLE, MARKS, fold_text
from pipelines.lexicon.coalition import STEM_NOT_AFTER, STEMS

_Writing = Callable[[str], bytes]
_Patterns = tuple[re.Pattern[bytes], ...]

_SINGLE_BYTE = ("cp1256", "iso8859-6")
_GAP = rb".{1,80}?"  # spaces, tags and quotes between the words of one name
_BREAKS = rb"|&(?:shy|zwnj|zwj|lrm|rlm|#\d{2,5}|#[xX][0-9a-fA-F]{2,5});?|<wbr ?/?>"  # what HTML may put inside a word
_PLAIN = STEMS[0][0].encode()  # settles most pages of ours at once
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def may_concern(body: bytes) -> bool:
    """Tell from the raw bytes of a page whether it could concern the coalition; False is safe to skip.

    Reads UTF-8, windows-1256, ISO-8859-6, numeric character references, JSON's escapes, and text that was once decoded
    wrongly («تحالف» as "ØªØ\xadØ§Ù„Ù"). About 1 ms for a page of 100 kB. True says little: a party's «تحالف» passes too,
    and `judge` decides. Bytes in UTF-16 are not read but let through.
    """
    if body.startswith(_UTF16) or _PLAIN in body:
        return True
    if any(pattern.search(body) for pattern in _patterns("utf8")):
        return True
    for codec in () if _is_utf8(body) else _SINGLE_BYTE:
        table, dropped = _single_byte_folding(codec)
        folded = body.translate(table, dropped)
        if any(pattern.search(folded) for pattern in _patterns(codec)):
            return True
    if b"&#" in body:
        # One spelling for each reference, so that a fixed prefix can be looked for.
        plain = body.lower().replace(b";", b"").replace(b"&#x0", b"&#x").replace(b"&#0", b"&#")
        if any(pattern.search(plain) for pattern in (*_patterns("decimal"), *_patterns("hex"))):
            return True
    if b"\\u06" in body and any(pattern.search(body.lower()) for pattern in _patterns("escape")):
        return True
    return any(sign in body and any(form in body for form in forms) for sign, forms in _misreadings().items())


def _is_utf8(body: bytes) -> bool:
    """Tell whether the bytes are UTF-8 throughout.

    Then they hold no Arabic word in single bytes: two of its letters, both from 0xC0 up, never follow each other in UTF-8.
    """
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decimal(char: str) -> bytes:
    return b"&#%d" % ord(char)


def _hex(char: str) -> bytes:
    return b"&#x%x" % ord(char)


def _escape(char: str) -> bytes:
    return b"\\u%04x" % ord(char)


def _in_codec(char: str, codec: str) -> bytes:
    return char.encode(codec, errors="ignore")


_WRITINGS: dict[str, _Writing] = {
    "utf8": partial(_in_codec, codec="utf-8"),
    "decimal": _decimal,
    "hex": _hex,
    "escape": _escape,
    **{codec: partial(_in_codec, codec=codec) for codec in _SINGLE_BYTE},
}


@cache
def _patterns(name: str) -> _Patterns:
    """Compile the stems in one way of writing, one pattern for each first letter, which is its literal prefix.

    Single bytes are folded beforehand and need neither variants nor marks.
    """
    writing = _WRITINGS[name]
    folded = name in _SINGLE_BYTE
    between = b"" if folded else b"(?:" + _one_of(_ignored(), writing) + _BREAKS + b")*"

    def spell(word: str) -> bytes:
        letters = (writing(c) if folded else _one_of(_variants()[c], writing) for c in fold_text(word))
        return between.join(letters)

    groups: dict[str, list[bytes]] = {}
    for first_word, *more in STEMS:
        rest = _not_after(first_word, writing) + between + spell(first_word[1:])
        groups.setdefault(first_word[0], []).append(_GAP.join((rest, *map(spell, more))))
    return tuple(
        re.compile(re.escape(writing(first)) + b"(?:" + b"|".join(tails) + b")", re.DOTALL)
        for first, tails in groups.items()
    )


def _not_after(word: str, writing: _Writing) -> bytes:
    before = STEM_NOT_AFTER.get(word)
    return b"(?<!" + re.escape(writing(before) + writing(word[0])) + b")" if before else b""


def _one_of(chars: list[str], writing: _Writing) -> bytes:
    """Give the pattern of one of `chars`; bytes that differ in the last only become a class."""
    ends: dict[bytes, bytes] = {}
    for char in chars:
        if written := writing(char):
            ends[written[:-1]] = ends.get(written[:-1], b"") + re.escape(written[-1:])
    return b"(?:" + b"|".join(re.escape(head) + b"[" + last + b"]" for head, last in ends.items()) + b")"


@cache
def _single_byte_folding(codec: str) -> tuple[bytes, bytes]:
    """Give the table that folds letters of a single-byte codec, and the bytes to drop."""
    table, dropped = bytearray(range(256)), bytearray()
    for byte in range(128, 256):
        char = bytes((byte,)).decode(codec, errors="ignore")
        if char in _ignored():
            dropped.append(byte)
        elif folded := fold_text(char).encode(codec, errors="ignore"):
            table[byte] = folded[0]
    return bytes(table), bytes(dropped)


@cache
def _misreadings() -> dict[bytes, tuple[bytes, ...]]:
    """List the usual wrong decodings of the stems under bytes without which none of them occurs."""
    last_words = [words[-1] for words in STEMS]
    western = [_misread(word.encode(), codec) for word in last_words for codec in ("latin-1", "cp1252")]
    western += [_misread(word.encode("cp1256"), "latin-1") for word in last_words]
    arabic = [_misread(word.encode(), "cp1256") for word in last_words]
    return {b"\xc3": tuple(western), b"": tuple(arabic)}


def _misread(written: bytes, codec: str) -> bytes:
    """Decode byte by byte with the wrong codec, as browsers do: a byte the codec lacks stands for itself."""
    return "".join(bytes((b,)).decode(codec, errors="ignore") or chr(b) for b in written).encode()


@cache
def _ignored() -> list[str]:
    """List the characters that the folding drops."""
    dropped = re.compile(f"[{MARKS}{INVISIBLE}]")
    return [chr(code) for code in (*range(0x80, 0x2100), 0xFEFF) if dropped.match(chr(code))]


@cache
def _variants() -> dict[str, list[str]]:
    """Give for each letter of the stems the characters that the folding makes equal to it."""
    found: dict[str, list[str]] = {
        letter: [] for words in STEMS for word in words for letter in fold_text(word)
    }
    for code in (*range(0x600, 0x700), *range(0xFB50, 0xFDFF), *range(0xFE70, 0xFEFF)):
        folded = fold_text(chr(code))
        if folded in found:
            found[folded].append(chr(code))
    return found

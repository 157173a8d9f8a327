"""Faults below the level of words: entities left over, stray «&», spaces that aren't, marks that can't be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from pipelines.clean.draft import WHITE_SPACE, Change, Draft

# Named references that are also read without their semicolon; the rest of HTML's list would eat query strings («&copy=2»).
_LOOSE = "nbsp|ensp|emsp|thinsp|amp|quot|apos|laquo|raquo|lsaquo|rsaquo|ndash|mdash|hellip|rlm|lrm|zwnj|zwj|ldquo|rdquo|lsquo|rsquo|shy|bull|middot"
_SPACED = {"ensp", "emsp", "thinsp"}
# Several rounds of encoding leave «amp;» or «#38;» between the ampersand and the name; some editors leave blanks there too.
_ENTITY = re.compile(
    rf"&[ \t]?(?:(?:amp|#0*38|#x0*26)[ \t]?;[ \t]?)*(?:(?P<loose>(?:{_LOOSE}))(?:[ \t]?;|(?![A-Za-z0-9=_-]))"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,30});"
    r"|#(?:(?P<dec>\d{1,9})|[xX](?P<hex>[0-9A-Fa-f]{1,8}))(?:;|(?![A-Za-z0-9])))",
    re.IGNORECASE,
)
# «nbsp;» whose ampersand was cut off by an earlier cleaner.
_HEADLESS = re.compile(r"(?<!&)(?:amp;)?nbsp;", re.IGNORECASE)
# windows-1252 values that pages write as if they were Unicode (HTML Standard, numeric character reference end state).
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(0x80, 0xA0)}

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|em|u|font|a|img|h[1-6]|ul|ol|li|iframe|script|center)(?:\s[^<>\n]{0,500})?/?>",
    re.IGNORECASE,
)
_BREAKING_TAG = re.compile(r"</?(?:p|br|div|h[1-6]|li)\b", re.IGNORECASE)
_NO_BREAK = "\u00a0\u202f"
_SPACE = re.compile(f"[{_NO_BREAK}]|[\u1680\u2000-\u200a\u205f\u3000\t]")
_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_PICTOGRAPH = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_TATWEEL = re.compile(
    "(?<=[\u0620-\u063f\u0641-\u065f\u0670-\u06d3])\u0640+(?=[\u0620-\u063f\u0641-\u065f\u0670-\u06d3])"
)
_LOOSE_WHITE_SPACE = re.compile(r" *\n[ \n]*| {2,}|\A +| +\Z")
_RULE = re.compile("(?m)^[ \t]*[\u0640_=*~-]{4,}[ \t]*$")

# An ampersand is stray at a line's edge, next to another one, or after the mark that ends a sentence; between two words,
# in a name (AT&T), or in a query string it is not.
_STRAY = re.compile(
    r"(?m)^[ \t]*(?P<first>&(?:[ \t]*&)*)(?![A-Za-z0-9_#])"
    r"|(?P<last>&(?:[ \t]*&)*)[ \t]*$"
    r"|(?P<pair>&(?:[ \t]*&)+)"
    r"|(?<=[.!?؟،؛:…»\"”)])(?P<mark>&)(?=[\s\u0600-\u06ff])"
    r"|(?<=\s)(?P<lone>&)(?=[.!?؟،؛:;…])"
)


def decode_entities(draft: Draft) -> None:
    """Replace what is left of HTML's character references, however often encoded, by the characters they stand for."""
    for _ in range(6):
        changes = list(_entities(draft.text))
        if not draft.apply(changes):
            return


def _entities(text: str) -> Iterator[Change]:
    for match in _ENTITY.finditer(text) if "&" in text else ():
        character = _character(match)
        if character is not None and character != match.group():
            yield Change(match.start(), match.end(), "entity", character)
    if ";" in text:
        yield from (Change(m.start(), m.end(), "entity", " ") for m in _HEADLESS.finditer(text))


def _in_query(text: str, at: int) -> bool:
    """Tell whether the ampersand at `at` joins two parameters of a link."""
    start = max(text.rfind(mark, max(0, at - 2000), at) for mark in " \n\u00a0") + 1
    return "?" in text[start:at] and "=" in text[start:at]


def _character(match: re.Match[str]) -> str | None:
    if loose := match["loose"]:
        name = loose.lower()
        return " " if name == "nbsp" or name in _SPACED else html5[name + ";"]
    if name := match["name"]:
        found = html5.get(name + ";") or html5.get(name.lower() + ";")
        return " " if found == "\u00a0" else found
    code = int(match["dec"]) if match["dec"] else int(match["hex"], 16)
    if code in _C1:
        return _C1[code]
    if code == 0xA0:
        return " "
    if code in (9, 10) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
        return chr(code)
    return ""


def drop_markup(draft: Draft) -> None:
    """Take out tags that stand in the text as text; those that break a line leave a line break."""
    if "<" in draft.text:
        draft.apply(
            Change(m.start(), m.end(), "markup", "\n" if _BREAKING_TAG.match(m.group()) else "")
            for m in _MARKUP.finditer(draft.text)
        )


def plain_spaces(draft: Draft) -> None:
    """Make every kind of space a space and every kind of line end a line end; drop control characters."""
    text = draft.text
    changes = [
        Change(m.start(), m.end(), "nbsp" if m.group() in _NO_BREAK else WHITE_SPACE, " ")
        for m in _SPACE.finditer(text)
    ]
    changes += [Change(m.start(), m.end(), WHITE_SPACE, "\n") for m in _BREAK.finditer(text)]
    changes += [Change(m.start(), m.end(), "control") for m in _CONTROL.finditer(text)]
    draft.apply(changes)


def drop_invisible(draft: Draft) -> None:
    """Drop zero-width characters, bidi controls and soft hyphens; a joiner inside a pictograph stays."""
    text = draft.text
    draft.apply(
        Change(m.start(), m.end(), "zero_width")
        for m in _INVISIBLE.finditer(text)
        if not (m.group() == "\u200d" and m.start() and _PICTOGRAPH.match(text[m.start() - 1]))
    )


def drop_stray_ampersands(draft: Draft) -> None:
    """Drop each «&» that joins nothing: «…على التنظيم.&» at a paragraph's edge, or alone on its line.

    «AT&T», «S&P», «سي & تي» and «?a=1&b=2» stay.
    """
    if "&" not in draft.text:
        return
    changes = []
    for match in _STRAY.finditer(draft.text):
        group = match.lastgroup or ""
        start, end = match.span(group)
        if not (group == "last" and _in_query(draft.text, start)):
            changes.append(Change(start, end, "stray_ampersand"))
    draft.apply(changes)


def drop_tatweel(draft: Draft) -> None:
    """Drop the tatweel that only stretches a word: «التحـــالف»; that of «هـ», «الـ 23» and «لـ«الحياة»» stays."""
    changes = [Change(m.start(), m.end(), "tatweel") for m in _TATWEEL.finditer(draft.text)]
    changes += [Change(m.start(), m.end(), "rule") for m in _RULE.finditer(draft.text)]
    draft.apply(changes)


def tidy_white_space(draft: Draft) -> None:
    """Leave one space between words, no space at a line's edge, one line break or one empty line between paragraphs.

    A single line break stays single (trafilatura separates paragraphs so) and an empty line stays one empty line.
    """
    text = draft.text
    changes = []
    for match in _LOOSE_WHITE_SPACE.finditer(text):
        run = match.group()
        at_edge = match.start() == 0 or match.end() == len(text)
        wanted = "" if at_edge else ("\n\n" if run.count("\n") > 1 else "\n") if "\n" in run else " "
        if run != wanted:
            changes.append(Change(match.start(), match.end(), WHITE_SPACE, wanted))
    draft.apply(changes)


def join_lines(draft: Draft) -> None:
    """Put a headline that was broken over lines on one line."""
    draft.apply(Change(m.start(), m.end(), WHITE_SPACE, " ") for m in re.finditer(r"\s*\n\s*", draft.text))

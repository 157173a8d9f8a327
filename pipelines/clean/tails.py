"""Agency names and end marks at the tail of an article, taken off: «(أ ف ب)», «--(بترا)», «المصدر: رويترز»."""

from __future__ import annotations

import re

from pipelines.clean.blocks import lines_of
from pipelines.clean.draft import Change, Draft
from pipelines.clean.sources import SOURCES, key_of_name
from pipelines.lexicon import press

_REACH = 110  # characters in which a tail begins
_SOURCE_LABEL = re.compile(
    rf"(?:{'|'.join(re.escape(key_of_name(label)) for label in press.SOURCE_LABELS)})[ ]*[:：][ ]*(?P<name>.+)"
)
_END_MARKS = frozenset(key_of_name(mark) for mark in press.END_MARKS)
_TAIL_BRACKET = re.compile(
    r"[ \t–—/\u0640*-]*[(\[][ \t]*(?P<name>[^()\[\]\n]{1,40}?)[ \t]*[)\]][ \t]*[.]?[ \t]*$"
)
_TAIL_MARKS = re.compile(
    r"(?:^|[ \t]+|(?<=[.»”\"]))[-–—/*#]*[ \t]*(?P<name>[\w .]{2,20}?)[ \t]*[-–—/*#]*[ \t]*[.]?$"
)
_LIST = re.compile(r"[ ]*[،,+/–-][ ]*|[ ]+و[ ]*(?=\w{3})")


def lift_tail(draft: Draft) -> str | None:
    """Take agency names and end marks off the draft's tail: «(أ ف ب)», «--(بترا)», «المصدر: رويترز»; give the agency."""
    agency = None
    for _ in range(3):
        lines = lines_of(draft.text)
        if not lines:
            return agency
        last = lines[-1]
        begin = max(last.start, last.end - _REACH)
        found = _tail(draft.text[begin : last.end], whole=begin == last.start, alone=len(lines) > 1)
        if found is None:
            return agency
        name, start = found
        agency = agency or name
        draft.apply([Change(begin + start, last.end, "agency_tail")])
    return agency


def _tail(line: str, *, whole: bool, alone: bool) -> tuple[str | None, int] | None:
    """Read the end of the last line; `whole` says that it is all of it, `alone` that other lines stand before it."""
    label = _SOURCE_LABEL.fullmatch(key_of_name(line))
    if label and whole and alone and len(label["name"].split()) <= 5:
        return re.split("[:：]", line, maxsplit=1)[1].strip(" .()"), 0
    match = _TAIL_BRACKET.search(line)
    if match:
        parts = [part for part in _LIST.split(match["name"]) if part.strip()]
        if parts and all(key_of_name(part) in SOURCES for part in parts):
            return match["name"].strip(), match.start()
    match = _TAIL_MARKS.search(line)
    if match:
        key = key_of_name(match["name"])
        whole = whole and match.start() == 0
        dashed = bool(re.match(r"[ \t]*[-–—/*#]", match.group()))
        if key in _END_MARKS and (whole or dashed):
            return None, match.start()
        if key in SOURCES and ((whole and alone) or (dashed and len(key) > 2)):
            return match["name"].strip(), match.start()
    return None

"""Datelines at the head of an article and agency names at its tail, lifted out of the text.

The shapes are those of agency practice: «لندن – رويترز:», «باريس (أ ف ب) -», «بغداد/», «إيلاف من لندن:»,
«عمّان 15 تشرين الثاني (بترا) –». A place is one that the lexicon knows; nothing is lifted on a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.arabic import fold, fold_text
from pipelines.clean.blocks import lines_of
from pipelines.clean.draft import Change, Draft
from pipelines.lexicon import places, press

_REACH = 110  # characters in which a dateline ends
_MOST_WORDS = 5  # of one segment
_DATE_WORDS = 9  # «15 ذو القعدة 1444هـ الموافق 4 يونيو 2023م»
_SEPARATOR = re.compile(
    r"[ \t]*(?P<mark>\n|[:：][ ]?[-–—]*|[/|]|(?:[-–—\u0640]+)|[،,]|(?=\()|(?<=\))[.]?)[ \t]*"
)
_NUMBER_DATE = re.compile(
    rf"\d{{1,4}}(?:[/.-]\d{{1,2}}[/.-]\d{{1,4}})?(?:{'|'.join(map(fold_text, press.ERA_MARKS))})?"
)
_INITIALS = re.compile(r"(?:\w[ .]){1,3}\w\.?")

Kind = Literal["place", "source", "date", "note", "unknown"]


def _key(words: str) -> str:
    return " ".join(fold_text(words).lower().replace(".", " ").split())


_SOURCES = frozenset(_key(name) for name in press.AGENCIES)
_SOURCE_WORDS = frozenset(_key(word) for word in press.SOURCE_WORDS)
_NOTES = frozenset(_key(word) for word in press.DESK_NOTES)
_PLACES = frozenset(
    _key(name) for name in (*press.DATELINE_PLACES, *(n for city in places.CITIES for n in city.names_ar))
)
# A state's name stands in a dateline only beside a city or a source; alone it is the subject of a sentence.
_COUNTRIES = frozenset(_key(name) for state in places.COUNTRIES for name in state.names_ar) - _PLACES
_PREPOSITIONS = frozenset(_key(word) for word in press.DATE_PREPOSITIONS)
_PLAIN_SOURCES = sorted(
    _SOURCES - frozenset(_key(name) for name in press.COMMON_WORDS_TOO), key=len, reverse=True
)
_PLAIN_SOURCE = re.compile(
    rf"(?:{'|'.join(re.escape(name).replace(chr(92) + ' ', '[ .]+') for name in _PLAIN_SOURCES)})(?=[ ])"
)
_GIVEN = frozenset(_key(name) for name in press.GIVEN_NAMES)
_MONTH_NAMES = (*(name for names in press.MONTHS.values() for name in names), *press.HIJRI_MONTHS)
_CALENDAR = frozenset(
    _key(word) for name in (*_MONTH_NAMES, *press.ERA_MARKS) for word in name.split()
) | frozenset(_key(day) for day in press.WEEKDAYS)
_NOT_AFTER = frozenset(_key(word) for word in press.NOT_AFTER_DATELINE)
_FROM = _key(press.FROM)
_SOURCE_LABEL = re.compile(
    rf"(?:{'|'.join(re.escape(_key(label)) for label in press.SOURCE_LABELS)})[ ]*[:：][ ]*(?P<name>.+)"
)
_END_MARKS = frozenset(_key(mark) for mark in press.END_MARKS)


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    kind: Kind
    mark: str  # the separator behind it
    end: int  # behind the separator
    bracketed: bool
    spaced: bool = True  # white space stands behind the separator


def lift_dateline(draft: Draft, names: tuple[str, ...] = ()) -> tuple[str | None, str | None]:
    """Take a dateline off the head of the draft and give its place and its source, both as written.

    `names` are the outlet's own. A lead before it is stepped over.
    """
    own = frozenset(_key(name) for name in names)
    lines = lines_of(draft.text)
    for n, line in enumerate(lines[:2]):
        found = _read(draft.text[line.start : line.start + _REACH], own)
        if found and not (n and _too_weak(found[0])):
            segments, end = found
            place, source = _place_and_source(segments)
            draft.apply([Change(line.start, line.start + end, "dateline")])
            return place, source
    return None, None


def _too_weak(segments: list[_Segment]) -> bool:
    """Tell whether a head found below the first line may be a sentence's beginning: «واشنطن: …» alone."""
    return len(segments) == 1 and (segments[0].kind != "place" or ":" in segments[0].mark)


def _read(head: str, own: frozenset[str]) -> tuple[list[_Segment], int] | None:
    """Give the longest run of segments at the start of `head` that makes a dateline, and where it ends."""
    segments: list[_Segment] = []
    best: tuple[list[_Segment], int] | None = None
    at = 0
    for match in _SEPARATOR.finditer(head):
        raw = head[at : match.start()]
        if match.end() <= at or not raw.strip(" -–—"):
            if segments and match.end() > at and not match["mark"].isspace():
                segments[-1] = replace(
                    segments[-1],
                    mark=segments[-1].mark + match["mark"],
                    end=match.end(),
                    spaced=match.group()[-1:].isspace(),
                )
                at = match.end()
                best = (list(segments), at) if _is_dateline(segments, head[at:]) else best
            continue
        parts = _segments(
            raw.strip(),
            match["mark"],
            match.end(),
            own,
            spaced=match.group()[-1:].isspace(),
            after_place=bool(segments) and segments[-1].kind == "place",
        )
        if parts is None or len(segments) + len(parts) > 6:
            break
        segments += parts
        at = match.end()
        if _is_dateline(segments, head[at:]):
            best = (list(segments), at)
        if "\n" in match["mark"] or sum(s.kind == "unknown" for s in segments) > 1:
            break
    return _with_plain_source(head, best)


def _with_plain_source(
    head: str, best: tuple[list[_Segment], int] | None
) -> tuple[list[_Segment], int] | None:
    """Add the agency that follows a place and a dash without a mark behind it: «واشنطن - رويترز قال…»."""
    if (
        best is None
        or [s.kind for s in best[0]] != ["place"]
        or not re.search("[-–—/\u0640]", best[0][-1].mark)
    ):
        return best
    segments, end = best
    folded = fold(head[end:])
    match = _PLAIN_SOURCE.match(folded.text.lower())
    if match is None:
        return best
    stop = folded.span(0, match.end())[1]
    return [*segments, _Segment(head[end : end + stop], "source", " ", end + stop, False)], end + stop


def _segments(
    raw: str, mark: str, end: int, own: frozenset[str], *, spaced: bool, after_place: bool
) -> list[_Segment] | None:
    bracketed = raw.startswith("(") and raw.endswith(")")
    inner = raw.strip('()«»"“” ')
    key = _key(inner)
    words = key.split()
    if not words or len(words) > _MOST_WORDS + _DATE_WORDS:
        return None
    kind = _kind(key, own)
    if kind == "unknown" and bracketed and after_place and len(words) <= 3:
        kind = "source"  # «مراكش (مرسال) –»: what stands in brackets behind a place is who reports
    if kind == "unknown":
        for at in range(1, len(words)):
            pieces = inner.split()
            if len(pieces) != len(words):
                break
            left, right = " ".join(pieces[:at]), " ".join(pieces[at:])
            if words[at] == _FROM and _kind(_key(" ".join(pieces[at + 1 :])), own) == "place":
                named: Kind = (
                    "source" if words[0] not in _GIVEN or _kind(_key(left), own) == "source" else "unknown"
                )
                return [
                    _Segment(left, named, _FROM, end, False),
                    _Segment(" ".join(pieces[at + 1 :]), "place", mark, end, False),
                ]
            if _kind(_key(left), own) == "place" and _kind(_key(right), own) in ("date", "source"):
                return [
                    _Segment(left, "place", " ", end, False),
                    _Segment(right, _kind(_key(right), own), mark, end, False),
                ]
    if kind == "unknown" and len(words) > _MOST_WORDS:
        return None
    return [_Segment(inner, kind, mark, end, bracketed, spaced)]


def _kind(key: str, own: frozenset[str]) -> Kind:
    words = key.split()
    if key in own or key in _SOURCES:
        return "source"
    if key in _PLACES or key in _COUNTRIES:
        return "place"
    if key in _NOTES:
        return "note"
    if any(word[0].isdigit() for word in words) and all(
        w in _CALENDAR or w in _PREPOSITIONS or _NUMBER_DATE.fullmatch(w) for w in words
    ):
        return "date"
    if _SOURCE_WORDS & set(words) and len(words) <= 4:
        return "source"
    joined = key.split(" و")
    if len(joined) > 1 and all(_kind(part, own) == "source" for part in joined):
        return "source"
    return "unknown"


def _is_dateline(segments: list[_Segment], rest: str) -> bool:
    kinds = [segment.kind for segment in segments]
    last = segments[-1]
    follow = _key(rest).split()[:1]
    if not follow or follow[0] in _NOT_AFTER or "،" in last.mark or "," in last.mark:
        return False
    if "place" not in kinds and "source" not in kinds:
        return False
    closed = bool(last.mark.strip(" ")) or "\n" in last.mark
    if not closed and not (last.bracketed and last.kind == "source"):
        return False
    if "unknown" in kinds:
        return _bears_unknown(segments)
    if kinds == ["place"]:
        # «الأردن: …» and «دمشق-بيروت» are no datelines; «بغداد/ …» and «لندن – …» are.
        return _key(last.text) not in _COUNTRIES and ("\n" in last.mark or last.spaced)
    return True


def _bears_unknown(segments: list[_Segment]) -> bool:
    """One unknown name (a reporter, a small town) is borne when a closing mark shows that the head is over."""
    unknown = [s for s in segments if s.kind == "unknown"]
    last = segments[-1]
    if (
        len(unknown) > 1
        or len(segments) < 2
        or (unknown[0].bracketed and not any(s.kind == "place" for s in segments))
    ):
        return False
    return (
        "\n" in last.mark
        or ":" in last.mark
        or (last is not unknown[0] and any(s.kind == "source" for s in segments))
    )


def _place_and_source(segments: list[_Segment]) -> tuple[str | None, str | None]:
    places = [s.text for s in segments if s.kind == "place"]
    sources = [s.text for s in segments if s.kind == "source"]
    return (places[0] if places else None), (sources[0] if sources else None)


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
    label = _SOURCE_LABEL.fullmatch(_key(line))
    if label and whole and alone and len(label["name"].split()) <= 5:
        return re.split("[:：]", line, maxsplit=1)[1].strip(" .()"), 0
    match = _TAIL_BRACKET.search(line)
    if match:
        parts = [part for part in _LIST.split(match["name"]) if part.strip()]
        if parts and all(_key(part) in _SOURCES for part in parts):
            return match["name"].strip(), match.start()
    match = _TAIL_MARKS.search(line)
    if match:
        key = _key(match["name"])
        whole = whole and match.start() == 0
        dashed = bool(re.match(r"[ \t]*[-–—/*#]", match.group()))
        if key in _END_MARKS and (whole or dashed):
            return None, match.start()
        if key in _SOURCES and ((whole and alone) or (dashed and len(key) > 2)):
            return match["name"].strip(), match.start()
    return None

"""Datelines at the head of an article, lifted out of the text: the place and the source, as written.

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
from pipelines.clean.sources import SOURCES, key_of_name
from pipelines.lexicon import places, press

_REACH = 110  # characters in which a dateline ends
_MOST_WORDS = 5  # of one segment
_DATE_WORDS = 9  # «15 ذو القعدة 1444هـ الموافق 4 يونيو 2023م»
_SEPARATOR = re.compile(
    r"[ \t]*(?P<mark>\n|[:：][ ]?[-–—]*|[/|]|[-–—]+|(?<=\s)\u0640+|[،,]|(?=\()|(?<=\))[.]?)[ \t]*"
)
_NUMBER_DATE = re.compile(
    rf"\d{{1,4}}(?:[/.-]\d{{1,2}}[/.-]\d{{1,4}})?(?:{'|'.join(map(fold_text, press.ERA_MARKS))})?"
)

_SOURCE_WORDS = frozenset(key_of_name(word) for word in press.SOURCE_WORDS)
_NOTES = frozenset(key_of_name(word) for word in press.DESK_NOTES)
_PLACES = frozenset(
    key_of_name(name)
    for name in (*press.DATELINE_PLACES, *(n for city in places.CITIES for n in city.names_ar))
)
# A state's name stands in a dateline only beside a city or a source; alone it is the subject of a sentence.
_COUNTRIES = frozenset(key_of_name(name) for state in places.COUNTRIES for name in state.names_ar) - _PLACES
_PREPOSITIONS = frozenset(key_of_name(word) for word in press.DATE_PREPOSITIONS)
_PLAIN_SOURCES = sorted(
    SOURCES - frozenset(key_of_name(name) for name in press.COMMON_WORDS_TOO), key=len, reverse=True
)
_PLAIN_SOURCE = re.compile(
    rf"(?:{'|'.join(re.escape(name).replace(chr(92) + ' ', '[ .]+') for name in _PLAIN_SOURCES)})(?=[ ])"
)
_GIVEN = frozenset(key_of_name(name) for name in press.GIVEN_NAMES)
_MONTH_NAMES = (*(name for names in press.MONTHS.values() for name in names), *press.HIJRI_MONTHS)
_CALENDAR = frozenset(
    key_of_name(word) for name in (*_MONTH_NAMES, *press.ERA_MARKS) for word in name.split()
) | frozenset(key_of_name(day) for day in press.WEEKDAYS)
_NOT_AFTER = frozenset(key_of_name(word) for word in press.NOT_AFTER_DATELINE)
_FROM = key_of_name(press.FROM)

Kind = Literal["place", "source", "date", "note", "unknown"]


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
    own = frozenset(key_of_name(name) for name in names)
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
    key = key_of_name(inner)
    words = key.split()
    if not words or len(words) > _MOST_WORDS + _DATE_WORDS:
        return None
    kind = _kind(key, own)
    if kind == "unknown" and bracketed and after_place and len(words) <= 3:
        kind = "source"  # «مراكش (مرسال) –»: what stands in brackets behind a place is who reports
    if kind == "unknown" and (parts := _composite(inner.split(), mark, end, own)):
        return parts
    if kind == "unknown" and len(words) > _MOST_WORDS:
        return None
    return [_Segment(inner, kind, mark, end, bracketed, spaced)]


def _composite(pieces: list[str], mark: str, end: int, own: frozenset[str]) -> list[_Segment] | None:
    """Read a segment that says several things without marks: «إيلاف من لندن», «واشنطن 31 يوليو 2015 م واس»."""

    def kind(first: int, stop: int) -> Kind:
        return _kind(key_of_name(" ".join(pieces[first:stop])), own)

    def segment(first: int, stop: int, kind: Kind) -> _Segment:
        last = stop == len(pieces)
        return _Segment(" ".join(pieces[first:stop]), kind, mark if last else " ", end, bracketed=False)

    count = len(pieces)
    for at in range(1, count):
        if key_of_name(pieces[at]) == _FROM and kind(at + 1, count) == "place":
            person = key_of_name(pieces[0]) in _GIVEN and kind(0, at) != "source"
            return [segment(0, at, "unknown" if person else "source"), segment(at + 1, count, "place")]
    for at in range(1, min(count, _MOST_WORDS)):
        if kind(0, at) != "place":
            continue
        if kind(at, count) in ("date", "source"):
            return [segment(0, at, "place"), segment(at, count, kind(at, count))]
        for then in range(at + 1, count):
            if kind(at, then) == "date" and kind(then, count) == "source":
                return [segment(0, at, "place"), segment(at, then, "date"), segment(then, count, "source")]
    return None


def _kind(key: str, own: frozenset[str]) -> Kind:
    words = key.split()
    if key in own or key in SOURCES:
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
    follow = key_of_name(rest).split()[:1]
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
        return key_of_name(last.text) not in _COUNTRIES and ("\n" in last.mark or last.spaced)
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

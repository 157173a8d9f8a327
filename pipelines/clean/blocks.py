"""Lines that belong to the page and not to the article: share bars, related titles, invitations, tags, notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.arabic import fold, fold_text, tokens
from pipelines.clean.draft import Change, Draft
from pipelines.lexicon import press

# A headline seldom has more words than this, and a sub-heading seldom as many as four; longer lines are prose.
_TITLE_WORDS = 25
_SUBHEADING_WORDS = 4
_MOST_TITLES = 8
_INVITATION_WORDS = 16
_NOTICE_WORDS = 90
_TAG_WORDS = 16
_LINE_END = 300  # characters at a line's end in which something may be glued to it


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_text(word).lower() for word in words)


def _any_of(phrases: Iterable[str]) -> str:
    """Give an alternation of folded phrases, longest first, whose words may stand apart by any blanks."""
    ordered = sorted(_folded(phrases), key=len, reverse=True)
    return "|".join(r"[ ]+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)


_SHARE = _folded(press.SHARE_WORDS)
_ACTIONS = _folded(press.SHARE_ACTIONS)
_NETWORKS = _folded(press.SHARE_NETWORKS)
_SHARE_ENDS = _NETWORKS | _folded(press.SHARE_TAIL_WORDS)
_SLIDER = _folded(press.SLIDER_WORDS)
_LEADING_JUNK = r"[^\w«\"“(]{0,6}"
_HEADING = re.compile(
    rf"{_LEADING_JUNK}(?P<heading>{_any_of(press.RELATED_HEADINGS)})(?!\w)[ ]*(?P<mark>[:：.…!؟|»><←\-–—]*)[ ]*(?P<rest>.*)"
)
_ALONE = _folded(press.RELATED_ALONE)
_ADDRESS = tuple(_folded(press.RELATED_ADDRESS))
_INLINE = re.compile(rf"(?<=[.!؟»\")…])[ ]*[({{\[]?(?:{_any_of(press.RELATED_HEADINGS)})[ ]*:[^\n]{{5,200}}$")
_MORE = re.compile(rf"(?<![.…])[ ]*(?:\.{{2,}}|…)[ ]*{fold_text(press.MORE_LINK)}[ ]*$")
_FOLLOW = re.compile(rf"{_LEADING_JUNK}(?:{_any_of(press.FOLLOW_LINES)})(?!\w)")
_TAGS = re.compile(rf"(?:^|(?<=[.!؟»”\")\]])[ ]*)(?:{_any_of(press.TAG_HEADINGS)})[ ]*[:：]?[ ]+[^.!؟:]*$")
_NOTICE = re.compile(_any_of(press.NOTICES))
_NOTICE_WORD = re.compile(_any_of(press.NOTICE_WORDS))
_SENTENCE_BREAK = re.compile(r"[.!؟…][»”\")\]]*\s+")
_SENTENCE_MARK = re.compile(r"[.][»”\")\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the draft that isn't empty, with its folded words."""

    start: int
    end: int
    text: str  # folded, stripped, lower case
    words: tuple[str, ...]


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """Give the lines of `text` that hold something, offsets included."""
    found = []
    start = 0
    for raw in text.split("\n"):
        folded = fold_text(raw).strip().lower()
        if folded:
            found.append(Line(start, start + len(raw), folded, tuple(t.text for t in tokens(folded))))
        start += len(raw) + 1
    return tuple(found)


def drop_blocks(draft: Draft) -> None:
    """Take the page's own lines out of the article."""
    for find in (_share_bars, _share_openings, _related, _line_ends, _invitations):
        draft.apply(find(draft.text))
    drop_notices(draft)


def whole_lines(lines: Sequence[Line], first: int, last: int, text: str, reason: str) -> Change:
    """Give the change that removes the lines `first` to `last` with the line breaks behind them."""
    end = lines[last + 1].start if last + 1 < len(lines) else len(text)
    return Change(lines[first].start, end, reason)


def drop_notices(draft: Draft) -> None:
    """Drop comment policies and copyright lines; away from the text's end only short ones that leave no doubt.

    Where a notice follows prose on the same line, it goes from the beginning of its own sentence on.
    """
    text = draft.text
    lines = lines_of(text)
    changes = []
    at_end = True
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        start = _notice_start(line, text, at_end=at_end)
        if start is not None and start > line.start:
            changes.append(Change(start, line.end, "notice"))
        elif start is not None and n:
            changes.append(whole_lines(lines, n, n, text, "notice"))
        elif len(line.words) > _TITLE_WORDS:
            at_end = False
    draft.apply(changes)


def _notice_start(line: Line, text: str, *, at_end: bool) -> int | None:
    """Give where the notice on `line` begins in `text`, None when there is none."""
    certain = _NOTICE.search(line.text)
    if certain is None:
        several = (
            at_end and len(line.words) <= _NOTICE_WORDS and len(set(_NOTICE_WORD.findall(line.text))) > 1
        )
        return line.start if several else None
    if not at_end and len(line.words) > _INVITATION_WORDS:
        return None
    folded = fold(text[line.start : line.end])
    match = _NOTICE.search(folded.text.lower())
    before = list(_SENTENCE_BREAK.finditer(folded.text, 0, match.start())) if match else []
    cut = before[-1].end() if before else 0
    if match and len(folded.text[cut : match.start()].split()) >= _TITLE_WORDS:
        cut = match.start()
    if len(folded.text[:cut].split()) >= _INVITATION_WORDS // 2:
        return line.start + folded.original(cut)
    return line.start if len(line.words) <= _NOTICE_WORDS else None


def _share_bars(text: str) -> list[Change]:
    lines = lines_of(text)
    changes = []
    n = 0
    while n < len(lines):
        last = n
        while last < len(lines) and _only(lines[last], _SHARE):
            last += 1
        words = [word for line in lines[n:last] for word in line.words]
        if len(set(words)) > 1 and (_ACTIONS & set(words) or len(_NETWORKS & set(words)) > 1):
            changes.append(whole_lines(lines, n, last - 1, text, "share_bar"))
        elif _only(lines[n], _SLIDER):
            changes.append(whole_lines(lines, n, n, text, "share_bar"))
        n = max(last, n + 1)
    return changes


def _only(line: Line, vocabulary: frozenset[str]) -> bool:
    return bool(line.words) and all(word in vocabulary for word in line.words)


def _share_openings(text: str) -> list[Change]:
    """Find share bars and slider buttons that run into the first words of a paragraph."""
    changes = []
    for line in lines_of(text):
        if line.words[:1] and (line.words[0] in _SHARE or line.words[0] in _SLIDER):
            folded = fold(text[line.start : line.end])
            end = _opening_end(folded.text)
            if end:
                changes.append(Change(line.start, line.start + folded.span(0, end)[1], "share_bar"))
    return changes


def _opening_end(folded: str) -> int:
    end = networks = sliders = 0
    for token in tokens(folded):
        word = token.text.lower()
        if word in _SLIDER:
            sliders += 1
            end = token.end
        elif word not in _SHARE:
            break
        elif word in _SHARE_ENDS:
            networks += word in _NETWORKS
            end = token.end
    return end if networks > 1 or sliders > 1 else 0


def _related(text: str) -> list[Change]:
    lines = lines_of(text)
    changes = []
    n = 0
    while n < len(lines):
        last = _related_until(lines, n)
        if last is None:
            n += 1
            continue
        changes.append(whole_lines(lines, n, last, text, "related"))
        n = last + 1
    return changes


def _related_until(lines: Sequence[Line], n: int) -> int | None:
    """Give the last line of the related block that begins at line `n`, None when none begins there."""
    match = _HEADING.fullmatch(lines[n].text)
    if match is None:
        return None
    rest = match["rest"].strip(" :.…»>|-–—←")
    if rest:
        heading = match["heading"]
        said = ":" in match["mark"] or heading.startswith(_ADDRESS)
        short = len(lines[n].words) <= _TITLE_WORDS + 4 and (
            ":" in match["mark"] or not _SENTENCE_MARK.search(rest)
        )
        return n if said and short and heading not in _ALONE else None
    last = n
    while last + 1 < len(lines) and last - n < _MOST_TITLES and _is_title(lines[last + 1]):
        last += 1
    return last


def _is_title(line: Line) -> bool:
    return _SUBHEADING_WORDS <= len(line.words) <= _TITLE_WORDS and not _SENTENCE_MARK.search(line.text)


def _line_ends(text: str) -> list[Change]:
    """Find what is glued to a paragraph's end: a related title, a link to more, and on the last line the tags."""
    changes = []
    lines = lines_of(text)
    for n, line in enumerate(lines):
        start = max(line.start, line.end - _LINE_END)
        folded = fold(text[start : line.end])
        patterns = [(_INLINE, "related"), (_MORE, "more_link")]
        if n == len(lines) - 1:
            patterns.append((_TAGS, "tags"))
        for pattern, reason in patterns:
            match = pattern.search(folded.text)
            if match and (reason != "tags" or len(match.group().split()) <= _TAG_WORDS):
                changes.append(Change(start + folded.original(match.start()), line.end, reason))
                break
    return changes


def _invitations(text: str) -> list[Change]:
    lines = lines_of(text)
    return [
        whole_lines(lines, n, n, text, "invitation")
        for n, line in enumerate(lines)
        if len(line.words) <= _INVITATION_WORDS and _FOLLOW.match(line.text)
    ]


def is_related_heading(text: str) -> bool:
    """Tell whether `text` is a heading of links to other articles and nothing else: «اقرأ أيضاً:»."""
    match = _HEADING.fullmatch(" ".join(fold_text(text).lower().split()))
    return match is not None and not match["rest"].strip(" :.…»>|-–—←")

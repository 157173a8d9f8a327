"""Whether an article concerns the coalition against ISIS, with the phrases that decide it."""

from __future__ import annotations

import re
from collections import Counter

from crawler.items import Evidence, Label, Verdict
from pipelines.arabic import fold, fold_text, sentences
from pipelines.bodies import COALITION, ISIS, RIVAL, UNDECIDED, BodyMention, find_bodies
from pipelines.lexicon.coalition import MEETING_WORDS
from pipelines.prefilter import may_concern

__all__ = ["judge", "may_concern"]

LEAD = 320  # characters: the first paragraph of a news item, seldom longer
LEAD_SHARE = 4  # and never more than a quarter of the text, unless it is one sentence
DATE_LINE = 28  # characters: a shorter first line is a byline or date line
EARLY = 120  # characters into the lead within which a single naming makes it the subject
DOMINANT = 4  # namings that make it the article's subject, whatever its headline
DENSE = 700  # at most so many characters a naming, for the same
BRIEF, BRIEF_DENSE = 2, 150  # the same of a brief: named twice within a few sentences
_MOST_EVIDENCE = 40  # a reader wants the reasons, not every naming of a long article

_MEETING = re.compile(fold_text(MEETING_WORDS))
BY_CONTEXT = ", as the rest of the article shows"  # ends a reason that the words alone don't give
_REASONS = {
    COALITION: "names the coalition against ISIS",
    UNDECIDED: "a coalition, but the text does not say which",
    ISIS: "names ISIS, which alone is not the coalition",
    "rival:saudi_led_yemen": "the Saudi-led coalition in Yemen",
    "rival:islamic_military": "the Islamic military alliance against terrorism",
    "rival:syrian_opposition": "the Syrian opposition's coalition",
    "rival:electoral": "a coalition of parties",
    "rival:russian": "Russia's alliance",
    "rival:iraq_2003": "the coalition of the Iraq war of 2003",
    "rival:gulf_1991": "the coalition of the Gulf war of 1991",
    "rival:afghanistan": "the coalition in Afghanistan",
    "rival:two_state": "the alliance for the two-state solution",
    "rival:maritime": "a maritime coalition",
}


def judge(title: str, text: str) -> Verdict:
    """Judge whether an article is about the coalition (main), names it in passing (mention) or neither (no).

    Title and text are unfolded; the evidence's offsets are code points into the one that `where` names. The score is
    the confidence that the article concerns the coalition at all, 0 to 1. A rival alliance, or ISIS without the
    coalition, is `no`: «تحالف دعم الشرعية في اليمن», «الائتلاف الوطني السوري», «مقتل قيادي في داعش».
    """
    whole = f"{title}\n\n{text}"
    folded = fold(whole)
    mentions = find_bodies(folded)
    begin = len(title) + 2
    placed = [(m, *folded.span(m.start, m.end)) for m in mentions]
    ours = [start for m, start, _ in placed if m.body == COALITION]
    # ISIS speaks against an article only where the coalition isn't named at all.
    speaking = [place for place in placed if place[0].body != ISIS or not ours]
    evidence = tuple(_evidence(m, start, end, whole, begin) for m, start, end in speaking)
    if not ours:
        undecided = any(m.body == UNDECIDED for m in mentions)
        return Verdict("no", 0.2 if undecided else 0.02, evidence[:_MOST_EVIDENCE])
    certain = any(m.certain for m in mentions if m.body == COALITION)
    score = min(1.0, (0.75 if certain else 0.55) + 0.05 * (len(ours) - 1))
    meeting = _MEETING.search(folded.text, 0, begin) is not None
    return Verdict(
        _label(ours, mentions, text, begin, meeting_in_title=meeting), score, evidence[:_MOST_EVIDENCE]
    )


def _label(
    ours: list[int], mentions: list[BodyMention], text: str, begin: int, *, meeting_in_title: bool
) -> Label:
    if ours[0] < begin:
        return "main"
    lead, lead_end = _lead(text)
    if ours[0] < begin + lead_end and (ours[0] <= begin + lead + EARLY or len(ours) > 1 or meeting_in_title):
        return "main"
    counts = Counter(m.body for m in mentions if m.body.startswith(RIVAL) and m.flags)
    rival = max(counts.values(), default=0)
    if len(ours) > rival and any(
        len(ours) >= least and len(text) <= dense * len(ours)
        for least, dense in ((DOMINANT, DENSE), (BRIEF, BRIEF_DENSE))
    ):
        return "main"
    return "mention"


def _lead(text: str) -> tuple[int, int]:
    """Give the span of the lead: the first full sentence (a date line is none) and those that still open the text."""
    spans = [(start, stop) for start, stop in sentences(text) if stop - start >= DATE_LINE] or [
        (0, len(text))
    ]
    first = spans[0][0]
    end = min(spans[0][1], first + LEAD)
    for _, stop in spans[1:]:
        if stop > min(first + LEAD, len(text) // LEAD_SHARE):
            break
        end = stop
    return first, end


def _evidence(mention: BodyMention, start: int, end: int, whole: str, begin: int) -> Evidence:
    shift = 0 if start < begin else begin
    reason = (
        _REASONS.get(mention.body) or f"another body: {mention.body.removeprefix(RIVAL).replace('_', ' ')}"
    )
    if not mention.certain and mention.body not in (UNDECIDED, ISIS):
        reason += BY_CONTEXT
    return Evidence(
        start - shift,
        end - shift,
        whole[start:end],
        "text" if shift else "title",
        "for" if mention.body == COALITION else "against",
        reason,
    )

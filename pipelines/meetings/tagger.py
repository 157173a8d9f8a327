"""Tag the meetings of the coalition that an article tells of: one claim a meeting, with every field's source in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from crawler.items import DateMention, MeetingMention, Status
from pipelines.dates import tag_dates
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.claims import Draft, Sighting, gather
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.document import Document, lay_out
from pipelines.meetings.known import KnownMeeting, load_known
from pipelines.meetings.level import RANKS, SMALL_GROUP_RANK, features_in, level_of, rank_is_open
from pipelines.meetings.link import link
from pipelines.meetings.sentence import RECENT_DAYS
from pipelines.meetings.sightings import find_sightings
from pipelines.meetings.slots import Place, Slots
from pipelines.meetings.status import Tense, status_of
from pipelines.meetings.words import word

_SENTENCES_AFTER = 2
_REPORTED_WITHIN = 2  # days
_ATTENDED_BY = word(lexicon.ATTENDED_BY, "[وف]?")
_TAKING_PART = word(lexicon.TAKING_PART, "[وف]?")


def tag_meetings(
    title: str,
    text: str,
    published: date | None,
    *,
    dates: Sequence[DateMention] | None = None,
    known: Sequence[KnownMeeting] | None = None,
    dateline: str | None = None,
) -> list[MeetingMention]:
    """Tag the coalition's meetings in an article, in the order of the text.

    `dates` are the text's date mentions if they are tagged already, `dateline` the dateline if it was lifted off the
    text; `known` defaults to the project's own table.
    Offsets are code points of `text`; a meeting that only the title names has the offsets (0, 0). One meeting named five
    times is one mention with four places in `also_at`. «تعقد مجموعة العمل اجتماعا في الـ 23 من الجاري» gives one.
    """
    day = published.date() if isinstance(published, datetime) else published
    document = lay_out(
        title,
        text,
        day,
        lambda: (tag_dates(title, day) if title else (), tag_dates(text, day) if dates is None else dates),
        dateline,
    )
    if document is None:
        return []
    sightings = find_sightings(document)
    drafts = gather(sightings)
    _read_sentences_after(document, drafts)
    mentions = [_mention(draft, document) for draft in drafts]
    table = load_known() if known is None else known
    return sorted((_linked(m, table) for m in mentions), key=lambda m: (m.start, m.end))


def _read_sentences_after(document: Document, drafts: list[Draft]) -> None:
    """Give a claim what the sentences after it tell: «وشاركت وفود من 23 دولة», «وسيحضره المدراء السياسيون»."""
    slots = Slots(document, Clauses(document))
    told = sorted((s.head.sentence, s.start, n) for n, draft in enumerate(drafts) for s in draft.sightings)
    last = {sentence: n for sentence, _, n in told}
    for sentence, (start, end) in enumerate(document.sentences):
        before = [last[at] for at in range(sentence - 1, sentence - 1 - _SENTENCES_AFTER, -1) if at in last]
        if sentence in last or not before or document.in_title(start):
            continue
        draft = drafts[before[0]]
        if attended := _ATTENDED_BY.search(document.source, start, end):
            draft.attended_by |= features_in(document.source[attended.start() : end]) & RANKS
        come = _TAKING_PART.search(document.source, start, end) is not None
        if _is_recent(draft, document.published):
            draft.said_later += tuple(c for c in slots.counts(None, (start, end)) if c.members or come)


def _is_recent(draft: Draft, published: date | None) -> bool:
    days = draft.dated.days if draft.dated else None
    return bool(days and published and abs((days[0] - published).days) <= RECENT_DAYS)


def _linked(mention: MeetingMention, known: Sequence[KnownMeeting]) -> MeetingMention:
    decision = link(mention, known)
    return replace(mention, known_id=decision.known_id, link=decision.link, link_reason=decision.reason)


def _mention(draft: Draft, document: Document) -> MeetingMention:
    dated, placed = draft.dated, draft.placed
    in_text = [s for s in draft.sightings if not document.in_title(s.start)]
    chief = dated if dated is not None and dated in in_text else (in_text or draft.sightings)[0]
    day = dated.day.mention if dated and dated.day else None
    first, last = (day.first, day.last) if day else (None, None)
    fates = [s.fate for s in draft.sightings if s.fate]
    features = draft.features
    level = level_of(features)
    status = fates[-1] if fates else status_of(_tense(draft, dated or chief), first, last, document.published)
    place = placed.place if placed else _said_beside(document, chief, status, first)
    city, country = (place.city, place.country) if place else (None, None)
    start, end = document.span_in_text(chief.start, chief.end)
    sentence = document.sentences[chief.head.sentence]
    a, b = document.folded.span(*sentence)
    text = document.text[slice(*document.folded.span(chief.start, chief.end))]
    return MeetingMention(
        start=start,
        end=end,
        text=text,
        sentence=document.text[a:b],
        first=first,
        last=last,
        grain=day.grain if day and first else None,
        city=city,
        country=country,
        level=level,
        status=status,
        member_count=draft.members if draft.members is not None else draft.participants,
        host=next((s.host for s in [chief, *draft.sightings] if s.host), None),
        known_id=None,
        confidence=_confidence(draft, chief, level),
        needs_review=_review(draft, day, place),
        date_text=day.text if day else None,
        also_at=_elsewhere(draft, chief, document),
        participants=draft.participants,
    )


def _tense(draft: Draft, dated: Sighting) -> Tense:
    """Give the tense of the sighting that tells the day, else of the first that has one: «[انتهى] اليوم اجتماع … وقد دام يومين»."""
    return next((s.tense for s in (dated, *draft.sightings) if s.tense != "none"), "none")


def _elsewhere(draft: Draft, chief: Sighting, document: Document) -> tuple[tuple[int, int], ...]:
    spans = {document.span_in_text(s.start, s.end) for s in draft.sightings if not document.in_title(s.start)}
    return tuple(sorted(spans - {document.span_in_text(chief.start, chief.end)}))


def _confidence(draft: Draft, chief: Sighting, level: str) -> float:
    sure = max(chief.confidence, *(s.confidence for s in draft.sightings))
    if draft.dated is None:
        sure -= 0.2
    if level == "unknown":
        sure -= 0.1
    return round(max(0.05, min(sure, 0.99)), 2)


def _said_beside(document: Document, chief: Sighting, status: Status, first: date | None) -> Place | None:
    """Give the place of a lead that names none: that of the title, or the dateline's while the meeting is reported.

    «لقاء التحالف [في مراكش]» over a lead without a place; «([روما]) اختتم أمس الاجتماع الوزاري». A state that speaks in the
    title («[واشنطن] تدعو …») is no place.
    """
    told_at = min(document.sentences[chief.head.sentence][0], chief.day.start if chief.day else chief.start)
    if told_at > document.sentence_of(document.lead)[1]:
        return None
    named = {p.as_city: p for p in document.places_in(0, document.lead) if p.as_city and document.is_in(p)}
    if document.shift and len(named) == 1:
        (only,) = named.values()
        return Place(only.as_city, only.country, "the city is that of the title")
    city, published = document.dateline, document.published
    if city is None or published is None or status not in ("held", "ongoing") or first is None:
        return None
    if not 0 <= (published - first).days <= _REPORTED_WITHIN:
        return None
    return Place(city.as_city, city.country, "the city is that of the dateline")


def _review(draft: Draft, day: DateMention | None, place: Place | None) -> str | None:
    reasons = []
    if day is None:
        reasons.append("the text gives no day")
    elif day.first is None:
        reasons.append(day.needs_review or f"the day «{day.text}» is not resolved")
    elif day.needs_review:
        reasons.append(day.needs_review)
    if place and place.doubt:
        reasons.append(place.doubt)
    if rank_is_open(draft.features):
        reasons.append(SMALL_GROUP_RANK)
    if all(s.called_for for s in draft.sightings):
        reasons.append("called for, not announced")
    return "; ".join(reasons) or None

"""Tag the meetings of the coalition that an article tells of: one claim a meeting, with every field's source in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from crawler.items import DateMention, MeetingMention
from pipelines.dates import tag_dates
from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.claims import Draft, Sighting, gather
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.convener import NAMED_CONFERENCE, Conveners, Ownership, group_features
from pipelines.meetings.document import Document, lay_out
from pipelines.meetings.heads import Head, find_heads
from pipelines.meetings.known import KnownMeeting, load_known
from pipelines.meetings.level import RANKS, SMALL_GROUP_RANK, features_in, level_of, phrase_end, rank_is_open
from pipelines.meetings.link import link
from pipelines.meetings.slots import Place, Slots
from pipelines.meetings.status import fate, status_of, tense_of
from pipelines.meetings.words import rx, word

_GENERIC = word(lexicon.GENERIC, "[وفب]?")
_PREVIOUS = word(lexicon.LAST, "[وف]?[بل]?")
_ANOTHER = rx(rf"^\W*(?:\w+ )?(?:{lexicon.ANOTHER})(?!\w)")
_CALLED_FOR = word(lexicon.CALLED_FOR, "[وف]?")
_INVITED = word(lexicon.INVITED, "[وف]?")
_NEGATED = rx(rf"(?<!\w)[وف]?(?:{lexicon.NEGATED})(?: \w+){{0,3}} ?$")
_SEQUENCE = rx(rf"(?<!\w)[وف]?(?:{lexicon.SEQUENCE})(?: هذا| ذلك)? $")
_MARGINS = rx(rf"(?<!\w)[وف]?(?:{lexicon.MARGINS})(?: \w+){{0,2}} ?$")
_COORDINATED = rx(r"(?<!\w)و\w")
_OWN_VERB = word("|".join((lexicon.FUTURE, lexicon.PRESENT, lexicon.PAST)), "[وف]?")
_FIRST = word(lexicon.FIRST_OF_TWO, "[وف]?")
_SECOND = word(lexicon.SECOND_OF_TWO, "")
_NEAR = 60
_THESE_DAYS = 7
_TELLING = RANKS | {"ministerial", "small"}
_SERIES = rx(rf" (?:\w+ )?(?:{lexicon.SERIES})(?!\w)")
_EXPLICIT = 0.75  # an ownership as sure as this makes an article one about meetings of the coalition


def tag_meetings(
    title: str,
    text: str,
    published: date | None,
    *,
    dates: Sequence[DateMention] | None = None,
    known: Sequence[KnownMeeting] | None = None,
) -> list[MeetingMention]:
    """Tag the coalition's meetings in an article, in the order of the text.

    `dates` are the text's date mentions if they are tagged already; `known` defaults to the project's own table.
    Offsets are code points of `text`; a meeting that only the title names has the offsets (0, 0). One meeting named five
    times is one mention with four places in `also_at`. «تعقد مجموعة العمل اجتماعا في الـ 23 من الجاري» gives one.
    """
    day = published.date() if isinstance(published, datetime) else published
    document = lay_out(
        title,
        text,
        day,
        lambda: (tag_dates(title, day) if title else (), tag_dates(text, day) if dates is None else dates),
    )
    if document is None:
        return []
    sightings = _sightings(document)
    mentions = [_mention(draft, document) for draft in gather(sightings)]
    table = load_known() if known is None else known
    return sorted((_linked(m, table) for m in mentions), key=lambda m: (m.start, m.end))


def _linked(mention: MeetingMention, known: Sequence[KnownMeeting]) -> MeetingMention:
    decision = link(mention, known)
    return replace(mention, known_id=decision.known_id, link=decision.link, link_reason=decision.reason)


def _sightings(document: Document) -> list[Sighting]:
    heads = find_heads(document)
    if not heads:
        return []
    clauses = Clauses(document)
    owned = _owned(document, heads, clauses)
    slots = Slots(document, clauses)
    found: list[Sighting] = []
    umbrella: dict[int, Place] = {}  # sentence -> where «سلسلة لقاءات في واشنطن» puts all its meetings
    roof: Place | None = None  # the same for the sentences that follow
    for index, (head, ownership) in enumerate(owned):
        if ownership.owner not in ("ours", "anaphor"):
            continue
        before, after = _neighbours(document, clauses, owned, index)
        territory = clauses.territory(head, before, after)
        if _is_landmark(document, head):
            territory = (head.outer, head.end + len(document.source[head.end : territory[1]].split("،")[0]))
        sighting = _sighting(document, head, ownership, territory, clauses, slots)
        if head.plural or head.dual:
            place = slots.place(head, territory)
            roof = place if place.city else roof
        if sighting is None or _is_umbrella(sighting, owned[index + 1 :]):
            umbrella.setdefault(head.sentence, slots.place(head, territory))
            continue
        if sighting.place.country is None:
            sighting.place = umbrella.get(head.sentence) or _shared_place(document, found, head)
        if sighting.place.country is None and roof is not None and _is_of_these_days(sighting, document.published):
            sighting.place = roof
        if not sighting.features & _TELLING and found and (head.definite or ownership.reason.startswith("a meeting called")):
            sighting.features |= _of_the_series(document, sighting, found)
        found += _split_dual(document, sighting, territory, slots)
    return found


def _is_of_these_days(sighting: Sighting, published: date | None) -> bool:
    days = sighting.days
    return bool(days and published and abs((days[0] - published).days) <= _THESE_DAYS)


def _of_the_series(document: Document, sighting: Sighting, found: list[Sighting]) -> frozenset[str]:
    """Give the rank of the meetings before to one that is counted in their series: «[الاجتماع العاشر] عقد بالرياض»."""
    head = sighting.head
    counted = _SERIES.match(document.source[head.end :][:30]) or sighting.confidence < _EXPLICIT
    return next((s.features - {"full"} for s in found if s.features & RANKS or "ministerial" in s.features), frozenset()) if counted else frozenset()


def _shared_place(document: Document, found: list[Sighting], head: Head) -> Place:
    """Share the place of a coordinated pair: «تستضيف الرياض غدا الاجتماع الثامن عشر …، وبعد غد [الاجتماع الوزاري]»."""
    if found and found[-1].head.sentence == head.sentence:
        between = document.source[found[-1].head.end : head.outer]
        if _COORDINATED.search(between) and not _OWN_VERB.search(between):
            return found[-1].place
    return Place(None, None)


def _split_dual(document: Document, sighting: Sighting, territory: tuple[int, int], slots: Slots) -> list[Sighting]:
    """Split «اجتماعين، الأول في روما … والثاني في واشنطن …» into its two meetings."""
    head, end = sighting.head, territory[1]
    if not head.dual:
        return [sighting]
    first = _FIRST.search(document.source, head.end, end)
    second = _SECOND.search(document.source, first.end() if first else head.end, end)
    if first is None or second is None:
        return [sighting]
    shared = features_in(document.source[territory[0] : first.start()])
    halves = []
    for start, stop in ((first.end(), second.start()), (second.end(), end)):
        half = replace(head, start=start, end=start, outer=start)
        said = features_in(document.source[start:stop])
        halves.append(
            replace(
                sighting,
                day=slots.day(half, (start, stop)) or sighting.day,
                place=slots.place(half, (start, stop)),
                features=(said if said & RANKS else said | shared),
                other=True,
            )
        )
    return halves


def _is_umbrella(sighting: Sighting, later: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a plural only announces the meetings that the sentence then names: «لقاءات هذا الأسبوع، فتجتمع …»."""
    head, placed = sighting.head, sighting.day
    vague = placed is None or placed.mention.grain not in ("day", "days")
    return vague and head.plural and any(h.sentence == head.sentence and o.owner == "ours" for h, o in later)


def _owned(document: Document, heads: list[Head], clauses: Clauses) -> list[tuple[Head, Ownership]]:
    """Decide every head in turn; an anaphor takes up the last meeting of its own noun, else the last one.

    Where the article tells of a meeting of ours for certain, a second look takes in what names no convener at all.
    """
    conveners = Conveners(document, clauses)
    nouns = [h for h in heads if h.kind == "noun"]
    bounds = [
        (
            min((h.outer for h in nouns if h.start > head.start), default=len(document.source)),
            max((h.end for h in nouns if h.start < head.start), default=0),
        )
        for head in heads
    ]
    first = [conveners.decide(head, *bound) for head, bound in zip(heads, bounds, strict=True)]
    about = any(o.owner == "ours" and o.confidence >= _EXPLICIT for o in first)
    owned: list[tuple[Head, Ownership]] = []
    for head, bound, decided in zip(heads, bounds, first, strict=True):
        ownership = decided
        if ownership.owner == "none" and _is_coordinated(head, owned):
            ownership = Ownership("ours", "coordinated with a meeting of the coalition", 0.7, head.end)
        if about and (ownership.owner == "none" or (ownership.owner == "anaphor" and conveners.names_itself(head))):
            ownership = conveners.by_topic(head, *bound) or ownership
        if ownership.owner == "anaphor":
            ownership = _taken_up(document, head, ownership, owned)
        owned.append((head, ownership))
    return owned


def _is_coordinated(head: Head, owned: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a noun is joined to a meeting of ours by «و»: «اجتماعا في واشنطن [واجتماعا] في باريس»."""
    if not (head.conjoined and head.kind == "noun" and owned):
        return False
    last, ownership = owned[-1]
    return last.sentence == head.sentence and ownership.owner == "ours"


def _taken_up(document: Document, head: Head, ownership: Ownership, owned: list[tuple[Head, Ownership]]) -> Ownership:
    others = [
        (h, o)
        for h, o in owned
        if o.owner in ("ours", "anaphor") or (o.owner == "other" and not _on_the_margin(document, h))
    ]
    same = [pair for pair in others if pair[0].lemma == head.lemma]
    candidates = same or others
    if not candidates or candidates[-1][1].owner == "other":
        return Ownership("other" if candidates else "none", "takes up no meeting of the coalition")
    return replace(ownership, reason="takes up a meeting named before", confidence=0.85)


def _on_the_margin(document: Document, head: Head) -> bool:
    return bool(_MARGINS.search(document.source[max(0, head.outer - 40) : head.outer]))


def _neighbours(
    document: Document, clauses: Clauses, owned: list[tuple[Head, Ownership]], index: int
) -> tuple[Head | None, Head | None]:
    """Give the meetings of the same sentence on either side that have days and places of their own."""
    head = owned[index][0]
    rivals = []
    for h, o in owned:
        if h.sentence != head.sentence or h is head or h.kind not in ("noun", "verb", "participle"):
            continue
        stands_alone = o.owner != "none" or clauses.apart(h, head)
        beside = (o.owner == "other" and _on_the_margin(document, h)) or _is_landmark(document, h)
        if stands_alone and not beside:
            rivals.append(h)
    before = [h for h in rivals if h.start < head.start]
    after = [h for h in rivals if h.start > head.start]
    return (before[-1] if before else None), (after[0] if after else None)


def _is_landmark(document: Document, head: Head) -> bool:
    """Tell whether a meeting only marks the time of another: «ويلي [اللقاء الوزاري]، يوم الخميس، اجتماع …»."""
    return head.definite and bool(_SEQUENCE.search(document.source[max(0, head.outer - 20) : head.outer]))


def _sighting(
    document: Document,
    head: Head,
    ownership: Ownership,
    territory: tuple[int, int],
    clauses: Clauses,
    slots: Slots,
) -> Sighting | None:
    source = document.source
    placed = slots.day(head, territory)
    clause_start, clause_end = clauses.around(head)
    lead = source[max(territory[0], clause_start, head.outer - 160) : head.outer]
    tail = source[head.end : min(territory[1], clause_end)]
    if placed is None and _is_generic(head, lead, tail):
        return None
    if _NEGATED.search(lead[-35:]):
        return None
    start = ownership.name_start if ownership.name_start is not None else head.start
    name_end = max(head.end, min(ownership.name_end, territory[1]))
    if ownership.owner == "anaphor" or name_end == head.end:
        name_end = phrase_end(source, head.end, min(head.end + 40, territory[1])) or head.end
    called = _CALLED_FOR.search(lead[-_NEAR:]) is not None and not _INVITED.search(lead[-25:]) and not head.definite
    return Sighting(
        head=head,
        start=start,
        end=name_end,
        anaphor=ownership.owner == "anaphor",
        day=placed,
        place=slots.place(head, territory),
        features=_features(document, head, territory)
        | _of_the_noun(head, ownership),
        named=features_in(source[start:name_end]),
        count=slots.count(head, territory),
        host=slots.host(head, territory),
        tense=tense_of(source[territory[0] : head.end if head.kind != "noun" else head.outer], source[head.end : territory[1]]),
        fate=fate(source[territory[0] : head.outer], source[head.end : territory[1]]),
        previous=_PREVIOUS.search(lead[-12:] + " • " + tail[:40].split("،")[0]) is not None,
        other=_ANOTHER.search(tail) is not None and not head.definite,
        called_for=called,
        confidence=ownership.confidence,
    )


def _of_the_noun(head: Head, ownership: Ownership) -> frozenset[str]:
    if head.lemma == "summit":
        return frozenset({"leaders"})
    return frozenset({"conference"}) if ownership.reason == NAMED_CONFERENCE else frozenset()


def _features(document: Document, head: Head, territory: tuple[int, int]) -> frozenset[str]:
    """Read the rank from the meeting's own stretch, else from the subject before it, else from «المجموعة»."""
    source = document.source
    start = document.sentences[head.sentence][0]
    said = features_in(source[slice(*territory)])
    if said & (RANKS | {"ministerial", "small", "full"}):
        return said
    return said | group_features(source, start, territory[1]) or said | features_in(source[start : head.outer])


def _is_generic(head: Head, lead: str, tail: str) -> bool:
    """Tell whether an undated noun speaks of meetings in general: «لقاءات على نحو متكرر»."""
    if _GENERIC.search(lead[-30:]) or _GENERIC.search(tail[:120]):
        return True
    return head.plural and head.lemma != "talks"


def _mention(draft: Draft, document: Document) -> MeetingMention:
    dated, placed = draft.dated, draft.placed
    in_text = [s for s in draft.sightings if not document.in_title(s.start)]
    chief = dated if dated is not None and dated in in_text else (in_text or draft.sightings)[0]
    day = dated.day.mention if dated and dated.day else None
    first, last = (day.first, day.last) if day else (None, None)
    fates = [s.fate for s in draft.sightings if s.fate]
    features = draft.features
    level = level_of(features)
    city, country = (placed.place.city, placed.place.country) if placed else (None, None)
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
        status=fates[-1] if fates else status_of((dated or chief).tense, first, last, document.published),
        member_count=draft.count,
        host=next((s.host for s in [chief, *draft.sightings] if s.host), None),
        known_id=None,
        confidence=_confidence(draft, chief, level),
        needs_review=_review(draft, day),
        date_text=day.text if day else None,
        also_at=_elsewhere(draft, chief, document),
    )


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


def _review(draft: Draft, day: DateMention | None) -> str | None:
    reasons = []
    if day is None:
        reasons.append("the text gives no day")
    elif day.first is None:
        reasons.append(day.needs_review or f"the day «{day.text}» is not resolved")
    elif day.needs_review:
        reasons.append(day.needs_review)
    placed = draft.placed
    if placed and placed.place.doubt:
        reasons.append(placed.place.doubt)
    if rank_is_open(draft.features):
        reasons.append(SMALL_GROUP_RANK)
    if all(s.called_for for s in draft.sightings):
        reasons.append("called for, not announced")
    return "; ".join(reasons) or None

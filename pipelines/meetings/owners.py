"""Give every head of an article its owner: each by its own words, then with what the rest of the article says."""

from __future__ import annotations

from dataclasses import replace

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.clauses import Clauses
from pipelines.meetings.convener import Conveners
from pipelines.meetings.convening import Ownership
from pipelines.meetings.document import Document
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx

_NEIGHBOURHOOD = 12  # heads
_TAKEN_UP_WITHIN = 60  # heads
_OF_THEIR_OWN = frozenset({"summit", "forum"})  # «القمة», «المنتدى»: another event, unless ours is called so
EXPLICIT = 0.75  # an ownership as sure as this makes an article one about meetings of the coalition

_SEQUENCE = rx(rf"(?<!\w)[وف]?(?:{lexicon.SEQUENCE})(?: {lexicon.THIS_OR_THAT})? $")
_IN_ORDER = rx(
    rf"(?<!\w)[وف]?(?:{lexicon.SEQUENCE})(?:ه|ها)?(?: (?:{lexicon.THIS_OR_THAT}|{lexicon.THE_MEETING}))? $"
)
_MARGINS = rx(rf"(?<!\w)[وف]?(?:{lexicon.MARGINS})(?: \w+){{0,2}} ?$")


def find_owners(document: Document, heads: list[Head], clauses: Clauses) -> list[tuple[Head, Ownership]]:
    """Decide every head in turn; an anaphor takes up the last meeting of its own noun, else the last one.

    Where the article tells of a meeting of ours for certain, a second look takes in what names no convener at all.
    """
    conveners = Conveners(document, clauses)
    bounds = _bounds(heads, len(document.source))
    first = [conveners.decide(head, *bound) for head, bound in zip(heads, bounds, strict=True)]
    about = conveners.lists_stations() or any(o.owner == "ours" and o.confidence >= EXPLICIT for o in first)
    owned: list[tuple[Head, Ownership]] = []
    for head, bound, decided in zip(heads, bounds, first, strict=True):
        ownership = decided
        if ownership.owner == "none" and (
            _is_coordinated(head, owned) or (about and _is_next_in_order(document, head, owned))
        ):
            ownership = Ownership("ours", "coordinated with a meeting of the coalition", 0.7, head.end)
        if about and (
            ownership.owner == "none" or (ownership.owner == "anaphor" and conveners.names_itself(head))
        ):
            ownership = conveners.by_topic(head, *bound) or ownership
        if (
            about
            and ownership.owner == "none"
            and (conveners.is_named_by_city(head) or _is_in_a_meeting(document, head, owned))
        ):
            ownership = Ownership("anaphor", "called by its city, or by the verb before it")
        if ownership.owner == "anaphor":
            ownership = _taken_up(document, head, ownership, owned)
            if about and ownership.owner == "none" and head.suffixed:
                ownership = conveners.by_topic(head, *bound) or ownership
        owned.append((head, ownership))
    return owned


def _bounds(heads: list[Head], length: int) -> list[tuple[int, int]]:
    """Give for each head where the next noun begins and where the last one ended."""
    following, previous = [length] * len(heads), [0] * len(heads)
    for n in range(1, len(heads)):
        last = heads[n - 1]
        previous[n] = last.end if last.kind == "noun" else previous[n - 1]
    for n in range(len(heads) - 2, -1, -1):
        after = heads[n + 1]
        following[n] = after.outer if after.kind == "noun" else following[n + 1]
    return list(zip(following, previous, strict=True))


def _is_in_a_meeting(document: Document, head: Head, owned: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a noun repeats its sentence's verb: «يلتقي وزراء دفاع التحالف …، في [اجتماع] دعيت إليه 34 دولة»."""
    if head.kind != "noun" or not owned or not document.source.endswith(lexicon.IN, 0, head.outer):
        return False
    last, ownership = owned[-1]
    return (
        last.sentence == head.sentence and last.kind in ("verb", "participle") and ownership.owner == "ours"
    )


def _is_next_in_order(document: Document, head: Head, owned: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a noun follows a meeting of ours by a verb of order: «ويعقب ذلك [اجتماع] يخصص للمقاتلين الأجانب»."""
    ours = owned and owned[-1][1].owner in ("ours", "anaphor") and head.sentence - owned[-1][0].sentence <= 1
    return bool(
        ours
        and head.kind == "noun"
        and _IN_ORDER.search(document.source[max(0, head.outer - 30) : head.outer])
    )


def _is_coordinated(head: Head, owned: list[tuple[Head, Ownership]]) -> bool:
    """Tell whether a noun is joined to a meeting of ours by «و»: «اجتماعا في واشنطن [واجتماعا] في باريس»."""
    if not (head.conjoined and head.kind == "noun" and owned):
        return False
    last, ownership = owned[-1]
    return last.sentence == head.sentence and ownership.owner == "ours"


def _taken_up(
    document: Document, head: Head, ownership: Ownership, owned: list[tuple[Head, Ownership]]
) -> Ownership:
    found: Ownership | None = None
    for h, o in reversed(owned[-_TAKEN_UP_WITHIN:]):
        if o.owner in ("ours", "anaphor") or (o.owner == "other" and not is_on_the_margin(document, h)):
            found = found or o
            if h.lemma == head.lemma:
                found = o
                break
    if found is None or found.owner == "other":
        return Ownership("other" if found else "none", "takes up no meeting of the coalition")
    recent = owned[-_TAKEN_UP_WITHIN:]
    if head.lemma in _OF_THEIR_OWN and not any(
        h.lemma == head.lemma and o.owner == "ours" for h, o in recent
    ):
        return Ownership("other", "a noun that nobody calls such a meeting by in passing")
    return replace(ownership, reason="takes up a meeting named before", confidence=0.85)


def is_on_the_margin(document: Document, head: Head) -> bool:
    """Tell whether a meeting is only where or when another takes place: «على هامش [قمة الناتو]»."""
    return bool(_MARGINS.search(document.source[max(0, head.outer - 40) : head.outer]))


def neighbours(
    document: Document, clauses: Clauses, owned: list[tuple[Head, Ownership]], index: int
) -> tuple[Head | None, Head | None]:
    """Give the meetings of the same sentence on either side that have days and places of their own."""
    head = owned[index][0]
    rivals = []
    near = owned[max(0, index - _NEIGHBOURHOOD) : index + _NEIGHBOURHOOD]
    for h, o in near:
        if h.sentence != head.sentence or h is head or h.kind not in ("noun", "verb", "participle"):
            continue
        stands_alone = o.owner != "none" or clauses.apart(h, head)
        beside = (o.owner == "other" and is_on_the_margin(document, h)) or is_landmark(document, h)
        if stands_alone and not beside:
            rivals.append(h)
    before = [h for h in rivals if h.start < head.start]
    after = [h for h in rivals if h.start > head.start]
    return (before[-1] if before else None), (after[0] if after else None)


def is_landmark(document: Document, head: Head) -> bool:
    """Tell whether a meeting only marks the time of another: «ويلي [اللقاء الوزاري]، يوم الخميس، اجتماع …»."""
    return head.definite and bool(_SEQUENCE.search(document.source[max(0, head.outer - 20) : head.outer]))

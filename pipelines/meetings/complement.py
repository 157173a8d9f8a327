"""Read what stands between a noun of meeting and a name as a chain of phrases: «اجتماع | بمشاركة وزراء دول | [التحالف]».

The last phrase before the name says whether the meeting is the name's: the noun's own phrase («اجتماع وزراء دفاع [التحالف]»),
its members after «ل» («اجتماع في روما لوزراء [التحالف]») and who takes part do; a topic, somebody's wish or a new statement
does not («بطلب من تركيا العضو في [التحالف]»).
"""

from __future__ import annotations

import re
from typing import Literal

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.convening import Reader
from pipelines.meetings.words import rx

Attachment = Literal["close", "loose", "none"]

_OPENERS = (
    ("members", rf"(?<!\w)[وف]?(?:{lexicon.OF_MEMBERS})(?!\w)"),
    ("part", rf"(?<!\w)[وف]?(?:{lexicon.TAKING_PART_IN})(?!\w)"),
    ("asked", rf"(?<!\w)[وف]?(?:{lexicon.ASKED_BY}|{lexicon.OCCASIONED_BY})(?!\w)"),
    (
        "statement",
        rf"[{lexicon.WEAK_MARK}] ?(?:و?{lexicon.NOT_DONE}|{lexicon.FUTURE}|{lexicon.PRESENT}|{lexicon.GOING_TO_IT}|{lexicon.SPEECH})(?!\w)",
    ),
    ("said", rf"(?<!\w)[وف]?(?:{lexicon.THAT})(?!\w)"),
    ("topic", rf"(?<!\w)[وف]?(?:{lexicon.TOPIC})(?!\w)"),
)
_OPENS = re.compile("|".join(f"(?P<{kind}>{rx(pattern).pattern})" for kind, pattern in _OPENERS))
_MEMBERS_TAKE_PART = rx(lexicon.MEMBERS_TAKE_PART)
_STATES = rx(rf"(?<!\w)(?:{lexicon.STATES}) $")
_GUESTS = rx(rf"(?<!\w)[وف]?{lexicon.GUESTS}")


def attachment(path: str) -> Attachment:
    """Say how a name belongs to the noun that `path` leads from: as its own, as those who take part, or not at all."""
    kind, start = "own", 0
    for match in _OPENS.finditer(path):
        opened = match.lastgroup or "own"
        if opened == "members" and kind == "part":  # «بمشاركة ممثلين لدول [التحالف]»
            continue
        if opened == "part" and _STATES.search(path[: match.start()]):  # «لستين دولة تشارك في [التحالف]»
            continue
        kind, start = opened, match.start()
    phrase = path[start:]
    if kind == "part":
        takes_part = _MEMBERS_TAKE_PART.search(phrase) is not None and _GUESTS.match(phrase) is None
        return "loose" if takes_part else "none"
    if kind in ("own", "members"):
        return "none" if Reader.not_convener(phrase) else "close"
    return "none"

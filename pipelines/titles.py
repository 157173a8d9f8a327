"""Whether a headline alone shows that its page need not be fetched: for outlets too large to fetch whole.

The rule, which loses pages only where it says so:

1. A headline with any clue (the coalition, ISIS, an alliance that isn't named, war, security, diplomacy, Iraq, Syria and
   their neighbours in that war) is fetched, whatever else it says.
2. One that names another subject without a doubt («نتائج الدوري الإسباني», «أسعار الذهب اليوم») is passed over.
3. Everything else is fetched: a headline that is short or says nothing, «قراءات», is no evidence against its article.

So what is passed over is known by its subject and stands on the ledger with it. Silence about the coalition alone never
skips a page: of 138 articles that mention it in passing, no headline names it. Measured on the texts beside the
project (bench/titles.py): none of 181 articles that concern the coalition is passed over, and a seventh of the unrelated.
"""

from __future__ import annotations

import hashlib
import re

from pipelines.arabic import fold, fold_text
from pipelines.bodies import COALITION, ISIS, UNDECIDED, find_bodies
from pipelines.lexicon.titles import CLUES, SUBJECTS

_BEFORE = r"(?<!\w)[وف]?[بلك]?"
_LONGEST = 400  # characters; a longer "title" is a summary, and is fetched

# Changes with the words, so that the ledger knows which titles to test again.
RULES = hashlib.sha256(repr((SUBJECTS, CLUES, "1")).encode()).hexdigest()[:8]


def _words(written: str) -> str:
    parts = (r"\s+".join(fold_text(words).split()) for words in written.split("|"))
    return "|".join(part[:-1] + r"\w*" if part.endswith("*") else part + r"(?!\w)" for part in parts)


_CLUE = re.compile(rf"{_BEFORE}(?:ال|ل)?(?:{_words(CLUES)})")
_SUBJECT = re.compile(
    _BEFORE
    + "(?:"
    + "|".join(f"(?P<s{n}>{_words(words)})" for n, words in enumerate(SUBJECTS.values()))
    + ")"
)


def reason_to_skip(title: str) -> str | None:
    """Give the reason why an article with this headline need not be fetched, or None when it must be.

    «ريال مدريد يهزم برشلونة في الدوري» gives "its headline is of sport: «ريال مدريد»"; «قراءات» and «الدوري يستأنف في بغداد»
    give None. About 0.02 ms.
    """
    if not title.strip() or len(title) > _LONGEST:
        return None
    folded = fold(title)
    subject = _SUBJECT.search(folded.text)
    if subject is None or _CLUE.search(folded.text):
        return None
    if any(mention.body in (COALITION, ISIS, UNDECIDED) for mention in find_bodies(folded)):
        return None
    name = [*SUBJECTS][int((subject.lastgroup or "s0")[1:])]
    start, end = folded.span(*subject.span())
    return f"its headline is of {name}: «{title[start:end]}»"

"""Find what was said at a meeting, and the day of saying it: «توقع ترامب [الأربعاء] …، وذلك في كلمة أمام وزراء التحالف»."""

from __future__ import annotations

from datetime import timedelta

from pipelines.lexicon import meetings as lexicon
from pipelines.meetings.document import PlacedDate
from pipelines.meetings.fill import Fill
from pipelines.meetings.heads import Head
from pipelines.meetings.words import rx

SENTENCES_OF_SPEECH = 4  # the meeting's own and those before it
_DAYS_TO_PRINT = timedelta(days=3)  # what was said on a day is printed within so many
_WITHIN = 90  # characters before a meeting
_NOT_THAT = rf"(?!(?:{lexicon.COMPLEMENT})(?!\w))"
_SPOKEN_AT = rx(rf"(?<!\w)[وف]?(?:{lexicon.SPOKEN})(?!\w)(?:[^\w.]+\w+){{0,7}}[^\w.]*$")
_SPEAKING_AT = rx(
    rf"(?<!\w)[وف]?(?:{lexicon.SPEECH})(?!\w)(?:[^\w.]+{_NOT_THAT}\w+){{0,9}}?"
    rf"[^\w.]*(?<!\w)[وف]?(?:{lexicon.SPEAKING_AT})(?!\w)(?:[^\w.]+{_NOT_THAT}\w+){{0,4}}[^\w.]*$"
)
_LAST = rx(rf"(?: \w+){{0,3}} (?:{lexicon.LAST})(?!\w)")


class Saying(Fill):
    """Reads what was said at the meetings of one document."""

    def spoken_from(self, head: Head, start: int) -> int | None:
        """Give where «وذلك في كلمة أمام» before a meeting begins, None where nothing was said at it."""
        near = (max(start, head.outer - _WITHIN), head.outer)
        spoken = _SPOKEN_AT.search(self._source, *near) or _SPEAKING_AT.search(self._source, *near)
        return spoken.start() if spoken and not _LAST.match(self._source, head.end) else None

    def day_of_saying(self, head: Head, before: int) -> PlacedDate | None:
        """Take the day on which it was said: the nearest that lies just before the day of the report."""
        published = self._document.published
        for number in range(head.sentence, max(-1, head.sentence - SENTENCES_OF_SPEECH), -1):
            start, end = self._document.sentences[number]
            for placed in self._document.dates_in(start, min(end, before)):
                day = placed.mention.first
                if published is None or day is None or placed.mention.grain != "day":
                    continue
                if timedelta(0) <= published - day <= _DAYS_TO_PRINT:
                    return placed
        return None

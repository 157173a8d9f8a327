"""Put the places of an article that name one meeting together into one claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from crawler.items import Status
from pipelines.meetings.counts import Count
from pipelines.meetings.days import is_run_round
from pipelines.meetings.document import PlacedDate
from pipelines.meetings.heads import Head
from pipelines.meetings.level import RANKS, Feature, can_be_one
from pipelines.meetings.slots import Place
from pipelines.meetings.status import Tense


@dataclass(slots=True)
class Sighting:
    """One place of the article that names a meeting of ours, with what its own sentence says."""

    head: Head
    start: int  # the words that name it
    end: int
    anaphor: bool
    day: PlacedDate | None
    place: Place
    features: frozenset[Feature]
    named: frozenset[Feature]  # those of the words that name it, not of the whole stretch
    counts: tuple[Count, ...]
    host: str | None
    tense: Tense
    fate: Status | None
    previous: bool  # «آخر اجتماع», «الاجتماع السابق»
    other: bool  # «اجتماعا آخر»
    called_for: bool
    in_series: bool  # «الاجتماع المقبل», «اللقاء الثاني»
    in_title: bool
    confidence: float

    @property
    def days(self) -> tuple[date, date] | None:
        """Give the interval, None when no day is said or resolved."""
        if self.day is None or self.day.mention.first is None or self.day.mention.last is None:
            return None
        return self.day.mention.first, self.day.mention.last


_ENOUGH = 60  # sightings of one meeting


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    sightings: list[Sighting] = field(default_factory=list)
    said_later: tuple[Count, ...] = ()  # numbers in the sentences after it
    attended_by: frozenset[Feature] = frozenset()  # ranks in the sentences after it

    @property
    def telling(self) -> list[Sighting]:
        """Give the sightings that its fields are read from: the first so many, so that a long article stays linear."""
        return self.sightings[:_ENOUGH]

    @property
    def dated(self) -> Sighting | None:
        """Give the sighting with the finest day, the first of them; a run of days that takes the day in comes before it."""
        dated = [s for s in self.telling if s.day is not None]
        resolved = [s for s in dated if s.days is not None] or dated
        finest = min(resolved, key=_fineness, default=None)
        if finest is None or finest.day is None:
            return None
        day = finest.day.mention
        return next((s for s in resolved if s.day and is_run_round(s.day.mention, day)), finest)

    @property
    def placed(self) -> Sighting | None:
        """Give the sighting that tells the place: one with a city before one with a country, the dated one first."""
        dated = self.dated
        order = ([dated] if dated else []) + self.telling
        places = [s for s in order if s.place.city] or [s for s in order if s.place.country]
        return places[0] if places else None

    @property
    def features(self) -> frozenset[Feature]:
        """Collect features: those of the dated sighting if it tells a rank, with what names the others; else all."""
        told = self._told
        return told | self.attended_by if not told & (RANKS | {"ministerial"}) else told

    @property
    def _told(self) -> frozenset[Feature]:
        dated = self.dated
        if dated is not None and dated.features & (RANKS | {"ministerial"}):
            return dated.features.union(*(s.named & {"small", "full"} for s in self.telling))
        of_text = frozenset().union(*(s.features for s in self.telling if not s.in_title))
        if of_text & (RANKS | {"ministerial"}):
            return of_text
        return frozenset().union(*(s.features for s in self.telling))

    @property
    def members(self) -> int | None:
        """Give the number of the coalition's members that the text states with the meeting."""
        return self._counted(members=True)

    @property
    def participants(self) -> int | None:
        """Give the number of states or delegations that the text says take part."""
        return self._counted(members=False)

    def _counted(self, *, members: bool) -> int | None:
        dated = self.dated
        told = [c for s in ([dated] if dated else []) + self.telling for c in s.counts]
        return next((c.value for c in (*told, *self.said_later) if c.members == members), None)

    def accepts(self, sighting: Sighting) -> bool:
        """Tell whether `sighting` can be this meeting: day, place and rank agree as far as they are said."""
        if sighting.other and not self._same_day_as(sighting):
            return False
        if not can_be_one(self.features, sighting.features):
            return False
        mine, place = self.dated, self.placed
        if mine and mine.days and sighting.days and not self._may_share_days(mine, sighting):
            return False
        if place and place.place.city and sighting.place.city and place.place.city != sighting.place.city:
            return False
        if (
            place
            and place.place.country
            and sighting.place.country
            and place.place.country != sighting.place.country
        ):
            return False
        same_day = bool(mine and mine.days and sighting.days)
        if sighting.previous != self.is_previous and not same_day and not sighting.anaphor:
            return False
        return not (sighting.previous and sighting.tense == "past" and not self.is_previous and not same_day)

    @staticmethod
    def _may_share_days(mine: Sighting, sighting: Sighting) -> bool:
        return _overlap(mine, sighting) or (sighting.anaphor and _sharpens(mine, sighting))

    def _same_day_as(self, sighting: Sighting) -> bool:
        mine = self.dated
        return bool(mine and mine.days and mine.days == sighting.days and self.placed and sighting.place.city)

    @property
    def is_previous(self) -> bool:
        """Tell whether the article calls it the last or the earlier one."""
        return any(s.previous for s in self.telling)


_NO_LENGTH = 10_000  # an unresolved day is the least fine


def _fineness(sighting: Sighting) -> tuple[int, int]:
    days = sighting.days
    return ((days[1] - days[0]).days if days else _NO_LENGTH), sighting.start


def _overlap(one: Sighting, other: Sighting) -> bool:
    a, b = one.days, other.days
    return bool(a and b and a[0] <= b[1] and b[0] <= a[1])


_WEEK = timedelta(days=7)


def _sharpens(vague: Sighting, sighting: Sighting) -> bool:
    """Tell whether an anaphor's day replaces a week told before: «نهاية هذا الأسبوع … وتنطلق [الأشغال] يوم الاثنين 15»."""
    a, b = vague.days, sighting.days
    if vague.day is None or sighting.day is None or not (a and b):
        return False
    loose = vague.day.mention.grain == "week" and sighting.day.mention.grain in ("day", "days")
    return loose and a[0] - _WEEK <= b[0] <= a[1] + _WEEK


_DRAFTS_LOOKED_AT = 40  # the last so many claims can take in a sighting


def gather(sightings: list[Sighting]) -> list[Draft]:
    """Gather sightings, in their order, into claims; an undated one joins the nearest claim it fits."""
    drafts: list[Draft] = []
    for sighting in sightings:
        fitting = [draft for draft in drafts[-_DRAFTS_LOOKED_AT:] if draft.accepts(sighting)]
        same_day = [d for d in fitting if sighting.days and d.dated and d.dated.days]
        if same_day or fitting:
            (same_day or fitting)[-1].sightings.append(sighting)
        elif not (sighting.anaphor and drafts and _says_nothing_new(sighting)):
            drafts.append(Draft([sighting]))
    return [draft for draft in drafts if not _only_in_passing(draft)]


def _says_nothing_new(sighting: Sighting) -> bool:
    """Tell whether an anaphor names no meeting but the one before it: «الاجتماع» with another's day, not «الاجتماع المقبل»."""
    one_of_a_series = sighting.day is not None and sighting.in_series
    return not one_of_a_series and sighting.place.city is None and not sighting.features


def _only_in_passing(draft: Draft) -> bool:
    """Tell whether a claim rests on an anaphor or a wish alone."""
    return all((s.anaphor or s.called_for) and s.day is None for s in draft.sightings)

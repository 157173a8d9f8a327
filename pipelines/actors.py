"""Which people, bodies and states an article names: one scan for names, and the places and bodies that others find."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from crawler.items import ActorMention
from pipelines.arabic import Folded, fold, fold_text
from pipelines.bodies import COALITION, ISIS, find_bodies
from pipelines.lexicon import actors as lexicon
from pipelines.lexicon.places import COUNTRIES
from pipelines.places import find_places
from pipelines.spellings import one_pattern

Kind = Literal["person", "body", "state"]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the lexicon knows; a row of `actors`."""

    id: str
    kind: Kind
    name_en: str
    name_ar: str
    role: str | None  # as the reference says it
    wikidata: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    """What one spelling may mean: sure actors, or those it means once they were named in full."""

    sure: str | None = None
    after: tuple[str, ...] = ()
    namesake: bool = False


_NOBODY = "namesake "  # begins the ids of namesakes, who are never actors


def _states() -> Iterator[Actor]:
    for country in COUNTRIES:
        joined, source = lexicon.LATER_MEMBERS.get(country.iso2, (None, None))
        if country.iso2 in lexicon.BY_AUGUST_2016:
            joined, source = "by August 2016", lexicon.CRS
        role = f"coalition member, {joined}" if joined else None
        yield Actor(_state_id(country.name), "state", country.name, country.names_ar[0], role, None, source)


def _state_id(name: str) -> str:
    plain = name.lower().replace("ô", "o").replace("'", "-")
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def _named(kind: Kind, names: Iterable[lexicon.Name]) -> Iterator[Actor]:
    for one in names:
        yield Actor(one.id, kind, one.name_en, one.full[0], one.role, one.wikidata, one.source)


_OTHERS = (lexicon.COALITION, lexicon.ISLAMIC_STATE)
ACTORS: dict[str, Actor] = {
    actor.id: actor
    for actor in (
        *_named("person", lexicon.PEOPLE),
        *_named("body", (*lexicon.BODIES, *_OTHERS)),
        *_states(),
    )
}
_STATE = {country.iso2: _state_id(country.name) for country in COUNTRIES}
_BODY = {COALITION: lexicon.COALITION.id, ISIS: lexicon.ISLAMIC_STATE.id}


def _forms() -> dict[str, _Form]:
    """Map each folded spelling to what it may mean."""
    forms = {fold_text(full): _Form(namesake=True) for full in lexicon.NAMESAKES}
    after: dict[str, list[str]] = {}
    for one in (*lexicon.PEOPLE, *lexicon.BODIES):
        for spelling in (*one.full, *one.alone):
            forms[fold_text(spelling)] = _Form(sure=one.id)
        for spelling in one.after:
            after.setdefault(fold_text(spelling), []).append(one.id)
    for short, namesakes in lexicon.SHARING.items():
        for full in namesakes:
            forms[fold_text(full)] = _Form(sure=_NOBODY + full, namesake=True)
            after.setdefault(fold_text(short), []).append(_NOBODY + full)
    for short, states in lexicon.KINGDOMS.items():
        after[fold_text(short)] = [_STATE[iso2] for iso2 in states]
    return {**forms, **{short: _Form(after=tuple(dict.fromkeys(ids))) for short, ids in after.items()}}


_GAP = r"[\s\-–]+"
_ARTICLE = "ال"


_FORMS = _forms()
_BEFORE_BODY = re.compile(fold_text(lexicon.BEFORE_BODY))
_SCAN = re.compile(
    rf"(?<!\w)[وف]?(?:(?P<name>{one_pattern(_FORMS, _GAP)})|[بلك](?P<bound>{one_pattern(_FORMS, _GAP)})"
    rf"|لل(?P<rest>{one_pattern((n[2:] for n in _FORMS if n.startswith(_ARTICLE)), _GAP)}))(?!\w)"
)


def find_actors(title: str, text: str) -> tuple[ActorMention, ...]:
    """Find every naming of a person, body or state in an article, those of the title first, each in order.

    «تيليرسون» is Rex Tillerson wherever it stands; «كارتر» is Ash Carter only after «آشتون كارتر», and nobody where
    Jimmy Carter is named too. Offsets are code points of `title` or `text` and leave clitics out: «ولترامب» gives
    «ترامب». Adjectives («الأميركي») and capitals that stand for governments name nobody. Linear.
    """
    head = f"{title}\n" if title else ""
    folded = fold(head + text)
    names, namesakes = _names(folded.text)
    hidden = list(namesakes)
    found: list[tuple[_Span, str]] = []
    for body in find_bodies(folded):
        if body.body in _BODY:
            span = (body.start + _clitics(body.text), body.end)
            found.append((span, _BODY[body.body]))
            if body.body == ISIS:
                hidden.append(span)  # «… في العراق والشام» is no naming of Iraq
    states = [
        ((place.start, place.end), _STATE[place.iso2])
        for place in find_places(folded, head + text)
        if place.kind != "city"
    ]
    not_states = _Cover(hidden)
    named = [one for one in states if not not_states.holds(one[0])]
    longer = _Cover(span for span, _ in named)  # «المملكة» of «المملكة المغربية» is no name of its own
    found += named
    found += _resolved([one for one in names if not longer.holds(one[0])], found)
    return tuple(
        _mention(folded, head, text, span, actor)
        for span, actor in sorted(set(found))
        if not actor.startswith(_NOBODY)
    )


def _names(text: str) -> tuple[list[tuple[_Span, _Form]], list[_Span]]:
    """Scan for the forms of names; give them, and the spans of the namesakes."""
    names: list[tuple[_Span, _Form]] = []
    namesakes: list[_Span] = []
    for match in _SCAN.finditer(text):
        group = match.lastgroup or ""
        spelling = re.sub(_GAP, " ", match[group])
        form = _FORMS[_ARTICLE + spelling if group == "rest" else spelling]
        if form.namesake:
            namesakes.append(match.span(group))
        if form.sure or form.after:
            names.append((match.span(group), form))
    return names, namesakes


def _resolved(names: list[tuple[_Span, _Form]], states: list[tuple[_Span, str]]) -> list[tuple[_Span, str]]:
    """Give short forms to the one who was named in full before them; where two were, to nobody."""
    full: dict[str, int] = {}  # where each was first named in full
    for span, actor in [*states, *((span, form.sure) for span, form in names if form.sure)]:
        full[actor] = min(span[0], full.get(actor, span[0]))
    found: list[tuple[_Span, str]] = []
    for span, form in names:
        if form.sure:
            found.append((span, form.sure))
            continue
        candidates = [one for one in form.after if full.get(one, span[0]) < span[0]]
        if len(candidates) == 1:
            found.append((span, candidates[0]))
    return found


def _clitics(words: str) -> int:
    match = _BEFORE_BODY.match(words)
    return match.end() if match else 0


class _Cover:
    """Spans in order, to ask in a few steps whether one of them holds another."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def holds(self, span: _Span) -> bool:
        at = bisect_right(self._starts, span[0]) - 1
        return at >= 0 and span[1] <= self._ends[at]


def _mention(folded: Folded, head: str, text: str, span: _Span, actor: str) -> ActorMention:
    start, end = folded.span(*span)
    kind = ACTORS[actor].kind
    if start < len(head):
        return ActorMention(actor, kind, start, end, head[start:end], "title")
    start, end = start - len(head), end - len(head)
    return ActorMention(actor, kind, start, end, text[start:end])


def put_actors(connection: sqlite3.Connection, mentions: Iterable[ActorMention]) -> None:
    """Write the rows of `actors` that `mentions` refer to, within the caller's transaction."""
    rows = [ACTORS[actor] for actor in sorted({mention.actor for mention in mentions})]
    connection.executemany(
        "insert into actors (id, kind, name_en, name_ar, role, wikidata, source) values (?,?,?,?,?,?,?)"
        " on conflict(id) do update set kind = excluded.kind, name_en = excluded.name_en, name_ar = excluded.name_ar,"
        " role = excluded.role, wikidata = excluded.wikidata, source = excluded.source",
        [(one.id, one.kind, one.name_en, one.name_ar, one.role, one.wikidata, one.source) for one in rows],
    )


def article_rows(article: str, mentions: Iterable[ActorMention]) -> list[dict[str, object]]:
    """Give the rows of `article_actors`: one an actor, with its first place in the text, or in the title if only there."""
    of: dict[str, list[ActorMention]] = {}
    for mention in mentions:
        of.setdefault(mention.actor, []).append(mention)
    rows: list[dict[str, object]] = []
    for actor, places in sorted(of.items()):
        first = min(places, key=lambda place: (place.where == "title", place.start))
        rows.append(
            {"article": article, "actor": actor, "field": first.where, "mentions": len(places),
             "first_start": first.start, "first_end": first.end, "text": first.text}
        )  # fmt: skip
    return rows

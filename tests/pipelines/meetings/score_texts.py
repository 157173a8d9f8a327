"""Read the project's short texts and score the tagger on them: the same code for the tests and for a look by eye."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crawler.items import MeetingMention
from pipelines.meetings import tag_meetings

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Expected:
    first: date | None
    last: date | None
    level: str
    city: str | None
    status: str
    known: str | None
    link: str
    count: int | None


@dataclass
class Case:
    id: str
    published: date
    title: str = ""
    lines: list[str] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            name, day = line[1:].split()
            cases.append(Case(name, date.fromisoformat(day)))
        elif line.startswith("T "):
            cases[-1].title = line[2:]
        elif line.startswith("= "):
            cases[-1].expected.append(_expected(line[2:]))
        else:
            cases[-1].lines.append(line)
    return cases


def _expected(line: str) -> Expected:
    days, level, city, status, known, *count = (part.strip() for part in line.split("|"))
    first, _, last = days.partition("/")
    return Expected(
        None if first == "-" else date.fromisoformat(first),
        None if first == "-" else date.fromisoformat(last or first),
        level,
        None if city == "-" else city,
        status,
        None if known == "-" else known.removeprefix("~"),
        "none" if known == "-" else "disagrees" if known.startswith("~") else "known",
        int(count[0]) if count else None,
    )


def tag(case: Case) -> list[MeetingMention]:
    return tag_meetings(case.title, case.text, case.published)


def core(one: Expected | MeetingMention) -> tuple[date | None, date | None, str, str | None]:
    return (one.first, one.last, one.level, one.city)


def differences(case: Case, got: list[MeetingMention]) -> list[str]:
    """Say in words how the tagger's mentions differ from what a reader finds."""
    problems = []
    left = list(got)
    for want in case.expected:
        match = next((m for m in left if core(m) == core(want)), None) or next(
            (m for m in left if (m.first, m.last) == (want.first, want.last)), None
        )
        if match is None:
            problems.append(f"missed {want}")
            continue
        left.remove(match)
        for name in ("level", "city", "status"):
            if getattr(match, name) != getattr(want, name):
                problems.append(f"{name}: {getattr(match, name)} instead of {getattr(want, name)}")
        if (match.known_id, match.link) != (want.known, want.link):
            problems.append(
                f"link: {match.link} {match.known_id} ({match.link_reason}) instead of {want.link} {want.known}"
            )
        if want.count is not None and match.member_count != want.count:
            problems.append(f"count: {match.member_count} instead of {want.count}")
    problems += [f"extra {m.text!r} {m.first} {m.city} {m.level} {m.status}" for m in left]
    return problems


def score(cases: list[Case]) -> dict[str, float]:
    """Give precision, recall and F1 for mention, for (date, level, city), for status and link, and the tagged negatives."""
    tally: Counter[str] = Counter()
    for case in cases:
        got = tag(case)
        left = list(got)
        tally["got"] += len(got)
        tally["want"] += len(case.expected)
        if not case.expected:
            tally["negatives"] += 1
            tally["tagged_negatives"] += bool(got)
        for want in case.expected:
            match = next((m for m in left if core(m) == core(want)), None) or next(iter(left), None)
            if match is None:
                continue
            left.remove(match)
            tally["mention"] += 1
            tally["fields"] += core(match) == core(want)
            tally["status"] += match.status == want.status
            tally["link"] += (match.known_id, match.link) == (want.known, want.link)
    result = {"cases": float(len(cases)), "mentions": float(tally["want"])}
    for name in ("mention", "fields", "status", "link"):
        result[f"{name}_f1"] = 2 * tally[name] / max(1, tally["got"] + tally["want"])
    result["negatives_tagged"] = tally["tagged_negatives"] / max(1, tally["negatives"])
    return result


if __name__ == "__main__":
    for name in sys.argv[1:] or ["texts_dev.txt", "texts_scored.txt"]:
        all_cases = read_cases(HERE / name)
        wrong = 0
        for one in all_cases:
            problems = differences(one, tag(one))
            wrong += bool(problems)
            for problem in problems if "scored" not in name or "--show" in sys.argv else ():
                print(f"{one.id}: {problem}")
        print(
            name,
            f"{wrong} of {len(all_cases)} texts differ",
            {k: round(v, 3) for k, v in score(all_cases).items()},
        )

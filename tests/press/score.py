"""Hold an archive of the press against what its authors say is in it.

python -m tests.press.score archive.db      prints every difference, article by article
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.press.houses import HOUSES
from tests.press.loader import Article, load_press
from tests.press.pages import url_of

FIELDS = ("first", "last", "city", "level", "status", "member_count", "known", "link")
Claim = tuple[object, ...]


@dataclass(slots=True)
class Score:
    """How the archive's claims compare with the annotated ones."""

    expected: int = 0
    found: int = 0  # claims of the archive
    matched: int = 0  # pairs that mean the same meeting
    exact: int = 0  # pairs that are equal in every field
    wrong_articles: list[str] = field(default_factory=list)  # in the archive and shouldn't be, or the reverse
    lines: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Give the share of the archive's claims that an author put in."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Give the share of the authors' claims that the archive has."""
        return self.matched / self.expected if self.expected else 1.0


def score(archive: Path) -> Score:
    """Compare every article's verdict and claims with its annotation; the second edition, where there is one."""
    connection = sqlite3.connect(archive)
    total = Score()
    for outlet, articles in load_press().items():
        for article in articles:
            name = f"{outlet}/{article.slug}"
            row = connection.execute(
                "select id, relevance from articles where url = ?", (url_of(HOUSES[outlet], article),)
            ).fetchone()
            label = row[1] if row else "no"
            if label != article.relevance:
                total.wrong_articles.append(name)
                total.lines.append(f"{name}: {label}, annotated {article.relevance}")
            _compare(total, name, list(_expected(article)), _found(connection, row[0]) if row else [])
    return total


def _expected(article: Article) -> Iterator[Claim]:
    for one in article.meetings:
        first, last = (day.isoformat() if day else None for day in (one.first, one.last))
        yield (first, last, one.city, one.level, one.status, one.member_count, one.known, one.link)


def _found(connection: sqlite3.Connection, article: str) -> list[Claim]:
    return connection.execute(
        "select m.first, m.last, m.city, m.level, m.status, m.member_count, k.reference_id, m.link from mentions m"
        " left join known_meetings k on k.id = m.known where m.article = ? and m.first is not null order by m.id",
        (article,),
    ).fetchall()


def _compare(total: Score, name: str, expected: list[Claim], found: list[Claim]) -> None:
    total.expected += len(expected)
    total.found += len(found)
    for claim in expected:
        best = max(found, key=lambda other: _likeness(claim, other), default=None)
        if best is None or _likeness(claim, best) < 10:
            total.lines.append(f"{name}: missing {_say(claim)}")
            continue
        found.remove(best)
        total.matched += 1
        wrong = [f"{key} {b} for {a}" for key, a, b in zip(FIELDS, claim, best, strict=True) if a != b]
        total.exact += not wrong
        if wrong:
            total.lines.append(f"{name}: {claim[0]} {claim[2]} {claim[3]}: {'; '.join(wrong)}")
    total.lines.extend(f"{name}: too many {_say(claim)}" for claim in found)


def _likeness(one: Claim, other: Claim) -> int:
    """Count what two claims share; 10 and more means the same meeting: its day, or the known meeting it is."""
    same_day = one[0] == other[0]
    same_known = one[6] is not None and one[6] == other[6]
    return 10 * same_day + 10 * same_known + sum(a == b for a, b in zip(one[2:5], other[2:5], strict=True))


def _say(claim: Claim) -> str:
    return " ".join(f"{key}={value}" for key, value in zip(FIELDS, claim, strict=True) if value is not None)


def main() -> int:
    """Print the differences and the figures."""
    result = score(Path(sys.argv[1]))
    print("\n".join(result.lines))
    print(f"articles judged otherwise: {len(result.wrong_articles)}")
    print(f"claims: {result.expected} annotated, {result.found} found, precision {result.precision:.3f}, "
          f"recall {result.recall:.3f}, exact {result.exact}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())

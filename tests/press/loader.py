"""The articles of the miniature press: read from Markdown with YAML front matter, and checked.

`expect` is what a careful reader says the article claims. It is never rendered; tests hold the pipeline against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ARTICLES = HERE / "articles"
LEVELS = frozenset(
    "leaders ministerial_foreign_full ministerial_foreign_small_group ministerial_joint ministerial_defence "
    "chiefs_of_defence political_directors working_group ambassadors other unknown".split()
)
STATUSES = frozenset({"announced", "ongoing", "held", "postponed", "cancelled"})
LINKS = frozenset({"known", "disagrees", "none"})
RELEVANCE = frozenset({"main", "mention", "no"})
REQUIRED = frozenset({"n", "title", "published", "section", "tags", "expect"})
OPTIONAL = frozenset(
    {"author", "dateline", "lead", "caption", "related", "comments", "wire", "second_edition"}
)
INLINE_LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\)")


class ArticleError(ValueError):
    """An article's source is not as it must be; the message names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class ExpectedMeeting:
    """One claim the article makes about a meeting of the coalition, as a reader notes it."""

    words: str
    first: date | None
    last: date | None
    city: str | None
    country: str | None
    level: str
    status: str
    member_count: int | None
    known: str | None
    link: str


@dataclass(frozen=True, slots=True)
class SecondEdition:
    """What the outlet changed after publication."""

    modified: datetime
    title: str | None
    replacements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as written, before any outlet's quirks."""

    outlet: str
    slug: str
    n: int
    title: str
    published: datetime
    section: str
    blocks: tuple[str, ...]  # paragraphs; a subhead keeps its leading "## "
    relevance: str
    why_no: str | None
    meetings: tuple[ExpectedMeeting, ...]
    tags: tuple[str, ...] = ()
    author: str | None = None
    dateline: str | None = None
    lead: str | None = None
    caption: str | None = None
    related: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    wire: str | None = None
    second: SecondEdition | None = None
    modified: datetime | None = None  # set in the second edition only
    first_title: str | None = (
        None  # set in the second edition only: an address keeps the words it was made from
    )

    def as_of(self, edition: int) -> Article:
        """Give the article as its first (1) or second (2) edition has it; without a second, the first."""
        if edition == 1 or self.second is None:
            return self
        blocks = []
        for block in self.blocks:
            for old, new in self.second.replacements:
                block = block.replace(old, new)
            blocks.append(block)
        return replace(
            self,
            title=self.second.title or self.title,
            first_title=self.title,
            blocks=tuple(blocks),
            modified=self.second.modified,
        )

    @property
    def text(self) -> str:
        """Give lead and body as a reader sees them: links without their targets, subheads without marks."""
        blocks = [INLINE_LINK.sub(r"\1", block.removeprefix("## ")) for block in self.blocks]
        return "\n\n".join([self.lead, *blocks] if self.lead else blocks)


def load_press(folder: Path = ARTICLES) -> dict[str, tuple[Article, ...]]:
    """Load every article, newest first, under its outlet's id; raise ArticleError on the first fault."""
    press: dict[str, tuple[Article, ...]] = {}
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        articles = [load_article(path) for path in sorted(home.glob("*.md"))]
        check_outlet(home, articles)
        press[home.name] = tuple(
            sorted(articles, key=lambda article: (article.published, article.n), reverse=True)
        )
    return press


def load_article(path: Path) -> Article:
    """Load one article; raise ArticleError, with the file's name, when a key is missing, unknown or wrong."""
    meta, body = _split(path)
    _need(path, meta.keys() >= REQUIRED, f"missing keys: {', '.join(sorted(REQUIRED - meta.keys()))}")
    unknown = meta.keys() - REQUIRED - OPTIONAL
    _need(path, not unknown, f"unknown keys: {', '.join(sorted(unknown))}")
    blocks = tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", body.strip()) if block.strip())
    _need(path, bool(blocks), "the body is empty")
    expect = meta["expect"]
    # YAML reads a bare "no" as false.
    relevance = "no" if expect.get("relevance") is False else expect.get("relevance")
    _need(path, relevance in RELEVANCE, f"expect.relevance: {relevance!r} is none of {sorted(RELEVANCE)}")
    unknown = expect.keys() - {"relevance", "why_no", "meetings"}
    _need(path, not unknown, f"expect: unknown keys: {', '.join(sorted(unknown))}")
    article = Article(
        outlet=path.parent.name,
        slug=path.stem,
        n=int(meta["n"]),
        title=str(meta["title"]),
        published=_moment(path, "published", meta["published"]),
        section=str(meta["section"]),
        blocks=blocks,
        relevance=relevance,
        why_no=expect.get("why_no"),
        meetings=tuple(_meeting(path, row) for row in expect.get("meetings") or ()),
        tags=tuple(str(tag) for tag in meta["tags"] or ()),
        author=meta.get("author"),
        dateline=meta.get("dateline"),
        lead=meta.get("lead"),
        caption=meta.get("caption"),
        related=tuple(meta.get("related") or ()),
        comments=tuple(meta.get("comments") or ()),
        wire=meta.get("wire"),
        second=_second(path, meta.get("second_edition"), blocks),
    )
    _check(path, article)
    return article


def check_outlet(home: Path, articles: list[Article]) -> None:
    """Raise ArticleError when two articles of one outlet share a number, or a link leads nowhere."""
    slugs = {article.slug for article in articles}
    numbers: dict[int, str] = {}
    for article in articles:
        path = home / f"{article.slug}.md"
        _need(path, article.n not in numbers, f"n: {article.n} is taken by {numbers.get(article.n)}")
        numbers[article.n] = article.slug
        targets = {target for block in article.blocks for _, target in INLINE_LINK.findall(block)}
        lost = (targets | set(article.related)) - slugs
        _need(path, not lost, f"links to articles that don't exist: {', '.join(sorted(lost))}")


def _check(path: Path, article: Article) -> None:
    _need(path, article.published.tzinfo is not None, "published: needs an offset, e.g. +03:00")
    _need(
        path,
        re.fullmatch(r"[a-z0-9-]+", article.slug) is not None,
        "the slug must be ASCII: a-z, 0-9, hyphen",
    )
    _need(
        path,
        (article.relevance == "no") == bool(article.why_no),
        "expect.why_no belongs to relevance: no alone",
    )
    _need(
        path,
        article.relevance != "no" or not article.meetings,
        "relevance: no, and yet meetings are expected",
    )
    known = set((HERE / "known_ids.txt").read_text().split())
    text = f"{article.title}\n{article.text}"
    for meeting in article.meetings:
        _need(path, meeting.words in text, f"words not in the article: {meeting.words}")
        _need(path, meeting.known in known | {None}, f"known: no such meeting: {meeting.known}")
        _need(
            path,
            (meeting.link == "none") == (meeting.known is None),
            f"link and known disagree: {meeting.words}",
        )


def _split(path: Path) -> tuple[dict[str, Any], str]:
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    _need(path, len(parts) == 3 and not parts[0].strip(), "needs front matter between two lines of ---")
    try:
        meta = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise ArticleError(f"{path.parent.name}/{path.name}: front matter is not YAML: {error}") from error
    _need(path, isinstance(meta, dict), "front matter must be keys and values")
    return meta, parts[2]


def _meeting(path: Path, row: dict[str, Any]) -> ExpectedMeeting:
    unknown = row.keys() - set(ExpectedMeeting.__dataclass_fields__)
    _need(path, not unknown, f"expect.meetings: unknown keys: {', '.join(sorted(unknown))}")
    words, level, status, link = row.get("words"), row.get("level"), row.get("status"), row.get("link")
    _need(path, bool(words), "expect.meetings: words are missing")
    _need(path, level in LEVELS, f"expect.meetings: level {level!r} is not in the contract")
    _need(path, status in STATUSES, f"expect.meetings: status {status!r} is not in the contract")
    _need(path, link in LINKS, f"expect.meetings: link {link!r} is none of {sorted(LINKS)}")
    first, last = _day(path, row.get("first")), _day(path, row.get("last"))
    _need(path, (first is None) == (last is None), f"first and last belong together: {words}")
    _need(path, first is None or last is None or first <= last, f"last is before first: {words}")
    return ExpectedMeeting(
        words=str(words),
        first=first,
        last=last,
        city=row.get("city"),
        country=row.get("country"),
        level=str(level),
        status=str(status),
        member_count=row.get("member_count"),
        known=row.get("known"),
        link=str(link),
    )


def _second(path: Path, row: dict[str, Any] | None, blocks: tuple[str, ...]) -> SecondEdition | None:
    if row is None:
        return None
    unknown = row.keys() - {"modified", "title", "replace"}
    _need(path, not unknown, f"second_edition: unknown keys: {', '.join(sorted(unknown))}")
    pairs = tuple((str(old), str(new)) for old, new in row.get("replace") or ())
    for old, _ in pairs:
        found = sum(block.count(old) for block in blocks)
        _need(path, found == 1, f"second_edition.replace: found {found} times in one paragraph: {old}")
    return SecondEdition(_moment(path, "second_edition.modified", row["modified"]), row.get("title"), pairs)


def _moment(path: Path, key: str, value: object) -> datetime:
    try:
        return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ArticleError(
            f"{path.parent.name}/{path.name}: {key}: not an ISO date and time: {value}"
        ) from error


def _day(path: Path, value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ArticleError(f"{path.parent.name}/{path.name}: not a day: {value}") from error


def _need(path: Path, true: bool, message: str) -> None:
    if not true:
        raise ArticleError(f"{path.parent.name}/{path.name}: {message}")

"""Learn from the addresses of articles what the address of an article looks like, as a regular expression."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.outlets.model import bare_host

ENOUGH = 0.9  # the share of addresses after which no further shape is looked for
RARE = 0.05  # the share of addresses below which a shape is an exception
ENDING = re.compile(r"\.(?:html?|shtml|aspx?|php|jsp)$", re.IGNORECASE)
ANYTHING, SLUG = r"[^/?]+", r"[^/?]+-[^/?]+-[^/?]+"
YEAR, FEW_DIGITS = r"(?:19|20)\d\d", r"\d{1,2}"
KINDS = (
    (re.compile(r"(?:19|20)\d\d"), YEAR),
    (re.compile(r"\d+"), r"\d+"),
    (re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"), r"[0-9a-fA-F-]{36}"),
    (re.compile(r"\d{3,}-.+"), r"\d{3,}-[^/?]+"),
    (re.compile(r".+-\d{3,}"), r"[^/?]+-\d{3,}"),
)
# First parts of an address that no article has, on any site.
NEVER = ("feed", "rss", "tag", "tags", "category", "author", "page", "search", "about", "contact", "wp-")

LANGUAGES = ("ar", "arabic", "en")

_Shape = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A learnt pattern, and how well it parts articles from other pages."""

    regex: str
    matched: int  # of the addresses it was learnt from
    learnt_from: int
    strays: tuple[str, ...]  # links that are no articles by the outlet's own menus, and match it
    fixed: tuple[str, ...] = ()  # parts that every address had, and that the pattern asks for


def learn_pattern(articles: Sequence[str], others: Iterable[str] = ()) -> Pattern | None:
    """Learn the pattern of articles' decoded paths from canonical addresses; None when they have nothing in common.

    `others`: addresses of the same site that are no articles: menus, sections. E.g. /politics/2017/3/10/خبر and
    /sport/2017/3/9/آخر give ^/[^/?]+/(?:19|20)\\d\\d/\\d{1,2}/\\d{1,2}/[^/?]+/?$.
    """
    shapes: dict[_Shape, list[str]] = {}
    for url in dict.fromkeys(articles):
        shapes.setdefault(_shape(url), []).append(url)
    total = sum(map(len, shapes.values()))
    kept: list[list[str]] = []
    for _, group in sorted(shapes.items(), key=lambda item: -len(item[1])):
        covered = sum(map(len, kept))
        if kept and (covered >= ENOUGH * total or len(group) <= RARE * total):
            break
        kept.append(group)
    if not kept or not any(_shape(kept[0][0])):
        return None
    elsewhere = [url for url in dict.fromkeys(others) if url not in set(articles)]
    heads = _forbidden(articles, elsewhere)
    alternatives = list(dict.fromkeys(_regex(group, heads) for group in kept))
    regex = f"^{alternatives[0]}$" if len(alternatives) == 1 else f"^(?:{'|'.join(alternatives)})$"
    return Pattern(
        regex,
        sum(matches(regex, url) for url in dict.fromkeys(articles)),
        total,
        tuple(url for url in elsewhere if matches(regex, url)),
        tuple(
            part for part in _parts(kept[0][0]) if f"/{re.escape(part)}/" in regex and part not in LANGUAGES
        ),
    )


def matches(regex: str, url: str) -> bool:
    """Say whether an address fits a pattern, as crawler.addresses.is_article does."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    whole = f"{path}?{unquote(parts.query)}" if parts.query else path
    return re.search(regex, path) is not None or re.search(regex, whole) is not None


def _parts(url: str) -> list[str]:
    return [part for part in unquote(urlsplit(url).path).split("/") if part]


def _shape(url: str) -> _Shape:
    """Give the kinds of an address's parts; what keeps its number in the query has its path and the number's name."""
    parts = _parts(url)
    query = parse_qsl(urlsplit(url).query)
    number = next((name for name, value in query if value.isdecimal()), None)
    if number and not any(re.search(r"\d", part) for part in parts):
        return ("?", "/".join(parts), number)
    kinds: list[str] = []
    for n, part in enumerate(parts):
        ending = ENDING.search(part)
        stem = part[: ending.start()] if ending else part
        kind = next((name for pattern, name in KINDS if pattern.fullmatch(stem)), ANYTHING)
        # A month or a day; the last part may be a number that grows.
        if (
            re.fullmatch(r"\d{1,2}", part)
            and kinds
            and kinds[-1] in (YEAR, FEW_DIGITS)
            and n < len(parts) - 1
        ):
            kind = FEW_DIGITS
        kinds.append(kind + (re.escape(ending.group()) if ending else ""))
    return tuple(kinds)


def _regex(group: list[str], heads: list[str]) -> str:
    """Write the pattern of addresses of one shape."""
    shape = _shape(group[0])
    if shape and shape[0] == "?":
        return rf"/{re.escape(shape[1])}\?(?:.*&)?{re.escape(shape[2])}=\d+.*"
    columns = list(zip(*map(_parts, group), strict=True))
    written = [
        _column(kind, values, last=n == len(shape) - 1, dated=YEAR in shape)
        for n, (kind, values) in enumerate(zip(shape, columns, strict=True))
    ]
    certain = any("\\d" in kind or kind == SLUG for kind in written)
    guard = "" if certain or not heads else f"(?!(?:{'|'.join(heads)}))"
    return f"/{guard}{'/'.join(written)}{'' if ENDING.search(group[0]) else '/?'}"


def _column(kind: str, values: tuple[str, ...], *, last: bool, dated: bool) -> str:
    if kind != ANYTHING and not kind.startswith(rf"{ANYTHING}\."):
        return kind
    # Beside a date a section may be any; «/news/» before a bare number is all that tells it from «/tag/».
    if len(values) > 2 and len(set(values)) == 1 and not last and (not dated or values[0] in LANGUAGES):
        return re.escape(values[0])
    if last and len(values) > 2 and all(value.count("-") > 1 for value in values):
        return SLUG + kind.removeprefix(ANYTHING)
    return kind


def _forbidden(articles: Sequence[str], others: Sequence[str]) -> list[str]:
    """List the first parts of addresses that only pages other than articles have."""
    ours = {parts[0] for parts in map(_parts, articles) if parts}
    theirs = Counter(parts[0] for parts in map(_parts, others) if parts)
    names = [re.escape(name) + "(?:/|$)" for name, _ in theirs.most_common(40) if name not in ours]
    return [*(word for word in NEVER if not any(one.startswith(word) for one in ours)), *names]


def same_site(host: str, home: str) -> bool:
    """Say whether a host is the home's own or a subdomain of the same site: "arabic.x.example" beside "x.example"."""
    one, other = bare_host(host), bare_host(home)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")

"""From an article to the bytes its outlet would serve: quirks, page furniture, encoding.

Pages are deterministic: no clock is read, so the same edition always has the same bytes and the same ETag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.press import wording
from tests.press.houses import House
from tests.press.loader import HERE, INLINE_LINK, Article

PER_PAGE = 4
DISCLAIMER = (
    "صفحة تجريبية: «{name}» منفذ مخترع لا وجود له، وقد كُتبت صفحاته لاختبار مشروع «تحالف»، "
    "وما فيها عينة للعرض وليس خبراً منشوراً في أي وسيلة إعلام."
)


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a list shows it."""

    title: str
    url: str
    day: str
    summary: str


@dataclass(frozen=True, slots=True)
class View:
    """An article as a template needs it."""

    title: str
    url: str
    print_url: str
    section: str
    section_url: str
    author: str | None
    lead: str | None
    caption: str | None
    blocks: tuple[Markup, ...]  # whole <p> and <h3> elements
    tags: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]
    related: tuple[Item, ...]
    local: datetime
    day: str
    clock: str
    hijri: str
    modified: datetime | None
    n: int
    summary: str


@cache
def templates() -> Environment:
    """Give the template environment; a misspelt name in a template is an error, not an empty string."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["arabic_digits"] = wording.arabic_digits
    return environment


def path_of(house: House, article: Article) -> str:
    """Give the path of the article on its outlet, percent-encoded."""
    local = article.published.astimezone(ZoneInfo(house.timezone))
    words = "-".join(re.findall(r"\w+", article.first_title or article.title))
    return house.article_path.format(
        Y=local.year, m=local.month, mm=f"{local:%m}", d=local.day, dd=f"{local:%d}",
        n=article.n, slug=article.slug, words=quote(words),
    )  # fmt: skip


def url_of(house: House, article: Article) -> str:
    """Give the article's address."""
    return f"http://{house.host}{path_of(house, article)}"


def article_page(
    house: House, article: Article, shelf: Sequence[Article], *, printing: bool = False
) -> bytes:
    """Render the article's page in its outlet's design and encoding; `shelf` holds all first editions."""
    view = _view(house, article, shelf)
    template = "print.html" if printing else f"{house.id}.html"
    return _render(house, template, shelf, title=article.title, view=view)


def list_page(house: House, heading: str, found: Sequence[Article], shelf: Sequence[Article],
              *, page: int = 1, path: str = "/latest", per_page: int = PER_PAGE) -> bytes:  # fmt: skip
    """Render one page of a list of articles, with links to the others."""
    last = max(1, -(-len(found) // per_page))
    items = [item_of(house, article) for article in found[(page - 1) * per_page : page * per_page]]
    return _render(
        house, f"{house.id}.html", shelf, title=heading, items=items, page=page, last=last, path=path
    )


def missing_page(house: House, shelf: Sequence[Article]) -> bytes:
    """Render the outlet's own page for an address it doesn't know."""
    return _render(house, f"{house.id}.html", shelf, title="الصفحة غير موجودة", items=[], missing=True)


def item_of(house: House, article: Article) -> Item:
    """Give what a list shows of the article."""
    local = article.published.astimezone(ZoneInfo(house.timezone))
    return Item(
        article.title,
        url_of(house, article),
        _digits(house, wording.day(local, house.months)),
        summary_of(article),
    )


def summary_of(article: Article) -> str:
    """Give the first 160 characters of the lead or the first paragraph, cut at a word, with an ellipsis."""
    text = article.lead or INLINE_LINK.sub(r"\1", article.blocks[0])
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + "..."


def section_url(house: House, section: str, shelf: Sequence[Article]) -> str:
    """Give the address of a section's list."""
    return f"http://{house.host}/section/{sections(shelf).index(section) + 1}"


def sections(shelf: Sequence[Article]) -> list[str]:
    """Give the outlet's sections in the order of its menu."""
    return sorted({article.section for article in shelf})


def _render(house: House, template: str, shelf: Sequence[Article], **context: object) -> bytes:
    values: dict[str, object] = {
        "view": None, "items": [], "page": 1, "last": 1, "path": "/latest", "missing": False,
        "house": house,
        "menu": [(name, section_url(house, name, shelf)) for name in sections(shelf)],
        "popular": [item_of(house, article) for article in sorted(shelf, key=lambda article: article.n % 7)[:4]],
        "disclaimer": DISCLAIMER.format(name=house.name),
    }  # fmt: skip
    html = templates().get_template(template).render(values | context)
    # What the outlet's code page lacks goes as a numeric reference, as its editing system would do.
    return html.encode(house.encoding, errors="xmlcharrefreplace")


def _view(house: House, article: Article, shelf: Sequence[Article]) -> View:
    local = article.published.astimezone(ZoneInfo(house.timezone))
    by_slug = {other.slug: other for other in shelf}
    day = wording.day(local, house.months)
    return View(
        title=article.title,
        url=url_of(house, article),
        print_url=f"http://{house.host}{house.closed_path}{article.n}",
        section=article.section,
        section_url=section_url(house, article.section, shelf),
        author=article.author,
        lead=article.lead,
        caption=article.caption,
        blocks=tuple(_blocks(house, article, by_slug)),
        tags=tuple((tag, f"http://{house.host}/tag/{quote(tag)}") for tag in article.tags),
        comments=article.comments,
        related=tuple(item_of(house, by_slug[slug]) for slug in article.related),
        local=local,
        day=_digits(house, day),
        clock=_digits(house, wording.clock(local)),
        hijri=_digits(house, wording.hijri_day(local)),
        modified=article.modified.astimezone(ZoneInfo(house.timezone)) if article.modified else None,
        n=article.n,
        summary=summary_of(article),
    )


def _blocks(house: House, article: Article, by_slug: dict[str, Article]) -> list[Markup]:
    dateline = house.dateline.format(name=house.name, dateline=article.dateline) if article.dateline else ""
    blocks = []
    for number, block in enumerate(article.blocks):
        subhead = block.startswith("## ")
        html = _inline(house, block.removeprefix("## "), by_slug)
        if number == 0 and dateline:
            html = _dateline(house, dateline) + html
        html = _quirks(house, html, number)
        blocks.append(Markup(f"<h3>{html}</h3>" if subhead else f"<p>{html}</p>"))  # _inline has escaped it
    if "stray_ampersand" in house.quirks:
        blocks.append(Markup("<p>&</p>"))
    return blocks


def _dateline(house: House, dateline: str) -> str:
    if dateline.endswith("\n"):  # a line of its own above the first sentence
        return f"<b>{escape(dateline.strip())}</b><br>\n"
    return (
        f"<strong>{escape(house.name)}</strong>{escape(dateline.removeprefix(house.name))}"
        if dateline.startswith(house.name)
        else escape(dateline)
    )


def _inline(house: House, text: str, by_slug: dict[str, Article]) -> str:
    html, at = [], 0
    for match in INLINE_LINK.finditer(text):
        before, target = text[at : match.start()], url_of(house, by_slug[match[2]])
        words, at = match[1], match.end()
        if "glued_links" in house.quirks:
            # The spaces stand inside the link: a browser shows them, a careless extractor glues the words.
            if before.endswith(" "):
                before, words = before[:-1], " " + words
            if text[at : at + 1] == " ":
                words, at = words + " ", at + 1
        html.append(
            f'{escape(before, quote=False)}<a href="{escape(target)}">{escape(words, quote=False)}</a>'
        )
    html.append(escape(text[at:], quote=False))
    return "".join(html)


def _quirks(house: House, html: str, number: int) -> str:
    if "stray_ampersand" in house.quirks and number % 3 != 1:
        return html + "&"  # a "&nbsp;" that the editing system cut
    if "double_entities" in house.quirks:
        html = re.sub(r'"(?=[^<>]*(?:<|$))', "&amp;quot;", html)  # not inside a tag
        html = html.replace(" – ", " &amp;ndash; ")
        return html + "&amp;nbsp;" if number % 2 == 0 else html.replace(" ", "&amp;nbsp;", 1)
    return html


def _digits(house: House, text: str) -> str:
    return wording.arabic_digits(text) if house.arabic_digits else text

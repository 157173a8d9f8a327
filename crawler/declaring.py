"""Make a declaration of a survey, and write it with its frozen pages: both or neither."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from crawler.addresses import canonical
from crawler.items import Page, TahalufError
from crawler.outlets.model import ID, Outlet, bare_host, load_outlet
from crawler.outlets.reader import DeclarationError
from crawler.pagefacts import choose_zone, country_of_host, country_zones, name_of_host
from crawler.shapes import Pattern, learn_pattern, matches, same_site
from crawler.spiders.surveyor import SAMPLE, Survey

ARABIC = re.compile("[\u0600-\u06ff]")
FIT = 0.8  # the share of them it should match
LARGE = 200  # items in one feed or news sitemap: such an outlet publishes hundreds a day
ORDER = ("feed", "news_sitemap", "sitemap")  # those with titles first
Freeze = Callable[[Page, Outlet], dict[str, Any]]


class SurveyError(TahalufError):
    """An outlet could not be declared; the message says why and what to give by hand."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration to be written."""

    id: str
    text: str  # YAML
    pattern: Pattern
    to_check: tuple[str, ...]  # what a person must look at, a line each


def declare(
    survey: Survey, today: date, *, outlet_id: str | None, country: str | None, sample: bool = False
) -> Declaration:
    """Make a declaration of what a survey found. Raises SurveyError when something it needs could not be found."""
    if survey.problem or survey.facts is None:
        raise SurveyError(survey.problem or f"{survey.home}: gave nothing")
    host = urlsplit(survey.home).hostname or ""
    name = outlet_id or name_of_host(host)
    if not ID.fullmatch(name):
        raise SurveyError(f"'{name}' can't be an outlet's id (a-z, 0-9 and _): name one with --id")
    pattern = learn_pattern(_addresses(survey), survey.menu)
    if pattern is None:
        raise SurveyError(
            f"{survey.home}: no article was found: no feed, no sitemap, no headlines on the front page"
        )
    checks: list[str] = []
    code = _country(survey, country, host, checks)
    zone, doubt = choose_zone(code, survey.moments())
    if doubt:
        checks.append(f"timezone: {doubt}")
    fields: dict[str, Any] = {
        "name": _names(survey, name, checks),
        "home": survey.home,
        "country": code,
        "timezone": zone,
        "affiliation": "not looked up yet",
        "hosts": _hosts(survey, host),
        "sources": _sources(survey, today, checks),
        "article": pattern.regex,
        **({"large": True} if _is_large(survey) else {}),
        **({"sample": True} if sample else {}),
    }
    if _is_large(survey):
        checks.append(
            "large: it publishes so much that headlines of sport, markets and the like are passed over"
        )
    checks.append("affiliation: who owns it, and from where; write where you know it from")
    if pattern.matched < FIT * pattern.learnt_from:
        checks.append(f"article: fits {pattern.matched} of {pattern.learnt_from} addresses only")
    if pattern.fixed:
        checks.append(f"article: every address it saw has /{'/'.join(pattern.fixed)}/; others are left")
    if pattern.strays:
        checks.append(
            f"article: also fits {len(pattern.strays)} links of its menus, e.g. {pattern.strays[0]}"
        )
    checks += [
        f"article: {page.url} was frozen and does not fit"
        for page in survey.pages
        if not matches(pattern.regex, page.url)
    ]
    checks += [f"did not answer: {line}" for line in survey.silent]
    return Declaration(name, _yaml(fields), pattern, tuple(checks))


def _is_large(survey: Survey) -> bool:
    return any(one.kind in ORDER[:2] and one.reading.items >= LARGE for one in survey.sources)


def _addresses(survey: Survey) -> list[str]:
    found = [url for one in survey.articles() if (url := canonical(one.url))]
    return found[:SAMPLE]


def _country(survey: Survey, given: str | None, host: str, checks: list[str]) -> str:
    if given:
        if given.upper() not in country_zones():
            raise SurveyError(f"'{given}' is no country's code (ISO 3166), e.g. IQ")
        return given.upper()
    told = country_of_host(host)
    if told:
        return told
    facts = [one for one in (survey.facts, *survey.page_facts) if one]
    said = next((code for one in facts for code in one.countries), None)
    if said is None:
        raise SurveyError(
            f"{survey.home}: nothing says which country it is edited in: give it, e.g. --country IQ"
        )
    checks.append(f"country: {said} is what its pages say of their language or address")
    return said


def _names(survey: Survey, outlet_id: str, checks: list[str]) -> dict[str, str]:
    """Choose the outlet's names: what its pages call themselves most often, in Arabic and in Latin letters."""
    said = [name for one in (survey.facts, *survey.page_facts) if one for name in one.names]
    arabic = [name for name in said if ARABIC.search(name)]
    latin = [name for name in said if name.isascii()]
    names = {}
    for key, found in (("ar", arabic), ("en", latin)):
        if found:
            names[key] = max(found, key=lambda name: (found.count(name), -found.index(name)))
        else:
            names[key] = outlet_id.replace("_", " ").title()
            checks.append(f"name.{key}: no page says it; '{names[key]}' is made of the address")
    checks.append(f"name: {names['ar']} / {names['en']}")
    return names


def _hosts(survey: Survey, host: str) -> list[str]:
    named = [bare_host(urlsplit(one).hostname or "") for one in _addresses(survey)]
    return [one for one in dict.fromkeys(named) if one and one != bare_host(host) and same_site(one, host)]


def _sources(survey: Survey, today: date, checks: list[str]) -> list[dict[str, Any]]:
    found = [
        {
            "kind": one.kind,
            "url": one.url,
            "confidence": "verified",
            "evidence": f"answered live on {today}, asked by scrapy addoutlet: {_told(one.reading.items, one.kind)}",
        }
        for one in sorted(survey.sources, key=lambda source: ORDER.index(source.kind))
    ]
    if found:
        return found
    checks.append("sources: no feed and no sitemap was found; the front page is read as a list")
    evidence = f"answered live on {today}, asked by scrapy addoutlet: {len(survey.headlines)} headlines"
    return [{"kind": "listing", "url": survey.home, "confidence": "verified", "evidence": evidence}]


def _told(items: int, kind: str) -> str:
    return f"{items} {'items' if kind == 'feed' else 'addresses'}"


def _yaml(fields: dict[str, Any]) -> str:
    """Write a declaration as a person would: the names on one line, a source's fields below each other."""
    lines = []
    for key, value in fields.items():
        if value == []:
            continue
        text = yaml.safe_dump(
            {key: value},
            allow_unicode=True,
            sort_keys=False,
            width=10**6,
            default_flow_style=key in ("name", "hosts"),
        ).strip()
        if key in ("name", "hosts"):
            text = text.removeprefix("{").removesuffix("}")
        if key == "sources":
            text = text.replace("\n", "\n  ")
        lines.append(text)
    return "\n".join(lines) + "\n"


def write(
    declaration: Declaration,
    pages: Sequence[Page],
    into: Path,
    frozen: Path,
    freeze: Freeze,
    *,
    replacing: bool,
) -> list[dict[str, Any]]:
    """Write `into/<id>.yml` and `frozen/<id>/`, the pages with what they are read as; return what that is.

    Everything is written first and moved into place at the end, the declaration last. Raises SurveyError when the disk
    refuses or the declaration is none, and leaves what was there.
    """
    target, folder = into / f"{declaration.id}.yml", frozen / declaration.id
    draft = into / f".{declaration.id}.new"
    try:
        into.mkdir(parents=True, exist_ok=True)
        frozen.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".addoutlet-", dir=frozen) as made:
            checked = Path(made) / target.name
            checked.write_text(declaration.text, encoding="utf-8")
            read = _freeze_all(load_outlet(checked), pages, Path(made) / "pages", freeze)
            draft.write_text(declaration.text, encoding="utf-8")
            if folder.exists() and replacing:
                folder.rename(Path(made) / "before")
            (Path(made) / "pages").rename(folder)
            draft.replace(target)
    except OSError as error:
        raise SurveyError(f"{error.filename or into}: {error.strerror}") from None
    except DeclarationError as error:
        raise SurveyError(f"what was found makes no declaration: {error}") from None
    finally:
        with contextlib.suppress(OSError):  # it is gone when all went well
            draft.unlink()
    return read


def _freeze_all(outlet: Outlet, pages: Sequence[Page], folder: Path, freeze: Freeze) -> list[dict[str, Any]]:
    folder.mkdir()
    read = []
    for number, page in enumerate(pages, 1):
        expected = freeze(replace(page, outlet=outlet.id), outlet)
        (folder / f"{number}.html").write_bytes(page.body)
        record = {
            "url": page.url,
            "content_type": page.content_type,
            "fetched": page.fetched.isoformat(timespec="seconds"),
            "expect": expected,
        }
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{number}.json").write_text(text, encoding="utf-8")
        read.append(expected)
    return read

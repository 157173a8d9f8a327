"""The 59 outlets of the reference: one that is missing, mute about its doubts or blind to its own articles is never missed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from crawler.addresses import canonical, is_article, is_home
from crawler.outlets.model import FOLDER, Outlet, load_outlets, original

OUTLETS = load_outlets(FOLDER)
MIRRORS = ("djazairess", "maghress", "masress", "sauress", "turess", "yemeress")
NAMED = {
    "sahafa": MIRRORS
}  # the reference has one row for the family; each has a country and a calendar of its own

# The reference samples some outlets by their English twin or by a mirror; this is the address of the Arabic original.
TWINS = {
    "www.france24.com/en/": "www.france24.com/ar/",
    "www.rudaw.net/english/": "www.rudaw.net/arabic/",
    "www.kurdistan24.net/en/": "www.kurdistan24.net/ar/",
    "shafaq.com/amp/en/": "shafaq.com/amp/ar/",
    "http://en.hawarnews.com/": "https://hawarnews.com/ar/",
    "https://tiue.org/dw/ar/": "https://www.dw.com/ar/",
}
FILLED = {
    "{id}": "1606173", "{p}": "0", "{slug}": "خبر-من-التحالف", "{lang}": "ar", "{section}": "politics", "{Section}": "Arab",
    "{subsection}": "world", "{code}": "c0xyz1", "{token}": "q8FmFJg", "{n}": "1", "{ar/}": "ar/",
    "{guid}": "1c2f0d8e-93d4-4f4e-8a52-0d3c1c3e7b11", "DDMMYYYY": "22032017", "YYYY": "2017", "MM": "03", "DD": "22",
    "…": "خبر-آخر",
}  # fmt: skip


def rows(shared: Path) -> Iterator[dict[str, str]]:
    with (shared / "reference" / "outlets.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def declared(row: dict[str, str]) -> list[Outlet]:
    return [OUTLETS[name] for name in NAMED.get(row["id"], (row["id"],))]


def filled(template: str) -> str:
    """Make an address of a template, e.g. of `/{section}/YYYY/M/D/{slug}`."""
    template = re.sub(r"\{([\w-]+)\|[^}]*\}", r"\1", template)  # one of several sections
    for hole, value in FILLED.items():
        template = template.replace(hole, value)
    return re.sub(r"(?<=[/-])([MD])(?=[/-])", lambda match: {"M": "3", "D": "9"}[match[1]], template)


def samples(row: dict[str, str]) -> Iterator[str]:
    """Yield the addresses of articles that the reference gives, templates filled in."""
    pattern = row["article_url_pattern"].split("; listing")[0]
    for token in re.findall(r"(?:^|(?<=\s))(?:https?:/)?/\S+", f"{pattern} {row['article_pattern_source']}"):
        if not re.search(r"\.(?:tv|com)$", token):
            yield urljoin(row["home_url"], filled(token))


def test_every_outlet_of_the_reference_is_declared_under_its_names(shared: Path) -> None:
    seen = 0
    for row in rows(shared):
        for outlet in declared(row):
            seen += 1
            assert outlet.name_ar
            if row["id"] not in NAMED:
                bare = outlet.home.replace("//www.", "//").rstrip("/")
                assert bare == row["home_url"].replace("//www.", "//").rstrip("/"), outlet.id
    assert seen == 58 + len(MIRRORS)


def test_article_patterns_match_what_the_reference_shows(shared: Path) -> None:
    tried = set()
    for row in rows(shared):
        for sample in samples(row):
            if row["id"] in NAMED and "{" in sample:
                continue  # the template names six hosts at once; its samples are tried one by one
            if sample.startswith("https://theglobalcoalition.org/en/"):
                continue  # English pages: the outlet is the Arabic ones
            for twin, own in TWINS.items():
                sample = sample.replace(twin, own)
            url = canonical(sample)
            assert url, sample
            assert any(is_article(outlet, url) for outlet in declared(row)), f"{row['id']}: {sample}"
            assert not any(is_home(outlet, url) for outlet in declared(row)), f"{row['id']}: {sample}"
            tried.add(row["id"])
    assert len(tried) == 59


def test_front_pages_sections_and_sources_are_no_articles() -> None:
    for outlet in OUTLETS.values():
        for url in [outlet.home, urljoin(outlet.home, "/"), *(source.url for source in outlet.sources)]:
            assert not is_article(outlet, canonical(url) or url), f"{outlet.id}: {url}"


def test_every_address_says_how_sure_we_are_and_every_closed_door_why() -> None:
    for outlet in OUTLETS.values():
        assert outlet.crawl != bool(outlet.reason), (
            f"{outlet.id}: a reason belongs to who is not crawled, and only there"
        )
        for source in outlet.sources:
            assert len(source.evidence) > 10, f"{outlet.id}: {source.url}"
            if source.confidence == "verified":
                assert "live" in source.evidence, f"{outlet.id}: {source.url}: verified by whom?"
    closed = {outlet.id for outlet in OUTLETS.values() if not outlet.crawl}
    refused = {"alhurra", "nina"}  # by robots.txt or by the reference's own experience
    assert refused <= closed


def test_what_the_reference_calls_live_is_called_verified_and_nothing_else_is(shared: Path) -> None:
    live = {row["id"] for row in rows(shared) if "verified live" in row["rss_verification"]}
    ours = {
        one.id
        for one in OUTLETS.values()
        for source in one.sources
        # What the command asked itself needs no reference.
        if source.confidence == "verified" and "scrapy addoutlet" not in source.evidence
    }
    assert ours == live


def test_who_turns_programs_away_or_is_gone_has_copies_to_read() -> None:
    for outlet in ("elaph", "alarabiya"):
        assert any(source.fallback for source in OUTLETS[outlet].sources)
    assert {source.kind for source in OUTLETS["alhayat"].sources} == {"wayback"}
    elaph = next(source for source in OUTLETS["elaph"].sources if source.kind == "json_listing")
    assert elaph.paths is not None
    assert (elaph.paths.address, elaph.paths.date) == ("PostingURL", "RelativeTime")


def test_mirrors_say_whose_pages_they_are_and_name_only_declared_outlets() -> None:
    assert {outlet.id for outlet in OUTLETS.values() if outlet.mirror_of} == set(MIRRORS)
    sauress = OUTLETS["sauress"]
    assert original(sauress, "https://sauress.com/spa/1606173") == "spa"
    assert original(sauress, "https://sauress.com/okaz/1606173") is None
    assert original(sauress, "https://sauress.com") is None
    assert original(OUTLETS["spa"], "https://www.spa.gov.sa/spa/1") is None
    for outlet in OUTLETS.values():
        for _, paper in outlet.papers:
            assert paper in OUTLETS, f"{outlet.id}: {paper}"


@pytest.mark.parametrize(
    ("outlet", "url"),
    [
        ("shafaq", "https://shafaq.com/ar/tags/داعش"),
        ("shafaq", "https://shafaq.com/ar/bbc-arabic/خبر"),
        ("azzaman", "https://www.azzaman.com/category/سياسة/"),
        ("sauress", "https://sauress.com/en/12345"),
        ("kuna", "https://www.kuna.net.kw/ArticleDetails.aspx?id=2599716&language=en"),
        ("elwatannews", "https://www.elwatannews.com/news/section/11"),
        ("spa", "https://www.spa.gov.sa/world"),
    ],
)
def test_lists_and_pages_in_english_are_no_articles(outlet: str, url: str) -> None:
    assert not is_article(OUTLETS[outlet], canonical(url) or "")

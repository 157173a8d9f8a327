"""Declarations: a journalist edits them, so every slip must be named with its file and key, and none half-read."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.outlets.model import FOLDER, DeclarationError, load_outlet, load_outlets

GOOD = """\
name: {ar: صحيفة التجربة, en: Test Paper}
home: https://www.test.example/
country: GB
timezone: Asia/Baghdad
sources:
  - kind: feed
    url: https://test.example/rss.xml
    confidence: verified
    evidence: this test
article: '^/news/\\d+'
"""


def write(folder: Path, text: str, name: str = "test.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_said_has_a_polite_default(tmp_path: Path) -> None:
    outlet = load_outlet(write(tmp_path, GOOD))
    assert (outlet.id, outlet.name_ar, outlet.hosts) == ("test", "صحيفة التجربة", ("test.example",))
    assert (outlet.delay, outlet.crawl, outlet.sample, outlet.mirror_of) == (5.0, True, False, None)
    assert (outlet.sources[0].kind, outlet.sources[0].pages) == ("feed", 1)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  - kind:", "  - kinde:", "sources[0].kinde: unknown key; did you mean 'kind'?"),
        ("timezone:", "time_zone:", "time_zone: unknown key; did you mean 'timezone'?"),
        ("ar: صحيفة التجربة, ", "", "name.ar: is missing"),
        ("kind: feed", "kind: sitemp", "is none of feed, sitemap, news_sitemap, day_sitemap, listing, json_listing, search, wayback; did you mean 'sitemap'?"),
        ("Asia/Baghdad", "Asia/Bagdad", "timezone: 'Asia/Bagdad' is not an IANA time zone, e.g. Asia/Baghdad"),
        ("Asia/Baghdad", "Asia", "timezone: 'Asia' is not an IANA time zone, e.g. Asia/Baghdad"),
        ("country: GB", "country: NO", "country: must be text, not False; put it in quotes"),
        ("'^/news/\\d+'", "'^/news/(\\d+'", "article: is not a regular expression: missing ), unterminated subpattern at position 7"),
        ("https://www.test.example/", "www.test.example", "home: 'www.test.example' is not an address"),
        ("https://www.test.example/", "https://[x/", "home: 'https://[x/' has no readable host name"),
        ("article:", "delay: fast\narticle:", "delay: must be a number from 0 to 3600, not 'fast'"),
        ("article:", "delay: 0\narticle:", "delay: 0 is for sample outlets only"),
        ("article:", "crawl: no\narticle:", "reason: is missing: say why this outlet is not crawled"),
        ("article:", "crawl: 'no'\narticle:", "crawl: must be true or false, not 'no'"),
        ("article:", "expect: {articles: [9, 3]}\narticle:", "expect.articles: must be [fewest, most]"),
        ("article:", "papers: [spa]\nmirror_of: x\narticle:", "papers: must map a path's first part to an outlet's id"),
        ("article:", "papers: {spa: spa}\narticle:", "papers: belongs to a mirror: say mirror_of too"),
        ("article:", "home: https://x.example/\narticle:", "line 10: 'home' is given twice"),
        ("    evidence: this test", "    pages: 3\n    evidence: this test", "sources[0].pages: belongs to a listing or json_listing or search or wayback, not to a feed"),
        ("kind: feed", "kind: day_sitemap", "the address of a day_sitemap must hold {year} and {month} and {day}"),
        ("name: {", "name: [", "line 1: "),
        ("this test", "seen: yes", "line 9: mapping values are not allowed here; text with a colon in it belongs in quotes"),
        (GOOD, "- 1", "must be a mapping with name, home"),
        (GOOD, "", "must be a mapping with name, home"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_key_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DeclarationError) as caught:
        load_outlet(path)
    message = str(caught.value)
    assert complaint in message
    assert message.startswith(f"{path}: ")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("Test-1.yml", "the file's name is the outlet's id"), ("test.yaml", "declarations end in .yml")],
)
def test_a_file_that_would_be_overlooked_is_an_error(tmp_path: Path, name: str, complaint: str) -> None:
    write(tmp_path, GOOD, name)
    with pytest.raises(DeclarationError, match=complaint):
        load_outlets(tmp_path)


def test_a_folder_without_declarations_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(DeclarationError, match=r"holds no declaration|there is no such folder"):
            load_outlets(folder)


def test_the_projects_own_declarations_are_sound() -> None:
    outlets = load_outlets(FOLDER)
    assert "elaph" in outlets
    assert len([outlet for outlet in outlets.values() if outlet.crawl]) >= 12
    assert not [outlet.id for outlet in outlets.values() if outlet.sample or ".example" in outlet.home]
    assert not [outlet.id for outlet in outlets.values() if not outlet.affiliation]

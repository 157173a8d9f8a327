"""Every page has an English twin under /en/ that says the same, and neither leaks into the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from datasette.utils import module_from_path  # type: ignore[import-untyped]
from jinja2.ext import babel_extract
from lxml import html

from tests.site.archive_rows import ANNOUNCED, HELD, MINISTERIAL
from tests.site.chrome_words import ARABIC, LATIN, chrome
from tests.site.test_pages import PAGES

ROOM = Path(__file__).resolve().parents[2] / "datasette"
LANGUAGE = module_from_path(str(ROOM / "plugins" / "language.py"), "language")
# Names that Arabic readers know by their Latin letters, too.
ALLOWED = {"SHA", "URL", "CSV", "JSON", "SQL", "XLSX", "WARC", "HTML", "HTTP", "glob", "ETag"}
ALLOWED |= {"Excel", "JSONL", "Parquet", "ICS", "Atom"}
ALLOWED |= {"script", "alert", "onmouseover"}  # the hostile article says them
MISSING = [
    "/nothing",
    "/article/nothing",
    "/archive/articles?_sort=nothing",
    "/archive?sql=delete+from+articles",
]


def messages() -> set[str]:
    """Give every Arabic message of the templates and of metadata.yml."""
    found: set[str] = set()
    for template in ROOM.glob("templates/**/*.html"):
        with template.open("rb") as handle:
            for _, _, message, _ in babel_extract(handle, ["_", "gettext"], [], {"trimmed": "true"}):
                parts = message if isinstance(message, tuple) else (message,)
                found.update(part for part in parts if part)
    metadata = yaml.safe_load((ROOM / "metadata.yml").read_text(encoding="utf-8"))
    return found | set(_described(metadata["databases"]))


def _described(block: Mapping[str, Any]) -> Iterator[str]:
    for key, value in block.items():
        if isinstance(value, Mapping):
            yield from _described(value)
        elif key in ("title", "description"):
            yield value


def test_every_message_has_its_english_and_none_is_left_over() -> None:
    catalogue = LANGUAGE.read_catalogue()
    asked = messages()
    assert sorted(asked - set(catalogue)) == [], (
        "write their English in datasette/locale/en/LC_MESSAGES/site.po"
    )
    assert sorted(set(catalogue) - asked) == [], "no page uses them any more: take them out of site.po"


def test_english_messages_keep_their_slots() -> None:
    slot = re.compile(r"%\(\w+\)s")
    for arabic, english in LANGUAGE.read_catalogue().items():
        assert sorted(slot.findall(arabic)) == sorted(slot.findall(english)), arabic


def test_labels_have_the_same_keys_in_both_languages() -> None:
    arabic, english = (
        yaml.safe_load((ROOM / name).read_text(encoding="utf-8")) for name in ("labels.yml", "labels.en.yml")
    )
    assert set(arabic) == set(english)
    for kind, names in arabic.items():
        if kind == "counted":
            assert set(names) == set(english[kind])
            assert all(set(forms) == {"zero", "one", "other"} for forms in english[kind].values())
        elif isinstance(names, Mapping):
            assert set(names) == set(english[kind]), kind
        else:
            assert len(names) == len(english[kind]), kind


@pytest.mark.parametrize("path", [*PAGES, *MISSING])
def test_pages_speak_one_language(site: httpx.Client, path: str) -> None:
    arabic = site.get(path)
    english = site.get("/en" + path)
    assert arabic.status_code == english.status_code
    assert '<html lang="en" dir="ltr">' in english.text
    assert [word for word in chrome(english.text, "en") if ARABIC.search(word)] == []
    latin = {word for piece in chrome(arabic.text, "ar") for word in LATIN.findall(piece)}
    assert latin - ALLOWED == set()


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_link_to_english_pages(site: httpx.Client, path: str) -> None:
    tree = html.fromstring(site.get("/en" + path).text)
    links = tree.xpath("//body//a[starts-with(@href, '/') and not(@rel='alternate')]/@href")
    links = [
        link for link in links if not re.search(r"\.(csv|json|atom|ics|xlsx|jsonl|parquet|sql)(\?|$)", link)
    ]  # files have no language
    links += tree.xpath("//form/@action")
    assert len(links) > 5
    assert [link for link in links if not re.match(r"/en(/|$)", link)] == []


def test_the_switch_leads_to_the_same_page(site: httpx.Client) -> None:
    path = f"/article/{ANNOUNCED}?view=diff"
    for here, there in ((path, "/en" + path), ("/en" + path, path)):
        tree = html.fromstring(site.get(here).text)
        assert tree.xpath("//a[@class='twin']/@href") == [there]
        base = str(site.base_url).rstrip("/")
        assert tree.xpath("//link[@rel='canonical']/@href") == [base + here]
        alternates = dict(
            zip(tree.xpath("//link[@hreflang]/@hreflang"), tree.xpath("//link[@hreflang]/@href"), strict=True)
        )
        assert alternates == {"ar": base + path, "en": base + "/en" + path, "x-default": base + path}


def test_english_shows_the_archive_in_arabic_and_says_so(site: httpx.Client) -> None:
    page = site.get(f"/en/meeting/{MINISTERIAL}").text
    assert "Meeting of all foreign ministers of the coalition in Washington" in page
    assert "Wednesday 22 March 2017" in page
    assert '<span lang="ar" dir="rtl">صدى المدينة</span>' in page
    assert "72 members" in page
    assert f'href="/en/article/{HELD}"' in page
    assert "day and month; the year comes from a word" in site.get(f"/en/article/{ANNOUNCED}").text


def test_redirects_keep_the_language(site: httpx.Client) -> None:
    query = "_filter_column=outlet&_filter_op=exact&_filter_value=rukn"
    answer = site.get(f"/en/archive/articles?{query}", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/en/archive/articles?outlet__exact=rukn")


def test_only_a_whole_first_part_is_the_prefix(site: httpx.Client) -> None:
    assert site.get("/en").status_code == 200
    assert site.get("/english").status_code == 404
    assert '<html lang="ar"' in site.get("/english").text
    assert site.get("/en/en/meetings").status_code == 404


def test_languages_do_not_leak_from_one_request_to_the_next(site: httpx.Client) -> None:
    for _ in range(3):
        assert '<html lang="en"' in site.get("/en/meetings").text
        assert "من دون تاريخ" in site.get("/meetings").text

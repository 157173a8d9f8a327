"""The article page: how to cite it, what it says to machines, and what the outlet changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from lxml import html

from tests.site.archive_rows import ANNOUNCED, HELD, HOSTILE, MINISTERIAL, build, put
from tests.site.serving import served

COPY = "https://archive.example/web/20170323000000id_/http://rukn.test/held"


@pytest.fixture(scope="module")
def changed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The archive of the other tests, in which an outlet changed one of its articles."""
    archive = tmp_path_factory.mktemp("changed") / "archive.db"
    build(archive)
    connection = sqlite3.connect(archive)
    (text,) = connection.execute("select text from articles where id = ?", (HELD,)).fetchone()
    new = text.replace("72 دولة", "73 دولة") + "\nوحضر <b>اللقاء</b> مراقبون."
    put(connection, "versions", article=HELD, n=2, seen="2026-11-21", title="وزراء الخارجية يختتمون اجتماعهم في واشنطن",
        text=new, sha256="ef" * 32)  # fmt: skip
    connection.execute("update captures set archived = ? where id = ?", (COPY, f"c-{HELD}"))
    connection.commit()
    connection.close()
    with served(archive) as client:
        yield client


def test_versions_are_compared_by_sentence_and_word(changed_site: httpx.Client) -> None:
    page = changed_site.get(f"/article/{HELD}?view=versions").text
    assert '<span class="was">اختتم وزراء خارجية <del>72</del> دولة' in page
    assert '<span class="is">اختتم وزراء خارجية <ins>73</ins> دولة' in page
    assert "<ins>وحضر &lt;b&gt;اللقاء&lt;/b&gt; مراقبون.</ins>" in page
    assert 'href="?view=versions"' in changed_site.get(f"/article/{HELD}").text


def test_an_article_read_from_a_copy_says_from_which(changed_site: httpx.Client, site: httpx.Client) -> None:
    assert f'href="{COPY}"' in changed_site.get(f"/article/{HELD}").text
    assert "قُرئ من نسخة أرشيف" not in site.get(f"/article/{HELD}").text


def test_an_article_without_changes_offers_no_comparison(site: httpx.Client) -> None:
    assert "view=versions" not in site.get(f"/article/{HELD}").text
    assert site.get(f"/article/{HELD}?view=versions").status_code == 200
    assert site.get(f"/article/{HELD}?view=nothing").status_code == 200


def cited(site: httpx.Client, article: str) -> list[str]:
    page = site.get(f"/article/{article}").text
    return [unescape(one) for one in re.findall(r"<code>([^<]*)</code></pre></details>", page)]


def test_citations_say_author_title_outlet_day_and_address(site: httpx.Client) -> None:
    apa, bibtex, wiki = cited(site, ANNOUNCED)
    assert apa == (
        "سلمى الراوي. (2017, March 10). واشنطن تدعو وزراء التحالف إلى اجتماع موسع. Rukn. http://rukn.test/rukn-00000001"
    )
    assert bibtex.startswith("@online{rukn-00000001,\n  title = {واشنطن تدعو وزراء التحالف إلى اجتماع موسع},")
    assert "date = {2017-03-10}" in bibtex
    assert wiki.startswith("{{cite web |url=http://rukn.test/rukn-00000001 |title=واشنطن تدعو")
    assert wiki.endswith("|date=2017-03-10 |access-date=2026-11-20 |language=ar}}")


def test_citations_of_an_undated_article_with_signs_in_its_title_stay_valid(site: httpx.Client) -> None:
    apa, bibtex, wiki = cited(site, HOSTILE)
    assert "(n.d.)" in apa
    assert "date = {" not in bibtex.replace("urldate = {", "")
    assert r"وعلامة \& وحدها" in bibtex
    assert "|date=" not in wiki


def test_machines_are_told_what_it_is(site: httpx.Client) -> None:
    tree = html.fromstring(site.get(f"/article/{ANNOUNCED}").text)
    said = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert said["@type"] == "NewsArticle"
    assert said["datePublished"] == "2017-03-10T14:30:00+00:00"
    assert said["publisher"]["name"] == "ركن الخبر"
    assert said["about"][0]["startDate"] == "2017-03-22"
    hostile = site.get(f"/article/{HOSTILE}").text
    assert json.loads(html.fromstring(hostile).xpath("//script")[0].text)["headline"].startswith(
        "عنوان فيه <script>"
    )


def test_paragraphs_and_tags_have_addresses(site: httpx.Client) -> None:
    tree = html.fromstring(site.get(f"/article/{ANNOUNCED}").text)
    assert tree.xpath("//p[@id='p1']//a[@class='pilcrow']/@href") == ["#p1"]
    for button in tree.xpath("//button[@popovertarget]"):
        assert len(tree.xpath(f"//*[@id='{button.get('popovertarget')}']")) == 1
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))


def test_the_other_coverage_of_its_meetings_is_beside_it(site: httpx.Client) -> None:
    tree = html.fromstring(site.get(f"/article/{ANNOUNCED}").text)
    assert f"/article/{HELD}" in tree.xpath("//aside//a/@href")
    assert f"/meeting/{MINISTERIAL}" in tree.xpath("//aside//a/@href")
    assert f"https://web.archive.org/web/*/http://rukn.test/{ANNOUNCED}" in tree.xpath("//aside//a/@href")

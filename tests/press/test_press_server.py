"""The press as a crawler meets it: discovery, page traits, encodings, editions, proxy form."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from crawler.outlets.model import load_outlets
from tests.press import pages
from tests.press.houses import HOUSES
from tests.press.loader import HERE, load_press
from tests.press.server import PressServer, main

PRESS = load_press()
ALL = [article for shelf in PRESS.values() for article in shelf]
EDITED = [article for article in ALL if article.second]


@pytest.fixture(scope="module")
def press() -> Iterator[PressServer]:
    with PressServer() as server:
        yield server


def ask(server: PressServer, url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Ask as a client of a proxy does: the whole address in the request line."""
    connection = HTTPConnection("127.0.0.1", int(server.address.rsplit(":", 1)[1]), timeout=10)
    try:
        connection.request(
            method, url, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def url(outlet: str, slug: str) -> str:
    return pages.url_of(HOUSES[outlet], next(article for article in PRESS[outlet] if article.slug == slug))


class TestDiscovery:
    @pytest.mark.parametrize("outlet", sorted(PRESS))
    def test_the_declared_sources_lead_to_every_article(self, press: PressServer, outlet: str) -> None:
        found: set[str] = set()
        for source in load_outlets(HERE / "outlets")[outlet].sources:
            for page in range(1, source.pages + 1):
                address = source.url.replace("{page}", str(page))
                found |= _links(
                    press,
                    source.kind,
                    address if page == 1 or "{page}" in source.url else f"{address}?page={page}",
                )
        assert found >= {pages.url_of(HOUSES[outlet], article) for article in PRESS[outlet]}

    def test_robots_closes_a_section_that_pages_link_to(self, press: PressServer) -> None:
        for house in HOUSES.values():
            _, body = ask(press, f"{house.home}robots.txt")
            assert body.decode().splitlines()[:3] == [
                "User-agent: *",
                f"Disallow: {house.closed_path}",
                "Crawl-delay: 0",
            ]
            response, _ = ask(press, f"http://{house.host}{house.closed_path}{PRESS[house.id][0].n}")
            assert response.status == 200

    def test_one_listing_names_its_next_page_and_the_other_does_not(self, press: PressServer) -> None:
        for outlet, names_it in (("qalam", True), ("rukn", False)):
            _, body = ask(press, f"http://{outlet}.example/latest?page=1")
            page = lxml.html.document_fromstring(body)
            following = page.xpath('//a[@rel="next"]/@href')
            assert following == ([f"http://{outlet}.example/latest?page=2"] if names_it else [])


class TestPages:
    @pytest.mark.parametrize("article", ALL, ids=lambda article: f"{article.outlet}/{article.slug}")
    def test_every_page_says_it_is_a_sample(self, press: PressServer, article: Any) -> None:
        house = HOUSES[article.outlet]
        response, body = ask(press, pages.url_of(house, article))
        assert response.status == 200
        html = body.decode(house.encoding)
        assert pages.DISCLAIMER.format(name=house.name) in html
        assert 'content="noindex"' in html.lower()

    def test_the_code_page_is_named_in_the_page_alone(self, press: PressServer) -> None:
        response, body = ask(press, url("rukn", "after-washington-2017"))
        assert response.getheader("Content-Type") == "text/html"
        assert b"charset=windows-1256" in body
        assert "التحالف الدولي ضد «داعش»" in body.decode("windows-1256")
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")

    def test_entities_are_encoded_twice(self, press: PressServer) -> None:
        _, body = ask(press, url("sada", "joint-ministerial-2016"))
        assert "&amp;quot;داعش&amp;quot;" in body.decode()
        assert "&amp;nbsp;" in body.decode()

    def test_the_lead_stands_outside_the_article(self, press: PressServer) -> None:
        _, body = ask(press, url("nabd_est", "marrakesh-next-wednesday"))
        page = lxml.html.document_fromstring(body.decode())
        lead = "موعد مراكش الأربعاء المقبل"
        assert lead in page.text_content()
        assert lead not in page.findall(".//article")[0].text_content()

    def test_paragraphs_end_in_a_stray_ampersand(self, press: PressServer) -> None:
        _, body = ask(press, url("manara", "washington-full-membership"))
        html = body.decode()
        assert "لحضوره.&</p>" in html
        assert "<p>&</p>" in html
        assert "<p><strong>منارة الشاطئ</strong> من لندن: تحتضن" in html

    def test_spaces_hide_inside_links(self, press: PressServer) -> None:
        _, body = ask(press, url("qalam", "washington-2024-eleventh"))
        assert re.search(r'\S<a href="http://qalam\.example/[^"]+"> [^<]+</a>', body.decode())

    def test_the_outlets_name_is_glued_to_the_title(self, press: PressServer) -> None:
        _, body = ask(press, url("mirsal", "rabat-held-2018"))
        assert (
            "<title>المديرون السياسيون للتحالف ضد «داعش» يجتمعون في الرباطمرسال الواحات</title>"
            in body.decode()
        )

    def test_published_days_are_given_in_different_defective_ways(self, press: PressServer) -> None:
        _, sada = ask(press, url("sada", "joint-ministerial-2016"))
        assert 'content="2016-07-21T20:15:00Z"' in sada.decode()  # local time of Cairo, stamped Z
        _, rukn = ask(press, url("rukn", "after-washington-2017"))
        assert "تاريخ النشر: الجمعة 24 آذار 2017 الساعة 11:05" in rukn.decode("windows-1256")
        assert b"2017-03-24" not in rukn
        _, mirsal = ask(press, url("mirsal", "rabat-held-2018"))
        assert "2018-06-27" not in mirsal.decode()
        assert "/2018/06/27/" in url("mirsal", "rabat-held-2018")
        _, diwan = ask(press, url("diwan", "riyadh-2023-ministerial"))
        assert 'content="٢٠٢٣-٠٦-' in diwan.decode()
        _, manara = ask(press, url("manara", "washington-full-membership"))
        assert '"datePublished": "2017-03-10T09:30:00+00:00"' in manara.decode()


class TestEditions:
    @pytest.mark.parametrize("article", EDITED, ids=lambda article: article.slug)
    def test_an_edited_article_changes_with_the_edition_and_so_does_its_etag(self, article: Any) -> None:
        address = pages.url_of(HOUSES[article.outlet], article)
        old, new = article.second.replacements[0]
        with PressServer(edition=1) as press:
            first, body = ask(press, address)
            assert old in body.decode()
            assert ask(press, address, If_None_Match=str(first.getheader("ETag")))[0].status == 304
            press.edition = 2
            second, changed = ask(press, address, If_None_Match=str(first.getheader("ETag")))
            assert second.status == 200
            assert new in changed.decode()
            assert ask(press, address, If_None_Match=str(second.getheader("ETag")))[0].status == 304

    @pytest.mark.parametrize("source", ["http://nabd-est.example/atom.xml", "http://nabd-est.example/sitemap.xml",
                                        "http://manara.example/sitemap.xml", "http://manara.example/sitemap-2019.xml"])  # fmt: skip
    def test_a_source_moves_on_with_its_article(self, source: str) -> None:
        with PressServer(edition=1) as press:
            first, body = ask(press, source)
            press.edition = 2
            again, changed = ask(press, source, If_None_Match=str(first.getheader("ETag")))
        assert (first.status, again.status) == (200, 200)
        assert max(_stamps(changed)) >= max(_stamps(body))
        assert _stamps(changed) != _stamps(body)

    def test_what_has_one_edition_stays_as_it_is(self, press: PressServer) -> None:
        for address in (url("sada", "joint-ministerial-2016"), "http://sada.example/rss.xml", "http://qalam.example/latest?page=2",
                        "http://manara.example/sitemap-2014.xml", "http://diwan.example/robots.txt"):  # fmt: skip
            response, body = ask(press, address)
            assert ask(press, address)[1] == body
            assert ask(press, address, If_None_Match=f"W/{response.getheader('ETag')}")[0].status == 304
            assert (
                ask(press, address, If_Modified_Since=str(response.getheader("Last-Modified")))[0].status
                == 304
            )
            assert ask(press, address, If_Modified_Since="Wed, 01 Jan 2003 00:00:00 GMT")[0].status == 200


class TestServer:
    def test_it_answers_by_host_header_too(self, press: PressServer) -> None:
        asked = url("qalam", "washington-2024-eleventh")
        by_proxy = ask(press, asked)[1]
        assert ask(press, urlsplit(asked).path, Host="qalam.example")[1] == by_proxy
        assert ask(press, urlsplit(asked).path, Host="qalam.example:8080")[1] == by_proxy

    def test_an_arabic_address_may_come_encoded_or_not(self, press: PressServer) -> None:
        address = url("nabd_est", "washington-day")
        assert "%D8%A7" in address
        assert ask(press, address)[0].status == 200

    def test_an_unknown_host_and_an_unknown_path_are_told_apart(self, press: PressServer) -> None:
        response, body = ask(press, "http://nowhere.example/")
        assert (response.status, body) == (502, b"miniature press: unknown host\n")
        for path in ("no-such-page", "latest?page=99", "latest?page=x", "section/77", "tag/none"):
            response, body = ask(press, f"http://safha.example/{path}")
            assert response.status == 404
            assert "الصفحة الثامنة" in body.decode()

    def test_head_gives_the_headers_alone(self, press: PressServer) -> None:
        response, body = ask(press, "http://barid.example/", method="HEAD")
        assert (response.status, body) == (200, b"")
        assert int(str(response.getheader("Content-Length"))) > 1000

    def test_what_was_asked_is_on_record(self) -> None:
        with PressServer() as server:
            ask(server, "http://barid.example/rss.xml")
            ask(server, "http://barid.example/nothing")
            assert list(server.seen) == [
                ("barid.example", "/rss.xml", 200),
                ("barid.example", "/nothing", 404),
            ]

    def test_a_busy_port_is_one_line(self, press: PressServer, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--port", press.address.rsplit(":", 1)[1]]) == 1
        said = capsys.readouterr().err
        assert said.startswith("miniature press: ")
        assert said.count("\n") == 1


def _links(server: PressServer, kind: str, address: str) -> set[str]:
    response, body = ask(server, address)
    assert response.status == 200, address
    if kind == "feed":
        feed = feedparser.parse(body)
        assert not feed.bozo
        return {entry.link for entry in feed.entries}
    if kind == "listing":
        return {
            str(link) for link in lxml.html.document_fromstring(body).xpath('//ul[@class="stories"]//a/@href')
        }
    if address.endswith(".gz"):
        body = gzip.decompress(body)
    root = lxml.etree.fromstring(body)
    places = [str(loc.text) for loc in root.iter("{*}loc")]
    if lxml.etree.QName(root).localname == "sitemapindex":
        return set().union(*(_links(server, kind, place) for place in places))
    return set(places)


def _stamps(body: bytes) -> list[str]:
    return re.findall(r"<(?:lastmod|updated)>([^<]+)<", body.decode())

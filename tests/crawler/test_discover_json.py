"""JSON lists: an outlet whose front page is made of one must not be lost, nor a wrong path pass for an empty list."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.found import SourceError
from crawler.jsonlistings import parse_json_listing
from crawler.outlets.sources import Paths
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import page

AT = "http://barid.example/api/latest"
ITEM = {"link": {"href": "/news/1"}, "head": "التحالف يجتمع", "when": 1489140900}
PATHS = Paths("link.href", title="head", date="when")


def test_dotted_paths_find_address_title_date_and_next_page() -> None:
    body = json.dumps({"result": [{"list": [ITEM, {"ad": True}]}], "more": {"url": "?from=2"}}).encode()
    paths = Paths("link.href", "result.0.list", "head", "when", "more.url")
    reading = parse_json_listing(body, AT, paths)
    (found,) = reading.found
    assert (found.url, found.title) == ("http://barid.example/news/1", "التحالف يجتمع")
    assert found.published is not None
    assert (found.published.source, found.published.raw, found.published.value) == (
        "json_listing",
        "1489140900",
        None,
    )
    assert (reading.next_page, reading.items) == (f"{AT}?from=2", 2)


@pytest.mark.parametrize("top", [[ITEM], {"a": {"b": [1, 2], "c": [ITEM]}}, [[], [ITEM]]])
def test_the_list_is_found_where_no_path_to_it_is_known(top: object) -> None:
    reading = parse_json_listing(json.dumps(top).encode(), AT, PATHS)
    assert [found.url for found in reading.found] == ["http://barid.example/news/1"]


@pytest.mark.parametrize(
    ("body", "paths", "complaint"),
    [
        (b"{", PATHS, "is not JSON"),
        (b"<html></html>", PATHS, "is not JSON"),
        (b"[" * 100_000, PATHS, "is not JSON"),
        (b"\xff\xfe\xfa", PATHS, "is not JSON"),
        (b'{"list": []}', Paths("url", "lists"), "holds no list at 'lists'"),
        (
            b'{"list": [{"uri": "/news/1"}]}',
            Paths("url"),
            "holds no list whose items have an address at 'url'",
        ),
        (
            b'{"list": [{"uri": "/news/1"}, 3]}',
            Paths("url", "list"),
            "holds 2 items, none of them with an address at 'url'",
        ),
    ],
)
def test_a_wrong_path_is_an_error_and_no_empty_list(body: bytes, paths: Paths, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        parse_json_listing(body, AT, paths)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "0", "b"]), inner, max_size=3), max_leaves=12))  # fmt: skip
def test_no_json_breaks_the_reader(top: object) -> None:
    problem = ""
    try:
        parse_json_listing(json.dumps(top).encode(), AT, Paths("a", "", "b", "0", "a.b"))
    except SourceError as error:
        problem = str(error)
    assert "\n" not in problem


def test_numbered_pages_of_a_json_list_are_read_until_one_names_nothing_new(desk: Desk) -> None:
    host = "http://barid.example"
    desk.declare("barid", f"json_listing {host}/api/{{page}}\naddress: url\ndate: time\npages: 9")
    for number in (1, 2):
        items = [{"url": f"/news/{number}", "time": "2017-03-10"}, {"url": "/tag/1"}]
        desk.answers[f"{host}/api/{number}"] = Answer(json.dumps({"data": items}).encode())
        desk.answers[f"{host}/news/{number}"] = page()
    for number in range(3, 10):
        desk.answers[f"{host}/api/{number}"] = desk.answers[f"{host}/api/2"]
    result = desk.scrapy("crawl", "barid")
    assert (result.returncode, result.stdout) == (0, "barid          healthy     2 new, 2 fetched\n")
    assert desk.rows("SELECT url, hint, found_by FROM pages ORDER BY url") == [
        (f"{host}/news/{number}", "json_listing 2017-03-10", f"json_listing {host}/api/{number}")
        for number in (1, 2)
    ]
    assert f"{host}/api/3" in desk.site.asked()
    assert f"{host}/api/4" not in desk.site.asked()


def test_an_outlets_own_search_is_asked_for_each_name_and_may_answer_with_a_feed(desk: Desk) -> None:
    host = "http://barid.example"
    desk.declare("barid", f"search {host}/?s={{query}}&page={{page}}\npages: 2")
    first = f"{host}/?s=%D8%AF%D8%A7%D8%B9%D8%B4&page="
    second = (
        f"{host}/?s=%D8%A7%D9%84%D8%AA%D8%AD%D8%A7%D9%84%D9%81+%D8%A7%D9%84%D8%AF%D9%88%D9%84%D9%8A&page="
    )
    desk.answers[f"{first}1"] = Answer(b"<a href='/news/1'>1</a>")
    desk.answers[f"{first}2"] = Answer(b"<a href='/news/2'>2</a>")
    desk.answers[f"{second}1"] = Answer(
        b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>/news/3</link></item></channel></rss>"
    )
    for number in (1, 2, 3):
        desk.answers[f"{host}/news/{number}"] = page()
    result = desk.scrapy("crawl", "barid", "-s", "SEARCH_QUERIES=داعش,التحالف الدولي")
    assert "3 new, 3 fetched" in result.stdout
    assert result.returncode == 0
    assert [url for url in desk.site.asked() if "?s=" in url] == [
        f"{first}1", f"{first}2", f"{second}1", f"{second}2",
    ]  # fmt: skip

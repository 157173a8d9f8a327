"""The address guard: a page on the web must never lead the crawler into the network it runs in."""

from __future__ import annotations

import os

import pytest

from crawler.guard import first_private
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed, page


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_told(address: str) -> None:
    assert first_private(["93.184.215.14", address]) == address


def test_public_addresses_pass() -> None:
    assert (
        first_private(["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
        is None
    )
    assert first_private([]) is None


def direct(desk: Desk, monkeypatch: pytest.MonkeyPatch, *without_proxy: str) -> str:
    """Let these hosts be asked without the proxy; return the server's port."""
    monkeypatch.setenv("NO_PROXY", ",".join(without_proxy))
    monkeypatch.setenv("no_proxy", ",".join(without_proxy))
    plain = desk.environment()
    monkeypatch.setattr(desk, "environment", lambda: {**plain, "no_proxy": os.environ["no_proxy"]})
    return desk.site.address.rsplit(":", 1)[1]


def test_a_host_on_this_machine_is_not_even_asked_for_robots(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = direct(desk, monkeypatch, "localhost")
    desk.declare("barid", f"feed http://localhost:{port}/rss.xml", host=f"localhost:{port}")
    desk.answers[f"http://localhost:{port}/rss.xml"] = feed(f"http://localhost:{port}/news/1")
    desk.answers[f"http://localhost:{port}/news/1"] = page()
    refused = desk.scrapy("crawl", "barid")
    assert refused.returncode == 1
    assert refused.stdout.startswith("barid          broken ")
    assert "localhost has the address " in refused.stdout
    assert "which is not public; ALLOW_PRIVATE_HOSTS=localhost allows it" in refused.stdout
    assert desk.site.seen == []
    allowed = desk.scrapy("crawl", "barid", "-s", "ALLOW_PRIVATE_HOSTS=localhost")
    assert f"http://localhost:{port}/rss.xml" in desk.site.asked(200)
    assert "not public" not in allowed.stdout


def test_a_redirect_into_the_private_network_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    port = direct(desk, monkeypatch, "*")
    host = f"http://localhost:{port}"
    links = [f"{host}/news/{number}" for number in range(3)]
    desk.declare("barid", f"feed {host}/rss.xml", host=f"localhost:{port}")
    desk.answers |= {f"{host}/rss.xml": feed(*links), links[2]: page()}
    for link, private in zip(links, ("127.0.0.1", "2130706433"), strict=False):
        desk.answers[link] = Answer(status=302, headers={"Location": f"http://{private}:{port}/admin"})
        desk.answers[f"http://{private}:{port}/admin"] = page("secret")
    result = desk.scrapy("crawl", "barid", "-s", "ALLOW_PRIVATE_HOSTS=localhost")
    assert result.stdout == "barid          healthy     3 new, 1 fetched, 2 failed\n"
    assert {url.split("/")[2] for url, _ in desk.site.seen} == {f"localhost:{port}"}
    reasons = [row[0] for row in desk.rows("SELECT reason FROM urls WHERE state = 'failed' ORDER BY url")]
    assert [reason.split(",")[0] for reason in reasons] == [
        "127.0.0.1 has the address 127.0.0.1",
        "2130706433 has the address 127.0.0.1",
    ]

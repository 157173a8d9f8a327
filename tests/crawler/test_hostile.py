"""Servers that mean us no good, or are broken: the crawl ends, in bounded time and memory, and each page has its reason."""

from __future__ import annotations

import os
import re
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BufferedIOBase
from pathlib import Path

import pytest

from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed, one_feed, page
from tests.crawler.test_guard import direct
from tests.crawler.test_revisits import ARTICLE, LEAD

HTML = {"Content-Type": "text/html; charset=utf-8"}
# Bytes; a crawl needs a hundred million, and more than this only when it keeps what it is sent.
MEMORY = 250 * 2**20
LIMITS = ("-s", "DOWNLOAD_TIMEOUT=5", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_MAXSIZE=1000000")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(to: BufferedIOBase) -> None:
    """Send a byte every fifth of a second, for a minute: never silent, never done."""
    to.write(HEAD + b"Content-Length: 100000\r\n\r\n")
    for _ in range(300):
        to.write(b" ")
        to.flush()
        time.sleep(0.2)


def endless(to: BufferedIOBase) -> None:
    """Send a page without an end, as fast as it goes."""
    to.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    block = b"10000\r\n" + b"<p>x</p>" * 8192 + b"\r\n"
    to.writelines(block for _ in range(10_000))


def torn_chunks(to: BufferedIOBase) -> None:
    to.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n20\r\n<html>cut off her\r\nZZ\r\n\r\n")


def no_last_chunk(to: BufferedIOBase) -> None:
    to.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n")


def huge_headers(to: BufferedIOBase) -> None:
    to.write(HEAD)
    to.writelines(b"X-Filler-%d: %s\r\n" % (number, b"x" * 1000) for number in range(20_000))
    to.write(b"Content-Length: 2\r\n\r\nok")


def not_http(to: BufferedIOBase) -> None:
    to.write(b"SSH-2.0-OpenSSH_9.2\r\n" * 3)


@cache
def bomb() -> bytes:
    """Pack 300 MB of spaces into 300 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()


def gzip_bomb(to: BufferedIOBase) -> None:
    to.write(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb()) + bomb())


# What each page does, and what its row must say of it.
HOSTILE: dict[str, tuple[Callable[[BufferedIOBase], None], str]] = {
    "drip": (drip, "no whole answer came in time"),
    "endless": (endless, "the answer is larger than DOWNLOAD_MAXSIZE allows"),
    "torn-chunks": (torn_chunks, "the answer was cut off"),
    "no-last-chunk": (no_last_chunk, "the answer was cut off"),
    "huge-headers": (huge_headers, "more than 65536 are refused"),
    "not-http": (not_http, "DownloadFailedError"),
    "gzip-bomb": (gzip_bomb, "exceeded DOWNLOAD_MAXSIZE"),
}


def measured(desk: Desk, *arguments: str) -> tuple[int, str, int]:
    """Run a command; return its exit code, what it said, and the most memory it held, in bytes.

    The kernel's own count for a child begins with what the test process holds when it forks, so we ask while it runs.
    """
    running = desk.start(*arguments)
    peak = 0
    with ThreadPoolExecutor(1) as listener:
        said = listener.submit(running.communicate)
        while not said.done():
            peak = max(peak, high_water(running.pid))
            time.sleep(0.05)
    return running.returncode, "".join(said.result()), peak


def high_water(pid: int) -> int:
    """Read the most memory that a process has held so far, in bytes; 0 once it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def test_a_press_of_hostile_pages_is_crawled_to_its_end(desk: Desk) -> None:
    links = one_feed(desk, *(f"/news/{name}" for name in HOSTILE), "/news/well")
    for link in links[:-1]:
        desk.answers[link] = Answer(raw=HOSTILE[link.rsplit("/", 1)[1]][0])
    bomb()
    began = time.monotonic()
    code, said, memory = measured(desk, "crawl", "barid", *LIMITS)
    assert time.monotonic() - began < 120
    assert 0 < memory < MEMORY
    assert code == 0, said
    assert "Traceback" not in said
    rows = {row[0].rsplit("/", 1)[1]: row[1:] for row in desk.rows("SELECT url, state, reason FROM urls")}
    assert rows.pop("well")[0] == "done"
    assert {name: state for name, (state, _) in rows.items()} == dict.fromkeys(HOSTILE, "failed")
    for name, (_, reason) in rows.items():
        assert HOSTILE[name][1] in reason, (name, reason)


def test_hostile_sources_and_hosts_keep_nobody_else_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = direct(desk, monkeypatch, "localhost", "127.0.0.1")
    host = "http://barid.example"
    private = f"http://127.0.0.1:{port}/rss.xml"
    sources = {
        name: f"{host}/{name}.xml"
        for name in ("drip", "endless", "gzip-bomb", "huge-headers", "ring", "inside")
    }
    desk.declare("barid", *(f"feed {url}" for url in sources.values()), f"feed {host}/rss.xml")
    for name in list(sources)[:4]:
        desk.answers[sources[name]] = Answer(raw=HOSTILE[name][0])
    desk.answers[sources["ring"]] = Answer(status=302, headers={"Location": "/ring2.xml"})
    desk.answers[f"{host}/ring2.xml"] = Answer(status=302, headers={"Location": "/ring.xml"})
    desk.answers[sources["inside"]] = Answer(status=302, headers={"Location": private})
    desk.answers[private] = feed(f"{host}/news/secret")
    desk.answers[f"{host}/rss.xml"] = feed(f"{host}/news/1")
    desk.answers[f"{host}/news/1"] = page()
    bomb()
    code, said, memory = measured(desk, "crawl", "barid", *LIMITS)
    assert code == 0
    assert "1 new, 1 fetched" in said
    assert "Traceback" not in said
    assert 0 < memory < MEMORY
    reasons = dict(desk.rows("SELECT url, error FROM sources"))
    assert reasons.pop(f"{host}/rss.xml") is None
    assert set(reasons) == set(sources.values())
    assert all(reasons.values())
    assert "127.0.0.1 has the address 127.0.0.1, which is not public" in reasons[sources["inside"]]
    assert "max redirections reached" in reasons[sources["ring"]]
    assert private not in desk.site.asked()


def test_what_lies_about_its_kind_is_a_row_with_a_reason_and_never_an_article(desk: Desk) -> None:
    desk.reads = True
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(20_000)
    lies = {
        "/news/picture": Answer(picture, headers=HTML),
        "/news/pdf": Answer(b"%PDF-1.7\n" + os.urandom(20_000), headers=HTML),
        "/news/nothing": Answer(b"", headers=HTML),
        "/news/page": Answer(ARTICLE.format(LEAD, 1, "").encode(), headers={"Content-Type": "image/png"}),
    }
    links = one_feed(desk, *lies)
    desk.answers |= dict(zip(links, lies.values(), strict=True))
    told = desk.scrapy("crawl", "barid")
    assert "Traceback" not in told.stderr
    assert not told.stdout.startswith("barid          broken ")
    said = desk.rows("SELECT url, state, verdict, reason FROM urls")
    rows = {url.rsplit("/", 1)[1]: row for url, *row in said}
    assert rows["nothing"] == ["failed", None, "the answer was empty"]
    assert [rows[name][1] for name in ("picture", "pdf", "page")] == ["irrelevant", "irrelevant", "article"]
    assert all(reason for _, _, reason in rows.values())

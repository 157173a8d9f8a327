"""The commands: a slip ends in one line and an exit code, and a sweep that failed is never green."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
from collections.abc import Iterator

from tests.crawler.conftest import ROOT, Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import feed, one_feed, page


def two_outlets(desk: Desk) -> None:
    one_feed(desk, "/news/1", "/news/2")
    desk.declare("diwan", "feed http://diwan.example/rss.xml")
    desk.answers["http://diwan.example/rss.xml"] = feed("http://diwan.example/news/1")
    desk.answers["http://diwan.example/news/1"] = page()


def test_a_typo_in_a_declaration_ends_every_command_in_one_line(desk: Desk) -> None:
    desk.declare("barid", "feed http://barid.example/rss.xml", more="artcle: x\n")
    for arguments in (["list"], ["crawl", "barid"], ["sweep"]):
        result = desk.scrapy(*arguments)
        where = desk.outlets / "barid.yml"
        complaint = f"{arguments[0]}: {where}: artcle: unknown key; did you mean 'article'?\n"
        assert (result.returncode, result.stdout, result.stderr) == (2, "", complaint)
    other = desk.scrapy("check")  # one of Scrapy's own commands
    assert other.returncode == 2
    assert "Traceback" not in other.stderr
    assert not desk.archive.exists()


def test_unknown_outlets_and_bad_calls_end_in_one_line_and_make_no_archive(desk: Desk) -> None:
    two_outlets(desk)
    desk.declare("closed", more="crawl: false\nreason: the paper has closed\n")
    desk.declare("real", "feed http://real.example/rss.xml")
    declaration = desk.outlets / "real.yml"
    text = declaration.read_text(encoding="utf-8").replace("delay: 0\nsample: true", "delay: 5")
    declaration.write_text(text, encoding="utf-8")
    cases = {
        ("crawl", "bared"): "crawl: no outlet is called 'bared'; did you mean 'barid'?\n",
        ("sweep", "barid", "xyz"): "sweep: no outlet is called 'xyz'; scrapy list names them\n",
        ("crawl",): "crawl: name one outlet; `scrapy list` names them, `scrapy sweep` collects several\n",
        ("crawl", "closed"): "crawl: closed is not crawled: the paper has closed\n",
        ("sweep",): "sweep: sample outlets and real ones can't be collected together: name one kind\n",
    }
    for arguments, complaint in cases.items():
        result = desk.scrapy(*arguments)
        assert (result.returncode, result.stdout, result.stderr) == (2, "", complaint)
    assert not desk.archive.exists()
    assert desk.scrapy("list").stdout == "barid\nclosed\ndiwan\nreal\n"


def test_an_archive_that_cannot_be_used_is_named_and_left_as_it_is(desk: Desk) -> None:
    two_outlets(desk)
    desk.archive.write_bytes(b"not a database, but somebody's file")
    for command in (["crawl", "barid"], ["sweep"]):
        result = desk.scrapy(*command)
        assert result.returncode == 1
        assert result.stderr.startswith(f"{command[0]}: {desk.archive}: not an archive")
        assert result.stderr.count("\n") == 1
    assert desk.archive.read_bytes() == b"not a database, but somebody's file"


def test_a_sweep_collects_all_and_says_who_was_left_out(desk: Desk) -> None:
    two_outlets(desk)
    desk.declare("closed", more="crawl: false\nreason: the paper has closed\n")
    result = desk.scrapy("sweep")
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "barid          healthy     2 new, 2 fetched",
        "diwan          healthy     1 new, 1 fetched",
        "closed         left out    the paper has closed",
    ]
    assert result.stderr.splitlines()[-1].startswith("2/2 outlets, ")
    assert desk.rows("SELECT count(*) FROM pages") == [(3,)]
    assert desk.rows("SELECT count(*) FROM derived") == [(1,)]  # once a sweep, not once an outlet


def test_due_takes_what_its_last_run_says_is_due_and_leaves_the_rest_alone(desk: Desk) -> None:
    two_outlets(desk)
    desk.scrapy("crawl", "barid")
    desk.site.seen.clear()
    result = desk.scrapy("sweep", "--due")
    assert result.stdout == "diwan          healthy     1 new, 1 fetched\nnot due yet: barid\n"
    assert {url.split("/")[2] for url, _ in desk.site.seen} == {"diwan.example"}
    desk.change("UPDATE crawls SET next_due = '2017-01-01T00:00:00+00:00' WHERE outlet = 'barid'")
    assert desk.scrapy("sweep", "--due").stdout.splitlines() == [
        "barid          quiet       0 new, 0 fetched: nothing new",
        "not due yet: diwan",
    ]
    assert desk.scrapy("sweep", "--due").stdout == "not due yet: barid, diwan\n"
    assert desk.rows("SELECT count(*) FROM derived") == [(3,)]  # and not when nothing was due


def test_a_sweep_is_not_green_when_one_outlet_broke_or_all_failed(desk: Desk) -> None:
    two_outlets(desk)
    desk.answers["http://diwan.example/rss.xml"] = Answer(status=500)
    outage = desk.scrapy("sweep")
    assert outage.returncode == 0  # one of two is up, and the other's outage is said
    assert (
        "diwan          outage      0 new, 0 fetched: http://diwan.example/rss.xml: the server answered 500"
        in outage.stdout
    )
    assert desk.scrapy("sweep", "diwan").returncode == 1
    desk.answers["http://diwan.example/rss.xml"] = Answer(b"<html>moved</html>")
    broken = desk.scrapy("sweep")
    assert broken.returncode == 1
    assert (
        "diwan          broken      0 new, 0 fetched: http://diwan.example/rss.xml: is not a feed"
        in broken.stdout
    )


def test_sources_that_name_no_article_are_broken_not_quiet(desk: Desk) -> None:
    desk.declare("barid", "feed http://barid.example/rss.xml")
    desk.answers["http://barid.example/rss.xml"] = feed("http://barid.example/redesigned/1")
    result = desk.scrapy("crawl", "barid")
    assert result.returncode == 1
    assert "broken" in result.stdout
    assert "named no article" in result.stdout


def test_one_request_at_a_time_and_the_delay_robots_asks_for(desk: Desk) -> None:
    links = one_feed(desk, "/news/1", "/news/2")
    desk.answers["http://barid.example/robots.txt"] = Answer(b"User-agent: Tahaluf\nCrawl-delay: 1")
    result = desk.scrapy("crawl", "barid", "-L", "INFO")
    assert result.returncode == 0
    assert set(links) <= set(desk.site.asked(200))
    gaps = [later - earlier for earlier, later in zip(desk.site.times, desk.site.times[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 1


def test_progress_on_a_terminal_leaves_the_result_clean(desk: Desk) -> None:
    two_outlets(desk)
    master, terminal = pty.openpty()
    running = subprocess.Popen(
        desk.command("sweep"),
        cwd=ROOT,
        env=desk.environment(),
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    os.close(terminal)
    shown = "".join(pieces_of(master))  # read as it comes: a terminal holds a few kilobytes
    told, _ = running.communicate(timeout=60)
    assert (
        told == "barid          healthy     2 new, 2 fetched\ndiwan          healthy     1 new, 1 fetched\n"
    )
    assert "2/2 outlets" in shown


def pieces_of(master: int) -> Iterator[str]:
    """Yield what a terminal shows until nobody writes to it any more."""
    with open(master, "rb", buffering=0) as stream, contextlib.suppress(OSError):  # EIO is a terminal's end
        while piece := stream.read(4096):
            yield piece.decode(errors="replace")

"""JSON logs: a collector that meets one line it can't parse drops it, and often it is the one that mattered."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from pathlib import Path

from crawler.logs import JsonFormatter
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_commands import two_outlets


def parsed(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_record_is_one_line_whatever_it_holds() -> None:
    try:
        int("سطر\nوسطر")
    except ValueError:
        record = logging.LogRecord("a.b", logging.ERROR, __file__, 1, "خبر «%s»\nثانٍ", ("x",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "a.b", "خبر «x»\nثانٍ")
    assert "\nValueError: " in told["error"]
    assert datetime.fromisoformat(told["time"]).tzinfo is not None


def test_all_that_a_sweep_says_on_stderr_is_json_and_the_result_stays_plain(desk: Desk) -> None:
    two_outlets(desk)
    result = desk.scrapy("sweep", "-s", "LOG_JSON=1", "-L", "INFO")
    assert result.stdout.splitlines() == [
        "barid          healthy     2 new, 2 fetched",
        "diwan          healthy     1 new, 1 fetched",
    ]
    told = parsed("\n".join(line for line in result.stderr.splitlines() if "Warning" not in line))
    assert {"tahaluf", "scrapy.core.engine"} <= {line["logger"] for line in told}
    assert {line["outlet"] for line in told if "outlet" in line} == {"barid", "diwan"}
    assert any(line["message"].startswith("2/2 outlets, ") for line in told)


def test_errors_keep_their_place_and_a_file_takes_them_when_it_is_named(desk: Desk, tmp_path: Path) -> None:
    two_outlets(desk)
    desk.answers["http://barid.example/news/1"] = Answer(b"<p>BREAK THE READER</p>")
    log = tmp_path / "crawl.log"
    result = desk.scrapy("crawl", "barid", "-s", "LOG_JSON=1", "--logfile", str(log))
    assert result.returncode == 1
    (broken,) = [line for line in parsed(log.read_text(encoding="utf-8")) if line["level"] == "ERROR"]
    assert "RuntimeError: the reader broke" in broken["error"]
    assert broken["outlet"] == "barid"
    complaint = desk.scrapy("crawl", "bared", "-s", "LOG_JSON=1")
    assert [line["message"] for line in parsed(complaint.stderr)] == [
        "crawl: no outlet is called 'bared'; did you mean 'barid'?"
    ]

"""Reading in other processes: what one page does to its worker costs that page and no other."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime

import pytest

from crawler.items import Page, Reading
from pipelines import pool
from pipelines.pool import ReaderPool

TEXT = "عنوان\n\nيعقد التحالف الدولي ضد داعش اجتماعاً في باريس يوم 2 يونيو 2015.".encode()


def page(body: bytes = TEXT) -> Page:
    return Page("http://x.example/1", "x", body, 200, datetime(2015, 6, 1, tzinfo=UTC), "text/plain")


def end_the_worker(*_: object) -> Reading:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def hang(*_: object) -> Reading:
    signal.pause()
    raise AssertionError


def test_page_is_read_in_another_process() -> None:
    readers = ReaderPool(1)
    try:
        reading = asyncio.run(readers.read(page(), None))
    finally:
        readers.close()
    assert reading.article is not None
    assert [claim.city for claim in reading.article.meetings] == ["Paris"]


@pytest.mark.parametrize(("accident", "reason"), [(end_the_worker, "died"), (hang, "more than 2 s")])
def test_page_that_ends_or_holds_its_worker_fails_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, accident: object, reason: str
) -> None:
    async def both() -> tuple[Reading, Reading]:
        readers = ReaderPool(1, seconds=2)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(pool, "_read", accident)
                broken = await readers.read(page(), None)
            for _ in range(
                5
            ):  # a cold worker may need more than the two seconds of this test to load the reader
                good = await readers.read(page(), None)
                if good.outcome == "article":
                    break
        finally:
            readers.close()
        return broken, good

    broken, good = asyncio.run(both())
    assert (broken.outcome, broken.stage) == ("failed", "read")
    assert reason in broken.error
    assert good.outcome == "article"

"""Reading in other processes: what one page does to its worker costs that page and no other."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.items import Page, Reading
from pipelines import pool
from pipelines.pool import ReaderPool, is_sampled

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


def test_a_fifth_of_the_pages_is_sampled_and_always_the_same() -> None:
    sampled = [number for number in range(1000) if is_sampled(f"http://x.example/news/{number}")]
    assert 150 < len(sampled) < 250
    assert sampled == [number for number in range(1000) if is_sampled(f"http://x.example/news/{number}")]


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


def end_the_worker_on_page_7(*task: object) -> Reading:
    assert isinstance(task[0], Page)
    if task[0].url.endswith("/7"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Reading("article", task[0].url)


def test_many_pages_at_once_are_all_read_by_workers_that_are_renewed_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "PAGES_A_WORKER", 3)
    monkeypatch.setattr(pool, "_read", end_the_worker_on_page_7)

    async def lane(readers: ReaderPool, lane: int) -> list[Reading]:
        addresses = [f"http://x.example/{lane}{number}" for number in range(20, 30) if number != 27]
        return [await readers.read(replace(page(), url=address), None) for address in addresses]

    async def all_lanes() -> list[list[Reading]]:
        readers = ReaderPool(2, seconds=30)
        try:
            return await asyncio.gather(*(lane(readers, number) for number in range(12)))
        finally:
            readers.close()

    readings = [reading for lane in asyncio.run(all_lanes()) for reading in lane]
    assert len(readings) == 12 * 9
    assert {reading.outcome for reading in readings} == {"article"}


def test_a_page_that_ends_its_worker_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_read", end_the_worker_on_page_7)

    async def at_once() -> list[Reading]:
        readers = ReaderPool(2, seconds=30)
        try:
            pages = [replace(page(), url=f"http://x.example/{number}") for number in range(10)]
            return await asyncio.gather(*(readers.read(one, None) for one in pages))
        finally:
            readers.close()

    readings = asyncio.run(at_once())
    assert [number for number, reading in enumerate(readings) if reading.outcome != "article"] == [7]
    assert readings[7].error == "the reading process died"

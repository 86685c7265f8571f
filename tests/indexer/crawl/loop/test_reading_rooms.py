"""Documents are read off the event loop, and none of them holds up or ends a crawl."""

import asyncio
import os
import signal
import time
from functools import partial
from typing import Any

import pytest

from indexer.crawl.loop.reading_rooms import NotRead, ReadingRooms


def double(number: int) -> int:
    return 2 * number


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise ValueError("what a function raises comes back")


async def in_rooms(processes: int, seconds: float, *works: partial[Any]) -> list[object]:
    rooms = ReadingRooms(processes, seconds)
    try:
        return list(await asyncio.gather(*(rooms.read(work) for work in works), return_exceptions=True))
    finally:
        rooms.close()


@pytest.mark.parametrize("processes", [0, 2])
def test_what_is_read_comes_back(processes: int) -> None:
    works: list[partial[Any]] = [*(partial(double, number) for number in range(8)), partial(fail)]
    *doubled, failed = asyncio.run(in_rooms(processes, 20.0, *works))
    assert doubled == [0, 2, 4, 6, 8, 10, 12, 14]
    assert isinstance(failed, ValueError)


def test_what_takes_too_long_is_killed_and_the_others_are_read_all_the_same() -> None:
    began = time.monotonic()
    works: list[partial[Any]] = [partial(time.sleep, 60), *(partial(double, number) for number in range(6))]
    slow, *others = asyncio.run(in_rooms(2, 3.0, *works))
    assert isinstance(slow, NotRead)
    assert "longer than 3 s" in str(slow)
    assert others == [0, 2, 4, 6, 8, 10]
    assert time.monotonic() - began < 30


def test_what_ends_its_process_is_named_and_the_others_are_read_all_the_same() -> None:
    works: list[partial[Any]] = [partial(die), *(partial(double, number) for number in range(4))]
    dead, *others = asyncio.run(in_rooms(1, 20.0, *works))
    assert isinstance(dead, NotRead)
    assert "ended the process" in str(dead)
    assert others == [0, 2, 4, 6]


def test_a_thread_that_takes_too_long_is_left_to_itself() -> None:
    slow, quick = asyncio.run(in_rooms(0, 0.2, partial(time.sleep, 1.0), partial(double, 4)))
    assert isinstance(slow, NotRead)
    assert quick == 8

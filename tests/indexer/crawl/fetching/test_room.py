"""Room in memory: never more than there is, in the order of asking, and given back however it ends."""

import asyncio
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.fetching.room import UNIT_BYTES, Room

sizes = st.lists(st.integers(1, 6 * UNIT_BYTES), min_size=1, max_size=12)


def units(size: int, all_of_them: int) -> int:
    return min(all_of_them, (size + UNIT_BYTES - 1) // UNIT_BYTES)


@given(st.integers(1, 5), sizes, st.integers(0, 2**32))
def test_there_is_never_more_held_than_there_is(all_of_them: int, wanted: list[int], seed: int) -> None:
    chance = Random(seed)
    held: list[int] = []
    entered: list[int] = []

    async def hold(room: Room, number: int, size: int, turns: int) -> None:
        async with room.held(size):
            entered.append(number)
            held.append(units(size, all_of_them))
            assert sum(held) <= all_of_them
            for _ in range(turns):
                await asyncio.sleep(0)
            held.remove(units(size, all_of_them))

    async def all_at_once() -> None:
        room = Room(all_of_them)
        tasks = [
            asyncio.create_task(hold(room, number, size, chance.randrange(5)))
            for number, size in enumerate(wanted)
        ]
        await asyncio.wait_for(asyncio.gather(*tasks), 10)

    asyncio.run(all_at_once())
    assert entered == list(range(len(wanted))), "who came first was served first"


@given(st.integers(1, 4), sizes, st.sets(st.integers(0, 11)), st.integers(0, 2**32))
def test_who_gives_up_gives_back(all_of_them: int, wanted: list[int], leaving: set[int], seed: int) -> None:
    chance = Random(seed)

    async def hold(room: Room, size: int) -> None:
        async with room.held(size):
            await asyncio.sleep(0)

    async def some_leave() -> None:
        room = Room(all_of_them)
        tasks = [asyncio.create_task(hold(room, size)) for size in wanted]
        for number in sorted(leaving & set(range(len(tasks)))):
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
            tasks[number].cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        async with asyncio.timeout(10), room.held(all_of_them * UNIT_BYTES):
            pass

    asyncio.run(some_leave())


def test_room_is_given_back_after_an_error() -> None:
    async def fail() -> None:
        room = Room(2)
        with pytest.raises(LookupError):
            async with room.held(UNIT_BYTES * 9):
                raise LookupError
        async with asyncio.timeout(10), room.held(UNIT_BYTES * 2):
            pass

    asyncio.run(fail())

"""Room in memory, shared by all fetches: how many large bodies are taken in at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

UNIT_BYTES = 10 * 1024 * 1024


class Room:
    """So many units of memory. Who comes first is served first. Use it in one event loop."""

    def __init__(self, units: int) -> None:
        self._units = units
        self._free = asyncio.Semaphore(units)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def held(self, size: int) -> AsyncIterator[None]:
        """Wait until there is room for so many bytes, and hold it; what is larger than all has all of it."""
        wanted, taken = min(self._units, -(-size // UNIT_BYTES)), 0
        try:
            async with self._turn:
                while taken < wanted:
                    await self._free.acquire()
                    taken += 1
            yield
        finally:
            for _ in range(taken):
                self._free.release()

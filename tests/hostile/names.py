"""Names for tests: whom a host name leads to, without any name server. All of them are fictional."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import count


class Names:
    """A resolver from a table. Names that it does not know lead to `otherwise`, or nowhere."""

    def __init__(
        self, table: Mapping[str, Sequence[str]] | None = None, *, otherwise: str | None = None
    ) -> None:
        self.table = dict(table or {})
        self.asked: list[str] = []
        self._otherwise = otherwise

    async def __call__(self, host: str) -> Sequence[str]:
        """Return the addresses of a host; raise OSError if it has none."""
        self.asked.append(host)
        if host in self.table:
            return self.table[host]
        if self._otherwise is None:
            raise OSError(f"nobody is called {host}")
        return [self._otherwise]


class Changing:
    """A name server that tells everybody something else each time: the answers of a list in turn."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = answers
        self._turn = count()
        self.told: list[Sequence[str]] = []

    async def __call__(self, host: str) -> Sequence[str]:
        """Return the next answer, whoever is asked for."""
        answer = self._answers[next(self._turn) % len(self._answers)]
        self.told.append(answer)
        return answer


async def silent(host: str) -> Sequence[str]:
    """Never answer."""
    await asyncio.Event().wait()
    return []

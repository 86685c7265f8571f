"""What comes back from requests, on its way to the record and to the frontier."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.frontier import Frontier
from indexer.crawl.frontier.tasks import Found
from indexer.crawl.loop.saving import Harvest

Item = TypeVar("Item")
Write = Callable[[Frontier], None]
"""Something to be written down inside of a turn of the frontier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a task ended, to be written down with what it found; `outcome` is counted, unless it is `None`."""

    source: str
    outcome: Outcome | None
    write: Write
    found: tuple[Found, ...] = ()

    def with_found(self, found: tuple[Found, ...]) -> "Settled":
        """The same with other found tasks."""
        return replace(self, found=found)


class Results:
    """Queues between the event loop and the two threads that write; filled in the event loop."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.released: deque[Write] = deque()
        """Requests that have ended: their hosts may be asked again."""
        self.decided: deque[str] = deque()
        """Origins whose robots.txt has been decided."""
        self.settled: deque[Settled] = deque()
        """Tasks that are done as far as the record is concerned."""
        self.harvest: asyncio.Queue[tuple[Harvest, Settled]] = asyncio.Queue()
        """What is to be saved before its task is done."""
        self.requests = 0
        """How many requests have been handed out and have not ended."""
        self.saving = 0
        self.waiting_bytes = 0

    @property
    def open(self) -> int:
        """How many tasks have been answered and are not done."""
        return self.saving + len(self.settled)

    @property
    def busy(self) -> bool:
        """Whether there is anything to be written down."""
        return bool(self.open or self.released or self.decided)

    def release(self, write: Write) -> None:
        """A request has ended."""
        self.requests -= 1
        self.note(write)

    def note(self, write: Write) -> None:
        """Something about a host is to be written down."""
        self.released.append(write)
        self.wake.set()

    def settle(self, settled: Iterable[Settled]) -> None:
        """Tasks have ended, and what they brought is saved."""
        self.settled.extend(settled)
        self.wake.set()

    def save(self, harvest: Harvest, settled: Settled) -> None:
        """A task has ended, and what it brought is to be saved first."""
        self.saving += 1
        self.harvest.put_nowait((harvest, settled))

    def saved(self, batch: Iterable[tuple[Harvest, Settled]]) -> None:
        """A batch has been saved."""
        done = [settled for _, settled in batch]
        self.saving -= len(done)
        self.settle(done)


def taken(queue: deque[Item]) -> list[Item]:
    """Empty a queue from another thread."""
    items = []
    while queue:
        items.append(queue.popleft())
    return items

"""What a crawl is put together from, and how much of it is under way at once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from time import time

from crawl_config.source import Source
from indexer.crawl.document import Answer, Reader, Task
from indexer.crawl.fetching.request import Request
from indexer.crawl.frontier.frontier import Frontier
from indexer.store import Store
from indexer.suppression import SuppressionList

Fetch = Callable[[Request], Awaitable[Answer]]
"""One address to one answer; raises only what the request's permit raises."""
Allows = Callable[[Source, str], bool]
"""Whether a source may fetch an address, or follows a link to it."""
Spend = Callable[[Source, Task, float], float | None]
"""Takes what a request costs out of an allowance, and returns `None`; or until when (seconds) it is used up.

It is asked in the frontier's thread, inside of a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An address and headers as they are sent; what shows one never shows a key."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


Sign = Callable[[Source, Task, float], Signed]
"""Adds the keys of a source to a task while it is sent."""


def free(_source: Source, _task: Task, _now: float) -> None:
    """Requests that cost nothing."""


def unsigned(_source: Source, task: Task, _now: float) -> Signed:
    """Requests that need no key."""
    return Signed(url=task.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How much is under way at once, and how long a crawl waits.

    Documents are read in so many `processes` (0: in threads). `requests` are sent at a time, `tasks` are
    begun and not done, and `waiting_bytes` of documents wait to be read at most. Requests are handed out
    `ahead` seconds before their time. Nothing is waited for that is not due within `patience` seconds.
    `read_seconds` are for one document, `robots_seconds` for one robots.txt, `stop_seconds` for what is under
    way when somebody stops the crawl. `limit` documents are fetched; posts and pages from before `since` are
    not taken in, as far as they have a date.
    """

    processes: int = 0
    requests: int = 128
    tasks: int = 512
    waiting_bytes: int = 32 << 20
    ahead: float = 0.05
    patience: float = 60.0
    read_seconds: float = 20.0
    robots_seconds: float = 20.0
    stop_seconds: float = 5.0
    batch: int = 100
    limit: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything that a crawl works with; `readers` are by name of source, times are seconds."""

    sources: Mapping[str, Source]
    readers: Mapping[str, Reader]
    frontier: Frontier
    store: Store
    suppression: SuppressionList
    fetch: Fetch
    allows: Allows
    follows: Allows
    spend: Spend = free
    sign: Sign = unsigned
    clock: Callable[[], float] = time
    random: Random = field(default_factory=Random)

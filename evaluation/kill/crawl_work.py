"""The crawl that is killed: a real one over invented hosts, with points at which it ends itself."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import Creator
from discovery.ports import Suppressed
from evaluation.fictional_hosts import resolve
from indexer.crawl.document import Answer
from indexer.crawl.fetching.fetcher import Fetcher
from indexer.crawl.fetching.request import Request
from indexer.crawl.frontier.frontier import Frontier
from indexer.crawl.frontier.limits import Limits
from indexer.crawl.loop.crawler import Crawler
from indexer.crawl.loop.parts import Parts, Settings
from indexer.crawl.run import opened
from indexer.home import Home
from indexer.store import Derive, Store, UpsertReport

DELAY = 0.25
POINTS = (
    "a turn begins",
    "a turn is written",
    "a request begins",
    "a request has ended",
    "saving begins",
    "saved",
)
"""Points of a crawl, in the order in which a page passes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doom:
    """When a crawl ends itself: the so-manieth time at a point. `None`: it waits to be killed."""

    point: str
    times: int


class Fuse:
    """Counts how often each point was passed, and ends the process at the one that is asked for."""

    def __init__(self, doom: Doom | None) -> None:
        self.passed: Counter[str] = Counter()
        self._doom = doom

    def at(self, point: str) -> None:
        """A point is being passed."""
        self.passed[point] += 1
        if self._doom is not None and (self._doom.point, self._doom.times) == (point, self.passed[point]):
            os.kill(os.getpid(), SIGKILL)


class DoomedFrontier(Frontier):
    """A frontier whose turns are points, and which sets no end to what is found."""

    fuse: Fuse

    def __init__(self, path: Path) -> None:
        super().__init__(path, Limits(depth=1_000_000, pages=1_000_000, barren=1_000_000))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """As ever, with a point before and one after."""
        self.fuse.at("a turn begins")
        with super().turn():
            yield
        self.fuse.at("a turn is written")


class DoomedStore(Store):
    """A store whose writing is a point."""

    fuse: Fuse

    def upsert(
        self, creators: Iterable[Creator], suppressed: Suppressed | None = None, derive: Derive | None = None
    ) -> UpsertReport:
        """As ever, with a point before and one after."""
        self.fuse.at("saving begins")
        report = super().upsert(creators, suppressed, derive)
        self.fuse.at("saved")
        return report


def source(hosts: Sequence[str], port: int, delay: float = DELAY) -> Source:
    """The source of all invented hosts."""
    return Source(
        name="invented",
        parser=Parser.PAGE,
        enabled=True,
        seeds=tuple(f"http://{host}:{port}/p/1" for host in hosts),
        allowed=Allowed(hosts=("*.example",)),
        manners=Manners(contact="crawl@tests.example", delay_seconds=delay, refresh_hours=24.0),
        retention_days=30,
        basis="evaluation",
        terms_url="https://host.example/terms",
        follow=("/",),
    )


def fetcher(port: int) -> Fetcher:
    """A fetcher that reaches the invented hosts."""
    return Fetcher(resolve=resolve, open_networks=("127.0.0.0/8",), open_ports=(port,))


def crawl_and_tell(
    root: Path, hosts: Sequence[str], port: int, doom: Doom | None, seconds: float, channel: Connection
) -> None:
    """Crawl until somebody kills the process, or for some seconds; then tell which points were passed."""
    fuse = Fuse(doom)
    fetch = fetcher(port).fetch

    async def fetched(request: Request) -> Answer:
        fuse.at("a request begins")
        answer = await fetch(request)
        fuse.at("a request has ended")
        return answer

    asked = source(hosts, port)
    with opened(Home(root), [asked], {}, fetch=fetched, frontier=DoomedFrontier, store=DoomedStore) as parts:
        assert isinstance(parts.frontier, DoomedFrontier)
        assert isinstance(parts.store, DoomedStore)
        parts.frontier.fuse = parts.store.fuse = fuse
        channel.send("started")
        asyncio.run(_crawl(parts, seconds))
    channel.send(dict(fuse.passed))


async def _crawl(parts: Parts, seconds: float) -> None:
    crawler = Crawler(parts, Settings(batch=10))
    asyncio.get_running_loop().call_later(seconds, crawler.stop)
    await crawler.run()

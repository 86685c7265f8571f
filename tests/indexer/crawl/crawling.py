"""Crawls over a local server of fictional hosts: what a test needs to run one and to look at it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from time import time
from typing import Any

from crawl_config.patterns import allows, follows
from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import Creator
from indexer.crawl.document import Reader
from indexer.crawl.fetching.fetcher import Fetcher
from indexer.crawl.fetching.request import Limits as FetchLimits
from indexer.crawl.frontier.frontier import Frontier
from indexer.crawl.frontier.limits import Limits
from indexer.crawl.loop.crawler import Crawler
from indexer.crawl.loop.parts import Parts, Settings
from indexer.crawl.report import CrawlReport
from indexer.home import Home
from indexer.store import Store
from indexer.suppression import SuppressionList
from tests.hostile.behaviours import page
from tests.hostile.names import Names
from tests.hostile.server import Behaviour, Server
from tests.indexer.crawl.plain_reader import PlainReader

HOST = "site.example"
DELAY = 0.05
"""Seconds between two requests, short enough for a test and long enough to be seen."""


def source(
    server: Server, *seeds: str, name: str = "site", hosts: Sequence[str] = (HOST,), **changes: Any
) -> Source:
    """Build a source of fictional hosts that all live on one server; seeds are paths or addresses."""
    manners = {"delay_seconds": DELAY, "refresh_hours": 1.0} | changes.pop("manners", {})
    given: dict[str, Any] = {
        "parser": Parser.PAGE,
        "enabled": True,
        "allowed": Allowed(hosts=tuple(hosts)),
        "retention_days": 30,
        "basis": "tests",
        "terms_url": "https://site.example/terms",
    }
    addresses = [server.url(seed, host=hosts[0]) if seed.startswith("/") else seed for seed in seeds]
    made = {**given, **changes}
    return Source(
        name=name,
        seeds=tuple(addresses),
        manners=Manners(contact="crawl@tests.example", **manners),
        **made,
    )


def text(*lines: str, **headers: str) -> Behaviour:
    """Answer with a plain page."""
    said = {"Content-Type": "text/plain"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return page("\n".join(lines).encode(), headers=said)


class Crawls:
    """Crawls of one installation, one after the other."""

    def __init__(self, folder: Path, server: Server) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.home = Home(folder)
        self.server = server
        self.ahead = 0.0
        """Seconds by which the crawl's clock is ahead of ours."""
        self.limits = Limits()
        self.names = Names(otherwise=server.address)
        self.ports: tuple[int, ...] = (server.port,)
        self.seconds = 2.0
        """Seconds that a document may take."""
        self.more: dict[str, Any] = {}
        """Further parts of a crawl."""

    def run(
        self,
        *sources: Source,
        settings: Settings | None = None,
        reader: Reader | None = None,
        meanwhile: Callable[[Crawler, CrawlReport], None] | None = None,
    ) -> CrawlReport:
        """Crawl to the end."""
        with self.frontier() as frontier, Store(self.home.store) as store, self.suppression() as out:
            parts = Parts(
                sources={one.name: one for one in sources},
                readers={one.name: reader or PlainReader() for one in sources},
                frontier=frontier,
                store=store,
                suppression=out,
                fetch=self.fetcher().fetch,
                allows=allows,
                follows=follows,
                clock=self.now,
                random=Random(1),
                **self.more,
            )
            return asyncio.run(_run(parts, settings or Settings(patience=2.0), meanwhile))

    def fetcher(self) -> Fetcher:
        """A fetcher that reaches the local server under every name."""
        return Fetcher(
            resolve=self.names,
            limits=FetchLimits(seconds=self.seconds, connect_seconds=1.0),
            open_networks=("127.0.0.0/8",),
            open_ports=self.ports,
            now=lambda: datetime.fromtimestamp(self.now(), UTC),
        )

    def now(self) -> float:
        """The crawl's clock."""
        return time() + self.ahead

    def frontier(self) -> Frontier:
        """Open the frontier, to look at it between two crawls."""
        return Frontier(self.home.crawl, self.limits)

    def suppression(self) -> SuppressionList:
        """Open the suppression list."""
        return SuppressionList(self.home.suppression)

    def stored(self) -> dict[str, Creator]:
        """Everybody in the record."""
        with Store(self.home.store) as store:
            return {one.id: one for one in store.creators()}


async def _run(
    parts: Parts, settings: Settings, meanwhile: Callable[[Crawler, CrawlReport], None] | None
) -> CrawlReport:
    def progress(report: CrawlReport) -> None:
        if meanwhile is not None:
            meanwhile(crawler, report)

    crawler = Crawler(parts, settings, progress)
    async with asyncio.timeout(60):
        return await crawler.run()


def gaps(server: Server, host: str) -> list[float]:
    """Seconds between two requests to a host, as the server saw them."""
    times = [one.at for one in server.seen if one.host == host]
    return [later - earlier for earlier, later in pairwise(times)]


def everything_after_robots(server: Server, hosts: Iterable[str]) -> bool:
    """Whether every host was asked for its robots.txt first, and once."""
    return all(
        (paths := server.paths(host))[:1] == ["/robots.txt"] and paths.count("/robots.txt") == 1
        for host in hosts
    )

"""A crawl of an installation: its files opened, its sources checked, what is too old purged at the end."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from os import cpu_count
from signal import SIGINT, SIGTERM
from time import time

from crawl_config.patterns import allows, follows
from crawl_config.source import Source
from discovery.errors import InvalidInput, NicheScoutError, Problem
from indexer.crawl.apis.keys import authorise, keys_of
from indexer.crawl.apis.quota import Ledger, charge
from indexer.crawl.document import Document, Reading, Task
from indexer.crawl.fetching.fetcher import Fetcher
from indexer.crawl.frontier.frontier import Frontier
from indexer.crawl.loop.crawler import Crawler, Progress
from indexer.crawl.loop.parts import Fetch, Parts, Settings, Signed, Spend
from indexer.crawl.purge import PurgeReport, purge
from indexer.crawl.readers import READERS, reader_of
from indexer.crawl.report import CrawlReport
from indexer.home import Home
from indexer.lock import locked
from indexer.store import Store
from indexer.suppression import SuppressionList


class ByStep:
    """Reads each document with the reader of its task: feeds that a page announces are read as feeds."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return the first tasks of a source, as the reader of its parser has them."""
        return READERS[source.parser].start(source)

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a document."""
        return reader_of(task, source).read(document, task, source)


class CrawlBusy(NicheScoutError):
    """Another process is crawling for this installation: two could not keep one host's pace."""

    code = "crawl_busy"


def crawl(
    home: Home,
    sources: Sequence[Source],
    variables: Mapping[str, str],
    settings: Settings | None = None,
    progress: Progress | None = None,
    *,
    resting: Sequence[Source] = (),
    fetch: Fetch | None = None,
    clock: Callable[[], float] = time,
) -> tuple[CrawlReport, PurgeReport]:
    """Crawl sources, then purge what they have not shown for longer than they may keep it.

    Ctrl-C and SIGTERM end it early; nothing is lost, the next crawl goes on. `variables` are those of the
    environment, for keys. `resting` are sources that are purged alone: of what was read while they were
    enabled. `fetch` takes the place of a `Fetcher` of the public internet.

    Raises:
        InvalidInput: a source is not enabled, has seeds that are none, or lacks a key.
        CrawlBusy: another process is crawling.
        StoreDamaged: a file of the installation cannot be used.
    """
    check(sources, variables)
    with opened(home, sources, variables, fetch=fetch, clock=clock) as parts:
        report = asyncio.run(_run(parts, settings or Settings(processes=cpu_count() or 1), progress))
        purged = purge(
            [*sources, *resting], parts.store, parts.frontier, datetime.fromtimestamp(clock(), UTC)
        )
    return report, purged


def check(sources: Sequence[Source], variables: Mapping[str, str]) -> None:
    """Refuse sources that cannot be crawled; all problems are told at once.

    Raises:
        InvalidInput: as `crawl`.
    """
    problems: list[Problem] = []
    for source in sources:
        if not source.enabled:
            told = "is not enabled; read its terms, then write `enabled = true` into its file"
            problems.append(Problem(field=source.name, message=told))
            continue
        try:
            keys_of(source, variables)
            READERS[source.parser].start(source)
        except InvalidInput as error:
            problems += (
                Problem(field=f"{source.name}: {one.field}", message=one.message, value=one.value)
                for one in error.problems
            )
    if problems:
        raise InvalidInput(problems)


@contextmanager
def opened(
    home: Home,
    sources: Sequence[Source],
    variables: Mapping[str, str],
    *,
    fetch: Fetch | None = None,
    clock: Callable[[], float] = time,
    frontier: type[Frontier] = Frontier,
    store: type[Store] = Store,
) -> Iterator[Parts]:
    """Open the files of an installation for a crawl; one crawl at a time.

    `frontier` and `store` are the classes that the files are opened with.

    Raises:
        CrawlBusy: another process is crawling.
        StoreDamaged: a file cannot be used.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    busy = CrawlBusy(f"another process is crawling into {home.root}; wait for it to end, or stop it")
    with (
        locked(home.crawl_lock, busy),
        frontier(home.crawl) as tasks,
        store(home.store) as record,
        SuppressionList(home.suppression) as suppression,
    ):

        def sign(source: Source, task: Task, now: float) -> Signed:
            sent = authorise(source, task.url, variables, datetime.fromtimestamp(now, UTC))
            return Signed(url=sent.url, headers=sent.headers)

        yield Parts(
            sources={source.name: source for source in sources},
            readers=dict.fromkeys((source.name for source in sources), ByStep()),
            frontier=tasks,
            store=record,
            suppression=suppression,
            fetch=fetch or Fetcher().fetch,
            allows=allows,
            follows=follows,
            spend=spending(tasks.quota),
            sign=sign,
            clock=clock,
        )


def spending(ledger: Ledger) -> Spend:
    """Return what charges a request to its interface's daily allowance."""

    def spend(source: Source, task: Task, now: float) -> float | None:
        again = charge(ledger, source, task, datetime.fromtimestamp(now, UTC))
        return None if again is None else again.timestamp()

    return spend


async def _run(parts: Parts, settings: Settings, progress: Progress | None) -> CrawlReport:
    crawler = Crawler(parts, settings, progress)
    loop = asyncio.get_running_loop()
    for signal in (SIGINT, SIGTERM):
        loop.add_signal_handler(signal, crawler.stop)
    try:
        return await crawler.run()
    finally:
        for signal in (SIGINT, SIGTERM):
            loop.remove_signal_handler(signal)

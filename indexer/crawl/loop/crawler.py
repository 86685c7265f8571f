"""The crawl: hands out requests host by host, reads what comes, brings it into the record.

Four parties take turns. The frontier (one thread) says what may be sent, and first writes down that it is.
The event loop fetches. Processes, or threads, read. One thread saves what was read; only then is a task done.
Each waits for the next when too much is under way, so that memory stays bounded.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from indexer.crawl.frontier.frontier import Errand
from indexer.crawl.loop.books import Books
from indexer.crawl.loop.document_errand import DocumentErrand
from indexer.crawl.loop.gate import Gate
from indexer.crawl.loop.parts import Parts, Settings
from indexer.crawl.loop.results import Results, taken
from indexer.crawl.loop.robots_errand import ask_robots, reserve_turn, wait_until
from indexer.crawl.loop.saving import Harvest, save
from indexer.crawl.loop.seeding import Seeding
from indexer.crawl.report import CrawlReport
from indexer.crawl.sitemaps import STEP

GRANTED_AT_ONCE = 4
"""Requests of one turn: hosts that are ready at once are asked one after the other, or all would be in step
for good, and wait for each other in every round."""
TOLD_EVERY = 0.1
"""Seconds between two reports of progress."""
ADDED_AT_ONCE = 2_000
"""How many found addresses are written in one turn; a sitemap brings 50,000."""

Progress = Callable[[CrawlReport], None]
Result = TypeVar("Result")


class Crawler:
    """One crawl of some sources; `run` it once, in one event loop."""

    def __init__(
        self, parts: Parts, settings: Settings | None = None, progress: Progress | None = None
    ) -> None:
        """Put a crawl together; nothing is sent.

        Raises:
            InvalidInput: the seeds of a source are none for its parser.
        """
        self._parts = parts
        self._settings = settings or Settings()
        self._progress = progress
        self._books = Books(parts.sources)
        self._results = Results()
        self._clerk = ThreadPoolExecutor(1, "frontier")
        self._keeper = ThreadPoolExecutor(1, "store")
        self._gate = Gate(parts.sources, parts.frontier, parts.suppression, parts.allows, parts.spend)
        self._seeding = Seeding(parts)
        self._documents = DocumentErrand(
            parts, self._settings, self._books, self._results, self._in_clerk, self._seeding.page
        )
        self._running: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None
        self._begun = 0
        self._started = self._told_at = 0.0
        self._stopping = False

    def stop(self) -> None:
        """Begin nothing new; what is under way is finished, or put back for the next crawl."""
        self._stopping = True
        self._results.wake.set()

    async def run(self) -> CrawlReport:
        """Crawl until nothing is due, the limit is reached, or somebody stops it.

        Raises:
            StoreDamaged: the frontier, the record or the suppression list cannot be used.
        """
        self._started, whole = self._parts.clock(), False
        saver = asyncio.create_task(self._save_all())
        try:
            await self._in_clerk(self._begin)
            await self._take_turns(saver)
            whole = True
        finally:
            await self._wind_up(saver, whole=whole)
        for source, skipped in self._seeding.skipped.items():
            self._books.skip(source, skipped)
        return self._books.report(self._parts.clock() - self._started, stopped=self._stopping)

    def _begin(self) -> None:
        """Open the lanes of the sources, and add their first tasks. In the frontier's thread."""
        with self._parts.frontier.turn():
            self._seeding.begin(self._parts.clock())

    def _turn(self, room: int) -> tuple[list[Errand], float | None]:
        """Write down what has ended, and hand out what may be sent."""
        frontier, results, now = self._parts.frontier, self._results, self._parts.clock()
        with frontier.turn():
            for write in taken(results.released):
                write(frontier)
            for origin in taken(results.decided):
                self._seeding.add_sitemaps(origin, now)
            self._write_settled(now)
            granted, refused = frontier.claim(now, self._settings.ahead, room, self._gate)
            ready = frontier.next_ready()
        for (source, outcome), count in refused.items():
            self._books.end(source, outcome, count)
        return granted, ready

    def _write_settled(self, now: float) -> None:
        """Write down which tasks are done; of one that found very much, a part at a time."""
        frontier, settled, left = self._parts.frontier, self._results.settled, ADDED_AT_ONCE
        while settled and left > 0:
            one = settled.popleft()
            part, rest = one.found[:left], one.found[left:]
            self._books.skip(one.source, frontier.add(one.source, part, now))
            left -= len(part) + 1
            if rest:
                settled.appendleft(one.with_found(rest))
                return
            one.write(frontier)
            if one.outcome is not None:
                self._books.end(one.source, one.outcome)

    def _finish(self) -> None:
        """Write down all that has ended, and put back what has not."""
        frontier, now = self._parts.frontier, self._parts.clock()
        while True:
            self._turn(0)
            if not self._results.settled:
                break
        with frontier.turn():
            frontier.tasks.put_all_back()
        self._books.waiting = frontier.due(self._parts.sources, now)

    async def _take_turns(self, saver: "asyncio.Task[None]") -> None:
        results = self._results
        while not self._stopping:
            results.wake.clear()
            granted, ready = await self._in_clerk(self._turn, self._room())
            for errand in granted:
                self._start(errand)
            self._raise_failures(saver)
            self._tell()
            wait = self._wait(ready)
            if wait is None and not self._running and not results.busy:
                return
            if results.settled:
                continue
            try:
                async with asyncio.timeout(wait if self._room() else None):
                    await results.wake.wait()
            except TimeoutError:
                continue

    def _tell(self) -> None:
        """Tell how far it is, some times a second."""
        now = self._parts.clock()
        if self._progress is not None and not 0 <= now - self._told_at < TOLD_EVERY:
            self._told_at = now
            self._progress(self._books.report(now - self._started, stopped=False))

    def _wait(self, ready: float | None) -> float | None:
        """Return seconds until the next request may be handed out; `None`: none is waited for."""
        settings = self._settings
        if ready is None or (settings.limit is not None and self._begun >= settings.limit):
            return None
        wait = ready - self._parts.clock()
        return None if wait > settings.patience else max(0.001, wait - settings.ahead / 2)

    def _room(self) -> int:
        """Return how many requests may be begun."""
        settings, results = self._settings, self._results
        if results.waiting_bytes > settings.waiting_bytes:
            return 0
        room = min(settings.requests - results.requests, settings.tasks - len(self._running) - results.open)
        if settings.limit is not None:
            room = min(room, settings.limit - self._begun)
        return min(max(0, room), GRANTED_AT_ONCE)

    def _start(self, errand: Errand) -> None:
        self._begun += errand.stored is not None and errand.stored.task.step != STEP
        self._results.requests += 1
        task = asyncio.create_task(self._run_errand(errand))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _run_errand(self, errand: Errand) -> None:
        await wait_until(errand.start, self._parts)
        self._books.request(errand.host, robots=errand.stored is None)
        if errand.stored is not None:
            await self._documents.run(errand, errand.stored)
            return

        async def reserve(host: str, again: bool) -> float | None:
            frontier, now = self._parts.frontier, self._parts.clock()
            return await self._in_clerk(reserve_turn, frontier, errand.host, now, host, again)

        source = self._parts.sources[errand.source]
        await ask_robots(
            errand, source, self._parts, self._results, self._books, self._settings.robots_seconds, reserve
        )

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if not task.cancelled() and self._failure is None:
            self._failure = task.exception()
        self._results.wake.set()

    def _raise_failures(self, saver: "asyncio.Task[None]") -> None:
        """Raise what ended a request or the saving: it is no failure of a document, but one of ours."""
        if saver.done():
            saver.result()
        if self._failure is not None:
            raise self._failure

    async def _save_all(self) -> None:
        """Save what was read, as much at once as came while the last batch was saved."""
        queue = self._results.harvest
        try:
            while True:
                batch = [await queue.get()]
                while len(batch) < self._settings.batch and not queue.empty():
                    batch.append(queue.get_nowait())
                await self._save([harvest for harvest, _ in batch])
                self._results.saved(batch)
        finally:
            self._results.wake.set()

    async def _save(self, harvests: Sequence[Harvest]) -> None:
        parts = self._parts
        unwilling = [one for harvest in harvests for one in harvest.leave_out]
        named = {one.id for harvest in harvests for one in harvest.creators}
        known = await self._in_clerk(parts.frontier.leave_out, unwilling, named, parts.clock())
        work = partial(save, harvests, parts.store, parts.suppression, known)
        self._books.save(await asyncio.get_running_loop().run_in_executor(self._keeper, work))

    async def _in_clerk(self, work: Callable[..., Result], *values: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._clerk, lambda: work(*values))

    async def _wind_up(self, saver: "asyncio.Task[None]", *, whole: bool) -> None:
        """Give what is under way some time to end, then put it back; after an error, let go of everything."""
        try:
            if whole and self._running:
                await asyncio.wait(self._running, timeout=self._settings.stop_seconds)
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            while whole and self._results.saving and not saver.done():
                self._results.wake.clear()
                await self._results.wake.wait()
            ended_by = saver.exception() if saver.done() and not saver.cancelled() else None
            saver.cancel()
            await asyncio.gather(saver, return_exceptions=True)
            if whole and ended_by is not None:
                raise ended_by
            if whole:
                await self._in_clerk(self._finish)
        finally:
            self._documents.close()
            self._clerk.shutdown(wait=True)
            self._keeper.shutdown(wait=True)

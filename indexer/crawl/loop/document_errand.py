"""One document: fetched, read, handed on to be saved; whatever happens, with a name for its end."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from crawl_config.source import Source
from discovery.creator import CreatorId
from indexer.crawl.addresses import NoAddress, canonical
from indexer.crawl.apis.pace import wait
from indexer.crawl.document import Answer, Document, Outcome, Reading, Task
from indexer.crawl.fetching.request import Limits, Request
from indexer.crawl.frontier.frontier import Errand, Frontier
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.frontier.refresh import wants_whole
from indexer.crawl.frontier.tasks import Ending, Found, Stored
from indexer.crawl.loop.books import Books
from indexer.crawl.loop.endings import (
    is_over,
    moved_ending,
    read_ending,
    unchanged_ending,
    unread_ending,
    unwanted_ending,
)
from indexer.crawl.loop.gate import is_suppressed
from indexer.crawl.loop.parts import Parts, Settings
from indexer.crawl.loop.reading_rooms import NotRead, ReadingRooms
from indexer.crawl.loop.reading_step import Understood, content_hash, understand, understand_sitemap
from indexer.crawl.loop.results import Results, Settled
from indexer.crawl.loop.robots_errand import release
from indexer.crawl.loop.saving import Harvest
from indexer.crawl.sitemaps import MOST_BYTES, STEP

SITEMAP_LIMITS = Limits(body_bytes=10 << 20, unpacked_bytes=MOST_BYTES, ratio=200.0)
BUSY_SECONDS = 60.0
"""How long an interface is left alone that says in words only that it is asked too often."""
NOT_ANY_MORE = frozenset({Outcome.NOINDEX, Outcome.GONE})
"""What such a document said before is withdrawn."""

Clerk = Callable[..., Awaitable[Any]]
"""Calls a function in the frontier's thread."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """One task on its way."""

    errand: Errand
    stored: Stored
    source: Source
    at: float
    content: bytes | None = None

    @property
    def number(self) -> int:
        return self.stored.number

    @property
    def is_sitemap(self) -> bool:
        return self.stored.task.step == STEP


class DocumentErrand:
    """Fetches documents and sees to what becomes of them. Used by the event loop."""

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        books: Books,
        results: Results,
        in_clerk: Clerk,
        page: Callable[[str], Task],
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._books = books
        self._results = results
        self._in_clerk = in_clerk
        self._page = page
        self._rooms = ReadingRooms(settings.processes, settings.read_seconds)
        self._under_way: dict[tuple[str, bytes], int] = {}

    def close(self) -> None:
        """Read nothing more."""
        self._rooms.close()

    async def run(self, errand: Errand, stored: Stored) -> None:
        """Fetch a document, and hand on what becomes of it."""
        source = self._parts.sources[errand.source]
        asked: list[str] = []

        async def permit(url: str) -> Outcome | None:
            """Redirects are tasks of their own: their hosts are asked in their turn, and their robots.txt."""
            asked.append(url)
            return None if len(asked) == 1 else Outcome.MOVED

        answer = await self._parts.fetch(self._request(stored, source, permit))
        visit = _Visit(errand, stored, source, self._parts.clock())
        chance = self._parts.random.random()
        free = _asks_for(answer, visit)
        self._results.release(
            partial(release, host=errand.host, answer=answer, now=visit.at, chance=chance, free=free)
        )
        if answer.outcome is Outcome.MOVED:
            await self._moved(visit, asked[-1])
        elif answer.outcome is Outcome.NOT_MODIFIED:
            await self._unchanged(visit)
        elif answer.document is not None and (answer.outcome is Outcome.FETCHED or source.parser.is_api):
            await self._read(visit, answer, answer.document)
        elif source.parser.is_api and answer.outcome is Outcome.GONE:
            # Interfaces say in their own words who is gone; one that is closed or has moved says nothing.
            await self._unread(visit, Outcome.CLIENT_ERROR)
        else:
            await self._unread(visit, answer.outcome)

    def _request(self, stored: Stored, source: Source, permit: Any) -> Request:
        now = self._parts.clock()
        signed = self._parts.sign(source, stored.task, now)
        whole = wants_whole(stored.read_at, now, source.retention_days)
        return Request(
            url=signed.url,
            user_agent=source.manners.user_agent,
            permit=permit,
            headers=signed.headers,
            etag=None if whole else stored.etag,
            last_modified=None if whole else stored.modified,
            limits=SITEMAP_LIMITS if stored.task.step == STEP else None,
        )

    async def _moved(self, visit: _Visit, url: str) -> None:
        """Make a task of where a redirect leads, unless that leads nowhere new."""
        stored, source, exact = visit.stored, visit.source, visit.source.parser.is_api
        task = replace(stored.task, url=url)
        try:
            same = canonical(url, exact=exact) == canonical(stored.task.url, exact=exact)
        except NoAddress:
            await self._unread(visit, Outcome.BAD_ADDRESS)
            return
        if not self._parts.allows(source, url) and not visit.is_sitemap:
            await self._unread(visit, Outcome.OUTSIDE)
        elif stored.hops >= self._parts.frontier.limits.hops or await self._in_circle(visit, url):
            await self._unread(visit, Outcome.TOO_MANY_REDIRECTS)
        elif same:
            self._settle(visit, None, lambda frontier: frontier.move(stored, url, visit.at))
        else:
            found = Found(task=task, due=visit.at, depth=stored.depth, hops=stored.hops + 1, exact=exact)
            ending = moved_ending(stored, source, visit.at)
            self._settle(visit, ending.outcome, self._write(visit, ending), (found,))

    async def _in_circle(self, visit: _Visit, url: str) -> bool:
        if not visit.stored.hops:
            return False
        exact = visit.source.parser.is_api
        return bool(await self._in_clerk(self._parts.frontier.has_moved, visit.stored, url, exact))

    async def _unchanged(self, visit: _Visit) -> None:
        seen = await self._in_clerk(self._parts.frontier.brought, visit.number)
        day = datetime.fromtimestamp(visit.at, UTC).date()
        ending = unchanged_ending(visit.stored, visit.source, visit.at)
        self._save(visit, Harvest(source=visit.source.name, seen=seen, day=day), ending)

    async def _unread(self, visit: _Visit, outcome: Outcome) -> None:
        """There is no document to read."""
        chance = self._parts.random.random()
        ending = unread_ending(visit.stored, visit.source, outcome, visit.at, chance)
        if outcome not in NOT_ANY_MORE:
            self._end(visit, ending)
            return
        self._save(visit, Harvest(source=visit.source.name, gone=await self._gone(visit)), ending)

    async def _gone(self, visit: _Visit) -> tuple[Any, ...]:
        """Whom no other document of the source shows; and whom this one is about."""
        only = await self._in_clerk(self._parts.frontier.brought_only, visit.number)
        about = visit.stored.task.creator
        return (*only, about) if about is not None else tuple(only)

    async def _read(self, visit: _Visit, answer: Answer, document: Document) -> None:
        pages = not visit.source.parser.is_api and not visit.is_sitemap
        visit = replace(visit, content=content_hash(document, visit.stored.host))
        if pages and await self._is_copy(visit):
            self._books.skip(visit.source.name, Counter({Skip.COPY: 1}))
            ending = unread_ending(visit.stored, visit.source, Outcome.FETCHED, visit.at, 0.0)
            self._end(visit, replace(ending, seen=True))
            return
        understood = await self._understand(visit, document)
        for problem in understood.reading.problems:
            self._books.problem(f"{document.url}: {problem}")
        self._books.skip(visit.source.name, understood.skipped)
        if understood.outside:
            self._books.end(visit.source.name, Outcome.OUTSIDE, understood.outside)
        await self._conclude(visit, answer, document, understood)

    async def _is_copy(self, visit: _Visit) -> bool:
        """Whether another document of the source says the same, done or still under way."""
        name, content = visit.source.name, visit.content or b""
        if self._under_way.setdefault((name, content), visit.number) != visit.number:
            return True
        return bool(await self._in_clerk(self._parts.frontier.twin, visit.number, name, content))

    async def _understand(self, visit: _Visit, document: Document) -> Understood:
        """Read off the event loop."""
        parts, since = self._parts, self._settings.since
        if visit.is_sitemap:
            follows = parts.follows if visit.source.follow else parts.allows
            page = self._page(visit.source.name)
            work = partial(understand_sitemap, document, visit.stored, visit.source, page, follows, since)
        else:
            reader = parts.readers[visit.source.name]
            work = partial(understand, reader, document, visit.stored, visit.source, parts.allows, since)
        self._results.waiting_bytes += len(document.body)
        try:
            return await self._rooms.read(work)
        except NotRead as why:
            return Understood(reading=Reading(outcome=Outcome.UNREADABLE, problems=(str(why),)))
        except Exception as error:  # what was read cannot be handed over: no reason to end a crawl
            told = f"{type(error).__name__} while it was handed over"
            return Understood(reading=Reading(outcome=Outcome.UNREADABLE, problems=(told,)))
        finally:
            self._results.waiting_bytes -= len(document.body)

    async def _conclude(
        self, visit: _Visit, answer: Answer, document: Document, understood: Understood
    ) -> None:
        reading, stored, source = understood.reading, visit.stored, visit.source
        outcome = reading.outcome
        if outcome is Outcome.FETCHED and answer.outcome is not Outcome.FETCHED:
            outcome = answer.outcome  # an error that its reader takes for none is one all the same
        gone: tuple[Any, ...] = ()
        if outcome is Outcome.FETCHED:
            ending = read_ending(stored, source, visit.at, visit.content or b"", document.headers)
            ending = replace(ending, creators=self._not_suppressed(reading))
        elif outcome is Outcome.NOINDEX:
            ending, gone = unwanted_ending(stored, visit.at), await self._gone(visit)
        else:
            ending = unread_ending(stored, source, outcome, visit.at, self._parts.random.random())
            gone = await self._gone(visit) if outcome is Outcome.GONE else ()
        if outcome is Outcome.BUSY and answer.outcome is not Outcome.BUSY:  # the status did not say so
            until = visit.at + BUSY_SECONDS
            self._results.note(lambda frontier: frontier.hosts.pause(visit.errand.host, until))
        harvest = Harvest(
            source=source.name,
            creators=reading.creators if outcome is Outcome.FETCHED else (),
            gone=gone,
            leave_out=reading.leave_out,
        )
        found = tuple(one for one in understood.found if not self._suppressed(one.task))
        if left := len(understood.found) - len(found):
            self._books.end(source.name, Outcome.SUPPRESSED, left)
        self._save(visit, harvest, ending, found)

    def _not_suppressed(self, reading: Reading) -> tuple[CreatorId, ...]:
        """Whom a document shows, without those who asked to be left out: not even their ids are kept."""
        suppression = self._parts.suppression
        return tuple(one.id for one in reading.creators if not suppression.is_suppressed(one))

    def _suppressed(self, task: Task) -> bool:
        return is_suppressed(task, self._parts.suppression)

    def _end(self, visit: _Visit, ending: Ending) -> None:
        self._settle(visit, ending.outcome, self._write(visit, ending))

    def _save(self, visit: _Visit, harvest: Harvest, ending: Ending, found: tuple[Found, ...] = ()) -> None:
        # That there is no sitemap where nobody named one is no news.
        unnamed = visit.is_sitemap and ending.outcome is Outcome.GONE
        settled = Settled(
            source=visit.source.name,
            outcome=None if unnamed else ending.outcome,
            write=self._write(visit, ending),
            found=found,
        )
        self._results.save(harvest, settled)

    def _settle(
        self, visit: _Visit, outcome: Outcome | None, write: Callable[[Frontier], None],
        found: tuple[Found, ...] = (),
    ) -> None:  # fmt: skip
        self._results.settle([Settled(source=visit.source.name, outcome=outcome, write=write, found=found)])

    def _write(self, visit: _Visit, ending: Ending) -> Callable[[Frontier], None]:
        def write(frontier: Frontier) -> None:
            if is_over(visit.stored, ending):
                frontier.drop(visit.stored)
            else:
                frontier.end(visit.stored, ending)
            if visit.source.keys and ending.outcome in {Outcome.UNAUTHORISED, Outcome.QUOTA}:
                frontier.hosts.close_source(visit.source.name)  # the next call would be refused too
            self._forget(visit)

        return write

    def _forget(self, visit: _Visit) -> None:
        """What the document says is known to the frontier from now on. In the frontier's thread."""
        if visit.content is not None:
            key = (visit.source.name, visit.content)
            if self._under_way.get(key) == visit.number:
                self._under_way.pop(key, None)


def _asks_for(answer: Answer, visit: _Visit) -> float | None:
    """Until when an interface asks to be left alone, whatever it answered."""
    if not visit.source.parser.is_api or answer.document is None:
        return None
    seconds = wait(answer.document.headers, answer.document.fetched_at)
    return None if seconds is None else visit.at + seconds

"""What is to be fetched, when, and what came of it: one file that survives whatever ends the process.

A host's next time is on the disk before a request to it is sent, and a task is done on the disk only after
what it brought is in the store. So a crawl that is killed loses nothing, and its successor keeps its delays.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Protocol, Self

from crawl_config.source import Source
from discovery.creator import CreatorId
from indexer.crawl.document import Outcome
from indexer.crawl.frontier.file import FRONTIER
from indexer.crawl.frontier.hosts import Hosts
from indexer.crawl.frontier.ledger import Ledger
from indexer.crawl.frontier.limits import Limits, Skip
from indexer.crawl.frontier.removal import Removal
from indexer.crawl.frontier.robots_shelf import RobotsShelf
from indexer.crawl.frontier.shown import Shown
from indexer.crawl.frontier.tasks import Ending, Found, Stored, Tasks
from indexer.sqlite_file import open_file, refusals, rewrite, transaction

JUDGED_AT_ONCE = 200
"""How many tasks of a lane are looked at in one turn, if none of them may be fetched."""


JUDGING_SECONDS = 0.05
"""How long that may take: a robots.txt may be written so that each question costs much."""
UNWILLING = 60 * 86_400.0
"""Seconds for which a sign not to be found is held against other documents that show the same person."""


KEPT_LONGER = 30 * 86_400.0
"""Seconds after which what is known of a host, and needed no more, is forgotten."""
_OF_LANE = "SELECT 1 FROM task WHERE task.source = lane.source AND task.host = lane.host"


class Action(StrEnum):
    """What becomes of a task whose turn it is."""

    GO = "go"
    DROP = "drop"
    """It may not be fetched: its address is forgotten."""
    POSTPONE = "postpone"
    ASK_ROBOTS = "ask robots"
    """First the robots.txt of its origin is fetched; the task waits."""
    PAUSE_HOST = "pause host"
    CLOSE_SOURCE = "close source"
    """Nothing more of its source in this crawl."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What becomes of a task; `outcome` is why it is not fetched, `until` when it is looked at again."""

    action: Action
    outcome: Outcome | None = None
    until: float = 0.0
    origin: str = ""


class Judge(Protocol):
    """Says whether a task may be fetched: suppressed, allowed, quota, robots, in this order."""

    def __call__(self, task: Stored, now: float) -> Judgement:
        """Judge a task whose host may be asked now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request to be sent at `start`: for a task, or for the robots.txt of an origin."""

    source: str
    host: str
    start: float
    stored: Stored | None = None
    origin: str = ""


class Frontier:
    """The frontier of an installation. Use it in one thread, and writing methods inside of a `turn`.

    Every method raises `StoreDamaged` when the file cannot be used.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        """Open the file, or create it.

        Raises:
            StoreDamaged: the file is damaged, of another program or of another schema version.
        """
        self._path = path
        self._connection = open_file(path, FRONTIER)
        self.limits = limits or Limits()
        self.hosts = Hosts(self._connection)
        self.tasks = Tasks(self._connection, self.limits)
        self.shown = Shown(self._connection)
        self._removal = Removal(self._connection)
        self.robots = RobotsShelf(self._connection)
        self.quota = Ledger(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        self._connection.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Do several things at once: all of them are on the disk at the end, or none."""
        with refusals(self._path, FRONTIER), transaction(self._connection):
            yield

    def begin(self, sources: Mapping[str, Source], now: float) -> None:
        """Begin a crawl of some sources; what the last one left running is put back."""
        self.tasks.recover(now)
        self.hosts.begin(sources)

    def add(self, source: str, found: Iterable[Found], now: float) -> Counter[Skip]:
        """Keep tasks that are new; return why others were not."""
        earliest, skipped = self.tasks.add(source, found, now)
        for host, due in earliest.items():
            self.hosts.wanted(source, host, due, now)
        return skipped

    def claim(
        self, now: float, ahead: float, room: int, judge: Judge
    ) -> tuple[list[Errand], Counter[tuple[str, Outcome]]]:
        """Hand out up to `room` requests that may be sent within `ahead` seconds.

        Returns them, and how many tasks were not to be fetched, by source and reason.
        """
        errands: list[Errand] = []
        refused: Counter[tuple[str, Outcome]] = Counter()
        for source, host in self.hosts.ready(now + ahead, room):
            errand = self._serve(source, host, now, now + ahead, judge, refused)
            if errand is not None:
                errands.append(errand)
        return errands, refused

    def _serve(
        self,
        source: str,
        host: str,
        now: float,
        until: float,
        judge: Judge,
        refused: Counter[tuple[str, Outcome]],
    ) -> Errand | None:
        """Find a task of a lane that may be fetched, and grant it."""
        patience = monotonic() + JUDGING_SECONDS
        for _ in range(JUDGED_AT_ONCE):
            if self.hosts.full(host) or self.hosts.start(host, now) > until:
                self.hosts.reschedule(host, now)
                return None
            stored = self.tasks.earliest(source, host, until)
            if stored is None:
                break
            judged = judge(stored, now)
            if judged.action in {Action.GO, Action.ASK_ROBOTS}:
                return self._grant(stored, judged, now, until)
            if judged.outcome is not None:
                refused[source, judged.outcome] += self._put_aside(stored, judged, until)
            if judged.action in {Action.PAUSE_HOST, Action.CLOSE_SOURCE}:
                return None
            if monotonic() > patience:
                break
        self.hosts.served(source, host, now)
        return None

    def _grant(self, stored: Stored, judged: Judgement, now: float, until: float) -> Errand | None:
        if self.hosts.start(stored.host, now) > until:  # its robots.txt asks for a longer delay
            self.hosts.reschedule(stored.host, now)
            return None
        if judged.action is Action.ASK_ROBOTS:
            start = self.hosts.grant(stored.host, now, alone=True)
            return Errand(source=stored.source, host=stored.host, start=start, origin=judged.origin)
        self.tasks.begin(stored.number)
        start = self.hosts.grant(stored.host, now)
        self.hosts.served(stored.source, stored.host, now)
        return Errand(source=stored.source, host=stored.host, start=start, stored=stored)

    def _put_aside(self, stored: Stored, judged: Judgement, until: float) -> int:
        """Do what a judgement says; return how many tasks it was for."""
        match judged.action:
            case Action.DROP:
                self._removal.task(stored.number, stored.source, stored.task.url)
            case Action.PAUSE_HOST:
                waiting = self.tasks.waiting(stored.source, stored.host, until)
                self.hosts.pause(stored.host, judged.until)
                return waiting
            case Action.CLOSE_SOURCE:
                waiting = self.tasks.waiting(stored.source, stored.host, until)
                self.hosts.close_source(stored.source)
                return waiting
            case _:
                self.tasks.postpone(stored.number, judged.until, judged.outcome or Outcome.DISALLOWED)
        return 1

    def end(self, stored: Stored, ending: Ending) -> None:
        """Write down how a task ended; what it brought must be in the store."""
        self.tasks.end(ending)
        self.shown.note(stored, ending)
        if ending.due is not None:
            self.hosts.wanted(stored.source, stored.host, ending.due, ending.at)

    def drop(self, stored: Stored) -> None:
        """Forget a task that has had its one visit; what it brought must be in the store."""
        self._removal.task(stored.number, stored.source, stored.task.url)

    def move(self, stored: Stored, url: str, at: float) -> None:
        """A document is to be asked for again, at another spelling of its address."""
        self.tasks.move(stored.number, url, at)
        self.hosts.wanted(stored.source, stored.host, at, at)

    def leave_out(
        self, unwilling: Collection[CreatorId], named: Iterable[CreatorId], now: float
    ) -> frozenset[CreatorId]:
        """Note who wants not to be found, and return those of `named` who are known not to want it.

        What is about them alone is not fetched any more.
        """
        with self.turn():
            self.shown.unwilling(unwilling, now + UNWILLING)
            self._removal.about(unwilling)
            return self.shown.left_out(named, now)

    def brought(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom a document showed when it was read last."""
        with refusals(self._path, FRONTIER):
            return self.shown.by(number)

    def brought_only(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom a document showed, and no other one of its source."""
        with refusals(self._path, FRONTIER):
            return self.shown.only_by(number)

    def documents(self) -> Iterator[tuple[str, tuple[CreatorId, ...]]]:
        """Yield the address of every document that was read, and whom it showed."""
        with refusals(self._path, FRONTIER):
            yield from self.shown.documents()

    def has_moved(self, stored: Stored, url: str, exact: bool) -> bool:
        """Whether another address of a task's source is known to lead elsewhere."""
        with refusals(self._path, FRONTIER):
            return self.tasks.has_moved(stored, url, exact=exact)

    def due(self, sources: Iterable[str], now: float) -> int:
        """Return how many tasks of some sources are due."""
        with refusals(self._path, FRONTIER):
            return sum(self.tasks.due(source, now) for source in sources)

    def twin(self, number: int, source: str, content: bytes) -> bool:
        """Whether another document of a source has the same bytes."""
        with refusals(self._path, FRONTIER):
            return self.tasks.twin(number, source, content)

    def pause(self, host: str, now: float, until: float) -> dict[str, int]:
        """Ask a host nothing before a time; return how many tasks of which sources wait for it."""
        waiting = {one: self.tasks.waiting(one, host, now) for one in self.hosts.lanes(host)}
        self.hosts.pause(host, until)
        return waiting

    def purge(self, source: str, before: float, now: float) -> int:
        """Forget the tasks of a source that were not seen since a time, so that no byte of them is left.

        What stands no more of robots.txt, hosts and signs goes too. Returns how many tasks there were.
        """
        with refusals(self._path, FRONTIER):
            with transaction(self._connection):
                gone = self._removal.unseen(source, before)
                run = self._connection.execute
                run("DELETE FROM left_out WHERE until < ?", (now,))
                run("DELETE FROM robots WHERE until < ?", (now - KEPT_LONGER,))
                run("DELETE FROM host WHERE next_at < ? AND failures = 0", (now - KEPT_LONGER,))
                run(f"DELETE FROM lane WHERE NOT EXISTS ({_OF_LANE})")  # noqa: S608
            if gone:
                rewrite(self._connection)
        return gone

    def forget(self, by_id: Callable[[CreatorId], bool], by_address: Callable[[str], bool]) -> int:
        """Forget every task and trace of some people, so that no byte is left; return how many tasks."""
        with refusals(self._path, FRONTIER):
            with transaction(self._connection):
                before = self._connection.total_changes()
                gone = self._removal.people(by_id, by_address)
                changed = self._connection.total_changes() > before
            if changed:
                rewrite(self._connection)
        return gone

    def next_ready(self) -> float | None:
        """Return when the next request may be sent, as far as is known; `None`: there is none."""
        with refusals(self._path, FRONTIER):
            return self.hosts.next_ready()

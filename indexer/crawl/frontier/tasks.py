"""The tasks of a crawl on the disk. On the frontier's connection; callers hold a transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import apsw
import orjson

from discovery.creator import CreatorId
from indexer.crawl.addresses import NoAddress, canonical, host_of, path_pattern
from indexer.crawl.document import Outcome, Task
from indexer.crawl.frontier.file import hashed
from indexer.crawl.frontier.limits import Limits, Skip
from indexer.crawl.frontier.refresh import History

CRASHES = 5
"""A task that was begun so often without ever ending is put off: it may be what ends the process."""


class State(IntEnum):
    """Where a task stands."""

    WAITING = 0
    RUNNING = 1
    GONE = 2
    """The tombstone of a document that is no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A task as it was found: how many links away from a seed, after how many redirects, due when.

    `exact` addresses are an interface's, of which every argument may matter. `changed_at` is when the
    document changed last, as a sitemap states it: one that was read since then is not read again for it.
    """

    task: Task
    due: float
    depth: int = 0
    hops: int = 0
    exact: bool = False
    changed_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A task as it lies on the disk."""

    number: int
    source: str
    host: str
    task: Task
    depth: int
    hops: int
    attempts: int
    etag: str | None
    modified: str | None
    content: bytes | None
    read_at: float
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a task ended, and when its document is looked at again (`None`: never, it is gone).

    `read` says that the document was read whole, `seen` that it is there.
    """

    number: int
    outcome: Outcome
    at: float
    due: float | None
    read: bool = False
    seen: bool = False
    etag: str | None = None
    modified: str | None = None
    content: bytes | None = None
    attempts: int = 0
    creators: Sequence[CreatorId] = field(default_factory=tuple)


_COLUMNS = """
    number, source, host, url, step, context, creator, depth, hops, attempts, etag, modified, content,
    read_at, first_at, seen_at, visits, changes
"""


class Tasks:
    """The tasks of all sources."""

    def __init__(self, connection: apsw.Connection, limits: Limits) -> None:
        self._connection = connection
        self._limits = limits

    def put_all_back(self) -> None:
        """What was begun and has not ended was not fetched."""
        self._connection.execute("UPDATE task SET state = 0, attempts = max(0, attempts - 1) WHERE state = 1")

    def recover(self, now: float) -> None:
        """Put back what was running when the last crawl was killed."""
        day = 86_400.0
        self._connection.execute(
            """
            UPDATE task SET state = 0, due = CASE WHEN attempts >= ? THEN ? ELSE due END WHERE state = 1
            """,
            (CRASHES, now + day),
        )

    def add(self, source: str, found: Iterable[Found], now: float) -> tuple[dict[str, float], Counter[Skip]]:
        """Keep tasks that are new; return the earliest that came to each host, and why others did not."""
        earliest: dict[str, float] = {}
        skipped: Counter[Skip] = Counter()
        for one in found:
            added = self._add(source, one, now)
            if isinstance(added, Skip):
                skipped[added] += 1
            elif added is not None:
                host, due = added
                earliest[host] = min(due, earliest.get(host, due))
        return earliest, skipped

    def _add(self, source: str, found: Found, now: float) -> tuple[str, float] | Skip | None:
        try:
            address = canonical(found.task.url, exact=found.exact)
            host = host_of(found.task.url)
        except NoAddress:
            return Skip.NO_ADDRESS
        query = "SELECT number, state, due, read_at FROM task WHERE source = ? AND address = ?"
        for number, state, due, read_at in self._connection.execute(query, (source, address)):
            return self._again(number, state, due, read_at, host, found)
        if found.depth > self._limits.depth:
            return Skip.TOO_DEEP
        pattern = hashed(path_pattern(found.task.url))
        if refused := self._no_room(source, None if found.exact else pattern):
            return refused
        self._insert(source, address, host, found, now)
        self._count(source, pattern)
        return host, found.due

    def _again(
        self, number: int, state: int, due: float, read_at: float, host: str, found: Found
    ) -> tuple[str, float] | None:
        """A known document is looked at sooner only if it is said to have changed since it was read."""
        sooner = found.changed_at is not None and found.changed_at > read_at and found.due < due
        if state != State.WAITING or not sooner:
            return None
        self._connection.execute("UPDATE task SET due = ? WHERE number = ?", (found.due, number))
        return host, found.due

    def _insert(self, source: str, address: str, host: str, found: Found, now: float) -> None:
        task = found.task
        self._connection.execute(
            """
            INSERT INTO task (
                source, address, url, host, step, context, creator, state, due, depth, hops, added_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)
            """,
            (
                source, address, task.url, host, task.step, orjson.dumps(dict(task.context)).decode(),
                task.creator, found.due, found.depth, found.hops, now,
            ),
        )  # fmt: skip

    def _no_room(self, source: str, pattern: bytes | None) -> Skip | None:
        pages = self._connection.execute("SELECT pages FROM extent WHERE source = ?", (source,)).get or 0
        if pages >= self._limits.pages:
            return Skip.TOO_MANY
        query = "SELECT pages, creators FROM kind WHERE source = ? AND pattern = ?"
        for of_kind, creators in self._connection.execute(query, (source, pattern)):
            if self._limits.endless(of_kind, creators):
                return Skip.ENDLESS
        return None

    def _count(self, source: str, pattern: bytes) -> None:
        self._connection.execute(
            "INSERT INTO extent VALUES (?, 1) ON CONFLICT DO UPDATE SET pages = pages + 1", (source,)
        )
        self._connection.execute(
            "INSERT INTO kind VALUES (?, ?, 1, 0) ON CONFLICT DO UPDATE SET pages = pages + 1",
            (source, pattern),
        )

    def revive(self, source: str, url: str, *, exact: bool, now: float, after: float) -> None:
        """Look again at a seed that was gone, if that was long enough ago (seconds)."""
        try:
            address = canonical(url, exact=exact)
        except NoAddress:
            return
        self._connection.execute(
            "UPDATE task SET state = 0, due = ? WHERE source = ? AND address = ? AND state = 2 AND due <= ?",
            (now, source, address, now - after),
        )

    def earliest(self, source: str, host: str, until: float) -> Stored | None:
        """Return the task of a lane that has been due for longest."""
        query = f"""
            SELECT {_COLUMNS} FROM task WHERE source = ? AND host = ? AND state = 0 AND due <= ?
            ORDER BY due LIMIT 1
        """  # noqa: S608
        for row in self._connection.execute(query, (source, host, until)):
            return _stored(row)
        return None

    def first(self, sources: Iterable[str], until: float, most: int) -> list[Stored]:
        """Return the tasks of some sources that have been due for longest."""
        query = f"""
            SELECT {_COLUMNS}, due FROM task WHERE source = ? AND state = 0 AND due <= ?
            ORDER BY due LIMIT ?
        """  # noqa: S608
        rows = [row for one in sources for row in self._connection.execute(query, (one, until, most))]
        rows.sort(key=lambda row: row[-1])
        return [_stored(row[:-1]) for row in rows[:most]]

    def begin(self, number: int) -> None:
        """Note that a task is being fetched."""
        self._connection.execute(
            "UPDATE task SET state = 1, attempts = attempts + 1 WHERE number = ?", (number,)
        )

    def postpone(self, number: int, due: float, outcome: Outcome) -> None:
        """Look at a task later, and note why."""
        self._connection.execute(
            "UPDATE task SET state = 0, due = ?, outcome = ? WHERE number = ?", (due, outcome.value, number)
        )

    def waiting(self, source: str, host: str, until: float) -> int:
        """Return how many tasks of a lane are due."""
        query = "SELECT count(*) FROM task WHERE source = ? AND host = ? AND state = 0 AND due <= ?"
        count: int = self._connection.execute(query, (source, host, until)).get
        return count

    def due(self, source: str, now: float) -> int:
        """Return how many tasks of a source are due."""
        query = "SELECT count(*) FROM task WHERE source = ? AND state = 0 AND due <= ?"
        count: int = self._connection.execute(query, (source, now)).get
        return count

    def twin(self, number: int, source: str, content: bytes) -> bool:
        """Whether another document of a source has the same bytes."""
        query = "SELECT 1 FROM task WHERE source = ? AND content = ? AND number <> ? LIMIT 1"
        return self._connection.execute(query, (source, content, number)).get is not None

    def end(self, ending: Ending) -> None:
        """Write down how a task ended."""
        state = State.GONE if ending.due is None else State.WAITING
        self._connection.execute(
            """
            UPDATE task SET state = ?1, due = ?2, outcome = ?3, attempts = ?4,
                etag = CASE WHEN ?5 THEN ?6 ELSE etag END,
                modified = CASE WHEN ?5 THEN ?7 ELSE modified END,
                changes = changes + (?5 AND visits > 0 AND content IS NOT NULL AND content IS NOT ?8),
                content = CASE WHEN ?5 THEN ?8 ELSE content END,
                first_at = CASE WHEN ?9 AND visits = 0 THEN ?10 ELSE first_at END,
                read_at = CASE WHEN ?5 THEN ?10 ELSE read_at END,
                seen_at = CASE WHEN ?9 THEN ?10 ELSE seen_at END,
                visits = visits + ?9,
                hops = CASE WHEN ?9 THEN 0 ELSE hops END
            WHERE number = ?11
            """,
            (
                state.value, ending.at if ending.due is None else ending.due, ending.outcome.value,
                ending.attempts, ending.read, ending.etag, ending.modified, ending.content, ending.seen,
                ending.at, ending.number,
            ),
        )  # fmt: skip

    def move(self, number: int, url: str, due: float) -> None:
        """A document is to be asked for at another spelling of its address."""
        self._connection.execute(
            "UPDATE task SET url = ?, state = 0, due = ?, hops = hops + 1, outcome = ? WHERE number = ?",
            (url, due, Outcome.MOVED.value, number),
        )

    def has_moved(self, stored: Stored, url: str, *, exact: bool) -> bool:
        """Whether another address of a task's source is known to lead elsewhere."""
        query = "SELECT 1 FROM task WHERE source = ? AND address = ? AND outcome = ? AND number <> ?"
        values = (stored.source, canonical(url, exact=exact), Outcome.MOVED.value, stored.number)
        return self._connection.execute(query, values).get is not None


def _stored(row: tuple[Any, ...]) -> Stored:
    (number, source, host, url, step, context, creator, depth, hops, attempts, etag, modified, content,
     read_at, first_at, seen_at, visits, changes) = row  # fmt: skip
    return Stored(
        number=number,
        source=source,
        host=host,
        task=Task(
            url=url,
            step=step,
            context=orjson.loads(context),
            creator=None if creator is None else CreatorId(str(creator)),
        ),
        depth=depth,
        hops=hops,
        attempts=attempts,
        etag=etag,
        modified=modified,
        content=content,
        read_at=read_at,
        history=History(first_at=first_at, last_at=seen_at, visits=visits, changes=changes),
    )

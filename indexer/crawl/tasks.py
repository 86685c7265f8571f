"""The tasks of a crawl on the disk. On the frontier's connection; callers hold a transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import blake2b
from typing import Any

import apsw
import orjson

from discovery.creator import CreatorId
from indexer.crawl.addresses import NoAddress, canonical, host_of, path_pattern
from indexer.crawl.document import Outcome, Task
from indexer.crawl.limits import Limits, Skip
from indexer.crawl.refresh import History

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
        pattern = _hash(path_pattern(found.task.url))
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

    def drop(self, number: int) -> None:
        """Forget a task that is not to be fetched, and its address with it."""
        self._connection.execute("DELETE FROM task WHERE number = ?", (number,))

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
        if ending.read or ending.outcome in {Outcome.MOVED, Outcome.GONE, Outcome.NOINDEX}:
            self._bring(ending)

    def _bring(self, ending: Ending) -> None:
        """Note whom a document shows; who is new to its source counts for its kind of page."""
        self._connection.execute("DELETE FROM brought WHERE task = ?", (ending.number,))
        if not ending.creators:
            return
        query = "SELECT source, url FROM task WHERE number = ?"
        for source, url in self._connection.execute(query, (ending.number,)).fetchall():
            known = "SELECT 1 FROM brought WHERE source = ? AND creator = ? LIMIT 1"
            new = 0
            for creator in dict.fromkeys(ending.creators):
                new += self._connection.execute(known, (source, creator)).get is None
                self._connection.execute(
                    "INSERT INTO brought VALUES (?, ?, ?)", (source, creator, ending.number)
                )
            self._connection.execute(
                "UPDATE kind SET creators = creators + ? WHERE source = ? AND pattern = ?",
                (new, source, _hash(path_pattern(str(url)))),
            )

    def brought(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom a document showed when it was read last."""
        rows = self._connection.execute("SELECT creator FROM brought WHERE task = ?", (number,))
        return tuple(CreatorId(creator) for (creator,) in rows)

    def documents(self) -> Iterator[tuple[str, tuple[CreatorId, ...]]]:
        """Yield the address of every document that was read, and whom it showed."""
        rows = self._connection.execute("SELECT number, url FROM task WHERE read_at > 0 ORDER BY number")
        for number, url in rows.fetchall():
            yield str(url), self.brought(int(str(number)))

    def brought_only(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom no other document of its source showed."""
        query = """
            SELECT creator FROM brought AS mine WHERE task = ?1 AND NOT EXISTS (
                SELECT 1 FROM brought AS other
                WHERE other.source = mine.source AND other.creator = mine.creator AND other.task <> ?1
            )
        """
        return tuple(CreatorId(creator) for (creator,) in self._connection.execute(query, (number,)))

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

    def purge(self, source: str, before: float) -> int:
        """Forget the tasks of a source that were not seen, or found, since a time; return how many."""
        query = "SELECT number, url FROM task WHERE source = ? AND max(seen_at, added_at) < ? AND state <> 1"
        rows = self._connection.execute(query, (source, before)).fetchall()
        for number, url in rows:
            self._remove(int(str(number)), source, str(url))
        return len(rows)

    def forget(self, by_id: Callable[[CreatorId], bool], by_address: Callable[[str], bool]) -> int:
        """Forget the tasks that are about somebody, and of whom documents told; return how many tasks."""
        rows = self._connection.execute("SELECT number, source, url, creator FROM task").fetchall()
        gone = 0
        for number, source, url, creator in rows:
            if (creator is not None and by_id(CreatorId(str(creator)))) or by_address(str(url)):
                self._remove(int(str(number)), str(source), str(url))
                gone += 1
        named = self._connection.execute("SELECT DISTINCT creator FROM brought").fetchall()
        told = [(one,) for (one,) in named if by_id(CreatorId(str(one)))]
        self._connection.executemany("DELETE FROM brought WHERE creator = ?", told)
        return gone

    def _remove(self, number: int, source: str, url: str) -> None:
        """Delete a task; its place among the pages of its kind is free again."""
        self.drop(number)
        self._connection.execute("UPDATE extent SET pages = max(0, pages - 1) WHERE source = ?", (source,))
        self._connection.execute(
            "UPDATE kind SET pages = max(0, pages - 1) WHERE source = ? AND pattern = ?",
            (source, _hash(path_pattern(url))),
        )

    def leave_out(self, creators: Iterable[CreatorId], until: float) -> None:
        """Note who wants not to be found; what is about them alone is not fetched any more."""
        for creator in creators:
            self._connection.execute("INSERT OR REPLACE INTO left_out VALUES (?, ?)", (_hash(creator), until))
            query = "SELECT number, source, url FROM task WHERE creator = ? AND state = 0"
            for number, source, url in self._connection.execute(query, (creator,)).fetchall():
                self._remove(int(str(number)), str(source), str(url))

    def left_out(self, creators: Iterable[CreatorId], now: float) -> frozenset[CreatorId]:
        """Return those of some creators who want not to be found."""
        query = "SELECT 1 FROM left_out WHERE creator = ? AND until > ?"
        return frozenset(
            one for one in creators if self._connection.execute(query, (_hash(one), now)).get is not None
        )


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


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

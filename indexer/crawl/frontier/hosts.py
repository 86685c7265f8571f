"""Hosts and lanes: who may be asked when, over all sources together. On the frontier's connection."""

from collections import Counter
from collections.abc import Mapping

import apsw

from crawl_config.source import Source
from indexer.crawl.frontier.file import NEVER
from indexer.crawl.frontier.pace import Pace


class Hosts:
    """The pace of every host, and the lanes of sources that wait for it. Callers hold a transaction."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._sources: Mapping[str, Source] = {}
        self._running: Counter[str] = Counter()
        self._alone: set[str] = set()
        self._asked_delay: dict[str, float] = {}
        self._manners: dict[str, tuple[float, int]] = {}

    def begin(self, sources: Mapping[str, Source]) -> None:
        """Open the lanes of some sources, and close all others."""
        self._sources = sources
        self._running.clear()
        self._alone.clear()
        self._manners.clear()
        run = self._connection.execute
        run("UPDATE lane SET active = 0")
        for name in sources:
            run(
                """
                UPDATE lane SET active = 1, due = coalesce((
                    SELECT min(due) FROM task
                    WHERE task.source = lane.source AND task.host = lane.host AND state = 0
                ), ?) WHERE source = ?
                """,
                (NEVER, name),
            )
        run(
            """
            UPDATE lane SET ready = max(due, coalesce((SELECT next_at FROM host WHERE name = lane.host), 0))
            WHERE active = 1
            """
        )

    def wanted(self, source: str, host: str, due: float, now: float) -> None:
        """Tasks have come to a lane; `due` is the earliest."""
        self._connection.execute(
            """
            INSERT INTO lane (source, host, due, ready, active) VALUES (?, ?, ?, ?, 1)
            ON CONFLICT (source, host) DO UPDATE SET due = min(due, excluded.due)
            """,
            (source, host, due, NEVER),
        )
        self._manners.pop(host, None)
        self.reschedule(host, now)

    def ready(self, until: float, most: int) -> list[tuple[str, str]]:
        """Return lanes that may be served until a time, the longest waiting first: source and host."""
        rows = self._connection.execute(
            "SELECT source, host FROM lane WHERE active = 1 AND ready <= ? ORDER BY ready, due LIMIT ?",
            (until, most),
        )
        return [(source, host) for source, host in rows]

    def lanes(self, host: str) -> list[str]:
        """Return the sources of this crawl that want something of a host."""
        rows = self._connection.execute("SELECT source FROM lane WHERE host = ? AND active = 1", (host,))
        return [source for (source,) in rows]

    def next_ready(self) -> float | None:
        """Return when the next lane may be served; `None`: none will, as far as is known."""
        found = self._connection.execute("SELECT min(ready) FROM lane WHERE active = 1").get
        return None if found is None or found >= NEVER else found

    def close_source(self, source: str) -> None:
        """Serve no lane of a source any more in this crawl."""
        self._connection.execute("UPDATE lane SET active = 0 WHERE source = ?", (source,))

    def delay(self, host: str) -> float:
        """Return seconds between two requests: the longest that a source or its robots.txt asks for."""
        return max(self._manners_of(host)[0], self._asked_delay.get(host, 0.0))

    def asks(self, host: str, delay: float) -> None:
        """A robots.txt of a host asks for a delay (seconds)."""
        self._asked_delay[host] = max(delay, self._asked_delay.get(host, 0.0))

    def full(self, host: str) -> bool:
        """Whether as many requests to a host are running as its sources allow."""
        return host in self._alone or self._running[host] >= self._manners_of(host)[1]

    def start(self, host: str, now: float) -> float:
        """Return when a request may be sent."""
        return self._pace(host).start(now, self.delay(host), self._running[host])

    def grant(self, host: str, now: float, *, alone: bool = False) -> float:
        """Return when a request will be sent, which is on the disk with the transaction.

        While one runs that is to be `alone`, no other is granted.
        """
        start = self.start(host, now)
        if alone:
            self._alone.add(host)
        self._running[host] += 1
        self._keep(host, self._pace(host).granted(start, self.delay(host)))
        self.reschedule(host, now)
        return start

    def reserve(self, host: str, now: float, *, again: bool) -> float:
        """Return when a request may be sent that is part of another one, such as a redirect of it.

        `again`: the host has answered just now, and its delay begins.
        """
        start = max(self.start(host, now), now + self.delay(host) if again else now)
        self._keep(host, self._pace(host).granted(start, self.delay(host)))
        self.reschedule(host, now)
        return start

    def answered(self, host: str, now: float) -> None:
        """A request has ended well."""
        running = self._ended(host)
        self._keep(host, self._pace(host).answered(now, self.delay(host), running))
        self.reschedule(host, now)

    def refused(self, host: str, now: float, *, asked_for: float | None, chance: float) -> None:
        """A request has failed, or the host asked for time."""
        running = self._ended(host)
        pace = self._pace(host).refused(
            now, self.delay(host), asked_for=asked_for, chance=chance, running=running
        )
        self._keep(host, pace)
        self.reschedule(host, now)

    def pause(self, host: str, until: float) -> None:
        """Ask a host nothing before a time."""
        pace = self._pace(host)
        self._keep(
            host, Pace(asked_at=pace.asked_at, next_at=max(pace.next_at, until), failures=pace.failures)
        )
        self.reschedule(host, until)

    def served(self, source: str, host: str, now: float) -> None:
        """The earliest task of a lane has gone from it: look for the next one."""
        self._connection.execute(
            """
            UPDATE lane SET due = coalesce((
                SELECT min(due) FROM task WHERE task.source = ?1 AND task.host = ?2 AND state = 0
            ), ?3) WHERE source = ?1 AND host = ?2
            """,
            (source, host, NEVER),
        )
        self.reschedule(host, now)

    def reschedule(self, host: str, now: float) -> None:
        """Say when each lane of a host may be served."""
        free = NEVER if self.full(host) else self.start(host, now)
        self._connection.execute("UPDATE lane SET ready = max(due, ?) WHERE host = ?", (free, host))

    def _ended(self, host: str) -> int:
        self._alone.discard(host)
        self._running[host] -= 1
        if self._running[host] <= 0:
            del self._running[host]
        return self._running[host]

    def _manners_of(self, host: str) -> tuple[float, int]:
        found = self._manners.get(host)
        if found is None:
            asked = [self._sources[name].manners for name in self.lanes(host) if name in self._sources]
            found = (
                max((one.delay_seconds for one in asked), default=0.0),
                min((one.connections for one in asked), default=1),
            )
            self._manners[host] = found
        return found

    def _pace(self, host: str) -> Pace:
        query = "SELECT asked_at, next_at, failures FROM host WHERE name = ?"
        for asked_at, next_at, failures in self._connection.execute(query, (host,)):
            return Pace(asked_at=asked_at, next_at=next_at, failures=failures)
        return Pace()

    def _keep(self, host: str, pace: Pace) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?)",
            (host, pace.asked_at, pace.next_at, pace.failures),
        )

"""Whom each document showed, and who wants not to be found. On the frontier's connection."""

from collections.abc import Iterable, Iterator

import apsw

from discovery.creator import CreatorId
from indexer.crawl.addresses import path_pattern
from indexer.crawl.document import Outcome
from indexer.crawl.frontier.file import hashed
from indexer.crawl.frontier.tasks import Ending, Stored

SHOWS_NOBODY = frozenset({Outcome.MOVED, Outcome.GONE, Outcome.NOINDEX})


class Shown:
    """Creators by document. Callers hold a transaction when they write."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def note(self, stored: Stored, ending: Ending) -> None:
        """Note whom a document shows now; who is new to its source counts for its kind of page."""
        if not ending.read and ending.outcome not in SHOWS_NOBODY:
            return
        known = "SELECT 1 FROM brought WHERE source = ? AND creator = ? LIMIT 1"
        creators = list(dict.fromkeys(ending.creators))
        new = sum(self._connection.execute(known, (stored.source, one)).get is None for one in creators)
        self._connection.execute("DELETE FROM brought WHERE task = ?", (stored.number,))
        rows = [(stored.source, one, stored.number) for one in creators]
        self._connection.executemany("INSERT INTO brought VALUES (?, ?, ?)", rows)
        if new:
            self._connection.execute(
                "UPDATE kind SET creators = creators + ? WHERE source = ? AND pattern = ?",
                (new, stored.source, hashed(path_pattern(stored.task.url))),
            )

    def by(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom a document showed when it was read last."""
        rows = self._connection.execute("SELECT creator FROM brought WHERE task = ?", (number,))
        return tuple(CreatorId(creator) for (creator,) in rows)

    def only_by(self, number: int) -> tuple[CreatorId, ...]:
        """Return whom no other document of its source showed."""
        query = """
            SELECT creator FROM brought AS mine WHERE task = ?1 AND NOT EXISTS (
                SELECT 1 FROM brought AS other
                WHERE other.source = mine.source AND other.creator = mine.creator AND other.task <> ?1
            )
        """
        return tuple(CreatorId(creator) for (creator,) in self._connection.execute(query, (number,)))

    def documents(self) -> Iterator[tuple[str, tuple[CreatorId, ...]]]:
        """Yield the address of every document that was read, and whom it showed."""
        rows = self._connection.execute("SELECT number, url FROM task WHERE read_at > 0 ORDER BY number")
        for number, url in rows.fetchall():
            yield str(url), self.by(int(str(number)))

    def unwilling(self, creators: Iterable[CreatorId], until: float) -> None:
        """Note who wants not to be found."""
        rows = [(hashed(one), until) for one in creators]
        self._connection.executemany("INSERT OR REPLACE INTO left_out VALUES (?, ?)", rows)

    def left_out(self, creators: Iterable[CreatorId], now: float) -> frozenset[CreatorId]:
        """Return those of some creators who want not to be found."""
        query = "SELECT 1 FROM left_out WHERE creator = ? AND until > ?"
        return frozenset(
            one for one in creators if self._connection.execute(query, (hashed(one), now)).get is not None
        )

"""Tasks and traces of people that are taken out of the crawl's file. On the frontier's connection."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import apsw

from discovery.creator import CreatorId
from indexer.crawl.addresses import path_pattern
from indexer.crawl.frontier.file import hashed

PAGE = 1_000
"""How many rows are read at a time."""


class Removal:
    """Takes rows out; callers hold a transaction, and rewrite the file where no byte may be left."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def task(self, number: int, source: str, url: str) -> None:
        """Delete a task; its place among the pages of its kind is free again."""
        run = self._connection.execute
        run("DELETE FROM task WHERE number = ?", (number,))
        run("UPDATE extent SET pages = max(0, pages - 1) WHERE source = ?", (source,))
        pattern = hashed(path_pattern(url))
        run("UPDATE kind SET pages = max(0, pages - 1) WHERE source = ? AND pattern = ?", (source, pattern))

    def unseen(self, source: str, before: float) -> int:
        """Delete the tasks of a source that were not seen, or found, since a time; return how many."""
        wanted = "source = ? AND max(seen_at, added_at) < ? AND state <> 1"
        return self._tasks(self._pages("number, source, url", wanted, (source, before)))

    def about(self, creators: Iterable[CreatorId]) -> int:
        """Delete the waiting tasks that are about some creators alone; return how many."""
        found = (self._pages("number, source, url", "creator = ? AND state = 0", (one,)) for one in creators)
        return sum(map(self._tasks, found))

    def people(self, by_id: Callable[[CreatorId], bool], by_address: Callable[[str], bool]) -> int:
        """Delete the tasks that are about somebody, and that documents showed them; return how many tasks."""
        rows = self._pages("number, source, url, creator", "1", ())
        gone = self._tasks(
            row[:3] for row in rows if (row[3] is not None and by_id(CreatorId(row[3]))) or by_address(row[2])
        )
        named = self._connection.execute("SELECT DISTINCT creator FROM brought").fetchall()
        told = [(one,) for (one,) in named if by_id(CreatorId(str(one)))]
        self._connection.executemany("DELETE FROM brought WHERE creator = ?", told)
        return gone

    def _tasks(self, rows: Iterable[tuple[Any, ...]]) -> int:
        gone = 0
        for number, source, url in rows:
            self.task(number, source, url)
            gone += 1
        return gone

    def _pages(self, columns: str, wanted: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM task WHERE {wanted} AND number > ? ORDER BY number LIMIT ?"  # noqa: S608
        after = 0
        while rows := self._connection.execute(query, (*values, after, PAGE)).fetchall():
            yield from rows
            after = int(str(rows[-1][0]))

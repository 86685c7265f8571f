"""The record of truth: every creator that was accepted, in one SQLite file.

Everything else (indexes, caches) can be built again from it. A call of `upsert` is one durable transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, StoreDamaged
from discovery.ports import Suppressed
from indexer.merge import merge
from indexer.records import from_json, to_json
from indexer.sqlite_file import FileKind, open_file, refusals, rewrite, transaction

Row = tuple[Any, ...]
PAGE = 256
"""How many records are read at a time while streaming."""

STORE = FileKind(
    title="the store",
    application_id=0x4E53_5354,
    schema_version=1,
    schema="""
        CREATE TABLE creator (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            revision INTEGER NOT NULL,
            record BLOB NOT NULL
        ) STRICT;
        CREATE INDEX creator_by_revision ON creator (revision);
        CREATE TABLE latest (revision INTEGER NOT NULL) STRICT;
        INSERT INTO latest VALUES (0);
    """,
    way_out="restore it from a backup, or move it away and import the source files again",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertReport:
    """What one `upsert` did, in creators."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0


class Store:
    """The stored creators. Use it as a context manager, in one thread; processes may share the file.

    Every method that reads or writes raises `StoreDamaged` when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        """Open the store, or create it.

        Raises:
            StoreDamaged: the file is damaged, of another program or of another schema version.
        """
        self._path = path
        self._connection = open_file(path, STORE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        self._connection.close()

    @property
    def count(self) -> int:
        """How many creators are stored."""
        return self._number("SELECT count(*) FROM creator")

    @property
    def revision(self) -> int:
        """Number of the last change. It grows with every call that changed or erased somebody."""
        return self._number("SELECT revision FROM latest")

    def upsert(
        self,
        creators: Iterable[Creator],
        suppressed: Suppressed | None = None,
        derive: Callable[[Creator], Creator] | None = None,
    ) -> UpsertReport:
        """Merge creators into what is known of them, all in one transaction, durable on return.

        Creators for whom `suppressed` says yes are left out. It is asked while nobody else can write: who is
        suppressed first and erased afterwards cannot slip back in between. `derive` is given each merged
        record, and returns it with what is worked out from the whole of it.
        """
        # Read before the transaction: an error of the caller's source is not an error of the store.
        batch = list(creators)
        counts: Counter[str] = Counter()
        with refusals(self._path, STORE), transaction(self._connection):
            revision = self._next_revision()
            for creator in batch:
                left_out = suppressed is not None and suppressed(creator)
                counts["suppressed" if left_out else self._write(creator, revision, derive)] += 1
            if counts["added"] or counts["changed"]:
                self._connection.execute("UPDATE latest SET revision = ?", (revision,))
        return UpsertReport(**counts)

    def get(self, creator: CreatorId) -> Creator:
        """Return one creator.

        Raises:
            CreatorNotFound: nobody of this id is stored.
        """
        found = self._record(creator)
        if found is None:
            raise CreatorNotFound(f"no creator {creator!r} is stored")
        return found

    def ids(self) -> Iterator[CreatorId]:
        """Yield every id, in order."""
        for (identity,) in self._pages("id"):
            yield CreatorId(identity)

    def creators(self, ids: Iterable[CreatorId] | None = None) -> Iterator[Creator]:
        """Yield creators in the order of their ids, all of them or those of `ids` that are stored.

        Records are read a page at a time: changes made meanwhile may or may not be seen.
        """
        if ids is None:
            for identity, record in self._pages("id, record"):
                yield self._decode(identity, record)
            return
        for identity in sorted(set(ids)):
            found = self._record(identity)
            if found is not None:
                yield found

    def changed_since(self, revision: int) -> Iterator[CreatorId]:
        """Yield the ids of creators added or changed after a revision, in the order of change.

        Who is changed meanwhile may come twice. Erased creators cannot be among them: compare `ids()`.
        """
        after = (revision, 1 << 62)
        query = """
            SELECT revision, number, id FROM creator
            WHERE (revision, number) > (?, ?) ORDER BY revision, number LIMIT ?
        """
        while rows := self._rows(query, (*after, PAGE)):
            for _, _, identity in rows:
                yield CreatorId(identity)
            after = (rows[-1][0], rows[-1][1])

    def erase(self, ids: Iterable[CreatorId]) -> int:
        """Erase creators so that no byte of them is left in the store's files; return how many there were.

        The whole file is written anew, which takes about a second for every 100 MB.
        """
        with refusals(self._path, STORE):
            with transaction(self._connection):
                before = self._connection.total_changes()
                self._connection.executemany("DELETE FROM creator WHERE id = ?", ((key,) for key in ids))
                erased = self._connection.total_changes() - before
                if erased:
                    self._connection.execute("UPDATE latest SET revision = ?", (self._next_revision(),))
            rewrite(self._connection)
        return erased

    def _next_revision(self) -> int:
        return self._number("SELECT revision + 1 FROM latest")

    def _write(self, creator: Creator, revision: int, derive: Callable[[Creator], Creator] | None) -> str:
        rows = self._rows("SELECT record FROM creator WHERE id = ?", (creator.id,))
        stored: bytes | None = rows[0][0] if rows else None
        known = None if stored is None else self._decode(creator.id, stored)
        merged = merge(known, creator)
        record = to_json(merged if derive is None else derive(merged))
        if stored is None:
            insert = "INSERT INTO creator (id, revision, record) VALUES (?, ?, ?)"
            self._connection.execute(insert, (creator.id, revision, record))
            return "added"
        if record == stored:
            return "unchanged"
        update = "UPDATE creator SET revision = ?, record = ? WHERE id = ?"
        self._connection.execute(update, (revision, record, creator.id))
        return "changed"

    def _record(self, creator: CreatorId) -> Creator | None:
        rows = self._rows("SELECT record FROM creator WHERE id = ?", (creator,))
        return self._decode(creator, rows[0][0]) if rows else None

    def _decode(self, identity: str, record: bytes) -> Creator:
        try:
            return from_json(record)
        except ValueError as error:
            message = f"the record of {identity!r} in {self._path} cannot be read ({error}); {STORE.way_out}"
            raise StoreDamaged(message) from error

    def _pages(self, columns: str) -> Iterator[Row]:
        """Yield rows in the order of ids, a page at a time, so that no read transaction stays open."""
        after = ""
        query = f"SELECT {columns} FROM creator WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608
        while rows := self._rows(query, (after, PAGE)):
            yield from rows
            after = rows[-1][0]

    def _number(self, query: str) -> int:
        return int(self._rows(query, ())[0][0])

    def _rows(self, query: str, values: tuple[str | int, ...]) -> list[Row]:
        with refusals(self._path, STORE):
            return self._connection.execute(query, values).fetchall()

"""The record of truth: every creator that was accepted, in one SQLite file.

Everything else (indexes, caches) can be built again from it. A call of `upsert` is one durable transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, StoreDamaged
from discovery.ports import Suppressed
from indexer.merge import merge
from indexer.records import from_json, to_json
from indexer.sqlite_file import open_file, refusals, rewrite, transaction
from indexer.store_schema import STORE
from indexer.withdrawal import without

Row = tuple[Any, ...]
PAGE = 256
"""How many records are read at a time while streaming."""

_NUMBER = "(SELECT number FROM creator WHERE id = ?)"

Derive = Callable[[Creator], Creator]
"""Returns a record with what is worked out from the whole of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertReport:
    """What one `upsert` did, in creators."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalReport:
    """How many records were changed, and how many erased since nobody else states them."""

    changed: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """One line of the audit: when a source's statements were purged by which rule, and how many records."""

    at: datetime
    source: str
    rule: str
    changed: int
    erased: int


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
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and not self._closed:
            self._rewrite_if_due()
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        self._closed = True
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
        derive: Derive | None = None,
    ) -> UpsertReport:
        """Merge creators into what is known of them, all in one transaction, durable on return.

        Creators for whom `suppressed` says yes are left out. It is asked while nobody else can write: who is
        suppressed first and erased afterwards cannot slip back in between. `derive` is given each merged
        record. Every source that a record names with a day has seen the creator on that day (see `seen`),
        whether or not that changed anything.
        """
        # Read before the transaction: an error of the caller's source is not an error of the store.
        batch = list(creators)
        counts: Counter[str] = Counter()
        with refusals(self._path, STORE), transaction(self._connection):
            revision = self._next_revision()
            for creator in batch:
                if suppressed is not None and suppressed(creator):
                    counts["suppressed"] += 1
                    continue
                counts[self._write(creator, revision, derive)] += 1
                for source, day in _sightings(creator).items():
                    self._note(source, creator.id, day)
            if counts["added"] or counts["changed"]:
                self._connection.execute("UPDATE latest SET revision = ?", (revision,))
        return UpsertReport(**counts)

    def seen(self, source: str, creators: Iterable[CreatorId], day: date) -> None:
        """Note that a source showed creators on a day, though it said nothing new.

        An earlier day than the one that is known changes nothing. All in one transaction. Those who are not
        stored are passed over.
        """
        batch = list(creators)
        with refusals(self._path, STORE), transaction(self._connection):
            for creator in batch:
                self._note(source, creator, day)

    def sightings(self, source: str) -> Iterator[tuple[CreatorId, date]]:
        """Yield whom a source showed, and on which day it showed them last."""
        after = 0
        query = """
            SELECT number, id, day FROM sighting CROSS JOIN creator ON number = sighting.creator
            WHERE source = ? AND sighting.creator > ? ORDER BY sighting.creator LIMIT ?
        """
        while rows := self._rows(query, (source, after, PAGE)):
            for _, identity, day in rows:
                yield CreatorId(identity), date.fromisoformat(day)
            after = rows[-1][0]

    def linked(self) -> Iterator[Creator]:
        """Yield the creators whose profiles give links, in any order: what they are known by, and no more.

        That is id, platform, name, handle, address and links; records are not read.
        """
        after = 0
        query = """
            SELECT number, id, profile FROM linked CROSS JOIN creator ON number = linked.creator
            WHERE linked.creator > ? ORDER BY linked.creator LIMIT ?
        """
        while rows := self._rows(query, (after, PAGE)):
            for _, identity, profile in rows:
                yield self._decode(identity, profile)
            after = rows[-1][0]

    def withdraw(
        self, source: str, creators: Iterable[CreatorId], derive: Derive | None = None
    ) -> WithdrawalReport:
        """Take away what a source stated of creators: its fields, posts and sightings; durable on return.

        What other sources state stays, and takes the place of what it was held against. Records that no other
        source states are erased. The next update of an index shows none of it, and the next whole build
        leaves no byte of it there. None is left in the store's files when they are written anew: at the end
        of the context, by `purge`, or by `erase`; after a kill, by the next of these.
        """
        batch = list(creators)
        with refusals(self._path, STORE), transaction(self._connection):
            return self._withdraw(source, batch, derive)

    def purge(
        self, source: str, before: date, at: datetime, *, rule: str = "", derive: Derive | None = None
    ) -> WithdrawalReport:
        """Withdraw a source's statements on all whom it has not shown since `before`, with an audit row.

        One transaction. `at` is when, `rule` says in words why; by default that they were not seen since. The
        file is written anew when anything was taken away, which takes about a second for every 100 MB.
        """
        query = """
            SELECT id FROM sighting JOIN creator ON number = creator WHERE source = ? AND day < ? ORDER BY id
        """
        audit = "INSERT INTO purge (at, source, rule, changed, erased) VALUES (?, ?, ?, ?, ?)"
        with refusals(self._path, STORE):
            with transaction(self._connection):
                due = [CreatorId(row[0]) for row in self._rows(query, (source, before.isoformat()))]
                report = self._withdraw(source, due, derive)
                told = (rule or f"not seen since {before}", report.changed, report.erased)
                self._connection.execute(audit, (at.isoformat(timespec="seconds"), source, *told))
            self._rewrite_if_due()
        return report

    @property
    def removed_at(self) -> int:
        """Revision of the last removal of which indexes and caches may hold bytes still; 0: of none."""
        return self._number("SELECT cleaning FROM due")

    def cleaned(self, revision: int) -> None:
        """Note that nothing holds bytes any more of what was removed up to a revision."""
        with refusals(self._path, STORE), transaction(self._connection):
            self._connection.execute("UPDATE due SET cleaning = 0 WHERE cleaning <= ?", (revision,))

    def purges(self) -> list[Purge]:
        """The audit of all purges, oldest first."""
        rows = self._rows("SELECT at, source, rule, changed, erased FROM purge ORDER BY number", ())
        return [
            Purge(at=datetime.fromisoformat(at), source=source, rule=rule, changed=changed, erased=erased)
            for at, source, rule, changed, erased in rows
        ]

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
                erased = sum(map(self._delete, ids))
                if erased:
                    self._note_removal(self._next_revision())
                self._connection.execute("UPDATE due SET rewriting = 1")
            self._rewrite_if_due()
        return erased

    def _withdraw(self, source: str, creators: list[CreatorId], derive: Derive | None) -> WithdrawalReport:
        counts: Counter[str] = Counter()
        revision = self._next_revision()
        for creator in dict.fromkeys(creators):
            stored = self._record(creator)
            if stored is None:
                continue
            left = without(stored, source)
            if left is None:
                counts["erased"] += self._delete(creator)
            elif left != stored:
                self._update(derive(left) if derive else left, revision)
                counts["changed"] += 1
            unseen = f"DELETE FROM sighting WHERE source = ? AND creator = {_NUMBER}"  # noqa: S608
            self._connection.execute(unseen, (source, creator))
        if counts:
            self._note_removal(revision)
        return WithdrawalReport(**counts)

    def _note_removal(self, revision: int) -> None:
        """Let updates of indexes hear of it, and remember where bytes may be left."""
        self._connection.execute("UPDATE latest SET revision = ?", (revision,))
        self._connection.execute("UPDATE due SET rewriting = 1, cleaning = ?", (revision,))

    def _rewrite_if_due(self) -> None:
        """Write the file anew where bytes of what was taken away may be left, by a killed process too."""
        if self._number("SELECT rewriting FROM due"):
            with refusals(self._path, STORE):
                rewrite(self._connection)
                with transaction(self._connection):
                    self._connection.execute("UPDATE due SET rewriting = 0")

    def _note(self, source: str, creator: CreatorId, day: date) -> None:
        self._connection.execute(
            """
            INSERT INTO sighting SELECT number, ?, ? FROM creator WHERE id = ?
            ON CONFLICT (creator, source) DO UPDATE SET day = max(day, excluded.day)
            """,
            (source, day.isoformat(), creator),
        )

    def _delete(self, creator: CreatorId) -> int:
        self._connection.execute("DELETE FROM creator WHERE id = ?", (creator,))
        return self._connection.changes()

    def _next_revision(self) -> int:
        return self._number("SELECT revision + 1 FROM latest")

    def _write(self, creator: Creator, revision: int, derive: Callable[[Creator], Creator] | None) -> str:
        rows = self._rows("SELECT record FROM creator WHERE id = ?", (creator.id,))
        stored: bytes | None = rows[0][0] if rows else None
        known = None if stored is None else self._decode(creator.id, stored)
        merged = merge(known, creator)
        merged = merged if derive is None else derive(merged)
        record = to_json(merged)
        if stored is None:
            insert = "INSERT INTO creator (id, revision, record) VALUES (?, ?, ?)"
            self._connection.execute(insert, (creator.id, revision, record))
            self._note_links(merged)
            return "added"
        if record == stored:
            return "unchanged"
        self._update(merged, revision)
        return "changed"

    def _update(self, creator: Creator, revision: int) -> None:
        update = "UPDATE creator SET revision = ?, record = ? WHERE id = ?"
        self._connection.execute(update, (revision, to_json(creator), creator.id))
        self._connection.execute(f"DELETE FROM linked WHERE creator = {_NUMBER}", (creator.id,))  # noqa: S608
        self._note_links(creator)

    def _note_links(self, creator: Creator) -> None:
        if creator.links:
            insert = "INSERT INTO linked SELECT number, ? FROM creator WHERE id = ?"
            self._connection.execute(insert, (to_json(_profile(creator)), creator.id))

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


def _profile(creator: Creator) -> Creator:
    """What tells whose profile it is."""
    return Creator(
        id=creator.id,
        platform=creator.platform,
        name=creator.name,
        handle=creator.handle,
        url=creator.url,
        links=creator.links,
    )


def _sightings(creator: Creator) -> dict[str, date]:
    """Every source that a record names with a day, and its latest day."""
    days: dict[str, date] = {}
    for origin in creator.provenance.values():
        if origin.observed_at is not None:
            days[origin.source] = max(origin.observed_at, days.get(origin.source, origin.observed_at))
    return days

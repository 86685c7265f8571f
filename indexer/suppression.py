"""Who asked to be left out. Holds keyed hashes only, and outlives the store and every index.

Creators are recognised by id, by platform and handle, and by profile address, so that another source which
knows the same person by another id is refused too.
"""

import hmac
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from discovery.creator import Creator, CreatorId
from discovery.errors import StoreDamaged
from indexer.sqlite_file import FileKind, open_file, refusals, transaction
from indexer.suppression_key import create_key, key_path, read_key
from indexer.suppression_marks import marks_of, marks_of_address, marks_of_id

SUPPRESSION = FileKind(
    title="the suppression list",
    application_id=0x4E53_534C,
    schema_version=1,
    # `proof` is the hash of a fixed text: it tells whether the key is the one the list was made with.
    schema="""
        CREATE TABLE proof (hash BLOB NOT NULL) STRICT;
        CREATE TABLE suppressed (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
    """,
    way_out="restore it together with its key from a backup, or people who asked to be left out return",
)


class SuppressionList:
    """The list and its key. Safe to share between threads, but open it after a fork, never before.

    What another process adds is seen by the next question, without reopening.
    """

    def __init__(self, path: Path) -> None:
        """Open the list, or create it with a new key.

        Raises:
            StoreDamaged: the list or its key is damaged, or one of the two is missing.
        """
        self._path = path
        self._lock = Lock()
        secret = key_path(path)
        if read_key(secret) is not None and not (path.exists() and path.stat().st_size):
            message = f"the suppression list {path} is missing but its key {secret.name} is there"
            raise StoreDamaged(
                f"{message}; {SUPPRESSION.way_out}. To begin an empty list on purpose, delete the key"
            )
        self._connection = open_file(path, SUPPRESSION)
        try:
            self._key = self._agree_on_key(secret)
            self._version = -1
            self._hashes: frozenset[bytes] = frozenset()
            self._current()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        with self._lock:
            self._connection.close()

    @property
    def count(self) -> int:
        """How many hashes the list holds: one to three a creator."""
        return len(self._current())

    def add(self, creator: Creator) -> None:
        """Suppress a creator by everything that is known of them; on disk on return."""
        self._add(marks_of(creator))

    def add_id(self, creator: CreatorId) -> None:
        """Suppress somebody of whom only the id is known; on disk on return."""
        self._add(marks_of_id(creator))

    def is_suppressed(self, creator: Creator) -> bool:
        """Whether this creator asked to be left out; takes microseconds.

        Raises:
            StoreDamaged: the list cannot be read any more.
        """
        hashes = self._current()
        return bool(hashes) and self._holds(hashes, marks_of(creator))

    def is_suppressed_id(self, creator: CreatorId) -> bool:
        """Whether the creator of this id asked to be left out, as far as the id alone can tell.

        Raises:
            StoreDamaged: the list cannot be read any more.
        """
        hashes = self._current()
        return bool(hashes) and self._holds(hashes, marks_of_id(creator))

    def is_suppressed_address(self, url: str) -> bool:
        """Whether an address is the profile of somebody who asked to be left out, as it was known then.

        Raises:
            StoreDamaged: the list cannot be read any more.
        """
        hashes = self._current()
        return bool(hashes) and self._holds(hashes, marks_of_address(url))

    def _add(self, marks: Iterable[str]) -> None:
        rows = [(self._hash(mark),) for mark in marks]
        with self._lock, refusals(self._path, SUPPRESSION), transaction(self._connection):
            self._connection.executemany("INSERT OR IGNORE INTO suppressed VALUES (?)", rows)
            self._version = -1  # SQLite announces the changes of other connections only

    def _holds(self, hashes: frozenset[bytes], marks: Iterable[str]) -> bool:
        return any(self._hash(mark) in hashes for mark in marks)

    def _hash(self, mark: str) -> bytes:
        return hmac.digest(self._key, mark.encode(), "sha256")

    def _current(self) -> frozenset[bytes]:
        """Return the hashes, read again if the file changed."""
        with self._lock, refusals(self._path, SUPPRESSION):
            version = self._connection.pragma("data_version")
            if version != self._version:
                rows: list[tuple[Any, ...]] = self._connection.execute(
                    "SELECT hash FROM suppressed"
                ).fetchall()
                self._hashes = frozenset(stored for (stored,) in rows)
                self._version = version
            return self._hashes

    def _agree_on_key(self, secret: Path) -> bytes:
        """Read the key or make it, and hold it against the list's proof."""
        with refusals(self._path, SUPPRESSION), transaction(self._connection):
            proof: bytes | None = self._connection.execute("SELECT hash FROM proof").get
            key = read_key(secret)
            if key is None and proof is not None and self._has_entries():
                message = f"the key {secret} of the suppression list is missing"
                raise StoreDamaged(f"{message}; {SUPPRESSION.way_out}")
            if key is None:
                key, proof = create_key(secret), None
            expected = hmac.digest(key, b"nichescout suppression list", "sha256")
            if proof is None:
                self._connection.execute("DELETE FROM proof")
                self._connection.execute("INSERT INTO proof VALUES (?)", (expected,))
            elif not hmac.compare_digest(proof, expected):
                message = f"the key {secret} is not the one that the suppression list was made with"
                raise StoreDamaged(f"{message}; {SUPPRESSION.way_out}")
        return key

    def _has_entries(self) -> bool:
        return bool(self._connection.execute("SELECT count(*) FROM suppressed").get)

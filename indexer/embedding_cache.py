"""Vectors that were computed before, by encoder and text, so that a build encodes only what is new.

The cache can be lost without harm: a damaged file is set aside and begun anew, and a damaged vector counts
as missing. It may hold vectors of personal texts, earlier ones among them, so forgetting somebody means
keeping only the texts of the others.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from zlib import crc32

import apsw
import numpy as np
from numpy.typing import NDArray

from discovery.errors import StoreDamaged
from indexer.sqlite_file import FileKind, open_file, refusals, require_sqlite, rewrite, transaction

_LOG = logging.getLogger(__name__)
_DAMAGE = (apsw.NotADBError, apsw.CorruptError)
_COUNT = "SELECT count(*) FROM vector"
_PUT = """
    INSERT INTO vector (encoder, text_hash, checksum, numbers) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (text_hash, encoder) DO UPDATE SET checksum = ?3, numbers = ?4
"""

Answer = TypeVar("Answer")
Lookup = tuple[NDArray[np.float32], NDArray[np.bool_]]

CACHE = FileKind(
    title="the embedding cache",
    application_id=0x4E53_4543,
    schema_version=1,
    # Vectors lie in the order in which they were put, which is the order of the next build; only the small
    # index is in the random order of the hashes. Ten vectors of 384 numbers fill a page.
    page_size=16_384,
    schema="""
        CREATE TABLE encoder (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            dimension INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE vector (
            number INTEGER PRIMARY KEY,
            encoder INTEGER NOT NULL REFERENCES encoder,
            text_hash BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            numbers BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX vector_by_text ON vector (text_hash, encoder);
    """,
    way_out="delete it: everything is then encoded anew",
)


def text_hash(text: str) -> bytes:
    """Return the 16 bytes under which a text is known to the cache (BLAKE2b, not keyed)."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class EmbeddingCache:
    """Cached vectors of any number of encoders, float32, exact. Use it in one thread, as a context manager.

    `warnings` lists what went wrong and was survived; the same lines are logged.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache, or create it; a damaged file is set aside.

        Raises:
            StoreDamaged: the file cannot be opened for another reason, such as missing rights.
        """
        require_sqlite(apsw.sqlite_lib_version())
        self._path = path
        self.warnings: list[str] = []
        try:
            self._connection = open_file(path, CACHE)
        except StoreDamaged as error:
            if error.__cause__ and not isinstance(error.__cause__, _DAMAGE):
                raise  # held by another process, say: there is nothing wrong with the file
            self._set_aside(error)

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
        """How many vectors are cached, over all encoders."""
        number: int | None = self._survive(lambda: self._connection.execute(_COUNT).get)
        return number or 0

    def get(self, encoder_id: str, texts: Sequence[str], dimension: int | None = None) -> Lookup:
        """Look texts up: vectors of shape [texts, dimension], and which of them were found.

        Rows that were not found are zero. Without `dimension` it is that of the encoder's cached vectors, 0
        when there are none yet; cached vectors of another dimension count as missing.
        """
        answer = self._survive(lambda: self._look_up(encoder_id, texts, dimension))
        if answer is None:
            return _nothing(len(texts), dimension or 0)
        return answer

    def put(self, encoder_id: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of texts, shape [texts, dimension]; on disk on return.

        When the disk is full or another process holds the file, a warning is all that comes of it. Vectors of
        another dimension than an encoder's cached ones replace all of those.
        """
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        if rows.ndim != 2 or len(rows) != len(texts):
            raise ValueError(f"{len(texts)} texts need as many vectors, not an array of shape {rows.shape}")
        if not len(rows):
            return
        if self._survive(lambda: self._write(encoder_id, texts, rows)) is None:
            self._survive(lambda: self._write(encoder_id, texts, rows))

    def keep_only(self, texts: Iterable[str]) -> int:
        """Forget all other texts, for all encoders, so that no byte of them is left; return how many vectors.

        A damaged file is deleted, and so is one that was set aside: nobody can tell what it holds.

        Raises:
            StoreDamaged: the others could not be forgotten; the message says why.
        """
        kept = {text_hash(text) for text in texts}
        try:
            with refusals(self._path, CACHE):
                return self._erase_others(kept)
        except StoreDamaged as error:
            if not isinstance(error.__cause__, _DAMAGE):
                raise
            self.close()
            self._set_aside(error)
            return 0
        finally:
            self._damaged_path.unlink(missing_ok=True)

    @property
    def _damaged_path(self) -> Path:
        return self._path.with_name(self._path.name + ".damaged")

    def _encoder(self, encoder_id: str) -> tuple[int, int]:
        query = "SELECT number, dimension FROM encoder WHERE id = ?"
        known: tuple[int, int] | None = self._connection.execute(query, (encoder_id,)).get
        return known or (0, 0)

    def _look_up(self, encoder_id: str, texts: Sequence[str], dimension: int | None) -> Lookup:
        number, cached_dimension = self._encoder(encoder_id)
        vectors, found = _nothing(len(texts), cached_dimension if dimension is None else dimension)
        query = "SELECT ?1, checksum, numbers FROM vector WHERE text_hash = ?2 AND encoder = ?3"
        keys = ((row, text_hash(text), number) for row, text in enumerate(texts))
        size = vectors.shape[1] * vectors.itemsize
        for row, checksum, numbers in self._connection.executemany(query, keys):
            if len(numbers) == size and crc32(numbers) == checksum:
                vectors[row] = np.frombuffer(numbers, dtype=np.float32)
                found[row] = True
        return vectors, found

    def _write(self, encoder_id: str, texts: Sequence[str], rows: NDArray[np.float32]) -> bool:
        with transaction(self._connection):
            number, dimension = self._encoder(encoder_id)
            if dimension != rows.shape[1]:
                self._connection.execute("DELETE FROM vector WHERE encoder = ?", (number,))
                self._connection.execute("DELETE FROM encoder WHERE number = ?", (number,))
                insert = "INSERT INTO encoder (id, dimension) VALUES (?, ?)"
                self._connection.execute(insert, (encoder_id, rows.shape[1]))
                number = self._connection.last_insert_rowid()
            self._connection.executemany(_PUT, _rows(number, texts, rows))
        return True

    def _erase_others(self, kept: Set[bytes]) -> int:
        with transaction(self._connection):
            known = self._connection.execute("SELECT number, text_hash FROM vector INDEXED BY vector_by_text")
            gone = [(number,) for number, hashed in known if hashed not in kept]
            self._connection.executemany("DELETE FROM vector WHERE number = ?", gone)
        rewrite(self._connection)
        return len(gone)

    def _survive(self, work: Callable[[], Answer]) -> Answer | None:
        """Return what the work returns, or `None`: a damaged file is set aside, anything else warned of."""
        try:
            return work()
        except _DAMAGE as error:
            self.close()
            self._set_aside(error)
        except apsw.Error as error:
            self._warn(f"the embedding cache {self._path} was not used ({error})")
        return None

    def _set_aside(self, error: Exception) -> None:
        self._path.replace(self._damaged_path)
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._connection = open_file(self._path, CACHE)
        self._warn(
            f"the embedding cache could not be read ({error}); it was set aside as {self._damaged_path.name} "
            "and begun anew, so everything is encoded again"
        )

    def _warn(self, message: str) -> None:
        self.warnings.append(message)
        _LOG.warning("%s", message)


def _nothing(texts: int, dimension: int) -> Lookup:
    return np.zeros((texts, dimension), dtype=np.float32), np.zeros(texts, dtype=np.bool_)


def _rows(
    encoder: int, texts: Sequence[str], vectors: NDArray[np.float32]
) -> Iterator[tuple[int, bytes, int, bytes]]:
    for text, vector in zip(texts, vectors, strict=True):
        numbers = vector.tobytes()
        yield encoder, text_hash(text), crc32(numbers), numbers

"""One way to open an SQLite file of ours, and to say what is wrong with one that is not."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from discovery.errors import StoreDamaged

OLDEST_SQLITE = (3, 51, 3)
"""Earlier versions can corrupt a write-ahead log that two connections use at once."""
BUSY_TIMEOUT_MS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file: what it is called, its marks in the header, its tables, and what to do without it.

    `migrations` holds, by schema version, what makes a file of that version one of the next. All that a file
    needs is done when it is opened, in one transaction.
    """

    title: str
    application_id: int
    schema_version: int
    schema: str
    way_out: str
    page_size: int = 4096
    migrations: Mapping[int, str] = field(default_factory=dict)

    def readable(self, version: int) -> bool:
        """Whether files of a schema version can be used, as they are or made newer."""
        return all(earlier in self.migrations for earlier in range(version, self.schema_version)) and (
            0 < version <= self.schema_version
        )


def require_sqlite(version: str) -> None:
    """Refuse an SQLite library that can corrupt the files.

    Raises:
        StoreDamaged: the version is too old.
    """
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise StoreDamaged(
            f"SQLite {version} can damage its write-ahead log; install apsw {wanted} or later: "
            f"pip install 'apsw>={wanted}'"
        )


def open_file(path: Path, kind: FileKind) -> apsw.Connection:
    """Open or create a file of a kind: WAL, synchronous, secure delete, readable by its owner only.

    Raises:
        StoreDamaged: the file is damaged, of another program or of another schema version.
    """
    require_sqlite(apsw.sqlite_lib_version())
    with refusals(path, kind):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = apsw.Connection(str(path))
        try:
            _prepare(connection, path, kind)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def refusals(path: Path, kind: FileKind) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into `StoreDamaged`, with the way out."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreDamaged(f"{kind.title} {path} is damaged ({error}); {kind.way_out}") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        message = f"{kind.title} {path} has been in use by another process for {BUSY_TIMEOUT_MS // 1000} s"
        raise StoreDamaged(f"{message}; wait for it to end, then try again") from error
    except apsw.FullError as error:
        message = f"{kind.title} {path} cannot grow: the disk is full; free some space, then try again"
        raise StoreDamaged(message) from error
    except (apsw.Error, OSError) as error:
        raise StoreDamaged(f"{kind.title} {path} cannot be used ({error}); {kind.way_out}") from error


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Write all or nothing, and hold the right to write from the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def rewrite(connection: apsw.Connection) -> None:
    """Write the whole file anew and empty its log, so that deleted bytes are in neither.

    Secure delete alone is not enough: cells that moved when a page was split leave copies behind.

    Raises:
        apsw.BusyError: another process kept reading the old state for the whole busy timeout.
    """
    connection.execute("VACUUM")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
    if busy:
        raise apsw.BusyError("the log could not be emptied")


def _prepare(connection: apsw.Connection, path: Path, kind: FileKind) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    _refuse_others(connection, path, kind)
    for pragma in (
        f"page_size={kind.page_size}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if _mark(connection, "user_version") != kind.schema_version:
        with transaction(connection):
            # Another process may have done it meanwhile, or be of a later version and have done more.
            _refuse_others(connection, path, kind)
            _bring_up(connection, kind)


def _bring_up(connection: apsw.Connection, kind: FileKind) -> None:
    """Make the tables of a new file, or change those of an older one."""
    version = _mark(connection, "user_version")
    if version == 0:
        connection.execute(kind.schema)
        connection.execute(f"PRAGMA application_id={kind.application_id}")
    else:
        for earlier in range(version, kind.schema_version):
            connection.execute(kind.migrations[earlier])
    connection.execute(f"PRAGMA user_version={kind.schema_version}")


def _refuse_others(connection: apsw.Connection, path: Path, kind: FileKind) -> None:
    """Empty files pass: they are new."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()[0]
    owner, version = _mark(connection, "application_id"), _mark(connection, "user_version")
    if not tables and not owner and not version:
        return
    if owner != kind.application_id:
        message = f"{path} is not {kind.title} but a database of another program"
        raise StoreDamaged(f"{message}; {kind.way_out}")
    if not kind.readable(version):
        message = (
            f"{kind.title} {path} has schema version {version}, this program reads {kind.schema_version}"
        )
        raise StoreDamaged(f"{message}; use the version of NicheScout that wrote it, or {kind.way_out}")


def _mark(connection: apsw.Connection, pragma: str) -> int:
    value: int = connection.pragma(pragma)
    return value

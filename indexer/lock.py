"""One builder, and one crawl, at a time on one machine."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from discovery.errors import NicheScoutError
from indexer.index import IndexBusy


def held(path: Path, place: str) -> AbstractContextManager[None]:
    """Hold a lock file; the lock goes with the process, however it ends. `place` is what is being built in.

    Raises:
        IndexBusy: another process holds it.
    """
    return locked(path, IndexBusy(f"another process is building in {place}; wait for it and try again"))


@contextmanager
def locked(path: Path, refusal: NicheScoutError) -> Iterator[None]:
    """Hold a lock file; the lock goes with the process, however it ends.

    Raises:
        NicheScoutError: `refusal`, when another process holds it.
    """
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refusal from None
        yield

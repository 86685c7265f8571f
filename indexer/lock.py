"""One builder at a time on one machine."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.index import IndexBusy


@contextmanager
def held(path: Path, place: str) -> Iterator[None]:
    """Hold a lock file; the lock goes with the process, however it ends. `place` is what is being built in.

    Raises:
        IndexBusy: another process holds it.
    """
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"another process is building in {place}; wait for it and try again"
            raise IndexBusy(message) from None
        yield

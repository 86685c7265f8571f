"""Where documents are read: in threads, or in processes of their own, and never longer than they may take."""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")

THREADS = 2
TRIES = 3
"""How often a document is read whose process ended: it may have been another document's fault."""
PRELOADED = ["indexer.crawl.loop.reading_step", "indexer.crawl.readers"]


class NotRead(Exception):
    """A document that took too long, or ended the process that read it; the text says which."""


class ReadingRooms:
    """Runs functions off the event loop: with `processes`, on as many cores; else in two threads.

    A process that takes too long is killed, and so are those beside it, whose documents are read again. A
    thread that takes too long cannot be killed, and is left to itself. Functions and values must be
    picklable.
    """

    def __init__(self, processes: int, seconds: float) -> None:
        self._processes = processes
        self._seconds = seconds
        self._rooms = self._open()
        # Else the time of a document would begin while it waits for others to be read.
        self._free = asyncio.Semaphore(processes or THREADS)

    def close(self) -> None:
        """Read nothing more."""
        self._abandon(self._rooms)

    async def read(self, work: Callable[[], Result]) -> Result:
        """Run a function.

        Raises:
            NotRead: it took too long, or ended its process twice.
        """
        async with self._free:
            for _ in range(TRIES):
                rooms = self._rooms
                try:
                    async with asyncio.timeout(self._seconds):
                        return await asyncio.get_running_loop().run_in_executor(rooms, work)
                except TimeoutError:
                    self._renew(rooms)
                    raise NotRead(f"reading took longer than {self._seconds:g} s") from None
                except (BrokenProcessPool, asyncio.CancelledError) as error:
                    if isinstance(error, asyncio.CancelledError) and rooms is self._rooms:
                        raise
                    self._renew(rooms)
        raise NotRead("reading it ended the process that read it")

    def _open(self) -> Executor:
        if not self._processes:
            return ThreadPoolExecutor(THREADS, "reading")
        context = get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        return ProcessPoolExecutor(self._processes, context, initializer=_ignore_interrupts)

    def _renew(self, rooms: Executor) -> None:
        """Take other processes in the place of some; once, however many documents were read in them."""
        if self._processes and rooms is self._rooms:
            self._rooms = self._open()
            self._abandon(rooms)

    def _abandon(self, rooms: Executor) -> None:
        readers = list((getattr(rooms, "_processes", None) or {}).values())
        rooms.shutdown(wait=False, cancel_futures=True)
        for reader in readers:  # an executor cannot be told to end the work that has begun
            with suppress(OSError, ValueError):
                reader.kill()


def _ignore_interrupts() -> None:
    """Ctrl-C is for the crawl: it lets what is being read come to an end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

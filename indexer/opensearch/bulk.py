"""The bulk loop: operations go in one by one, and come to the cluster in groups, in order.

Ids are explicit, so what may have been carried out can be sent again. One hole is left: a node that stood
still may carry out a request after its repetition and what followed it, so a document that is written again
within seconds can fall back to its earlier state.
"""

import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Self

from indexer.opensearch.bulk_requests import Group, Operation, line
from indexer.opensearch.connection import Connection
from indexer.opensearch.delivery import Abandoned, Delivery, Patience, Report, too_large

__all__ = ["BulkLoader", "Operation", "Report"]

MAX_BYTES = 10_000_000
AIM_BYTES = 4_000_000
MAX_OPERATIONS = 2_000
DEADLINE_SECONDS = 300.0
ATTEMPT_SECONDS = 60.0
_WAITING_GROUPS = 2
_ABANDONED_SECONDS = 5.0
"""What is carried out later than that meets whatever is done next."""


class BulkLoader:
    """Loads a cluster. Use it in one thread, in a `with`: leaving by an error abandons what is not yet sent.

    `acknowledged` is called with the last marker of each group once everything up to it is on the cluster, in
    order, and `on_progress` with the report so far; both in the thread that adds.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        max_bytes: int = MAX_BYTES,
        aim_bytes: int = AIM_BYTES,
        max_operations: int = MAX_OPERATIONS,
        deadline: float = DEADLINE_SECONDS,
        attempt_seconds: float = ATTEMPT_SECONDS,
        pipelined: bool = True,
        acknowledged: Callable[[object], None] | None = None,
        on_progress: Callable[[Report], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Prepare. A group has about `aim_bytes`, never more than `max_bytes` unless it is one operation.

        `deadline` is how long, in seconds, one group is tried in all, `attempt_seconds` one request.
        `pipelined` sends from a thread of its own, so that the next groups are made meanwhile.
        """
        self._max_bytes = max_bytes
        self._max_operations = max_operations
        self._acknowledged, self._on_progress = acknowledged, on_progress
        self._delivery = Delivery(
            connection=connection,
            patience=Patience(deadline=deadline, attempt=attempt_seconds),
            clock=clock,
            sleep=sleep or self._doze,
            chance=chance,
            aim=min(aim_bytes, max_bytes),
        )
        self._group = Group()
        self._report = Report()
        self._ended = False
        self._delivered: deque[tuple[Report, object]] = deque()
        self._error: BaseException | None = None
        self._queue: Queue[Group | None] = Queue(_WAITING_GROUPS)
        self._thread = Thread(target=self._work, name="bulk", daemon=True) if pipelined else None
        if self._thread:
            self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()

    @property
    def report(self) -> Report:
        """What is on the cluster so far, as far as the adding thread has heard."""
        return self._report

    def add(self, operation: Operation) -> None:
        """Take an operation; it is sent with others, at the latest by `flush` or `close`.

        Raises:
            EngineRefused, EngineUnavailable: this or an earlier one could not be brought to the cluster.
        """
        if self._ended:
            raise ValueError("this loader was closed")
        self._hear()
        one = line(operation)
        if len(one.data) > self._max_bytes:
            raise too_large(one, self._max_bytes)
        if self._group.full_for(one, aim=self._delivery.aim, operations=self._max_operations):
            self._dispatch()
        self._group.add(one)

    def flush(self) -> None:
        """Wait until everything that was added is acknowledged.

        Raises:
            EngineRefused, EngineUnavailable: something could not be brought to the cluster.
        """
        self._dispatch()
        if self._thread:
            self._queue.join()
        self._hear()

    def close(self) -> None:
        """Flush and end; raises what `flush` raises."""
        try:
            self.flush()
        except BaseException:
            self.abandon()
            raise
        self._end()

    def abandon(self) -> None:
        """End without sending what waits. A request on its way is waited for, but not longer than a while."""
        self._delivery.stopped.set()
        self._group = Group()
        with suppress(Empty):
            while True:
                self._queue.get_nowait()
        self._end()

    def _dispatch(self) -> None:
        group, self._group = self._group, Group()
        if not group.lines:
            return
        if self._thread:
            self._queue.put(group)
        else:
            self._deliver(group)
        self._hear()

    def _work(self) -> None:
        while (group := self._queue.get()) is not None:
            if self._error is None:
                self._deliver(group)
            self._queue.task_done()

    def _deliver(self, group: Group) -> None:
        try:
            report = self._delivery.deliver(list(group.lines.values()))
        except BaseException as error:  # it surfaces in the thread that adds
            self._error = error
        else:
            self._delivered.append((report, group.marker))

    def _hear(self) -> None:
        """Tell the caller what was delivered meanwhile, then what failed."""
        while self._delivered:
            report, marker = self._delivered.popleft()
            self._report = self._report.plus(report)
            if self._acknowledged and marker is not None:
                self._acknowledged(marker)
            if self._on_progress:
                self._on_progress(self._report)
        if self._error is not None and not isinstance(self._error, Abandoned):
            raise self._error

    def _doze(self, seconds: float) -> None:
        self._delivery.stopped.wait(seconds)

    def _end(self) -> None:
        self._ended = True
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._queue.put(None)
        thread.join(_ABANDONED_SECONDS if self._delivery.stopped.is_set() else None)

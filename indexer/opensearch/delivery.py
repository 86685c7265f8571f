"""One group of operations brought to the cluster: sent, checked by item, sent again until it is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from threading import Event

from discovery.errors import EngineRefused, EngineUnavailable, NicheScoutError
from indexer.opensearch.backoff import pause
from indexer.opensearch.bulk_requests import Line, Setback, Verdict, halves, named, read_answer
from indexer.opensearch.connection import Connection
from indexer.opensearch.failures import Failure, Stage, unblock

LONGEST_PAUSE = 30.0
_TOO_LARGE, _BUSY = 413, 429
_STUCK_BEFORE_SPLIT = 3


class Abandoned(Exception):
    """The caller gave up; nobody waits for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was brought to the cluster so far. `bytes` are those of accepted operations, as sent.

    `retried` counts operations that were sent again, `splits` the requests that were sent as two.
    """

    documents: int = 0
    deletions: int = 0
    bytes: int = 0
    requests: int = 0
    retried: int = 0
    splits: int = 0

    def plus(self, other: "Report") -> "Report":
        """Add two up."""
        names = (field.name for field in fields(self))
        return Report(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(slots=True)
class _Try:
    """Where one group, or a half of it, stands."""

    lines: Sequence[Line]
    setback: Failure | Setback | None = None
    tries: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long is tried, in seconds: `deadline` for a group in all, `attempt` for one request."""

    deadline: float
    attempt: float


@dataclass(slots=True)
class Delivery:
    """Delivers groups, one after the other. `aim` shrinks when the cluster finds a request too large."""

    connection: Connection
    patience: Patience
    clock: Callable[[], float]
    sleep: Callable[[float], object]
    chance: Callable[[], float]
    aim: int
    stopped: Event = field(default_factory=Event)

    def deliver(self, lines: Sequence[Line]) -> Report:
        """Return when the cluster has acknowledged every line.

        Raises:
            EngineUnavailable: not within the deadline, because the cluster was not there or too busy.
            EngineRefused: a document, the credentials or the size is not accepted, or a block stayed.
            Abandoned: `stopped` was set.
        """
        return self._deliver(_Try(lines), self.clock())

    def _deliver(self, current: _Try, began: float) -> Report:
        report = Report()
        while True:
            left = began + self.patience.deadline - self.clock()
            if left <= 0:
                raise self._gave_up(current)
            again = len(current.lines) if current.tries else 0
            verdict = self._send(current, min(left, self.patience.attempt))
            report = report.plus(Report(requests=1, retried=again))
            if verdict is not None:
                report = report.plus(_accepted(verdict))
                current.lines = verdict.again
                if not current.lines:
                    return report
            elif _too_large(current):
                return report.plus(self._deliver_halves(current, began))
            self._wait(current, began)

    def _deliver_halves(self, current: _Try, began: float) -> Report:
        first, second = halves(current.lines)
        if current.setback and current.setback.status == _TOO_LARGE:
            self.aim = min(self.aim, max(_size(first), _size(second)))
        report = Report(splits=1).plus(self._deliver(_Try(first), began))
        return report.plus(self._deliver(_Try(second), began))

    def _wait(self, current: _Try, began: float) -> None:
        left = max(0.0, began + self.patience.deadline - self.clock())
        self.sleep(min(left, pause(current.tries - 1, self.chance(), longest=LONGEST_PAUSE)))
        if self.stopped.is_set():
            raise Abandoned

    def _send(self, current: _Try, seconds: float) -> Verdict | None:
        """Send once; return `None` after a failure of the request as a whole that may pass."""
        current.tries += 1
        try:
            answer = self.connection.attempt(
                "POST",
                "/_bulk",
                body=b"".join(one.data for one in current.lines),
                params={
                    "filter_path": "took,errors,items.*._id,items.*.status,items.*.error",
                    # The node gives up first, and says so for each item.
                    "timeout": f"{max(1, int(seconds / 2))}s",
                },
                seconds=seconds,
            )
        except Failure as failure:
            current.setback = failure
            too_much = failure.stage is Stage.WAITING or (failure.status == _BUSY and not failure.blocked)
            current.stuck = current.stuck + 1 if too_much else 0
            self._raise_when_final(current, failure)
            return None
        current.stuck = 0
        verdict = read_answer(current.lines, answer)
        if verdict.refused:
            raise EngineRefused(f"the cluster refuses documents: {named(verdict.refused)}")
        if verdict.setbacks:
            current.setback = verdict.setbacks[0]
        return verdict

    def _raise_when_final(self, current: _Try, failure: Failure) -> None:
        if failure.status == _TOO_LARGE:
            if len(current.lines) == 1:
                raise _too_large_document(current.lines[0]) from None
        elif not failure.passing and not failure.blocked:
            raise self._told(failure, 0.0) from None

    def _told(self, failure: Failure, seconds: float) -> NicheScoutError:
        error = self.connection.explained(failure, seconds)
        if isinstance(error, NicheScoutError):
            return error
        return EngineRefused(f"the cluster at {failure.address} refuses a bulk request: {error}")

    def _gave_up(self, current: _Try) -> NicheScoutError:
        setback, seconds = current.setback, self.patience.deadline
        if isinstance(setback, Failure):
            return self._told(setback, seconds)
        if setback is None:
            return EngineUnavailable(f"a bulk request was not acknowledged within {seconds:g} s")
        if setback.blocked:
            index = setback.operation.index
            return EngineRefused(f"{index} takes no writes: {setback.reason}; {unblock(setback.reason)}")
        what = f"{len(current.lines)} operations were not accepted within {seconds:g} s"
        return EngineUnavailable(f"{what} ({setback}); look at the cluster's health and load, then try again")


def too_large(line: Line, limit: int) -> EngineRefused:
    """Say that a document alone is over the limit, in bytes."""
    what = f"document {line.operation.id!r} has {len(line.data)} bytes"
    return EngineRefused(f"{what}, and a request may have {limit}; shorten it")


def _too_large_document(line: Line) -> EngineRefused:
    what = f"document {line.operation.id!r} has {len(line.data)} bytes"
    way_out = "shorten it, or raise http.max_content_length or the limit of the proxy in front"
    return EngineRefused(f"{what}, which is more than the cluster takes in one request; {way_out}")


def _too_large(current: _Try) -> bool:
    """Whether two smaller requests should be tried.

    One that is too large may also be cut off, take too long, or be more than a node admits at any time (429).
    """
    said = current.setback is not None and current.setback.status == _TOO_LARGE
    return len(current.lines) > 1 and (said or current.stuck >= _STUCK_BEFORE_SPLIT)


def _size(lines: Sequence[Line]) -> int:
    return sum(len(one.data) for one in lines)


def _accepted(verdict: Verdict) -> Report:
    documents = sum(one.operation.action != "delete" for one in verdict.accepted)
    deletions = len(verdict.accepted) - documents
    return Report(documents=documents, deletions=deletions, bytes=_size(verdict.accepted))

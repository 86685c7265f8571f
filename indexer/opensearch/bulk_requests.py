"""What a bulk request says, and what its answer means. Nothing is sent here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

import orjson

from discovery.errors import EngineRefused
from indexer.opensearch.failures import describe, is_write_block

LONGEST_ID = 512
"""Bytes; OpenSearch takes no longer ones."""
_BUSY = {429, 502, 503, 504}
_NAMED = 3

Key = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Put a document under an id, or delete what is there; doing either twice is doing it once.

    `create` leaves what is there already: replaced, it would be kept, and weighed, for a while.

    `source` is the document as JSON on one line, `None` for a deletion. An operation with a `marker` closes
    what was added before it: when the marker is acknowledged, all of that is on the cluster.
    """

    action: Literal["index", "create", "delete"]
    index: str
    id: str
    source: bytes | None = None
    routing: str | None = None
    marker: object = None

    def __post_init__(self) -> None:
        """Refuse what could not be sent as lines (`ValueError`)."""
        size = len(self.id.encode())
        if not 0 < size <= LONGEST_ID:
            raise ValueError(f"an id has 1 to {LONGEST_ID} bytes, not {size}: {self.id[:80]!r}")
        if (self.source is None) != (self.action == "delete"):
            raise ValueError(f"{self.id!r}: a document has a source, and a deletion has none")
        if self.source is not None and (not self.source or b"\n" in self.source or b"\r" in self.source):
            raise ValueError(f"{self.id!r}: a source is JSON on one line")


@dataclass(frozen=True, slots=True)
class Line:
    """An operation as it is sent: its line, and that of its source."""

    operation: Operation
    data: bytes


@dataclass(slots=True)
class Group:
    """Operations of one request. Of several on the same document only the last one is kept.

    Were all of them sent, one that met a busy node and is sent again would undo a later one.
    """

    lines: dict[Key, Line] = field(default_factory=dict)
    size: int = 0
    marker: object = None

    def add(self, line: Line) -> None:
        """Append an operation."""
        operation = line.operation
        key = (operation.index, operation.id, operation.routing)
        earlier = self.lines.pop(key, None)
        self.size += len(line.data) - (len(earlier.data) if earlier else 0)
        self.lines[key] = line
        if operation.marker is not None:
            self.marker = operation.marker

    def full_for(self, line: Line, *, aim: int, operations: int) -> bool:
        """Whether a line should begin the next group: `aim` is in bytes."""
        return bool(self.lines) and (self.size + len(line.data) > aim or len(self.lines) >= operations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """An operation that was not carried out: for now, or for good."""

    operation: Operation
    status: int
    type: str
    reason: str

    @property
    def blocked(self) -> bool:
        """Whether its index takes no writes now."""
        return is_write_block(self.status, self.type)

    @property
    def passing(self) -> bool:
        """Whether sending it again later can help."""
        return self.status in _BUSY or self.blocked

    def __str__(self) -> str:
        """Render with the document that it is about."""
        operation = self.operation
        what = f"{operation.action} {operation.id!r} in {operation.index}"
        return f"{what}: {self.type or self.status}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer says of a request's lines."""

    accepted: tuple[Line, ...]
    again: tuple[Line, ...]
    setbacks: tuple[Setback, ...]

    @property
    def refused(self) -> tuple[Setback, ...]:
        """What will not get better by itself."""
        return tuple(setback for setback in self.setbacks if not setback.passing)


def line(operation: Operation) -> Line:
    """Write an operation as it is sent."""
    target: dict[str, str] = {"_index": operation.index, "_id": operation.id}
    if operation.routing is not None:
        target["routing"] = operation.routing
    head = orjson.dumps({operation.action: target}) + b"\n"
    return Line(operation, head if operation.source is None else b"%b%b\n" % (head, operation.source))


def halves(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Split two lines or more where the bytes are halved best; neither half is empty."""
    sums = list(accumulate(len(one.data) for one in lines))
    cut = min(range(1, len(lines)), key=lambda place: abs(2 * sums[place - 1] - sums[-1]))
    return lines[:cut], lines[cut:]


def read_answer(lines: Sequence[Line], answer: object) -> Verdict:
    """Check every item of an answer against the line that it is about.

    Raises:
        EngineRefused: the answer is not one to these lines; something else than OpenSearch gave it.
    """
    accepted: list[Line] = []
    again: list[Line] = []
    setbacks: list[Setback] = []
    for sent, result in zip(lines, _items(lines, answer), strict=True):
        setback = _setback(sent.operation, result)
        if setback is None:
            accepted.append(sent)
            continue
        setbacks.append(setback)
        if setback.passing:
            again.append(sent)
    return Verdict(tuple(accepted), tuple(again), tuple(setbacks))


def named(setbacks: Sequence[Setback]) -> str:
    """Name the first few."""
    more = len(setbacks) - _NAMED
    return "; ".join(map(str, setbacks[:_NAMED])) + (f"; and {more} more" if more > 0 else "")


def _items(lines: Sequence[Line], answer: object) -> Iterator[dict[str, Any]]:
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or len(items) != len(lines):
        raise EngineRefused(f"a bulk request of {len(lines)} operations got an answer that is not one to it")
    for sent, item in zip(lines, items, strict=True):
        operation = sent.operation
        result = item.get(operation.action) if isinstance(item, dict) else None
        if not isinstance(result, dict) or result.get("_id") != operation.id or "status" not in result:
            raise EngineRefused(f"the answer to a bulk request says nothing of {operation.id!r} in its place")
        yield result


def _setback(operation: Operation, result: dict[str, Any]) -> Setback | None:
    status, error = int(result["status"]), result.get("error")
    if error is None and (200 <= status < 300 or (status == 404 and operation.action == "delete")):
        return None
    if status == 409 and operation.action == "create":
        return None
    kind, reason = describe(error) if isinstance(error, dict) else ("", str(error or f"HTTP {status}"))
    return Setback(operation=operation, status=status, type=kind, reason=reason)

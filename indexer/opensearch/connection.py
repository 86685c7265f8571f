"""How a cluster is reached: one request within one deadline, over as many nodes as there are."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import orjson

from indexer.opensearch.access import Address, Credentials, addresses, credentials
from indexer.opensearch.backoff import pause
from indexer.opensearch.failures import BadRequest, Failure, NotFound, Stage, told

if TYPE_CHECKING:
    from indexer.opensearch.node import Node

__all__ = [
    "Address",
    "BadRequest",
    "Connection",
    "Credentials",
    "NotFound",
    "addresses",
    "credentials",
    "quoted",
]

Body = bytes | Mapping[str, Any] | Sequence[Mapping[str, Any]]
Around = Callable[[Sequence[str]], Body]

ROUNDS = 3
"""How often every node is asked while none can be reached: a search should fail soon when all are down."""
_JSON, _LINES = "application/json", "application/x-ndjson"
_READS = {"_search", "_msearch", "_count", "_mget", "_analyze", "_field_caps", "_refresh"}
_LONGEST_PAUSE = 2.0
_SHORTEST_ATTEMPT = 0.01
_FIRST_REST, _LONGEST_REST = 10.0, 300.0
_LOOK_SECONDS = 1.0
_LIVELY_SECONDS = 60.0
"""Twice what a cluster takes to find out that one of its nodes is silent."""


def quoted(segment: str) -> str:
    """Quote an id or a name so that it is one segment of a path."""
    return quote(segment, safe="")


@dataclass(slots=True)
class _Member:
    """A node with its record: how often it failed in a row, and until when the others are asked first."""

    node: "Node"
    failures: int = 0
    rests_until: float = 0.0


class Connection:
    """A cluster. Any number of threads may use it; open it after a fork. Close it, or use it in a `with`."""

    def __init__(
        self,
        addresses: Sequence[Address],
        credentials: Credentials | None = None,
        *,
        pool: int = 10,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Prepare; nothing is sent yet. `pool` is how many connections are kept open to each node.

        Raises:
            InvalidInput: a certificate file cannot be used.
        """
        from indexer.opensearch.node import Node

        self._credentials = credentials or Credentials()
        tls = self._credentials.tls() if any(address.secure for address in addresses) else None
        nodes = (Node(address, self._credentials, pool=pool, tls=tls) for address in addresses)
        self._members = [_Member(node) for node in nodes]
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._lock = Lock()
        self._lively: tuple[str, ...] = ()
        self._lively_until = 0.0
        self._turn = count(int(chance() * len(self._members)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for member in self._members:
            member.node.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        params: Mapping[str, object] | None = None,
        deadline: float,
        idempotent: bool | None = None,
        around: Around | None = None,
    ) -> Any:
        """Ask the cluster within `deadline` seconds in all, and return the answer, parsed.

        `path` begins with a slash; ids in it are `quoted`. A list as body is sent as lines.

        A node that cannot be reached, does not answer, or answers 502, 503 or 504 is followed by the next
        one when the request is `idempotent` (by default: GET, HEAD and the search addresses) or nothing was
        sent; each has an even share of the time that is left. 429 is waited out.

        A node may itself wait in vain for another, until the cluster finds out that it is silent. `around`
        makes the body with which the next node is asked then, from the ids of those that do answer; it is
        also what is sent first from then on, for a while.

        Raises:
            EngineUnavailable: no node answered in time, or all are too busy.
            EngineRefused: credentials, rights or TLS; or a block of writes.
            NotFound: 404.
            BadRequest: any other 4xx.
        """
        if idempotent is None:
            idempotent = method in {"GET", "HEAD"} or path.rpartition("/")[2] in _READS
        began = self._clock()
        lively = self._lively if around and began < self._lively_until else ()
        data = encode(around(lively) if around and lively else body)
        for tries in count(1):
            left = began + deadline - self._clock()
            untried = max(1, len(self._members) - tries + 1)
            try:
                return self.attempt(method, path, body=data, params=params, seconds=left / untried)
            except Failure as failure:
                spent = self._clock() - began
                wait = self._wait(tries, failure)
                hopeless = failure.stage is Stage.REACHING and tries >= ROUNDS * len(self._members)
                if hopeless or not failure.safe_to_repeat(idempotent) or spent + wait >= deadline:
                    raise told(failure, self._credentials, spent) from None
                if around and failure.stage is Stage.WAITING and self._look_around():
                    data = encode(around(self._lively))
                self._sleep(wait)
        raise AssertionError("the tries never end by themselves")

    def attempt(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        params: Mapping[str, object] | None = None,
        seconds: float,
    ) -> Any:
        """Ask one node once, the one that is most likely to answer; return the answer, parsed.

        Raises:
            Failure: anything else than a 2xx within `seconds`; `explained` tells it to a person.
        """
        member = self._next()
        lines = path.rpartition("/")[2] in {"_bulk", "_msearch"}
        try:
            answer = member.node.send(
                method,
                path,
                encode(body),
                {name: _parameter(value) for name, value in (params or {}).items()},
                _LINES if lines else _JSON,
                max(_SHORTEST_ATTEMPT, seconds),
            )
        except Failure as failure:
            self._note(member, failed=failure.of_node)
            raise
        self._note(member, failed=False)
        return answer

    def explained(self, failure: Failure, seconds: float) -> Exception:
        """Turn a failure of `attempt` into what `request` raises; `seconds` is how long it was tried."""
        return told(failure, self._credentials, seconds)

    def _wait(self, tries: int, failure: Failure) -> float:
        """Seconds until the next try: none while other nodes have not been asked, but for a busy cluster."""
        rounds = tries // len(self._members)
        if failure.status == 429:
            rounds = max(1, rounds)
        return pause(rounds - 1, self._chance(), longest=_LONGEST_PAUSE) if rounds else 0.0

    def _next(self) -> _Member:
        """Choose in turn among the nodes that do not rest; when all rest, the one whose rest ends first."""
        with self._lock:
            now, turn = self._clock(), next(self._turn)
            order = [
                self._members[(turn + place) % len(self._members)] for place in range(len(self._members))
            ]
            member = next((one for one in order if one.rests_until <= now), None)
            if member is None:
                member = min(order, key=lambda one: one.rests_until)
            if member.failures:  # one thread finds out whether it is back; the others do not wait with it
                member.rests_until = now + _rest(member.failures)
            return member

    def _look_around(self) -> bool:
        """Ask every node for its id, and remember those that answer; return whether any did."""
        if len(self._members) == 1:
            return False
        found: list[str] = []
        for member in self._members:
            try:
                answer = member.node.send("GET", "/_nodes/_local/http", None, {}, _JSON, _LOOK_SECONDS)
            except Failure as failure:
                self._note(member, failed=failure.of_node)
                continue
            self._note(member, failed=False)
            found += answer["nodes"]
        with self._lock:
            self._lively, self._lively_until = tuple(found), self._clock() + _LIVELY_SECONDS
        return bool(found)

    def _note(self, member: _Member, *, failed: bool) -> None:
        with self._lock:
            member.failures = member.failures + 1 if failed else 0
            member.rests_until = self._clock() + _rest(member.failures) if failed else 0.0


def encode(body: Body | None) -> bytes | None:
    """Return a body as bytes: JSON, or one line each of a list."""
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, Mapping):
        return orjson.dumps(body)
    return b"".join(orjson.dumps(line) + b"\n" for line in body)


def _rest(failures: int) -> float:
    return min(_LONGEST_REST, _FIRST_REST * 2.0 ** min(failures - 1, 10))


def _parameter(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

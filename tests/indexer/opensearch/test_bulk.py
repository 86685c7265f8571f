"""The bulk loop against a server that speaks the protocol and misbehaves on demand (see `faulty_node`).

What a real OpenSearch node does in trouble is tested in `tests/opensearch`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Event, get_ident
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import EngineRefused, EngineUnavailable
from indexer.opensearch.bulk import BulkLoader, Operation, Report
from indexer.opensearch.bulk_requests import line
from indexer.opensearch.connection import Connection, Credentials, addresses
from tests.indexer.opensearch.faulty_node import (
    Fault,
    Handler,
    Request,
    Server,
    answer,
    drop,
    drop_after_writing,
    error,
    serving,
    stall,
)

BUSY = {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "queue is full"}}
READ_ONLY = {
    "status": 403,
    "error": {
        "type": "cluster_block_exception",
        "reason": "index [posts] blocked by: [FORBIDDEN/8/index write (api)];",
    },
}
FLOODED = {
    "status": 429,
    "error": {
        "type": "cluster_block_exception",
        "reason": "index [posts] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage];",
    },
}


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def put(number: int, size: int = 100, marker: object = None) -> Operation:
    source = b'"' + b"x" * (size - 2) + b'"'
    return Operation(action="index", index="posts", id=f"p{number}", source=source, marker=marker)


def delete(number: int) -> Operation:
    return Operation(action="delete", index="posts", id=f"p{number}")


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    with Connection(addresses([server.url], Credentials())) as one:
        yield one


def quick(connection: Connection, time: Time | None = None, **settings: Any) -> BulkLoader:
    """Load in small groups, without real waits."""
    time = time or Time()
    given = {"max_operations": 10, "deadline": 60.0, "attempt_seconds": 5.0, "chance": lambda: 0.9}
    return BulkLoader(connection, clock=time.clock, sleep=time.sleep, **{**given, **settings})


def names(numbers: range) -> set[str]:
    return {f"p{number}" for number in numbers}


@pytest.mark.parametrize("pipelined", [True, False])
def test_everything_arrives_once_and_in_order(
    server: Server, connection: Connection, pipelined: bool
) -> None:
    with quick(connection, pipelined=pipelined) as loader:
        for number in range(95):
            loader.add(put(number))
    assert server.script.writes == [f"p{number}" for number in range(95)]
    assert [len(request.ids) for request in server.script.requests] == [10] * 9 + [5]
    size = sum(len(line(put(number)).data) for number in range(95))
    assert loader.report == Report(documents=95, bytes=size, requests=10)


def test_requests_are_filled_by_bytes(server: Server, connection: Connection) -> None:
    with quick(connection, aim_bytes=1000, max_operations=100) as loader:
        for number in range(40):
            loader.add(put(number, 50 + 30 * number))
    requests = server.script.requests
    sizes = [len(request.body) for request in requests]
    assert max(len(request.body) for request in requests if len(request.ids) > 1) <= 1000
    assert all(one + two > 1000 for one, two in pairwise(sizes))


def test_deletions(server: Server, connection: Connection) -> None:
    with quick(connection) as loader:
        for number in range(5):
            loader.add(put(number))
        loader.flush()
        for number in (1, 3, 77):
            loader.add(delete(number))
    assert set(server.script.documents) == {"p0", "p2", "p4"}
    assert (loader.report.documents, loader.report.deletions) == (5, 3)


def test_nothing_to_load_sends_nothing(server: Server, connection: Connection) -> None:
    with quick(connection) as loader:
        loader.flush()
    assert server.script.requests == []
    loader.close()
    assert loader.report == Report()
    with pytest.raises(ValueError, match="closed"):
        loader.add(put(1))


def test_busy_items_alone_are_sent_again(server: Server, connection: Connection) -> None:
    busy = {"p3": 2, "p7": 1}

    def item(action: str, id_: str) -> dict[str, Any] | None:
        busy[id_] = busy.get(id_, 0) - 1
        return BUSY if busy[id_] >= 0 else None

    server.script.item = item
    time = Time()
    with quick(connection, time) as loader:
        for number in range(10):
            loader.add(put(number))
    sent = [request.ids for request in server.script.requests]
    assert sent[1:] == [["p3", "p7"], ["p3"]]
    assert set(server.script.documents) == names(range(10))
    assert (loader.report.documents, loader.report.retried, loader.report.requests) == (10, 3, 3)
    assert time.slept == [0.9 * 0.25, 0.9 * 0.5]


@pytest.mark.parametrize(
    "fault",
    [
        error(429, "rejected_execution_exception", "indexing pressure"),
        answer(429),
        answer(502, "<html>", "text/html"),
        error(503, "cluster_manager_not_discovered_exception", "none"),
        answer(504),
        answer(200, "<html>maintenance</html>", "text/html"),
        error(403, "cluster_block_exception", "blocked by: [FORBIDDEN/12/read-only-allow-delete]"),
        drop,
        drop_after_writing,
    ],
    ids=["429", "bare 429", "502", "503", "504", "page", "block", "drop", "drop after writing"],
)
def test_a_request_that_failed_is_sent_again(server: Server, connection: Connection, fault: Fault) -> None:
    server.script.faults.append(fault)
    with quick(connection) as loader:
        for number in range(20):
            loader.add(put(number))
    assert set(server.script.documents) == names(range(20))
    assert (loader.report.documents, loader.report.retried, loader.report.requests) == (20, 10, 3)


def test_a_request_that_timed_out_but_was_carried_out_is_sent_again(
    server: Server, connection: Connection
) -> None:
    server.script.faults.append(stall)
    with quick(connection, attempt_seconds=0.3) as loader:
        for number in range(20):
            loader.add(put(number))
    assert set(server.script.documents) == names(range(20))
    assert server.script.writes[:20] == [f"p{number}" for number in range(10)] * 2
    assert loader.report.documents == 20


def test_another_node_takes_over(server: Server, second: Server) -> None:
    server.script.always = stall
    nodes = addresses([server.url, second.url], Credentials())
    with (
        Connection(nodes, chance=lambda: 0.0) as connection,
        quick(connection, attempt_seconds=0.3) as loader,
    ):
        for number in range(100):
            loader.add(put(number))
    assert set(second.script.documents) == names(range(100))
    assert len(server.script.requests) == 1


def test_a_cluster_that_is_not_there_is_waited_for_until_the_deadline() -> None:
    with serving() as server:
        url = server.url
    time = Time()
    with Connection(addresses([url], Credentials())) as connection:
        loader = quick(connection, time)
        loader.add(put(1))
        with pytest.raises(EngineUnavailable, match=r"cannot be reached .* after 60\.0 s of trying"):
            loader.close()
    assert sum(time.slept) == pytest.approx(60)


def test_a_storm_of_429_ends_with_the_deadline(server: Server, connection: Connection) -> None:
    server.script.item = lambda action, id_: BUSY
    time = Time()
    loader = quick(connection, time)
    loader.add(put(1))
    with pytest.raises(EngineUnavailable, match=r"1 operations were not accepted within 60 s \(index 'p1'"):
        loader.close()
    assert sum(time.slept) == pytest.approx(60)
    assert max(time.slept) <= 30
    assert server.script.documents == {}
    assert loader.report == Report()


@pytest.mark.parametrize(
    ("failure", "way_out"),
    [
        (READ_ONLY, r"index write \(api\).*index\.blocks\.write"),
        (FLOODED, "flood-stage.*free some disk"),
    ],
)
def test_a_block_that_stays_is_named(
    server: Server, connection: Connection, failure: dict[str, Any], way_out: str
) -> None:
    server.script.item = lambda action, id_: failure
    loader = quick(connection)
    loader.add(put(1))
    with pytest.raises(EngineRefused, match=f"posts takes no writes: .*{way_out}"):
        loader.close()


def test_a_block_that_goes_is_waited_out(server: Server, connection: Connection) -> None:
    time = Time()
    server.script.item = lambda action, id_: FLOODED if time.now < 20 else None
    with quick(connection, time) as loader:
        loader.add(put(1))
    assert set(server.script.documents) == {"p1"}


@pytest.mark.parametrize("limit", [5_000, 700, 160])
@pytest.mark.parametrize("pipelined", [True, False])
def test_requests_that_are_too_large_are_split(
    server: Server, connection: Connection, limit: int, pipelined: bool
) -> None:
    server.script.limit = limit
    with quick(connection, max_operations=100, pipelined=pipelined) as loader:
        for number in range(300):
            loader.add(put(number))
    assert server.script.writes == [f"p{number}" for number in range(300)]
    refused = [request for request in server.script.requests if len(request.body) > limit]
    assert loader.report.splits == len(refused) > 0
    if not pipelined:  # what was learned with the first group is kept
        assert {int(id_[1:]) for request in refused for id_ in request.ids} <= set(range(100))


def test_a_document_that_is_too_large_is_named(server: Server, connection: Connection) -> None:
    server.script.limit = 5_000
    loader = quick(connection)
    for number in range(5):
        loader.add(put(number, 9_000 if number == 3 else 100))
    with pytest.raises(EngineRefused, match=r"document 'p3' has 90\d\d bytes.*http\.max_content_length"):
        loader.close()


def test_a_document_over_our_own_limit_is_not_sent(server: Server, connection: Connection) -> None:
    loader = quick(connection, max_bytes=1000)
    loader.add(put(1))
    with pytest.raises(EngineRefused, match=r"document 'p2' has 10\d\d bytes, and a request may have 1000"):
        loader.add(put(2, 1000))
    loader.close()
    assert set(server.script.documents) == {"p1"}


@pytest.mark.parametrize("fault", [drop, answer(429)], ids=["cut off", "never admitted"])
def test_requests_that_get_nowhere_are_split(server: Server, connection: Connection, fault: Fault) -> None:
    def refuse_large(handler: Handler, request: Request) -> None:
        if len(request.ids) > 3:
            fault(handler, request)
        else:
            handler.reply(200, handler.carried_out(request))

    server.script.always = refuse_large
    with quick(connection) as loader:
        for number in range(20):
            loader.add(put(number))
    assert server.script.writes == [f"p{number}" for number in range(20)]
    assert loader.report.splits == 6  # ten are two of five, and each of these one of two and one of three


@pytest.mark.parametrize("fault", [answer(503), error(429, "cluster_block_exception", "flood-stage")])
def test_requests_that_nobody_takes_are_not_split(
    server: Server, connection: Connection, fault: Fault
) -> None:
    server.script.faults.extend([fault] * 9)
    with quick(connection, deadline=1e6) as loader:
        for number in range(10):
            loader.add(put(number))
    assert (loader.report.splits, loader.report.retried) == (0, 90)


def test_a_document_that_is_refused_is_named_with_its_field(server: Server, connection: Connection) -> None:
    reason = "failed to parse field [followers] of type [long]"
    refusal = {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": reason}}
    server.script.item = lambda action, id_: refusal if id_ == "p3" else None
    loader = quick(connection)
    for number in range(5):
        loader.add(put(number))
    with pytest.raises(EngineRefused, match=r"index 'p3' in posts: mapper_parsing_.*\[followers\]"):
        loader.close()


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (answer(401), "asks for credentials"),
        (
            error(403, "security_exception", "no permissions for [indices:data/write/bulk]"),
            "does not allow this",
        ),
        (
            error(400, "illegal_argument_exception", "Malformed action"),
            "refuses a bulk .*Malformed",
        ),
        (answer(404), "refuses a bulk request"),
        (answer(200, {"items": []}), "got an answer that is not one to it"),
    ],
)
def test_what_will_not_pass_ends_at_once(
    server: Server, connection: Connection, fault: Fault, message: str
) -> None:
    server.script.always = fault
    loader = quick(connection)
    loader.add(put(1))
    with pytest.raises(EngineRefused, match=message):
        loader.close()
    assert len(server.script.requests) == 1


def test_errors_surface_at_the_next_add_and_nothing_more_is_sent(
    server: Server, connection: Connection
) -> None:
    server.script.faults.append(answer(401))
    added = 0
    with pytest.raises(EngineRefused), quick(connection, max_operations=1) as loader:
        for number in range(1000):
            loader.add(put(number))
            added += 1
    assert added < 1000
    assert len(server.script.requests) == 1
    with pytest.raises(ValueError, match="closed"):
        loader.add(put(1))


def test_leaving_by_an_error_abandons_what_waits(server: Server, connection: Connection) -> None:
    server.script.always = answer(503)
    with (
        pytest.raises(KeyError),
        BulkLoader(connection, max_operations=1) as loader,
    ):  # real waits of up to 30 s
        for number in range(3):
            loader.add(put(number))
        raise KeyError
    assert server.script.documents == {}


def test_markers_are_acknowledged_in_order_and_never_too_soon(server: Server, connection: Connection) -> None:
    rng = random.Random(1)
    server.script.faults.extend(rng.choice([drop, answer(429), drop_after_writing]) for _ in range(30))
    server.script.item = lambda action, id_: BUSY if rng.random() < 0.1 else None
    seen: list[int] = []
    thread = get_ident()

    def acknowledged(marker: object) -> None:
        assert isinstance(marker, int) and get_ident() == thread
        seen.append(marker)
        assert names(range(3 * marker + 3)) <= set(server.script.documents)

    reports: list[Report] = []
    with quick(
        connection, max_operations=7, acknowledged=acknowledged, on_progress=reports.append, deadline=1e6
    ) as loader:
        for creator in range(60):
            for post in range(3):
                loader.add(put(3 * creator + post, marker=creator if post == 2 else None))
    assert seen == sorted(set(seen)) and seen[-1] == 59
    assert [one.documents for one in reports] == [*range(7, 180, 7), 180]
    assert reports[-1] == loader.report


def test_the_caller_goes_on_while_one_group_is_sent_and_two_wait(
    server: Server, connection: Connection
) -> None:
    free = Event()

    def hold(handler: Handler, request: Request) -> None:
        free.wait(30)
        handler.reply(200, handler.carried_out(request))

    server.script.always = hold
    with BulkLoader(connection, max_operations=1) as loader:
        for number in range(4):  # one on its way, two waiting, one being filled
            loader.add(put(number))
        assert server.script.documents == {}
        free.set()
    assert set(server.script.documents) == names(range(4))


OPERATIONS = st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(2, 300)), max_size=60)


@given(OPERATIONS, st.integers(0, 2**32), st.integers(1, 9))
def test_whatever_goes_wrong_the_last_word_on_each_document_holds(
    operations: list[tuple[bool, int, int]], seed: int, size: int
) -> None:
    rng = random.Random(seed)
    expected: dict[str, bytes] = {}
    with serving() as server, Connection(addresses([server.url], Credentials())) as connection:
        faults = [drop, drop_after_writing, answer(429), answer(503), answer(413)]
        server.script.faults.extend(rng.choice(faults) for _ in range(rng.randrange(12)))
        server.script.item = lambda action, id_: BUSY if rng.random() < 0.2 else None
        try:
            with quick(connection, max_operations=size, deadline=1e6) as loader:
                for deletion, number, length in operations:
                    one = delete(number) if deletion else put(number, length)
                    loader.add(one)
                    expected.pop(one.id, None)
                    if one.source is not None:
                        expected[one.id] = one.source
        except EngineRefused as refusal:
            assert "more than the cluster takes" in str(refusal)  # a 413 met one document alone
            return
        assert server.script.documents == expected

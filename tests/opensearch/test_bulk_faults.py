"""The bulk loop against real nodes in real trouble. Faults of the protocol alone are in `tests/indexer`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread, Timer
from time import monotonic, sleep
from typing import Any

import pytest

from discovery.errors import EngineRefused, EngineUnavailable
from indexer.opensearch.bulk import BulkLoader, Operation, Report
from indexer.opensearch.connection import Connection, Credentials, addresses
from tests.opensearch_node.cluster import Cluster
from tests.opensearch_node.fixtures import MakeNode, MakeProxy, discard
from tests.opensearch_node.installation import Installation
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

INDEX = "loaded"
CONTENT_LIMIT = 200_000
PRESSURE_LIMIT = 150_000


def put(number: int, size: int = 300, *, id_: str | None = None, **options: Any) -> Operation:
    """Make an invented document of about `size` bytes."""
    source = json.dumps({"number": number, "text": "vegan 🌱 " + "x" * size}).encode()
    return Operation(action="index", index=INDEX, id=id_ or f"p{number}", source=source, **options)


def reach(*nodes: Node) -> Connection:
    return Connection(addresses([node.url for node in nodes], Credentials()))


@contextmanager
def fresh_index(connection: Connection, **settings: Any) -> Iterator[None]:
    """Have an empty index of numbers and texts for the length of a `with`."""
    fields = {"number": {"type": "long"}, "text": {"type": "text"}}
    body = {
        "settings": {"number_of_replicas": 0, "refresh_interval": "-1", **settings},
        "mappings": {"dynamic": "strict", "properties": fields},
    }
    connection.request("PUT", f"/{INDEX}", body=body, deadline=60)
    green = {"wait_for_status": "green", "timeout": "60s"}
    connection.request("GET", f"/_cluster/health/{INDEX}", params=green, deadline=90)
    try:
        yield
    finally:
        connection.request("DELETE", f"/{INDEX}", deadline=60, idempotent=True)


def numbers(connection: Connection) -> dict[str, int]:
    """Return the number of every document by its id."""
    connection.request("POST", f"/{INDEX}/_refresh", deadline=60)
    query = {"size": 10_000, "sort": ["number"], "_source": ["number"]}
    found = connection.request("POST", f"/{INDEX}/_search", body=query, deadline=60)
    return {hit["_id"]: hit["_source"]["number"] for hit in found["hits"]["hits"]}


def expected(count: int) -> dict[str, int]:
    return {f"p{number}": number for number in range(count)}


@pytest.fixture(scope="module")
def narrow_node(
    tmp_path_factory: pytest.TempPathFactory, opensearch_installation: Installation
) -> Iterator[Node]:
    """A node that takes small requests only, and few at once."""
    settings = {
        "http.max_content_length": f"{CONTENT_LIMIT}b",
        "indexing_pressure.memory.limit": f"{PRESSURE_LIMIT}b",
    }
    node = Node(tmp_path_factory.mktemp("narrow"), settings=settings, installation=opensearch_installation)
    try:
        node.start()
        yield node
    finally:
        discard(node)


def test_documents_arrive_as_they_were(opensearch_node: Node) -> None:
    ids = ["a", "A b", "a/b", "ü", "🌱", "\u2028", '"quoted"', "x" * 512, "null", "\t", "_under"]
    with reach(opensearch_node) as connection, fresh_index(connection):
        with BulkLoader(connection, max_operations=4) as loader:
            for number, id_ in enumerate(ids):
                loader.add(put(number, id_=id_))
            for number in range(1000):
                loader.add(put(number, id_="again"))
        found = numbers(connection)
        assert found == {id_: number for number, id_ in enumerate(ids)} | {"again": 999}
        with BulkLoader(connection) as loader:
            for id_ in [*ids, "never there"]:
                loader.add(Operation(action="delete", index=INDEX, id=id_))
        assert numbers(connection) == {"again": 999}
        assert (loader.report.deletions, loader.report.documents) == (12, 0)


def test_what_the_mapping_refuses_is_named(opensearch_node: Node) -> None:
    bad = {
        b'{"number": "many"}': r"index 'bad' in loaded: mapper_parsing_exception: .*\[number\]",
        b'{"likes": 1}': r"index 'bad' in loaded: strict_dynamic_mapping_exception: .*\[likes\]",
        b'{"number": ': "index 'bad' in loaded: .*_exception",
    }
    with reach(opensearch_node) as connection, fresh_index(connection):
        for source, message in bad.items():
            loader = BulkLoader(connection)
            loader.add(put(1))
            loader.add(Operation(action="index", index=INDEX, id="bad", source=source))
            with pytest.raises(EngineRefused, match=message):
                loader.close()


def test_requests_over_the_nodes_limit_are_split(narrow_node: Node) -> None:
    with reach(narrow_node) as connection, fresh_index(connection):
        with BulkLoader(connection, pipelined=False) as loader:
            for number in range(2000):
                loader.add(put(number, 1000))
        assert numbers(connection) == expected(2000)
        assert loader.report.splits > 0
        assert loader.report.documents == 2000
        loader = BulkLoader(connection)
        loader.add(put(1))
        loader.add(put(2, CONTENT_LIMIT))
        with pytest.raises(EngineRefused, match=r"document 'p2' has 200\d{3} .*http\.max_content_length"):
            loader.close()


def test_requests_over_a_proxys_limit_are_split(make_proxy: MakeProxy, opensearch_node: Node) -> None:
    proxy = make_proxy(opensearch_node.url, body_limit="100k")
    who = Credentials(authority=proxy.authority)
    with Connection(addresses([proxy.url], who), who) as connection, fresh_index(connection):
        with BulkLoader(connection) as loader:
            for number in range(1000):
                loader.add(put(number, 1000))
        assert numbers(connection) == expected(1000)
        assert loader.report.splits > 0


def test_a_node_that_is_too_busy_is_waited_for(narrow_node: Node) -> None:
    """The node holds 150 kB of requests at once; eight loaders send 100 kB each."""
    reports: list[Report] = []

    def load(first: int, connection: Connection) -> None:
        with BulkLoader(connection, aim_bytes=100_000) as loader:
            for number in range(first, 8000, 8):
                loader.add(put(number, 1000))
        reports.append(loader.report)

    with reach(narrow_node) as connection, fresh_index(connection):
        threads = [Thread(target=load, args=(first, connection)) for first in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert numbers(connection) == expected(8000)
    assert sum(report.documents for report in reports) == 8000
    assert sum(report.retried for report in reports) > 0


def test_a_node_that_never_admits_a_document_is_given_up(narrow_node: Node) -> None:
    with reach(narrow_node) as connection, fresh_index(connection):
        loader = BulkLoader(connection, deadline=2)
        loader.add(put(1, 170_000))
        with pytest.raises(EngineUnavailable, match=r"too busy \(rejected execution of coordinating"):
            loader.close()


def test_nothing_is_lost_when_a_node_is_killed_and_comes_back(make_node: MakeNode) -> None:
    node = make_node()
    acknowledged: list[object] = []
    revival = Thread(target=node.start, kwargs={"status": "yellow", "check": False})

    def note(marker: object) -> None:
        acknowledged.append(marker)
        if len(acknowledged) == 5:
            node.kill()
            revival.start()

    with reach(node) as connection, fresh_index(connection):
        with BulkLoader(connection, max_operations=100, acknowledged=note, deadline=120) as loader:
            for number in range(6000):
                loader.add(put(number, marker=number))
        revival.join()
        assert numbers(connection) == expected(6000)
    assert acknowledged == [*range(99, 6000, 100)]
    assert loader.report.retried > 0


def test_what_was_acknowledged_is_there_when_the_loader_ends(make_node: MakeNode) -> None:
    """The node is killed and not waited for: up to the last marker all is there after a restart."""
    node = make_node()
    acknowledged = [-1]

    def note(marker: object) -> None:
        assert isinstance(marker, int)
        acknowledged.append(marker)
        if len(acknowledged) == 8:
            node.kill()

    with reach(node) as connection:
        connection.request("PUT", f"/{INDEX}", body={"settings": {"number_of_replicas": 0}}, deadline=60)
        loader = BulkLoader(connection, max_operations=100, acknowledged=note, deadline=1)
        with pytest.raises(EngineUnavailable, match=r"cannot be reached|did not answer"):
            for number in range(100_000):
                loader.add(put(number, marker=number))
        loader.abandon()
        node.start(status="yellow", check=False)
        found = numbers(connection)
        assert expected(acknowledged[-1] + 1).items() <= found.items()
        with BulkLoader(connection) as resumed:
            for number in range(acknowledged[-1] + 1, acknowledged[-1] + 1001):
                resumed.add(put(number))
        assert numbers(connection).keys() >= expected(acknowledged[-1] + 1001).keys()


def test_a_node_that_stands_still_carries_out_what_timed_out(make_node: MakeNode) -> None:
    node = make_node()
    reports: list[Report] = []
    waking = Timer(4, node.go_on)

    def hold(report: Report) -> None:
        reports.append(report)
        if len(reports) == 5:
            node.hold()
            waking.start()

    with reach(node) as connection, fresh_index(connection):
        with BulkLoader(
            connection, max_operations=100, attempt_seconds=1, on_progress=hold, deadline=120
        ) as loader:
            for number in range(6000):
                loader.add(put(number))
        waking.join()
        assert numbers(connection) == expected(6000)
    assert loader.report.retried > 0


def test_one_of_three_nodes_is_lost_while_loading(three_nodes: Cluster) -> None:
    with reach(*three_nodes.nodes) as connection, fresh_index(connection, number_of_replicas=1):
        reports: list[Report] = []

        def kill_one(report: Report) -> None:
            reports.append(report)
            if len(reports) == 5:
                three_nodes.nodes[0].kill()

        with BulkLoader(connection, max_operations=100, on_progress=kill_one, deadline=120) as loader:
            for number in range(5000):
                loader.add(put(number))
        assert numbers(connection) == expected(5000)
        assert not three_nodes.nodes[0].is_running


def test_a_write_block(opensearch_node: Node) -> None:
    with reach(opensearch_node) as connection, fresh_index(connection):

        def block(on: bool) -> None:
            body = {"index.blocks.write": on}
            connection.request("PUT", f"/{INDEX}/_settings", body=body, deadline=30, idempotent=True)

        block(True)
        loader = BulkLoader(connection, deadline=2)
        loader.add(put(1))
        began = monotonic()
        with pytest.raises(EngineRefused, match=r"loaded takes no writes: .*index write.*blocks\.write"):
            loader.close()
        assert monotonic() - began < 10

        thread = Timer(1, block, [False])
        thread.start()
        with BulkLoader(connection, deadline=60) as loader:
            for number in range(100):
                loader.add(put(number))
        thread.join()
        assert numbers(connection) == expected(100)
        assert loader.report.retried > 0


def test_a_disk_that_is_too_full(make_node: MakeNode) -> None:
    """The flood-stage watermark is set to more than any disk has; when it is taken back, the block goes."""
    node = make_node(
        {"cluster.routing.allocation.disk.threshold_enabled": True, "cluster.info.update.interval": "10s"}
    )
    stages = ("low", "high", "flood_stage")

    def watermark(value: str | None) -> None:
        wanted = {f"cluster.routing.allocation.disk.watermark.{stage}": value for stage in stages}
        body = {"transient": wanted}
        connection.request("PUT", "/_cluster/settings", body=body, deadline=30, idempotent=True)

    def blocked() -> bool:
        found = connection.request("GET", f"/{INDEX}/_settings", deadline=30)[INDEX]["settings"]["index"]
        return "blocks" in found

    with reach(node) as connection, fresh_index(connection):
        watermark("100000gb")
        ends = monotonic() + 60
        while not blocked() and monotonic() < ends:
            sleep(0.5)
        loader = BulkLoader(connection, deadline=2)
        loader.add(put(1))
        with pytest.raises(EngineRefused, match=r"takes no writes: .*flood-stage.*free some disk space"):
            loader.close()
        watermark(None)
        with BulkLoader(connection, deadline=120) as loader:
            loader.add(put(1))
        assert numbers(connection) == {"p1": 1}
        assert loader.report.retried > 0

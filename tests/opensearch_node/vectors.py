"""Vectors in an index, and the nearest of them worked out with NumPy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.opensearch_node.node import Node

DIMENSION = 32
MAPPING = {
    "properties": {
        "point": {
            "type": "knn_vector",
            "dimension": DIMENSION,
            "method": {"name": "hnsw", "engine": "lucene", "space_type": "innerproduct"},
        }
    }
}


def unit_vectors(count: int, seed: int = 7) -> NDArray[np.float32]:
    """Return random vectors of length one, one a row."""
    drawn = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    rows: NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return rows


def create(node: Node, index: str, *, replicas: int = 0) -> None:
    """Make an index of vectors."""
    settings = {"index.knn": True, "index.number_of_replicas": replicas}
    node.ask(f"/{index}", "PUT", {"settings": settings, "mappings": MAPPING}).demand()


def put(node: Node, index: str, ids: Sequence[int], points: NDArray[np.float32]) -> None:
    """Write vectors under their ids, and see that each was taken."""
    lines: list[dict[str, Any]] = []
    for number, point in zip(ids, points, strict=True):
        lines += [{"index": {"_id": str(number)}}, {"point": point.tolist()}]
    answer = node.ask(f"/{index}/_bulk", "POST", lines).demand()
    assert not answer["errors"], answer


def nearest(node: Node, index: str, wanted: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
    """Return the ids of the nearest vectors with the inner product that the node's score tells."""
    query = {"knn": {"point": {"vector": wanted.tolist(), "k": 10 * count}}}
    answer = node.ask(f"/{index}/_search", "POST", {"size": count, "query": query}).demand()
    return [(int(hit["_id"]), hit["_score"] - 1) for hit in answer["hits"]["hits"]]

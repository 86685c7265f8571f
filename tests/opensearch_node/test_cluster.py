"""Three real nodes: one cluster, which goes on when one of them dies."""

import pytest

from tests.opensearch_node.cluster import Cluster
from tests.opensearch_node.vectors import create, nearest, put, unit_vectors

pytestmark = pytest.mark.opensearch


def test_one_killed_leaves_searches_working(three_nodes: Cluster) -> None:
    first, *others = three_nodes.nodes
    names = {one["name"] for one in first.ask("/_nodes").demand()["nodes"].values()}
    assert names == {"node-1", "node-2", "node-3"}
    points = unit_vectors(100)
    create(first, "points", replicas=2)
    put(first, "points", range(len(points)), points)
    first.ask("/points/_refresh", "POST").demand()
    first.wait("green", 3)
    before = nearest(first, "points", points[3], 5)
    assert before[0][0] == 3
    first.kill()
    others[0].wait("yellow", 2)
    assert [nearest(node, "points", points[3], 5) for node in others] == [before, before]
    put(others[1], "points", [100], unit_vectors(1, seed=9))
    first.launch()
    first.wait("green", 3)
    assert first.ask("/points/_doc/100").demand()["found"]

"""A cluster of three with copies: one node is lost, killed or held, and every search is answered."""

import pytest

from indexer.opensearch.searching import SECONDS
from tests.opensearch.conftest import MakeSite
from tests.opensearch.site import Server
from tests.opensearch_node.cluster import Cluster

pytestmark = pytest.mark.opensearch

QUERIES = ("birthday cake", "a boat for winter", "chess puzzles", "sail repair", "the knight")
"""Several, because each may be answered by other copies."""


def results(server: Server) -> list[object]:
    """Search for everything; each search must be answered, within the time that a search has."""
    found = []
    for query in QUERIES:
        answer = server.search(query)
        assert answer.status == 200, (query, answer)
        assert answer.seconds < SECONDS, (query, answer)
        found.append(answer.body)
    return found


def test_every_search_is_answered(three_nodes: Cluster, make_site: MakeSite) -> None:
    site = make_site(*three_nodes.urls, NICHESCOUT_OPENSEARCH_REPLICAS="1", NICHESCOUT_OPENSEARCH_SHARDS="3")
    site.done("index")
    three_nodes.nodes[0].wait("green", 3)
    with site.served() as server:
        found = results(server)
        silent, doomed = three_nodes.nodes[1:]
        silent.hold()
        for _ in range(2):
            assert results(server) == found
        silent.go_on()
        silent.wait("green", 3)
        doomed.kill()
        for _ in range(2):
            assert results(server) == found

"""A server whose cluster goes away: it says so, stays up, and answers again as soon as the cluster does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from indexer.opensearch.engine import CHECK_SECONDS
from indexer.opensearch.searching import SECONDS
from tests.opensearch.conftest import MakeSite
from tests.opensearch.site import UNAVAILABLE, Server
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

WAITING = "gateway.recover_after_data_nodes"
GRACE = 2.0
"""Seconds beyond a deadline: a busy machine."""
ASKED = (
    ("/v1/search", {"query": "birthday cake"}),
    ("/v1/similar", {"seeds": [{"creator": "instagram:boats/0"}]}),
    ("/v1/export", {"query": "birthday cake", "format": "ndjson"}),
    ("/v1/creators/instagram%3Achess%2F1", None),
    ("/readyz", None),
)


def says_that_the_cluster_is_away(server: Server, wait: float | None = None) -> None:
    """Assert what is answered without a cluster, and that a search takes no longer than its deadline."""
    for path, body in ASKED[:1] if wait else ASKED:
        answer = server.ask(path, body)
        assert answer.problem == UNAVAILABLE, (path, answer)
        assert answer.seconds < (wait or SECONDS) + GRACE, (path, answer)
    ready = server.ask("/readyz")
    assert ready.problem == UNAVAILABLE
    assert ready.seconds < CHECK_SECONDS + GRACE
    assert server.ask("/livez").status == 200


def test_a_node_that_is_killed_held_and_back(mortal_node: Node, make_site: MakeSite) -> None:
    site = make_site(mortal_node.url)
    site.done("index")
    with site.served() as server:
        found = server.search()
        assert found.status == 200 and len(found.body["matches"]) > 1
        mortal_node.kill()
        says_that_the_cluster_is_away(server)
        mortal_node.launch()
        assert {answer.problem for answer in server.await_ready()} == {UNAVAILABLE}
        assert server.search().body == found.body

        mortal_node.hold()
        says_that_the_cluster_is_away(server, SECONDS)
        mortal_node.go_on()
        server.await_ready()
        assert server.search().body == found.body


def test_a_server_that_is_started_before_its_cluster(mortal_node: Node, make_site: MakeSite) -> None:
    site = make_site(mortal_node.url)
    site.done("index")
    found = site.found()
    mortal_node.kill()
    assert "cannot be reached" in site.refused("search", "birthday cake")
    with site.served() as early:
        says_that_the_cluster_is_away(early)
        with waiting_for_others(mortal_node), site.served() as late:
            says_that_the_cluster_is_away(early)
            says_that_the_cluster_is_away(late)
            mortal_node.kill()
            mortal_node.settings.pop(WAITING)
            mortal_node.launch()
            for server in (early, late):
                assert {answer.problem for answer in server.await_ready()} <= {UNAVAILABLE}
    assert site.found() == found


@contextmanager
def waiting_for_others(node: Node) -> Iterator[None]:
    """Start a node that answers, but waits for others before it takes up its indices."""
    node.settings[WAITING] = 2
    try:
        node.launch()
        deadline = time.monotonic() + 60
        while not answers(node):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield
    finally:
        node.settings.pop(WAITING, None)


def answers(node: Node) -> bool:
    """Whether a node answers at all."""
    try:
        return node.ask("/_cluster/health", seconds=5).status == 200
    except OSError:
        return False

"""Real nodes as fixtures. They never skip: where a node cannot be started, the tests that ask for one fail.

`tests/conftest.py` hands them to every folder, so that all tests of a run share `opensearch_node`. Tests
that ask for a node carry the marker `opensearch`.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.opensearch_node.artefacts import BadArtefact
from tests.opensearch_node.cluster import Cluster
from tests.opensearch_node.installation import Installation, install
from tests.opensearch_node.java import NoJava
from tests.opensearch_node.node import Node
from tests.opensearch_node.tls import TlsProxy

__all__ = [
    "make_node",
    "make_proxy",
    "opensearch_installation",
    "opensearch_node",
    "three_nodes",
    "tls_proxy",
]

MakeNode = Callable[..., Node]
MakeProxy = Callable[..., TlsProxy]


@pytest.fixture(scope="session")
def opensearch_installation() -> Installation:
    """What nodes are started from; where it cannot be had, the test fails and says what to do."""
    try:
        return install()
    except (BadArtefact, NoJava) as problem:
        message = f"A real OpenSearch node is needed: {problem}"
    raise pytest.fail.Exception(message, pytrace=False)


@pytest.fixture(scope="session")
def opensearch_node(
    tmp_path_factory: pytest.TempPathFactory, opensearch_installation: Installation
) -> Iterator[Node]:
    """One green node for the whole run, shared: a test makes indexes of its own name, and deletes them."""
    node = Node(tmp_path_factory.mktemp("opensearch"), installation=opensearch_installation)
    try:
        node.start()
        yield node
    finally:
        discard(node)


@pytest.fixture
def make_node(tmp_path: Path, opensearch_installation: Installation) -> Iterator[MakeNode]:
    """Make nodes of a test's own: `make_node(settings, heap="1g")`, green; not started with start=False."""
    nodes: list[Node] = []

    def make(settings: dict[str, Any] | None = None, *, start: bool = True, **options: Any) -> Node:
        given: dict[str, Any] = {"installation": opensearch_installation} | options
        node = Node(tmp_path / f"opensearch-{len(nodes) + 1}", settings=settings, **given)
        nodes.append(node)
        if start:
            node.start()
        return node

    yield make
    for node in nodes:
        discard(node)


@pytest.fixture
def three_nodes(tmp_path: Path, opensearch_installation: Installation) -> Iterator[Cluster]:
    """Return a green cluster of three, of a test's own: it may kill and hold what it likes."""
    cluster = Cluster(tmp_path / "cluster", installation=opensearch_installation)
    try:
        cluster.start()
        yield cluster
    finally:
        for node in cluster.nodes:
            discard(node)


@pytest.fixture
def make_proxy(tmp_path: Path) -> Iterator[MakeProxy]:
    """Make TLS proxies before an address: `make_proxy("http://127.0.0.1:9200", body_limit="1k")`."""
    proxies: list[TlsProxy] = []

    def make(upstream: str, **options: Any) -> TlsProxy:
        proxy = TlsProxy(tmp_path / f"nginx-{len(proxies) + 1}", upstream, **options)
        proxies.append(proxy)
        proxy.start()
        return proxy

    yield make
    for proxy in proxies:
        proxy.kill()


@pytest.fixture(scope="session")
def tls_proxy(tmp_path_factory: pytest.TempPathFactory, opensearch_node: Node) -> Iterator[TlsProxy]:
    """A TLS proxy before the shared node, for the whole run."""
    proxy = TlsProxy(tmp_path_factory.mktemp("nginx") / "proxy", opensearch_node.url)
    try:
        proxy.start()
        yield proxy
    finally:
        proxy.kill()


def discard(node: Node) -> None:
    """Kill a node and remove its data; its log stays with the test's other files."""
    node.kill()
    shutil.rmtree(node.folder / "data", ignore_errors=True)

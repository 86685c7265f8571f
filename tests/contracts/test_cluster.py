"""The engine over a real OpenSearch node keeps the contract: in one shard, in three, and after an update."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from discovery.creator import Creator
from indexer.opensearch.connection import Connection
from indexer.opensearch.engine import ClusterEngine
from tests.contracts.search_engine import SearchEngineContract
from tests.opensearch.generations import build, connected, fresh_cluster, index_of, opened, update
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch


class ClusterContract(SearchEngineContract):
    """Generations on one node."""

    shards: ClassVar[int] = 1
    connection: ClassVar[Connection]
    root: ClassVar[Path]

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _node(cls, opensearch_node: Node, tmp_path_factory: pytest.TempPathFactory) -> None:
        cls.connection = connected(opensearch_node.url)
        cls.root = tmp_path_factory.mktemp("cluster")


class TestClusterEngine(ClusterContract):
    """A generation built from scratch."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator]) -> ClusterEngine:
        """Build and open."""
        cluster = fresh_cluster(cls.connection, cls.shards)
        build(index_of(cluster, cls.root), creators)
        return opened(cluster)


class TestClusterEngineOfShards(TestClusterEngine):
    """The same in three shards: words are weighed by the counts of all of them."""

    shards = 3


class TestClusterUpdate(ClusterContract):
    """Half of the creators came with an update."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator]) -> ClusterEngine:
        """Build half, put the rest on top, and open."""
        cluster = fresh_cluster(cls.connection, cls.shards)
        index = index_of(cluster, cls.root)
        build(index, creators[::2])
        update(index, creators[1::2])
        return opened(cluster)

    def whose_words_tell(self, creators: Sequence[Creator]) -> Sequence[Creator]:
        """An update leaves the telling words of its base as they are, until the next build."""
        return creators[::2]

"""The engine over a real OpenSearch node keeps the contract: in one shard, in three, and after an update."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from discovery.creator import Creator
from discovery.people import Profiles
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.connection import Connection
from indexer.opensearch.engine import ClusterEngine
from indexer.opensearch.index import ClusterIndex
from tests.contracts.pair import Pair
from tests.contracts.search_engine import SearchEngineContract
from tests.opensearch.generations import build, connected, fresh_cluster, index_of, opened, update, weigh_anew
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch


class ClusterContract(SearchEngineContract):
    """Generations on one node, gone again after the test (or the class) that made them."""

    shards: ClassVar[int] = 1
    connection: ClassVar[Connection]
    root: ClassVar[Path]
    made: ClassVar[list[ClusterIndex]]

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _node(cls, opensearch_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
        cls.connection = connected(opensearch_node.url)
        cls.root = tmp_path_factory.mktemp("cluster")
        cls.made = []
        yield
        cls.drop(cls.made)
        cls.connection.close()

    @pytest.fixture(autouse=True)
    def _own(self, pair: Pair, empty: Pair, linked: Pair) -> Iterator[None]:
        """Drop what a test itself builds; hundreds of indices make a node slow."""
        del pair, empty, linked  # they are made first, and stay
        before = len(self.made)
        yield
        self.drop(self.made[before:])
        del self.made[before:]

    @classmethod
    def drop(cls, indices: Sequence[ClusterIndex]) -> None:
        """Delete generations."""
        for index in indices:
            index.withdraw()

    @classmethod
    def new(cls) -> tuple[Cluster, ClusterIndex]:
        """Return names that nobody has used, and the index that they stand for."""
        cluster = fresh_cluster(cls.connection, cls.shards)
        cls.made.append(index_of(cluster, cls.root))
        return cluster, cls.made[-1]


class TestClusterEngine(ClusterContract):
    """A generation built from scratch."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> ClusterEngine:
        """Build and open."""
        cluster, index = cls.new()
        build(index, creators, persons)
        return opened(cluster)


class TestClusterEngineOfShards(TestClusterEngine):
    """The same in three shards: words are weighed by the counts of all of them."""

    shards = 3


class TestClusterUpdate(ClusterContract):
    """Half of the creators came with an update, and texts are weighed by the mean lengths of all.

    An update alone keeps the mean lengths of the last whole build. Those of a few invented creators are not
    near enough to them.
    """

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> ClusterEngine:
        """Build half, put the rest on top, and open."""
        cluster, index = cls.new()
        build(index, creators[::2])
        update(index, creators[1::2], persons=persons)
        weigh_anew(cluster, creators)
        return opened(cluster)

    def whose_words_tell(self, creators: Sequence[Creator]) -> Sequence[Creator]:
        """An update leaves the telling words of its base as they are, until the next build."""
        return creators[::2]

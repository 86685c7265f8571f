"""Which engine stands behind an installation's index: its folder, or its cluster.

Each is imported when it is used; the environment holds what a cluster needs to know.
"""

import os

from discovery.ports import Analyser
from indexer.home import Home
from indexer.index import Generations, Index


def open_generations(home: Home, *, encoder: str, analyser: str) -> Generations:
    """Return what hands out the engine, for vectors and terms of these.

    Raises:
        InvalidInput: the cluster's addresses or credentials cannot be used.
    """
    if home.cluster:
        from indexer.opensearch.generations import ClusterGenerations
        from indexer.opensearch.settings import open_cluster

        cluster = open_cluster(home.cluster, os.environ)
        return ClusterGenerations(cluster, encoder=encoder, analyser=analyser)
    from indexer.embedded.generations import FolderGenerations

    return FolderGenerations(home.index, encoder=encoder, analyser=analyser)


def open_index(home: Home, analyser: Analyser) -> Index:
    """Return the index as builds see it.

    Raises:
        InvalidInput: the cluster's addresses or credentials cannot be used.
    """
    if home.cluster:
        from indexer.opensearch.index import ClusterIndex
        from indexer.opensearch.settings import open_cluster

        return ClusterIndex(open_cluster(home.cluster, os.environ), home.cluster_lock, analyser)
    from indexer.embedded.index import EmbeddedIndex

    return EmbeddedIndex(home.index, analyser)

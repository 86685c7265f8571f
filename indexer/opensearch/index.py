"""The cluster as a build sees it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from discovery.creator import CreatorId
from discovery.ports import Analyser, GenerationInfo
from indexer.index import Origin, Published, check_fit, too_much_growth
from indexer.lock import held
from indexer.opensearch.background import load_words
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.maintenance import drop, merge_deletes
from indexer.opensearch.manifest import served
from indexer.opensearch.update import UpdateWriter
from indexer.opensearch.whole import WholeWriter, generations
from indexer.sample import sample_of


class ClusterIndex:
    """An `Index` on a cluster. An update goes into the generation that is served."""

    in_place = True

    def __init__(self, cluster: Cluster, lock: Path, analyser: Analyser) -> None:
        self._cluster = cluster
        self._lock = lock
        self._analyser = analyser

    def building(self) -> AbstractContextManager[None]:
        """Hold the right to build, among the processes of this installation."""
        return held(self._lock, f"the cluster (prefix {self._cluster.prefix})")

    def info(self) -> GenerationInfo:
        """What is served."""
        return served(self._cluster.connection, self._cluster.aliases)[1].info

    def published(self, encoder: str, analyser: str) -> Published:
        """Return the generation behind the aliases."""
        _, manifest = served(self._cluster.connection, self._cluster.aliases)
        check_fit(manifest.origin, encoder, analyser)
        return manifest.published

    def why_anew(self, changed: int) -> str:
        """Return why an update should rather build anew, or ''.

        Documents could be replaced one by one for ever, but telling words and mean lengths of texts are those
        of the last whole build.
        """
        _, manifest = served(self._cluster.connection, self._cluster.aliases)
        return too_much_growth(manifest.base, manifest.updated + changed)

    def begin(self, origin: Origin, ids: Sequence[CreatorId]) -> WholeWriter:
        """Begin three indices, or go on with those that a killed build of the same origin left."""
        return WholeWriter(self._cluster, origin, self._analyser, frozenset(sample_of(ids)))

    def extend(self, origin: Origin, changed: Sequence[CreatorId]) -> UpdateWriter:
        """Begin to change what is served."""
        return UpdateWriter(self._cluster, origin, self._analyser, changed)

    def expunge(self) -> None:
        """Rewrite the segments that still hold removed documents, and drop the generations that still may."""
        connection = self._cluster.connection
        with self.building():
            names, _ = served(connection, self._cluster.aliases)
            drop(connection, [one for one in generations(self._cluster) if one != names])
            merge_deletes(connection, names)

    def withdraw(self) -> None:
        """Drop every generation, its aliases with it."""
        with self.building():
            drop(self._cluster.connection, generations(self._cluster))

    def words(self) -> list[str]:
        """The telling words of what is served."""
        names, manifest = served(self._cluster.connection, self._cluster.aliases)
        found = load_words(self._cluster.connection, names, manifest.origin.dimension)
        return [word for _, word in found.words]

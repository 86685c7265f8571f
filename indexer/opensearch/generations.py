"""The generation that the aliases stand for, and the next one as soon as it is published."""

import logging
import threading

from discovery.errors import NicheScoutError
from indexer.index import check_fit
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.engine import ClusterEngine
from indexer.opensearch.manifest import served

log = logging.getLogger(__name__)


class ClusterGenerations:
    """Hands out the current engine; a search keeps the one it started with.

    `problem` is why the cluster could not be asked for a newer generation, or `None`.
    """

    def __init__(self, cluster: Cluster, *, encoder: str, analyser: str) -> None:
        self._cluster = cluster
        self._encoder = encoder
        self._analyser = analyser
        self._engine: ClusterEngine | None = None
        self._refreshing = threading.Lock()
        self._watched = False
        self._failure: NicheScoutError | None = None
        self.problem: str | None = None

    def current(self) -> ClusterEngine:
        """Return the engine that is served now, opening it on first use.

        While nothing could be opened yet, the watch goes on trying and this fails at once: requests that each
        waited for a cluster that is away would leave no thread to say that the server lives.

        Raises:
            IndexMissing: nothing has been published.
            IndexDamaged: it was built by another version.
            EncoderMismatch: it was built by another encoder.
            EngineUnavailable: the cluster cannot be reached.
        """
        engine = self._engine
        if engine is None:
            if self._watched and self._failure:
                raise self._failure.with_traceback(None)
            self.refresh()
            engine = self._engine
            assert engine is not None
        return engine

    def refresh(self) -> bool:
        """Go over to the published generation if it is another than the one that is served.

        Raises:
            NicheScoutError: it cannot be opened; what was served before stays.
        """
        with self._refreshing:
            try:
                newer = self._open_newer()
            except NicheScoutError as error:
                self._failure = error
                raise
            self._failure = None
            return newer

    def watch(self, interval: float = 2.0) -> threading.Thread:
        """Look for a new generation every `interval` seconds, in a daemon thread."""
        thread = threading.Thread(target=self._watch, args=(interval,), name="generations", daemon=True)
        thread.start()
        self._watched = True
        return thread

    def _open_newer(self) -> bool:
        names, manifest = served(self._cluster.connection, self._cluster.aliases)
        if self._engine is not None and self._engine.info.id == manifest.origin.generation:
            return False
        check_fit(manifest.origin, self._encoder, self._analyser)
        self._engine = ClusterEngine(self._cluster.connection, names, manifest)
        return True

    def _watch(self, interval: float) -> None:
        pause = threading.Event()
        while not pause.wait(interval):
            try:
                if self.refresh():
                    log.info("serving generation %s", self.current().info.id)
                self.problem = None
            except Exception as error:  # whatever it is: without the watch no later one would be served
                if str(error) != self.problem:
                    log.error("%s", error, exc_info=not isinstance(error, NicheScoutError))
                self.problem = str(error)

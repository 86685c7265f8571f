"""The generation that is served now, and the next one as soon as it is published."""

import logging
import threading
from pathlib import Path

from discovery.errors import IndexDamaged, NicheScoutError
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import read_manifest
from indexer.index import check_fit

log = logging.getLogger(__name__)


class FolderGenerations:
    """Hands out the current engine; a search keeps the one it started with.

    `problem` is why the newest published generation could not be opened, or `None`; the last good one goes
    on being served.
    """

    def __init__(self, index: Path, *, encoder: str, analyser: str) -> None:
        self._layout = Layout(index)
        self._encoder = encoder
        self._analyser = analyser
        self._engine: EmbeddedEngine | None = None
        self._refreshing = threading.Lock()
        self.problem: str | None = None

    def current(self) -> EmbeddedEngine:
        """Return the engine that is served now, opening it on first use.

        Raises:
            IndexMissing: nothing has been published.
            IndexDamaged: the published generation is damaged and no other is loaded.
            EncoderMismatch: it was built by another encoder.
        """
        engine = self._engine
        if engine is None:
            self.refresh()
            engine = self._engine
            assert engine is not None
        return engine

    def refresh(self) -> bool:
        """Open the published generation if it is another than the one that is served.

        Raises:
            NicheScoutError: it cannot be opened; what was served before stays.
        """
        with self._refreshing:
            name = self._layout.current()
            if self._engine is not None and self._engine.info.id == name:
                return False
            try:
                engine = self._open(name)
            except FileNotFoundError as error:
                raise IndexDamaged(f"generation {name} went away while it was opened ({error})") from error
            self._engine = engine
            return True

    def watch(self, interval: float = 0.5) -> threading.Thread:
        """Look for a new generation every `interval` seconds, in a daemon thread."""
        thread = threading.Thread(target=self._watch, args=(interval,), name="generations", daemon=True)
        thread.start()
        return thread

    def _open(self, name: str) -> EmbeddedEngine:
        folder = self._layout.generation(name)
        check_fit(read_manifest(folder).origin, self._encoder, self._analyser)
        engine = open_generation(folder)
        engine.warm()
        return engine

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

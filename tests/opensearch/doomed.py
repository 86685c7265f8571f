"""Builds that are watched at the wire, and end, or lose their node, right before a request of choice."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from indexer.build import BuildReport, build_index, update_index
from indexer.home import Home
from indexer.opensearch import whole
from indexer.opensearch.access import Credentials, addresses
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.connection import Connection
from indexer.opensearch.index import ClusterIndex
from indexer.opensearch.mapping import Copies
from tests.contracts.pair import ANALYSER, ENCODER

MODULE = "tests.opensearch.doomed"


def nothing() -> None:
    """Let it go on."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Right before a request, given as a pattern of `METHOD path`; `nth` counts from 1."""

    request: str
    nth: int = 1


@dataclass(slots=True)
class Watch:
    """What a connection does: each request is noted in a file, and at a moment something happens first."""

    notes: Path
    moment: Moment | None = None
    act: Callable[[], object] = nothing
    met: int = field(default=0, init=False)

    def before(self, method: str, path: str, documents: int = 0) -> None:
        """Note a request before it is sent, or do what is due."""
        if self.moment and re.fullmatch(self.moment.request, f"{method} {path}"):
            self.met += 1
            if self.met == self.moment.nth:
                self.act()
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(f"{method} {path} {documents}\n")


class WatchedConnection(Connection):
    """The real connection, watched."""

    watch: Watch

    def attempt(self, method: str, path: str, **rest: Any) -> Any:
        """Send once."""
        lines = rest["body"].count(b"\n") if path == "/_bulk" else 0
        self.watch.before(method, path, lines)
        return super().attempt(method, path, **rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A store, and where its index is."""

    home: Path
    url: str
    prefix: str
    notes: Path
    patience: float = 120.0

    def cluster(self, watch: Watch | None = None) -> Cluster:
        """Reach the cluster."""
        connection = WatchedConnection(addresses([self.url], Credentials()))
        connection.watch = watch or Watch(Path(os.devnull))
        copies = Copies(replicas=0)
        return Cluster(
            connection=connection,
            prefix=self.prefix,
            copies=copies,
            patience=self.patience,
            handover=0.0,
        )

    def index(self, watch: Watch | None = None) -> ClusterIndex:
        """Return the index as builds see it."""
        return ClusterIndex(self.cluster(watch), self.home / "lock", ANALYSER)

    def build(self, *, update: bool = False, at: Moment | None = None, act: Any = nothing) -> BuildReport:
        """Build or update here; something may happen at a moment."""
        work = update_index if update else build_index
        self.notes.unlink(missing_ok=True)
        watch = Watch(self.notes, at, act)
        return work(Home(self.home), ENCODER, ANALYSER, index=self.index(watch))

    def killed(self, at: Moment, *, update: bool = False) -> None:
        """Build or update in a process of its own, which is killed at a moment that must come."""
        context = get_context("forkserver")
        context.set_forkserver_preload([MODULE])
        process = context.Process(target=doomed, args=(self, at, update))
        process.start()
        process.join(120)
        code = process.exitcode
        process.close()
        assert code == -signal.SIGKILL, f"{at} never came: {code}\n{self.notes.read_text(encoding='utf-8')}"

    @property
    def sent(self) -> int:
        """How many lines of bulk requests the last build here sent."""
        return sum(int(line.rpartition(" ")[2]) for line in self.notes.read_text().splitlines())


def doomed(place: Place, at: Moment, update: bool) -> None:
    """Build until the moment comes, noting each time how far everything is."""
    whole.NOTE_SECONDS = 0.0
    place.build(update=update, at=at, act=lambda: os.kill(os.getpid(), signal.SIGKILL))

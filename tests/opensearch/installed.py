"""An installation whose index is on a cluster, and what can be seen of its indices from outside."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from discovery.creator import Creator, CreatorId
from discovery.ports import Encoder
from indexer.build import BuildReport, Progress, build_index, no_progress, update_index
from indexer.forget import ForgetReport, forget
from indexer.home import Home
from indexer.index import Origin, origin
from indexer.opensearch.access import Credentials, addresses
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.connection import Body, Connection
from indexer.opensearch.contents import everybody
from indexer.opensearch.engine import ClusterEngine
from indexer.opensearch.index import ClusterIndex
from indexer.opensearch.manifest import served
from indexer.opensearch.mapping import Copies
from indexer.opensearch.update import UpdateWriter
from indexer.opensearch.whole import WholeWriter
from indexer.store import Store
from tests.contracts.comparison import assert_same_sample, assert_same_themes, assert_same_windows
from tests.contracts.pair import query_for
from tests.indexer.installation import ANALYSER, ENCODER, stock
from tests.opensearch.generations import add
from tests.opensearch_node.node import Node

ONE_COPY = Copies(replicas=0)
_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to a node."""

    method: str
    path: str
    body: bytes | None


class RecordingConnection(Connection):
    """A connection to a real cluster that remembers what was sent over it, every try."""

    def __init__(self, *urls: str) -> None:
        super().__init__(addresses(urls, Credentials()))
        self.sent: list[Sent] = []

    def attempt(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        params: Mapping[str, object] | None = None,
        seconds: float,
    ) -> Any:
        """Note it, and send it."""
        self.sent.append(Sent(method, path, body if isinstance(body, bytes) else None))
        return super().attempt(method, path, body=body, params=params, seconds=seconds)

    def heard(self) -> list[Sent]:
        """Return what was sent since the last call."""
        found, self.sent = self.sent, []
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A data folder, and its place on the cluster."""

    node: Node
    home: Home
    cluster: Cluster
    connection: RecordingConnection

    @property
    def index(self) -> ClusterIndex:
        """The index as builds see it."""
        return ClusterIndex(self.cluster, self.home.cluster_lock, ANALYSER)

    @property
    def prefix(self) -> str:
        """What all names on the cluster begin with."""
        return self.cluster.prefix

    @property
    def indices(self) -> list[str]:
        """All indices of a name that begins with the prefix, whoever's they are."""
        found = self.node.ask(f"/_cat/indices/{self.prefix}-*?format=json&h=index&expand_wildcards=all")
        return sorted(one["index"] for one in found.demand())

    @property
    def generations(self) -> list[str]:
        """The names of all generations that have their three indices, oldest first."""
        names = [one.rpartition("-")[0] for one in self.indices]
        assert sorted(names) == sorted(3 * list(dict.fromkeys(names))), self.indices
        return [name.removeprefix(f"{self.prefix}-").upper() for name in dict.fromkeys(names)]

    @property
    def aliases(self) -> dict[str, str]:
        """What each alias stands for."""
        found = self.node.ask(f"/_cat/aliases/{self.prefix}-*?format=json&h=alias,index").demand()
        assert len({one["alias"] for one in found}) == len(found)
        return {one["alias"]: one["index"] for one in found}

    @property
    def engine(self) -> ClusterEngine:
        """Open what is served."""
        return ClusterEngine(self.connection, *served(self.connection, self.cluster.aliases))

    @property
    def indexed(self) -> set[CreatorId]:
        """Who is in what is served."""
        return set(everybody(self.connection, self.cluster.aliases))

    def documents(self, part: str) -> int:
        """How many documents an index of what is served has."""
        return int(self.node.ask(f"/{self.prefix}-{part}/_count").demand()["count"])

    def settings(self, index: str) -> dict[str, Any]:
        """Settings of an index that were set, without the prefix that all have."""
        found = self.node.ask(f"/{index}/_settings?flat_settings=true").demand()
        ((_, entry),) = found.items()
        return {name.removeprefix("index."): value for name, value in entry["settings"].items()}

    def build(self, progress: Progress = no_progress, **options: Any) -> BuildReport:
        """Build anew."""
        return build_index(self.home, ENCODER, ANALYSER, progress, index=self.index, **options)

    def update(self, encoder: Encoder = ENCODER) -> BuildReport:
        """Follow what changed."""
        return update_index(self.home, encoder, ANALYSER, index=self.index)

    def forget(self, *ids: CreatorId) -> ForgetReport:
        """Forget people."""
        return forget(self.home, ids, ENCODER, ANALYSER, index=self.index)

    def origin(self, **changes: Any) -> Origin:
        """Return what a build that begins now says of itself."""
        with Store(self.home.store) as store:
            return replace(origin(ENCODER, ANALYSER.id, store.revision), **changes)

    def kill_build_after(self, creators: Iterable[Creator], **changes: Any) -> str:
        """Leave what a build leaves that is killed after so many creators; return its generation."""
        begun = self.origin(**changes)
        people = list(creators)
        self._kill(self.index.begin(begun, [one.id for one in people]), people)
        return begun.generation

    def kill_update_after(self, creators: Iterable[Creator]) -> None:
        """Leave what an update leaves that is killed after so many creators."""
        people = list(creators)
        self._kill(self.index.extend(self.origin(), [one.id for one in people]).__enter__(), people)

    def _kill(self, writer: WholeWriter | UpdateWriter, people: list[Creator]) -> None:
        add(writer, people)
        writer._loader.flush()
        writer._loader.abandon()


@contextmanager
def installed(
    node: Node, folder: Path, people: Iterable[Creator], *, prefix: str = "", copies: Copies = ONE_COPY
) -> Iterator[Installed]:
    """Make an installation with some people in its store; its indices are dropped at the end."""
    home = Home(folder, cluster=(node.url,))
    stock(home, people)
    connection = RecordingConnection(node.url)
    prefix = prefix or f"installed{next(_NUMBERS)}"
    cluster = Cluster(connection=connection, prefix=prefix, copies=copies, handover=0.0)
    made = Installed(node=node, home=home, cluster=cluster, connection=connection)
    try:
        yield made
    finally:
        for index in made.indices:
            node.ask(f"/{index}", "DELETE").demand()
        connection.close()


def assert_same_but_for_words(got: ClusterEngine, wanted: ClusterEngine, ids: Iterable[CreatorId]) -> None:
    """Compare everything that no statistics of words enter into, and who has a word at all."""
    asked = sorted(ids)
    assert got.info.creators == wanted.info.creators == len(asked)
    assert got.info.passages == wanted.info.passages
    assert got.read(asked) == wanted.read(asked)
    for vectors, same in zip(got.passage_vectors(asked), wanted.passage_vectors(asked), strict=True):
        np.testing.assert_array_equal(vectors, same)
    for brief in ("vegan recipes", "chess and bread"):
        query = query_for(brief)
        here, there = got.themes(query, asked), wanted.themes(query, asked)
        np.testing.assert_array_equal(here.keyword > 0, there.keyword > 0)
        assert_same_themes(replace(here, keyword=there.keyword), there)
        mine, others = got.windows(query, asked), wanted.windows(query, asked)
        np.testing.assert_array_equal(mine.keyword > 0, others.keyword > 0)
        assert_same_windows(replace(mine, keyword=others.keyword), others)
        assert_same_sample(got.background(query), wanted.background(query))

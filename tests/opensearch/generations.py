"""Generations on a real node, built for tests without a store."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from discovery.creator import Creator
from discovery.people import Profiles
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, document
from indexer.index import Origin, Writer, origin
from indexer.opensearch.access import Credentials, addresses
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.connection import Connection
from indexer.opensearch.documents import Texts
from indexer.opensearch.engine import ClusterEngine
from indexer.opensearch.index import ClusterIndex
from indexer.opensearch.maintenance import wait_for, weigh
from indexer.opensearch.manifest import served
from indexer.opensearch.mapping import Copies
from indexer.records import to_json
from tests.contracts.pair import ANALYSER, ENCODER

_NUMBERS = count()


def connected(*urls: str) -> Connection:
    """Reach nodes without credentials."""
    return Connection(addresses(urls, Credentials()))


def fresh_cluster(connection: Connection, shards: int = 1) -> Cluster:
    """A prefix that nobody has used on the node."""
    return Cluster(
        connection=connection,
        prefix=f"test{next(_NUMBERS)}",
        copies=Copies(shards=shards, replicas=0),
        handover=0.0,
    )


def index_of(cluster: Cluster, folder: Path) -> ClusterIndex:
    """The cluster as a build sees it."""
    return ClusterIndex(cluster, folder / "lock", ANALYSER)


def begun(revision: int = 1) -> Origin:
    """What a generation of these tests is made from."""
    return origin(ENCODER, ANALYSER.id, revision)


def add(writer: Writer, creators: Sequence[Creator]) -> None:
    """Add creators in the order of their ids, as a build does."""
    for one in sorted(creators, key=lambda one: one.id):
        made = document(one)
        vectors = ENCODER.encode_documents([passage.text for passage in made.passages if passage.text])
        writer.add(made, to_json(replace(one, posts=one.kept_posts)), vectors)


def build(index: ClusterIndex, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> None:
    """Publish a generation from scratch."""
    with index.begin(begun(), [one.id for one in creators]) as writer:
        add(writer, creators)
        writer.write_words(ENCODER.encode_documents)
        writer.write_people(persons)
        writer.publish(1)


def update(
    index: ClusterIndex,
    changed: Sequence[Creator],
    gone: Sequence[Creator] = (),
    persons: Sequence[Profiles] = (),
) -> None:
    """Publish changes on top of what is served."""
    with index.extend(begun(2), [one.id for one in changed]) as writer:
        for one in gone:
            writer.remove(one.id)
        add(writer, changed)
        writer.write_people(persons)
        writer.publish(1)


def weigh_anew(cluster: Cluster, creators: Sequence[Creator]) -> None:
    """Set the mean lengths of texts as a whole build of these creators would."""
    whole, passages = Texts(ANALYSER, CREATOR_FIELDS), Texts(ANALYSER, PASSAGE_FIELDS)
    for one in map(document, creators):
        whole.stored(one.fields)
        for passage in one.passages:
            passages.stored(passage.fields)
    names, _ = served(cluster.connection, cluster.aliases)
    weigh(cluster.connection, names.creators, whole.lengths)
    weigh(cluster.connection, names.passages, passages.lengths)
    wait_for(cluster.connection, names.all, 30.0)


def opened(cluster: Cluster) -> ClusterEngine:
    """Open what is served."""
    return ClusterEngine(cluster.connection, *served(cluster.connection, cluster.aliases))

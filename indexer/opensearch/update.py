"""Change the generation that is served, document by document; searches see all of it at once, at the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Self

from discovery.creator import CreatorId
from discovery.errors import NicheScoutError
from discovery.people import Profiles
from discovery.ports import Analyser, Vectors
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, CreatorDocument
from indexer.index import Origin, Published
from indexer.opensearch import people
from indexer.opensearch.bulk import BulkLoader, Operation
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.contents import everybody, passage_counts, sampled_ids
from indexer.opensearch.documents import (
    Texts,
    creator_body,
    creator_key,
    passage_bodies,
    passage_key,
    source,
)
from indexer.opensearch.maintenance import SECONDS, count, persist, refresh
from indexer.opensearch.manifest import served, write_manifest
from indexer.opensearch.whole import delete_of, deletes
from indexer.sample import grown


class UpdateWriter:
    """A `Writer` into the indices that are served.

    Until `publish`, searches go on seeing what was there: nothing is refreshed in between. An update that was
    killed is done again from its beginning, which changes nothing that was done already. What it sent is made
    visible first: whoever has gone since must be found, and every passage that they had.
    """

    def __init__(
        self, cluster: Cluster, origin: Origin, analyser: Analyser, changed: Sequence[CreatorId]
    ) -> None:
        self._cluster = cluster
        self._origin = origin
        self._names, self._manifest = served(cluster.connection, cluster.aliases)
        refresh(cluster.connection, self._names)
        sampled = sampled_ids(cluster.connection, self._names)
        self._sampled = grown(sampled, count(cluster.connection, self._names.creators), changed)
        self._passages = passage_counts(cluster.connection, self._names, changed)
        self._creator_texts = Texts(analyser, CREATOR_FIELDS)
        self._passage_texts = Texts(analyser, PASSAGE_FIELDS)
        self._loader = BulkLoader(cluster.connection, deadline=cluster.patience)
        self._sent = 0

    def __enter__(self) -> Self:
        self._refresh_every("-1")
        return self

    def __exit__(self, *exception: object) -> None:
        self._loader.abandon()
        try:
            self._refresh_every(None)
        except NicheScoutError:
            if exception[0] is None:  # else what went wrong first is what is told
                raise

    @property
    def ids(self) -> frozenset[CreatorId]:
        """Creators that searches see."""
        return frozenset(everybody(self._cluster.connection, self._names))

    def add(self, document: CreatorDocument, record: bytes, vectors: Vectors) -> None:
        """Send a creator, and delete the passages that they had more."""
        self._sent += 1
        owner = document.creator.id
        body = creator_body(document, record, vectors, self._creator_texts, sampled=owner in self._sampled)
        passages = passage_bodies(document, vectors, self._passage_texts)
        for operation in self._operations(owner, [source(one) for one in passages], source(body)):
            self._loader.add(operation)

    def remove(self, identity: CreatorId) -> None:
        """Delete a creator with all passages."""
        for operation in deletes(self._names, identity):
            self._loader.add(operation)

    def write_words(self, encode: Callable[[list[str]], Vectors]) -> None:
        """Keep the words of the last whole build."""

    def write_people(self, persons: Sequence[Profiles]) -> None:
        """Send who is one person, in place of what is served."""
        if persons:
            people.make_room(self._cluster.connection, self._names)
        before = people.documents(self._cluster.connection, self._names)
        for operation in people.operations(self._names, persons, before):
            self._loader.add(operation)

    def publish(self, keep: int) -> Published:
        """Let searches see the changes."""
        del keep
        self._loader.close()
        return persist(self._cluster.connection, self._names, self._cluster.patience, self._publish)

    def _publish(self) -> Published:
        connection = self._cluster.connection
        refresh(connection, self._names)
        manifest = replace(
            self._manifest,
            origin=self._origin,
            updated=self._manifest.updated + self._sent,
            creators=count(connection, self._names.creators),
            passages=count(connection, self._names.passages),
        )
        write_manifest(connection, self._names, manifest)
        return manifest.published

    def _operations(self, owner: CreatorId, passages: Sequence[bytes], body: bytes) -> Iterator[Operation]:
        for place, passage in enumerate(passages):
            yield _put(self._names.passages, passage_key(owner, place), passage)
        for place in range(len(passages), self._passages.get(owner, 0)):
            yield delete_of(self._names.passages, passage_key(owner, place))
        yield _put(self._names.creators, creator_key(owner), body)

    def _refresh_every(self, interval: str | None) -> None:
        self._cluster.connection.request(
            "PUT",
            f"/{self._names.all}/_settings",
            body={"index.refresh_interval": interval},
            deadline=min(SECONDS, self._cluster.patience),
            idempotent=True,
        )


def _put(index: str, key: str, body: bytes) -> Operation:
    return Operation(action="index", index=index, id=key, source=body)

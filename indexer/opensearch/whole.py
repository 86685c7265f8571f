"""Build a generation on the cluster from scratch; a build that was killed goes on where it was."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Self

from discovery.creator import WINDOW, CreatorId
from discovery.errors import EngineUnavailable, IndexDamaged
from discovery.people import Profiles
from discovery.ports import Analyser, Vectors
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, CreatorDocument
from indexer.index import Origin, Published
from indexer.opensearch import people
from indexer.opensearch.bulk import BulkLoader, Operation
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.documents import (
    Texts,
    creator_body,
    creator_key,
    passage_bodies,
    passage_key,
    source,
    word_body,
)
from indexer.opensearch.maintenance import (
    count,
    create,
    drop,
    make_searchable,
    persist,
    reopen,
    settle,
    switch,
)
from indexer.opensearch.manifest import Manifest, State, read_manifests, write_manifest
from indexer.opensearch.names import Names, generation, is_generation
from indexer.words import WordCounter

NOTE_SECONDS = 5.0
"""How often the cluster is told how far a build is. What came after the last note is sent again."""


class WholeWriter:
    """A `Writer` of three new indices. Creators come in the order of their ids."""

    def __init__(
        self, cluster: Cluster, origin: Origin, analyser: Analyser, sampled: frozenset[CreatorId]
    ) -> None:
        self._cluster = cluster
        self._sampled = sampled
        self._creator_texts = Texts(analyser, CREATOR_FIELDS)
        self._passage_texts = Texts(analyser, PASSAGE_FIELDS)
        self._words = WordCounter(analyser)
        self._names, self._manifest = self._begin(origin)
        self._begun_before = self._manifest.origin != origin
        self._resumed = self._manifest.after
        self._noted = time.monotonic()
        self._loader = BulkLoader(
            cluster.connection, deadline=cluster.patience, acknowledged=self._acknowledged
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._loader.abandon()

    @property
    def ids(self) -> frozenset[CreatorId]:
        """Nobody is there whom the build does not bring."""
        return frozenset()

    def add(self, document: CreatorDocument, record: bytes, vectors: Vectors) -> None:
        """Send a creator, passages first; those that a killed build sent already are only counted."""
        owner = document.creator.id
        body = creator_body(document, record, vectors, self._creator_texts, sampled=owner in self._sampled)
        passages = passage_bodies(document, vectors, self._passage_texts)
        self._words.add(document.fields["subject"])
        if self._resumed is not None and owner <= self._resumed:
            return
        for place, passage in enumerate(passages):
            self._loader.add(create_of(self._names.passages, passage_key(owner, place), source(passage)))
        self._loader.add(create_of(self._names.creators, creator_key(owner), source(body), marker=owner))

    def remove(self, identity: CreatorId) -> None:
        """Take somebody out whom a killed build may have sent, whatever it noted."""
        if not self._begun_before:
            return
        for operation in deletes(self._names, identity):
            self._loader.add(operation)

    def write_words(self, encode: Callable[[list[str]], Vectors]) -> None:
        """Send the telling words with their vectors."""
        words = self._words.words()
        for place, ((term, word), vector) in enumerate(
            zip(words, encode([word for _, word in words]), strict=True)
        ):
            body = word_body(place, term, word, vector)
            self._loader.add(create_of(self._names.words, str(place), source(body)))

    def write_people(self, persons: Sequence[Profiles]) -> None:
        """Send who is one person, in place of what a killed build sent."""
        before = 0
        if self._begun_before:
            before = people.sent(self._cluster.connection, self._names)
        for operation in people.operations(self._names, persons, before):
            self._loader.add(operation)

    def publish(self, keep: int) -> Published:
        """Make what was sent searchable, switch the aliases over, and drop older generations."""
        self._loader.close()
        cluster = self._cluster
        return persist(cluster.connection, self._names, cluster.patience, lambda: self._publish(keep))

    def _publish(self, keep: int) -> Published:
        connection = self._cluster.connection
        lengths = {"creators": self._creator_texts.lengths, "passages": self._passage_texts.lengths}
        settle(connection, self._names, lengths)
        make_searchable(connection, self._names, self._cluster.copies)
        creators = count(connection, self._names.creators)
        self._manifest = replace(
            self._manifest,
            state=State.PUBLISHED,
            after=None,
            creators=creators,
            base=creators,
            passages=count(connection, self._names.passages),
        )
        write_manifest(connection, self._names, self._manifest)
        switch(connection, self._cluster.aliases, self._names)
        older = sorted((names for names in generations(self._cluster) if names != self._names), key=str)
        dropped = older[: max(0, len(older) - keep + 1)]
        if dropped and dropped[-1] == older[-1]:  # what servers still search
            time.sleep(self._cluster.handover)
        drop(connection, dropped)
        return self._manifest.published

    def _begin(self, origin: Origin) -> tuple[Names, Manifest]:
        """Find a build of the same origin to go on with; drop the others that were not finished."""
        found: tuple[Names, Manifest] | None = None
        for names, manifest in generations(self._cluster).items():
            if isinstance(manifest, IndexDamaged) or manifest.state is not State.BUILDING:
                continue
            same = found is None and _same(manifest.origin, origin)
            if same and reopen(self._cluster.connection, names):
                found = names, manifest
            else:
                drop(self._cluster.connection, [names])
        if found is not None:
            return found
        names = generation(self._cluster.prefix, origin.generation)
        manifest = Manifest(origin=origin, state=State.BUILDING)
        create(self._cluster.connection, names, manifest, self._cluster.copies)
        return names, manifest

    def _acknowledged(self, marker: object) -> None:
        """Note now and then how far everything is; a build does not fail for want of a note."""
        if time.monotonic() - self._noted >= NOTE_SECONDS:
            self._manifest = replace(self._manifest, after=CreatorId(str(marker)))
            with suppress(EngineUnavailable):
                write_manifest(self._cluster.connection, self._names, self._manifest)
            self._noted = time.monotonic()


def generations(cluster: Cluster) -> dict[Names, Manifest | IndexDamaged]:
    """All generations of an installation, finished or not."""
    found = read_manifests(cluster.connection, f"{cluster.prefix}-*-creators")
    return {names: one for names, one in found.items() if is_generation(cluster.prefix, names)}


def deletes(names: Names, identity: CreatorId, passages: int = WINDOW + 1) -> list[Operation]:
    """Operations that take a creator out, with as many passages as anybody can have."""
    places = [delete_of(names.passages, passage_key(identity, place)) for place in range(passages)]
    return [*places, delete_of(names.creators, creator_key(identity))]


def create_of(index: str, key: str, body: bytes, marker: CreatorId | None = None) -> Operation:
    """Put a document under its key, unless a try or a build before this one did."""
    return Operation(action="create", index=index, id=key, source=body, marker=marker)


def delete_of(index: str, key: str) -> Operation:
    """Delete what is under a key."""
    return Operation(action="delete", index=index, id=key)


def _same(begun: Origin, wanted: Origin) -> bool:
    """Whether a build would write the same: all but its name and its time."""
    return replace(begun, generation=wanted.generation, built_at=wanted.built_at) == wanted

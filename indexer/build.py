"""From the store to a published generation: whole, or only what changed."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from time import perf_counter

import numpy as np

from discovery.creator import Creator, CreatorId
from discovery.errors import EncoderMismatch, IndexDamaged, IndexMissing
from discovery.ports import Analyser, Encoder, Vectors
from indexer.documents import CreatorDocument, document
from indexer.embedded.index import EmbeddedIndex
from indexer.embedding_cache import EmbeddingCache
from indexer.home import Home
from indexer.index import Index, Origin, Published, Writer, origin
from indexer.people import People, people
from indexer.records import to_json
from indexer.store import Store
from indexer.suppression import SuppressionList

CHUNK = 1_000
KEPT_GENERATIONS = 2
Progress = Callable[[str, int, int], None]
"""Told the stage, how many creators are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. Seconds are wall time; `encoding` is the part spent in the encoder.

    `people` have several profiles, linked both ways; `doubtful` counts what links both ways and was not taken
    for one person.
    """

    generation: str
    creators: int
    passages: int
    encoded: int
    written: int
    removed: int
    whole: bool
    reason: str
    seconds: float
    encoding: float
    people: int = 0
    doubtful: int = 0


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def build_index(
    home: Home,
    encoder: Encoder,
    analyser: Analyser,
    progress: Progress = no_progress,
    *,
    index: Index | None = None,
    keep: int = KEPT_GENERATIONS,
) -> BuildReport:
    """Build a generation of all stored creators and publish it; `keep` generations stay.

    `index` is where; by default the index folder of the installation.

    After a removal, no earlier generation stays, and the cache keeps only what is encoded now: no byte is
    left of what was erased or taken back. Whatever ends the build early, the generation that was served
    stays. Encoded vectors are cached as they come, so a build that was stopped goes on where it was.

    Raises:
        IndexBusy: another build is running.
        IndexMissing: the store is empty.
    """
    with _Workshop(home, encoder, analyser, progress, index) as workshop:
        return workshop.build(keep, "asked for")


def update_index(
    home: Home,
    encoder: Encoder,
    analyser: Analyser,
    progress: Progress = no_progress,
    *,
    index: Index | None = None,
) -> BuildReport:
    """Publish a generation that follows what changed in the store since the current one.

    Costs what changed, not what there is; when too much has piled up, builds anew and says so.

    Raises:
        IndexBusy: another build is running.
        EncoderMismatch: the index was built by another encoder.
    """
    with _Workshop(home, encoder, analyser, progress, index) as workshop:
        return workshop.update()


class _Workshop:
    """Everything a build holds open."""

    def __init__(
        self, home: Home, encoder: Encoder, analyser: Analyser, progress: Progress, index: Index | None
    ) -> None:
        self._home = home
        self._encoder = encoder
        self._analyser = analyser
        self._progress = progress
        self._index = EmbeddedIndex(home.index, analyser) if index is None else index
        self._held = ExitStack()
        self._encoding = 0.0
        self._encoded = 0
        self._started = perf_counter()

    def __enter__(self) -> "_Workshop":
        with ExitStack() as held:
            held.enter_context(self._index.building())
            self._store = held.enter_context(Store(self._home.store))
            self._cache = held.enter_context(EmbeddingCache(self._home.embeddings))
            self._suppression = held.enter_context(SuppressionList(self._home.suppression))
            self._held = held.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._held.close()

    def build(self, keep: int, reason: str) -> BuildReport:
        """Build everything anew."""
        if not self._store.count:
            raise IndexMissing("the store is empty; import creators first: nichescout import FILE")
        begun = self._origin(self._store.revision)
        removed_at = self._store.removed_at
        keep = 1 if removed_at else keep
        ids = list(self._store.ids())
        with self._index.begin(begun, ids) as writer:
            written = self._write(writer, self._store.creators(), len(ids))
            report = self._publish(writer, keep, written=written, removed=0, whole=True, reason=reason)
        if removed_at:
            self._cache.keep_only(chain(passage_texts(self._store), self._index.words()))
            self._store.cleaned(removed_at)
        return report

    def update(self) -> BuildReport:
        """Put what changed on top of what is served."""
        try:
            base = self._index.published(self._encoder.id, self._analyser.id)
        except EncoderMismatch:
            raise
        except (IndexMissing, IndexDamaged) as error:
            return self.build(KEPT_GENERATIONS, f"no index to update ({error})")
        revision = self._store.revision  # before the changes are read: what comes later comes again
        if revision == base.revision:
            return self._report(base, written=0, removed=0, whole=False, reason="nothing changed")
        if revision < base.revision:
            return self.build(KEPT_GENERATIONS, "the store is older than the index")
        changed = list(dict.fromkeys(self._store.changed_since(base.revision)))
        if reason := self._index.why_anew(len(changed)):
            return self.build(KEPT_GENERATIONS, reason)
        with self._index.extend(self._origin(revision), changed) as writer:
            gone = writer.ids - set(self._store.ids())
            for identity in gone:
                writer.remove(identity)
            written = self._write(writer, self._store.creators(changed), len(changed))
            return self._publish(
                writer, KEPT_GENERATIONS, written=written, removed=len(gone), whole=False, reason="asked for"
            )

    def _origin(self, revision: int) -> Origin:
        return origin(self._encoder, self._analyser.id, revision)

    def _write(self, writer: Writer, creators: Iterable[Creator], total: int) -> int:
        written = 0
        for chunk in _chunks(creators, CHUNK):
            documents = []
            for creator in chunk:
                if self._suppression.is_suppressed(creator):
                    writer.remove(creator.id)
                else:
                    documents.append(document(creator))
            for one, vectors in zip(documents, self._vectors(documents), strict=True):
                writer.add(one, to_json(_shown(one.creator)), vectors)
            written += len(chunk)
            self._progress("indexing", written, total)
        return written

    def _vectors(self, documents: list[CreatorDocument]) -> Iterator[Vectors]:
        """Yield the vectors of each document's passages with text."""
        vectors = self._encode(
            [passage.text for one in documents for passage in one.passages if passage.text]
        )
        start = 0
        for one in documents:
            end = start + sum(1 for passage in one.passages if passage.text)
            yield vectors[start:end]
            start = end

    def _encode(self, texts: list[str]) -> Vectors:
        """Return the vectors of texts, shape [texts, dimension], encoding what the cache lacks."""
        vectors, known = self._cache.get(self._encoder.id, texts, self._encoder.dimension)
        missing = list(
            dict.fromkeys(text for text, hit in zip(texts, known.tolist(), strict=True) if not hit)
        )
        if missing:
            started = perf_counter()
            fresh = self._encoder.encode_documents(missing)
            self._encoding += perf_counter() - started
            self._encoded += len(missing)
            self._cache.put(self._encoder.id, missing, fresh)
            place = {text: row for row, text in enumerate(missing)}
            for row in np.flatnonzero(~known):
                vectors[row] = fresh[place[texts[row]]]
        return vectors

    def _people(self) -> People:
        """Who is one person; a person of whom one profile asked to be left out is shown nowhere as one."""
        left_out: set[CreatorId] = set()

        def linked() -> Iterator[Creator]:
            for creator in self._store.linked():
                if self._suppression.is_suppressed(creator):
                    left_out.add(creator.id)
                yield creator

        found = people(linked())
        return replace(found, persons=tuple(one for one in found.persons if left_out.isdisjoint(one)))

    def _publish(
        self, writer: Writer, keep: int, *, written: int, removed: int, whole: bool, reason: str
    ) -> BuildReport:
        self._progress("finishing", 0, 1)
        writer.write_words(self._encode)
        found = self._people()
        writer.write_people(found.persons)
        published = writer.publish(keep)
        self._progress("finishing", 1, 1)
        return replace(
            self._report(published, written=written, removed=removed, whole=whole, reason=reason),
            people=len(found.persons),
            doubtful=found.doubtful,
        )

    def _report(
        self, published: Published, *, written: int, removed: int, whole: bool, reason: str
    ) -> BuildReport:
        return BuildReport(
            generation=published.info.id,
            creators=published.info.creators,
            passages=published.info.passages,
            encoded=self._encoded,
            written=written,
            removed=removed,
            whole=whole,
            reason=reason,
            seconds=perf_counter() - self._started,
            encoding=self._encoding,
        )


def passage_texts(store: Store) -> Iterator[str]:
    """Every passage that a build would encode."""
    for creator in store.creators():
        for passage in document(creator).passages:
            yield passage.text


def _shown(creator: Creator) -> Creator:
    """The record as an index keeps it, without older posts."""
    return replace(creator, posts=creator.kept_posts)


def _chunks(creators: Iterable[Creator], size: int) -> Iterator[list[Creator]]:
    chunk: list[Creator] = []
    for creator in creators:
        chunk.append(creator)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

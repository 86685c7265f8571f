"""Forget people who asked to be left out: hidden at once, erased everywhere, and never taken in again."""

from collections.abc import Sequence
from dataclasses import dataclass

from discovery.creator import CreatorId
from discovery.errors import CreatorNotFound
from discovery.ports import Analyser, Encoder
from indexer.build import Progress, build_index, no_progress
from indexer.documents import document
from indexer.embedding_cache import EmbeddingCache
from indexer.home import Home
from indexer.store import Store
from indexer.suppression import SuppressionList


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetReport:
    """How many of the ids were stored and are erased now; the others are suppressed all the same."""

    erased: int
    not_stored: int


def forget(
    home: Home,
    ids: Sequence[CreatorId],
    encoder: Encoder,
    analyser: Analyser,
    progress: Progress = no_progress,
) -> ForgetReport:
    """Suppress creators, erase them from the store and the cache, and rewrite the index without them.

    The order makes a kill harmless: first the suppression list is on the disk, which hides them from every
    query and import; repeating the call completes the erasure.
    """
    with (
        SuppressionList(home.suppression) as suppression,
        Store(home.store) as store,
        EmbeddingCache(home.embeddings) as cache,
    ):
        known = []
        for identity in ids:
            try:
                known.append(store.get(identity))
            except CreatorNotFound:
                suppression.add_id(identity)
            else:
                suppression.add(known[-1])
        texts = [passage.text for creator in known for passage in document(creator).passages if passage.text]
        cache.discard(texts)
        erased = store.erase(ids)
        left = store.count
    if left:
        build_index(home, encoder, analyser, progress, keep=1)
    return ForgetReport(erased=erased, not_stored=len(ids) - erased)

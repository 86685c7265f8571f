"""Forget people who asked to be left out: hidden at once, erased everywhere, and never taken in again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from discovery.creator import CreatorId
from discovery.errors import CreatorNotFound
from discovery.ports import Analyser, Encoder
from indexer.build import Progress, build_index, no_progress, passage_texts, update_index
from indexer.crawl.forgetting import forget_in_crawl
from indexer.embedded.index import EmbeddedIndex
from indexer.embedding_cache import EmbeddingCache
from indexer.home import Home
from indexer.index import Index
from indexer.people import people
from indexer.store import Store
from indexer.suppression import SuppressionList


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetReport:
    """What was there: `erased` counts stored records, those of the same people under other ids among them.

    `not_stored` counts the ids under which nobody was stored; they are suppressed all the same. `linked` are
    further profiles of the same people, by links in both directions; they were erased and suppressed, too.
    """

    erased: int
    not_stored: int
    linked: tuple[CreatorId, ...] = ()


def forget(
    home: Home,
    ids: Iterable[CreatorId],
    encoder: Encoder,
    analyser: Analyser,
    progress: Progress = no_progress,
    *,
    index: Index | None = None,
) -> ForgetReport:
    """Suppress creators, erase them from the store, and rewrite the index and the cache without them.

    Stored records that the suppression list takes for the same people, by a handle or an address, go too, and
    so do all profiles of a person that link to each other: the wish is the person's, not the account's.
    The order makes a kill harmless: first the suppression list is on the disk, which hides them from every
    query and import; repeating the call completes the erasure. The cache comes last, when no build that
    still knew them can add to it.

    Raises:
        IndexBusy: they are suppressed and out of the store, but another process is building the index:
            repeat the call once it is done.
    """
    with SuppressionList(home.suppression) as suppression, Store(home.store) as store:
        wanted = dict.fromkeys(ids)
        linked = linked_with(wanted, store)
        unknown = _suppress(wanted, store, suppression)
        erased = _erase_suppressed(store, suppression)
        forget_in_crawl(home, suppression)
        left = store.count
    index = EmbeddedIndex(home.index, analyser) if index is None else index
    words: list[str] = []
    if not left:
        index.withdraw()
    else:
        if index.in_place:
            update_index(home, encoder, analyser, progress, index=index)
            index.expunge()
        else:
            build_index(home, encoder, analyser, progress, index=index, keep=1)
        words = index.words()
    with Store(home.store) as store, EmbeddingCache(home.embeddings) as cache:
        revision = store.revision
        cache.keep_only(chain(passage_texts(store), words))
        store.cleaned(revision)
    return ForgetReport(erased=erased, not_stored=unknown, linked=linked)


def linked_with(ids: Collection[CreatorId], store: Store) -> tuple[CreatorId, ...]:
    """Return the other profiles of the same people, by links in both directions, in order."""
    asked = set(ids)
    persons = (set(profiles) for profiles in people(store.linked()).persons)
    return tuple(sorted({one for person in persons if person & asked for one in person} - asked))


def _suppress(ids: Iterable[CreatorId], store: Store, suppression: SuppressionList) -> int:
    """Put people on the list, by all that is known of them; return how many are not stored."""
    unknown = 0
    for identity in ids:
        try:
            suppression.add(store.get(identity))
        except CreatorNotFound:
            suppression.add_id(identity)
            unknown += 1
    return unknown


def _erase_suppressed(store: Store, suppression: SuppressionList) -> int:
    """Erase every stored record of suppressed people; what they are known by besides is suppressed too.

    A record found by its handle may bring an address, or be linked both ways with a profile, by which yet
    another one is found: look until the list grows no more, and erase only then, since what is erased links
    to nobody.
    """
    marks, found = -1, list[CreatorId]()
    while suppression.count > marks:
        marks = suppression.count
        found = [one.id for one in store.creators() if suppression.is_suppressed(one)]
        for one in store.creators([*found, *linked_with(found, store)]):
            suppression.add(one)
    return store.erase(found)

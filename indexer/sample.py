"""The background sample: which creators stand for the average one, fixed by their ids for every engine."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from discovery.creator import CreatorId

SAMPLE_CREATORS = 1_500


def sample_of(ids: Sequence[CreatorId]) -> list[CreatorId]:
    """Return at most 1,500 of the ids, chosen by a hash of the id, in the order of that hash."""
    return sorted(ids, key=sample_key)[:SAMPLE_CREATORS]


def sample_key(wanted: CreatorId) -> bytes:
    """Key by which creators are drawn; unrelated to anything about them."""
    return blake2b(wanted.encode(), digest_size=8, person=b"background").digest()


def grown(sample: Collection[CreatorId], creators: int, added: Iterable[CreatorId]) -> frozenset[CreatorId]:
    """Return a sample after an update: newcomers join where a build from scratch would have drawn them.

    `creators` is how many there were before the update.
    """
    old = frozenset(sample)
    if len(old) == creators:
        return frozenset(old | set(sample_of(list(old.union(added)))))
    edge = max(map(sample_key, old), default=b"")
    return old.union(one for one in added if sample_key(one) <= edge)

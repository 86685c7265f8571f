"""What was read into the record: whole batches, durable before any of their tasks counts as done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from discovery.creator import Creator, CreatorId
from indexer.languages import with_detected_language
from indexer.store import Store
from indexer.suppression import SuppressionList


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one document brings to the record of `source`.

    `creators` are stored. Of those in `gone` the source shows nothing any more. Those in `leave_out` want not
    to be found at all. Those in `seen` were shown again on `day`, unchanged.
    """

    source: str
    creators: Sequence[Creator] = ()
    gone: Sequence[CreatorId] = ()
    leave_out: Sequence[CreatorId] = ()
    seen: Sequence[CreatorId] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving did, in creators."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0
    left_out: int = 0
    withdrawn: int = 0


def save(
    harvests: Sequence[Harvest],
    store: Store,
    suppression: SuppressionList,
    unwilling: frozenset[CreatorId] = frozenset(),
) -> Saved:
    """Bring harvests into the record, in this order: new values, who was seen, who is gone, who is left out.

    All of it is on the disk on return, and repeating it changes nothing. `unwilling` want not to be found as
    far as earlier documents know.

    Raises:
        StoreDamaged: the record or the suppression list cannot be used.
    """
    unwilling |= {one for harvest in harvests for one in harvest.leave_out}
    offered = [one for harvest in harvests for one in harvest.creators]
    wanted = [one for one in offered if one.id not in unwilling]
    stored = store.upsert(wanted, suppression.is_suppressed, with_detected_language)
    for harvest in harvests:
        if harvest.seen and harvest.day is not None:
            store.seen(harvest.source, harvest.seen, harvest.day)
    withdrawn = sum(_withdraw(store, harvest) for harvest in harvests if harvest.gone)
    return Saved(
        new=stored.added,
        changed=stored.changed,
        unchanged=stored.unchanged,
        suppressed=stored.suppressed,
        left_out=len(offered) - len(wanted) + _erase(store, unwilling),
        withdrawn=withdrawn,
    )


def _withdraw(store: Store, harvest: Harvest) -> int:
    report = store.withdraw(harvest.source, harvest.gone, with_detected_language)
    return report.changed + report.erased


def _erase(store: Store, ids: Iterable[CreatorId]) -> int:
    """Erase those who are stored; erasing writes the file anew, so it is not done for nobody."""
    stored = [one.id for one in store.creators(ids)]
    return store.erase(stored) if stored else 0

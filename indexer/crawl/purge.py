"""What a source has not shown for longer than it may be kept: out of the record, out of the crawl's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from crawl_config.source import Source
from indexer.crawl.frontier.frontier import Frontier
from indexer.languages import with_detected_language
from indexer.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeReport:
    """How many records lost a source's statements, how many were erased, how many addresses went."""

    changed: int = 0
    erased: int = 0
    addresses: int = 0


def purge(sources: Sequence[Source], store: Store, frontier: Frontier, now: datetime) -> PurgeReport:
    """Withdraw what sources have not shown within their `retention_days`, and forget where it was.

    Each source is purged in one transaction, with an audit row in the record if there was anything. A kill in
    between leaves the rest for the next time.

    Raises:
        StoreDamaged: the record or the crawl's file cannot be used.
    """
    changed = erased = addresses = 0
    for source in sources:
        before = (now - timedelta(days=source.retention_days)).date()
        if any(day < before for _, day in store.sightings(source.name)):
            rule = f"retention_days = {source.retention_days}"
            done = store.purge(source.name, before, now, rule=rule, derive=with_detected_language)
            changed, erased = changed + done.changed, erased + done.erased
        since = datetime.combine(before, time.min, UTC).timestamp()
        addresses += frontier.purge(source.name, since, now.timestamp())
    return PurgeReport(changed=changed, erased=erased, addresses=addresses)

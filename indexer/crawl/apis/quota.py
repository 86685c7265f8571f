"""Daily allowances of interfaces: what a task costs, and whether it can be afforded. Pure but for the ledger.

YouTube, by its page on quota costs: 10,000 units a day for everything but search and uploads, one for each
list that is read; search has 100 calls a day of its own; days end at midnight Pacific time. The others state
no allowance by the day; what their answers say is read by `pace`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawl_config.source import Parser, Source
from indexer.crawl.document import Task

UNITS, SEARCH = "units", "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """`units` a day; the day ends at midnight in `zone`."""

    units: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a request costs: `units` of a bucket. It is charged whether or not it is answered."""

    bucket: str
    units: int


class Ledger(Protocol):
    """What was used of each bucket on each day; it outlives the process."""

    def used(self, bucket: str, day: str) -> int:
        """Return the units used on a day."""

    def spend(self, bucket: str, day: str, units: int) -> None:
        """Note units as used."""


_PACIFIC = ZoneInfo("America/Los_Angeles")
ALLOWANCES: Mapping[Parser, Mapping[str, Allowance]] = {
    Parser.YOUTUBE: {
        UNITS: Allowance(units=10_000, zone=_PACIFIC),
        SEARCH: Allowance(units=100, zone=_PACIFIC),
    },
}


def cost(source: Source, task: Task) -> Cost | None:
    """Return what fetching a task costs; `None`: nothing that is counted by the day."""
    if source.parser is not Parser.YOUTUBE:
        return None
    is_search = urlsplit(task.url).path.rstrip("/").endswith("/search")
    return Cost(bucket=SEARCH if is_search else UNITS, units=1)


def charge(
    ledger: Ledger,
    source: Source,
    task: Task,
    now: datetime,
    allowances: Mapping[Parser, Mapping[str, Allowance]] = ALLOWANCES,
) -> datetime | None:
    """Note the cost of a task that is about to be fetched, if it can be afforded.

    Sources that name the same variable for their key share its allowance. Returns when the task may be tried
    again if it cannot be afforded (then nothing is noted), else `None`. Callers hold a transaction.
    """
    due = cost(source, task)
    if due is None:
        return None
    allowance = allowances[source.parser][due.bucket]
    account = f"{source.parser}/{due.bucket}/{source.keys.get('key', source.name)}"
    day = now.astimezone(allowance.zone).date()
    if ledger.used(account, day.isoformat()) + due.units > allowance.units:
        return _midnight_after(day, allowance.zone)
    ledger.spend(account, day.isoformat(), due.units)
    return None


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)

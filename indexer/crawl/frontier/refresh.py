"""How soon a document is fetched again: as often as it changes, within what its source allows. Pure.

How often it changes is estimated as by Cho and Garcia-Molina, "Estimating frequency of change" (ACM
Transactions on Internet Technology 3(3), 2003, section 4.2): from n visits at mean intervals I of which X
found a change, the rate of changes is -ln((n - X + 0.5) / (n + 0.5)) / I. Counting changes only would never
see more than one a visit; the halves keep the estimate finite and nearly without bias.
"""

from dataclasses import dataclass
from math import log

HOUR, DAY = 3_600.0, 86_400.0
SELDOM = 30 * DAY
"""Seconds after which every document is looked at again."""
RETENTION_MARGIN = 5 / 6
"""What must be seen within its retention is looked at so early: on day 25 of 30."""
WHOLE_AGAIN = 0.5
"""After this part of the retention a document is fetched whole, so that its values are stated anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The visits of a document: times in seconds; `changes` of the visits after the first found another."""

    first_at: float
    last_at: float
    visits: int
    changes: int


def rate(history: History) -> float | None:
    """Estimate changes a second; `None` when nothing can be said yet."""
    intervals = history.visits - 1
    span = history.last_at - history.first_at
    if intervals < 1 or span <= 0:
        return None
    unchanged = intervals - min(history.changes, intervals)
    return -log((unchanged + 0.5) / (intervals + 0.5)) / (span / intervals)


def interval(history: History, refresh_hours: float, retention_days: int) -> float:
    """Return seconds until the next visit: the time in which one change is expected.

    Never sooner than the source's `refresh_hours`. Never later than `SELDOM`, than shortly before the
    retention ends (unless `refresh_hours` say so), or than twice as long as it has been watched: one visit
    without a change says little.
    """
    least = refresh_hours * HOUR
    most = max(least, min(SELDOM, retention_days * DAY * RETENTION_MARGIN))
    estimate = rate(history)
    if estimate is None:
        return least
    most = max(least, min(most, 2 * (history.last_at - history.first_at)))
    return most if estimate <= 0 else min(max(1 / estimate, least), most)


def wants_whole(read_at: float, now: float, retention_days: int) -> bool:
    """Whether a document must be sent whole though it may not have changed, or its values would run out."""
    return now - read_at >= retention_days * DAY * WHOLE_AGAIN

"""What status and headers of an answer mean for a crawl. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from indexer.crawl.document import Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
LONGEST_WAIT = 86_400.0
"""Seconds; who asks for more is asked again after a day."""

_NAMED = {
    304: Outcome.NOT_MODIFIED,
    401: Outcome.UNAUTHORISED,
    403: Outcome.UNAUTHORISED,
    404: Outcome.GONE,
    407: Outcome.UNAUTHORISED,
    410: Outcome.GONE,
    429: Outcome.BUSY,
    503: Outcome.BUSY,
}


def outcome_of(status: int, *, conditional: bool) -> Outcome:
    """Return what a status means; redirects that can be followed are not asked about.

    304 is broken unless the request was `conditional`, as are parts (206) and choices that nobody asked for.
    """
    if status == 304 and not conditional:
        return Outcome.BROKEN
    if named := _NAMED.get(status):
        return named
    if 200 <= status < 300 and status != 206:
        return Outcome.FETCHED
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR
    if 500 <= status < 600:
        return Outcome.SERVER_ERROR
    return Outcome.BROKEN


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a host asks to wait, 0 to a day; `None` if it does not say so, or not well."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) <= 5 and float(value) < LONGEST_WAIT else LONGEST_WAIT
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(LONGEST_WAIT, max(0.0, (at - now).total_seconds()))


def is_json(headers: Mapping[str, str]) -> bool:
    """Whether a body is said to be JSON: what an interface for programs says of an error."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))

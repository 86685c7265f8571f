"""How long an interface asks to wait, by the headers of its answers. Pure.

Read are `RateLimit` and `RateLimit-Remaining`/`-Reset` of the IETF drafts (Bluesky gives the reset as a
moment, the drafts as seconds), `X-RateLimit-Remaining`/`-Reset` (Mastodon: a moment in ISO 8601), and Meta's
`X-Business-Use-Case-Usage` (minutes until access comes back) and `X-App-Usage` (per cent of an hour's use).
`Retry-After` is part of the answer and is not read here.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import orjson

LONGEST = 86_400.0
"""Seconds that are waited at most."""
NEARLY_ALL = 95
"""Per cent of an hour's allowance, from which on it is waited."""
_PART_OF_AN_HOUR = 600.0
_MOMENT = 1_000_000_000
"""Resets from here on are moments since 1970, not seconds to wait."""

_REMAINING = re.compile(r"(?:^|[;,\s])r=(\d{1,12})(?:$|[;,\s])")
_TIME = re.compile(r"(?:^|[;,\s])t=(\d{1,12})(?:$|[;,\s])")


def wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds until an interface may be asked again; `None` when there is no need to wait.

    `headers` have names in lower case.
    """
    asked = [*_of_drafts(headers, now), *_of_meta(headers)]
    longest = max((seconds for seconds in asked if seconds > 0), default=None)
    return None if longest is None else min(longest, LONGEST)


def _of_drafts(headers: Mapping[str, str], now: datetime) -> Iterator[float]:
    for prefix in ("ratelimit", "x-ratelimit"):
        remaining = _number(headers.get(f"{prefix}-remaining", ""))
        if remaining is not None and remaining <= 0:
            yield _until(headers.get(f"{prefix}-reset", ""), now)
    for limit in headers.get("ratelimit", "")[:2_000].split(","):
        left, seconds = _REMAINING.search(limit), _TIME.search(limit)
        if left and seconds and int(left[1]) == 0:
            yield float(seconds[1])


def _of_meta(headers: Mapping[str, str]) -> Iterator[float]:
    usage = _json(headers.get("x-app-usage", ""))
    if isinstance(usage, dict) and any(
        isinstance(value, int | float) and value >= NEARLY_ALL for value in usage.values()
    ):
        yield _PART_OF_AN_HOUR
    cases = _json(headers.get("x-business-use-case-usage", ""))
    for limits in cases.values() if isinstance(cases, dict) else ():
        for limit in limits if isinstance(limits, list) else ():
            minutes = limit.get("estimated_time_to_regain_access") if isinstance(limit, dict) else None
            if isinstance(minutes, int | float) and math.isfinite(minutes):
                yield 60.0 * minutes


def _until(reset: str, now: datetime) -> float:
    number = _number(reset)
    if number is not None:
        return number - now.timestamp() if number >= _MOMENT else number
    try:
        moment = datetime.fromisoformat(reset.strip())
    except ValueError:
        return 0.0
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


def _number(text: str) -> float | None:
    match = re.match(r"\s*(\d{1,15}(?:\.\d{1,6})?)\s*(?:$|[,;])", text, re.ASCII)
    return float(match[1]) if match else None


def _json(text: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value

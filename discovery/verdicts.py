"""Is a condition met? Three answers: met, not met, unknown. The reference that engines are held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum

from discovery.creator import Creator, Provenance
from discovery.facets import Facets
from discovery.filters import Filter, Kind, Mode, Unknown

SHARE_DECIMALS = 9
"""Shares are compared after rounding, so that 0.1 + 0.2 reaches a minimum of 0.3."""


class Status(StrEnum):
    """The three answers."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


Value = float | int | bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one requirement for one creator, with the value it rests on and where that came from.

    `status` answers the filter as a whole: a `not` filter is met by creators who are not of that kind.
    """

    filter: Filter
    status: Status
    value: Value = None
    source: str | None = None
    observed_at: date | None = None


def condition(item: Filter, facets: Facets, as_of: date | None) -> tuple[Status, Value]:
    """Answer a filter's condition from a creator's values (the mode is not looked at).

    `as_of` is the day from which `last_post` counts; `None` means the date of the creator's own data.
    """
    if item.spec.kind is Kind.SHARE:
        return _share_condition(item, getattr(facets, item.field))
    value = _value(item, facets, as_of)
    if value is None:
        return Status.UNKNOWN, None
    match item.spec.kind:
        case Kind.RANGE:
            assert isinstance(value, int | float)
            met = (item.min is None or value >= item.min) and (item.max is None or value <= item.max)
        case Kind.TERMS:
            assert isinstance(value, tuple)
            met = bool(set(value) & set(item.any_of or ()))
        case _:
            met = value is item.is_
    return (Status.MET if met else Status.NOT_MET), value


def admits(item: Filter, status: Status) -> bool:
    """Whether a filter lets a creator with this answer through."""
    if status is Status.UNKNOWN:
        return item.unknown is not Unknown.EXCLUDE
    if item.unknown is Unknown.ONLY:
        return False
    match item.mode:
        case Mode.MUST:
            return status is Status.MET
        case Mode.NOT:
            return status is Status.NOT_MET
        case Mode.SHOULD:
            return True


def verdict(item: Filter, creator: Creator, facets: Facets, as_of: date | None) -> Verdict:
    """Answer one filter for one creator, with value, source and date."""
    status, value = condition(item, facets, as_of)
    if status is Status.UNKNOWN:
        return Verdict(filter=item, status=status)
    if item.mode is Mode.NOT:
        status = Status.NOT_MET if status is Status.MET else Status.MET
    origin = _origin(item.field, creator)
    return Verdict(
        filter=item,
        status=status,
        value=value,
        source=origin.source if origin else None,
        observed_at=origin.observed_at if origin else None,
    )


def _origin(field: str, creator: Creator) -> Provenance | None:
    if field == "language" and creator.language is None and (detected := creator.detected_language):
        read_from = creator.provenance.get("posts" if detected.captions else "bio")
        day = read_from.observed_at if read_from else None
        return Provenance(source=detected.source, observed_at=day)
    return creator.provenance.get(_ORIGIN.get(field, field))


_ORIGIN = {
    "engagement_rate": "posts",
    "views": "posts",
    "last_post": "posts",
    "hashtags": "posts",
    "mentions": "posts",
    "has_sponsored_posts": "posts",
    "has_contact": "contacts",
    "category": "categories",
    "audience_country": "audience",
    "audience_age": "audience",
    "audience_gender": "audience",
    "audience_language": "audience",
}
"""Which field of the record a filter's value was worked out from, where the names differ."""


def _value(item: Filter, facets: Facets, as_of: date | None) -> Value:
    if item.field == "last_post":
        reference = as_of or facets.data_date
        if facets.last_post is None or reference is None:
            return None
        return max(0, (reference - facets.last_post).days)
    raw = getattr(facets, item.field)
    if raw is None:
        return None
    if item.spec.kind is Kind.TERMS:
        return (raw,) if isinstance(raw, str) else tuple(sorted(raw))
    return raw  # type: ignore[no-any-return]


def _share_condition(item: Filter, shares: Mapping[str, float] | None) -> tuple[Status, Value]:
    if not shares:
        return Status.UNKNOWN, None
    low, high = share_bounds(shares, item.any_of or ())
    needed = item.weight or 0.0
    if low >= needed:
        return Status.MET, low
    return (Status.NOT_MET, low) if high < needed else (Status.UNKNOWN, None)


def share_bounds(shares: Mapping[str, float], wanted: tuple[str, ...]) -> tuple[float, float]:
    """Return the least and the most that the wanted values can hold of an audience.

    Sources often list their top values only: a value that is not listed is not zero, it may hold up to what
    the listed ones leave over.
    """
    low = round(fsum(shares.get(value, 0.0) for value in wanted), SHARE_DECIMALS)
    if all(value in shares for value in wanted):
        return low, low
    rest = max(0.0, 1.0 - fsum(shares.values()))
    return low, round(low + rest, SHARE_DECIMALS)

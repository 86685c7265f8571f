"""Columnar metadata of a segment: filters become bitmaps over creators, three-valued.

Ranges and flags are dense arrays; terms and shares are inverted lists (value to rows), since most creators
have few of many values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.facets import Facets
from discovery.filters import FIELDS, Filter, Kind
from discovery.verdicts import SHARE_DECIMALS

Bits = NDArray[np.bool_]
Arrays = dict[str, NDArray[Any]]

_DAYS = ("last_post", "data_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A condition over all creators of a segment, shape [creators] each; neither bit set means not met."""

    met: Bits
    unknown: Bits


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one segment, as plain arrays by name. Built by `build_columns`, kept in one file."""

    arrays: Mapping[str, NDArray[Any]]
    rows: int

    def answer(self, item: Filter, as_of: date | None) -> Answer:
        """Answer a filter's condition for every creator (the reference is `discovery.verdicts.condition`)."""
        match FIELDS[item.field].kind:
            case Kind.RANGE:
                return _in_range(self._numbers(item.field, as_of), item)
            case Kind.FLAG:
                values = self.arrays[item.field]
                return Answer(met=values == int(bool(item.is_)), unknown=values < 0)
            case Kind.TERMS:
                return self._any_of(item)
            case Kind.SHARE:
                return self._share(item)

    def values(self, field: str) -> list[str]:
        """Known values of an inverted field, sorted by their UTF-8 bytes."""
        ends = self.arrays[f"{field}.key_ends"]
        blob = self.arrays[f"{field}.keys"].tobytes()
        starts = np.concatenate([[0], ends[:-1]]) if ends.size else ends
        return [blob[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def _numbers(self, field: str, as_of: date | None) -> NDArray[np.float64]:
        if field != "last_post":
            return self.arrays[field].astype(np.float64, copy=False)
        reference = self.arrays["data_date"] if as_of is None else np.float64(as_of.toordinal())
        days: NDArray[np.float64] = np.maximum(reference - self.arrays["last_post"], 0.0)
        return days

    def _any_of(self, item: Filter) -> Answer:
        met = np.zeros(self.rows, dtype=np.bool_)
        for value in item.any_of or ():
            where = self._list(item.field, value)
            met[self.arrays[f"{item.field}.rows"][where]] = True
        return Answer(met=met, unknown=~self.arrays[f"{item.field}.known"].astype(np.bool_))

    def _share(self, item: Filter) -> Answer:
        low = np.zeros(self.rows)
        listed = np.ones(self.rows, dtype=np.bool_)
        for value in item.any_of or ():
            where = self._list(item.field, value)
            rows = self.arrays[f"{item.field}.rows"][where]
            low[rows] += self.arrays[f"{item.field}.shares"][where].astype(np.float64)
            present = np.zeros(self.rows, dtype=np.bool_)
            present[rows] = True
            listed &= present
        low = np.round(low, SHARE_DECIMALS)
        rest = np.maximum(0.0, 1.0 - self.arrays[f"{item.field}.total"].astype(np.float64))
        high = np.where(listed, low, np.round(low + rest, SHARE_DECIMALS))
        known = self.arrays[f"{item.field}.known"].astype(np.bool_)
        met = known & (low >= (item.weight or 0.0))
        return Answer(met=met, unknown=~known | (~met & (high >= (item.weight or 0.0))))

    def _list(self, field: str, value: str) -> slice:
        """Binary search for the inverted list of a value; an unknown value has an empty list."""
        ends = self.arrays[f"{field}.key_ends"]
        keys = self.arrays[f"{field}.keys"]
        wanted = value.encode()
        low, high = 0, ends.size
        while low < high:
            middle = (low + high) // 2
            start = int(ends[middle - 1]) if middle else 0
            if keys[start : int(ends[middle])].tobytes() < wanted:
                low = middle + 1
            else:
                high = middle
        start = int(ends[low - 1]) if low else 0
        if low == ends.size or keys[start : int(ends[low])].tobytes() != wanted:
            return slice(0, 0)
        bounds = self.arrays[f"{field}.bounds"]
        return slice(int(bounds[low]), int(bounds[low + 1]))


def _in_range(values: NDArray[np.float64], item: Filter) -> Answer:
    unknown = np.isnan(values)
    met = ~unknown
    if item.min is not None:
        met &= values >= item.min
    if item.max is not None:
        met &= values <= item.max
    return Answer(met=met, unknown=unknown)


def build_columns(facets: Sequence[Facets]) -> Columns:
    """Turn the facets of a segment's creators into columns."""
    arrays: Arrays = {}
    for name, field in FIELDS.items():
        match field.kind:
            case Kind.RANGE if name in _DAYS:
                arrays[name] = _dense(_ordinal(getattr(one, name)) for one in facets)
            case Kind.RANGE:
                arrays[name] = _dense(getattr(one, name) for one in facets)
            case Kind.FLAG:
                flags = (-1 if (value := getattr(one, name)) is None else int(value) for one in facets)
                arrays[name] = np.fromiter(flags, dtype=np.int8)
            case Kind.TERMS:
                arrays |= _inverted(name, [_as_terms(getattr(one, name)) for one in facets])
            case Kind.SHARE:
                arrays |= _inverted_shares(name, [getattr(one, name) for one in facets])
    arrays["data_date"] = _dense(_ordinal(one.data_date) for one in facets)
    return Columns(arrays, len(facets))


def _dense(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.fromiter((np.nan if value is None else float(value) for value in values), dtype=np.float64)


def _ordinal(day: date | None) -> float | None:
    return None if day is None else float(day.toordinal())


def _as_terms(value: str | frozenset[str] | None) -> frozenset[str] | None:
    return frozenset([value]) if isinstance(value, str) else value


def _inverted(name: str, values: Sequence[Iterable[str] | None]) -> Arrays:
    lists: dict[bytes, list[int]] = {}
    for row, terms in enumerate(values):
        for term in terms or ():
            lists.setdefault(term.encode(), []).append(row)
    keys = sorted(lists)
    rows = [row for key in keys for row in lists[key]]
    return {
        f"{name}.known": np.fromiter((one is not None for one in values), dtype=np.bool_),
        f"{name}.keys": np.frombuffer(b"".join(keys), dtype=np.uint8),
        f"{name}.key_ends": np.cumsum([len(key) for key in keys], dtype=np.int64),
        f"{name}.bounds": np.cumsum([0, *(len(lists[key]) for key in keys)], dtype=np.int64),
        f"{name}.rows": np.array(rows, dtype=np.int32),
    }


def _inverted_shares(name: str, values: Sequence[Mapping[str, float] | None]) -> Arrays:
    arrays = _inverted(name, [shares or None for shares in values])
    bounds = arrays[f"{name}.bounds"]
    keys = Columns(arrays, len(values)).values(name)
    flat = [
        (values[int(row)] or {})[key]
        for position, key in enumerate(keys)
        for row in arrays[f"{name}.rows"][bounds[position] : bounds[position + 1]]
    ]
    arrays[f"{name}.shares"] = np.array(flat, dtype=np.float64)
    arrays[f"{name}.total"] = _dense(sum(shares.values()) if shares else None for shares in values)
    return arrays

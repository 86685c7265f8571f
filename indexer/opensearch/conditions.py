"""Filters as OpenSearch queries over creator documents, three-valued. Pure.

A creator document lists the names of its known fields in `known`, so that "unknown" is one query for every
field and an empty set is not taken for an unknown one. The reference is `discovery.verdicts.condition`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from discovery.facets import Facets
from discovery.filters import FIELDS, Filter, FilterField, Kind, Mode, Unknown
from discovery.verdicts import SHARE_DECIMALS

Dsl = dict[str, Any]

AGE = "last_post_age"
"""Days from the newest post to the date of the creator's own data."""
NOBODY: Dsl = {"match_none": {}}
EVERYBODY: Dsl = {"match_all": {}}

_SHARES = """
double low = 0.0; boolean listed = true;
for (String wanted : params.any_of) {
  boolean present = false;
  for (String entry : doc[params.field]) {
    if (entry.startsWith(wanted)) {
      low += Double.parseDouble(entry.substring(wanted.length())); present = true;
    }
  }
  listed = listed && present;
}
double rest = Math.max(0.0, 1.0 - doc[params.total].value);
double high = listed ? low : Math.rint((low + rest) * params.scale) / params.scale;
low = Math.rint(low * params.scale) / params.scale;
return params.unknown ? (low < params.weight && Math.max(high, low) >= params.weight) : low >= params.weight;
"""
"""Bounds of a share that may be listed in part: `low` is stated, `high` is what it could be with the rest."""


def met(item: Filter, as_of: date | None) -> Dsl:
    """Who is known to meet a filter's condition."""
    match FIELDS[item.field].kind:
        case Kind.RANGE:
            return _in_range(item, as_of)
        case Kind.FLAG:
            return {"term": {item.field: bool(item.is_)}}
        case Kind.TERMS:
            return {"terms": {item.field: list(item.any_of or ())}}
        case Kind.SHARE:
            return both(_known(item.field), _share(item, unknown=False))


def unknown(item: Filter, as_of: date | None) -> Dsl:
    """For whom a filter's condition cannot be answered."""
    field = AGE if item.field == "last_post" and as_of is None else item.field
    absent = neither(_known(field))
    if FIELDS[item.field].kind is not Kind.SHARE:
        return absent
    return either(absent, both(_known(field), _share(item, unknown=True)))


def kept(item: Filter, as_of: date | None) -> Dsl:
    """Whom a filter lets through (the reference is `discovery.verdicts.admits`)."""
    missing = unknown(item, as_of)
    if item.unknown is Unknown.ONLY:
        return missing
    match item.mode:
        case Mode.MUST:
            answered = met(item, as_of)
        case Mode.NOT:
            answered = neither(met(item, as_of), missing)
        case Mode.SHOULD:
            answered = neither(missing)
    return either(answered, missing) if item.unknown is Unknown.INCLUDE else answered


def both(*parts: Dsl) -> Dsl:
    """Who is in all of them, without a score."""
    return {"bool": {"filter": list(parts)}} if parts else EVERYBODY


def either(*parts: Dsl) -> Dsl:
    """Who is in any of them."""
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOBODY


def neither(*parts: Dsl) -> Dsl:
    """Who is in none of them."""
    return {"bool": {"must_not": list(parts)}}


def leaves(query: Dsl) -> int:
    """How many clauses OpenSearch counts in a query: those without others in them.

    It adds one, `match_all`, to what says only who is not meant.
    """
    match query:
        case {"bool": parts}:
            lists = {name: part for name, part in parts.items() if isinstance(part, list) and part}
            inner = sum(leaves(one) for part in lists.values() for one in part)
            return inner if lists.keys() - {"must_not"} else inner + 1
        case {"constant_score": {"filter": inner}}:
            return leaves(inner)
        case _:
            return 1


def facet_fields() -> dict[str, Dsl]:
    """The mapping of the fields that filters ask about."""
    number = {"type": "double"}
    fields: dict[str, Dsl] = {name: _mapped(field) for name, field in FIELDS.items()}
    return fields | {"known": {"type": "keyword"}, AGE: number}


def facet_values(facets: Facets) -> dict[str, Any]:
    """The values of those fields for one creator; what is unknown is left out."""
    values: dict[str, Any] = {}
    known = []
    for name, field in FIELDS.items():
        value = getattr(facets, name)
        if value is None or (field.kind is Kind.SHARE and not value):
            continue
        known.append(name)
        values[name] = _stored(field, value)
    if facets.last_post is not None and facets.data_date is not None:
        known.append(AGE)
        values[AGE] = max((facets.data_date - facets.last_post).days, 0)
    return {**values, "known": known}


def _in_range(item: Filter, as_of: date | None) -> Dsl:
    if item.field != "last_post":
        return _range(item.field, item.min, item.max)
    if as_of is None:
        return _range(AGE, item.min, item.max)
    today = as_of.toordinal()
    # Posts of later days count as posts of that day, so an age of 0 has no upper end.
    newest = None if item.min is None or item.min <= 0 else today - item.min
    return _range("last_post", None if item.max is None else today - item.max, newest)


def _range(field: str, low: float | None, high: float | None) -> Dsl:
    bounds = {name: value for name, value in (("gte", low), ("lte", high)) if value is not None}
    return {"range": {field: bounds}} if bounds else _known(field)


def _share(item: Filter, *, unknown: bool) -> Dsl:
    params = {
        "field": f"{item.field}.shares",
        "total": f"{item.field}.total",
        "any_of": [f"{value}=" for value in item.any_of or ()],
        "weight": item.weight or 0.0,
        "scale": 10.0**SHARE_DECIMALS,
        "unknown": unknown,
    }
    return {"script": {"script": {"lang": "painless", "source": _SHARES, "params": params}}}


def _known(field: str) -> Dsl:
    return {"term": {"known": field}}


def _mapped(field: FilterField) -> Dsl:
    match field.kind:
        case Kind.RANGE:
            return {"type": "double"}
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.TERMS:
            return {"type": "keyword"}
        case Kind.SHARE:
            return {"properties": {"shares": {"type": "keyword"}, "total": {"type": "double"}}}


def _stored(field: FilterField, value: Any) -> Any:
    match value:
        case date():
            return value.toordinal()
        case Mapping():
            shares = [f"{key}={share!r}" for key, share in value.items()]
            return {"shares": shares, "total": sum(value.values())}
        case frozenset():
            return sorted(value)
        case _:
            return value

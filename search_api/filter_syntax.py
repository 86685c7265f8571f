"""Filters as one line of text, as the command line reads them and every face shows them.

    followers=10000..50000        engagement_rate=0.02..        last_post=..30
    country=DE,AT                 hashtags=vegan,plantbased     category="Food, Drink"
    verified=yes                  audience_country=DE,AT@0.3    followers=10k..1.5m:include

`field=condition`, then for audience shares `@` and the least share, then `:include`, `:exclude` or `:only`
for creators whose value is unknown. A value that holds `,` `:` `@` `"` or outer spaces is written in double
quotes (a quote inside is doubled). In a shell only double quotes and spaces need escaping.
"""

import re
from collections.abc import Mapping
from typing import NoReturn

from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown

_VALUE = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,:"]*))\s*(?P<end>,|:|@|$)')
_SHARED_VALUE = re.compile(_VALUE.pattern.replace('[^,:"]', '[^,:@"]'))
_NUMBER = re.compile(r"(?P<digits>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?P<suffix>[kKmM]?)")
_SUFFIXES: Mapping[str, float] = {"": 1, "k": 1_000, "m": 1_000_000}
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


def parse_filter(text: str, mode: Mode = Mode.MUST) -> Filter:
    """Read one filter.

    Raises:
        InvalidInput: with every problem; its field is `field`, or the part of the condition it is about.
    """
    name, equals, condition = text.partition("=")
    name = name.strip()
    if not equals:
        _refuse("", "is not a filter: write field=condition, such as followers=10000..50000", text)
    spec = FIELDS.get(name)
    if spec is None:
        _refuse("field", f"unknown filter {name!r}.{did_you_mean(name, list(FIELDS))}", name)
    match spec.kind:
        case Kind.RANGE:
            return _range(name, condition, mode)
        case Kind.FLAG:
            return _flag(name, condition, mode)
        case kind:
            return _terms(name, condition, mode, shared=kind is Kind.SHARE)


def filter_text(item: Filter) -> str:
    """Write a filter (without its mode) so that `parse_filter` reads the same back."""
    default = Unknown.EXCLUDE if item.mode is Mode.MUST else Unknown.INCLUDE
    return condition_text(item) + ("" if item.unknown in {default, None} else f":{item.unknown}")


def condition_text(item: Filter) -> str:
    """Write a filter's condition alone: field and values."""
    match item.spec.kind:
        case Kind.RANGE:
            low = "" if item.min is None else _number_text(item.min)
            high = "" if item.max is None else _number_text(item.max)
            return f"{item.field}={low}..{high}"
        case Kind.FLAG:
            return f"{item.field}={'yes' if item.is_ else 'no'}"
        case kind:
            values = ",".join(map(_quoted, item.any_of or ()))
            share = f"@{_number_text(item.weight or 0)}" if kind is Kind.SHARE else ""
            return f"{item.field}={values}{share}"


def _range(name: str, condition: str, mode: Mode) -> Filter:
    bounds, unknown = _split_unknown(condition)
    low, dots, high = bounds.partition("..")
    if not dots:
        message = f"write {name}=10..20, {name}=10.. or {name}=..20 (both ends count)"
        _refuse(name, message, condition)
    return Filter(field=name, min=_number(name, low), max=_number(name, high), mode=mode, unknown=unknown)


def _flag(name: str, condition: str, mode: Mode) -> Filter:
    answer, unknown = _split_unknown(condition)
    wanted = _ANSWERS.get(answer.strip().casefold())
    if wanted is None:
        _refuse(name, f"write {name}=yes or {name}=no", condition)
    return Filter(field=name, is_=wanted, mode=mode, unknown=unknown)


def _terms(name: str, condition: str, mode: Mode, *, shared: bool) -> Filter:
    values, rest = _values(name, condition, shared=shared)
    share: float | None = None
    if rest.startswith("@"):
        number, colon, policy = rest[1:].partition(":")
        share, rest = _number(name, number), colon + policy
    return Filter(
        field=name,
        any_of=tuple(values),
        weight=share,
        mode=mode,
        unknown=_unknown(rest[1:]) if rest else None,
    )


def _values(name: str, text: str, *, shared: bool) -> tuple[list[str], str]:
    """Split a list of values from what follows it (the least share, the fate of the unknown)."""
    pattern, values, position = (_SHARED_VALUE if shared else _VALUE), [], 0
    while True:
        found = pattern.match(text, position)
        if found is None or (found["end"] == "@" and not shared):
            _refuse(name, "put a value that holds , : @ or a quote in double quotes", text)
        quoted = found["quoted"]
        values.append(found["plain"].strip() if quoted is None else quoted.replace('""', '"'))
        if found["end"] != ",":
            return values, text[found.start("end") :]
        position = found.end()


def _split_unknown(condition: str) -> tuple[str, Unknown | None]:
    body, colon, policy = condition.partition(":")
    return body, _unknown(policy) if colon else None


def _unknown(policy: str) -> Unknown:
    try:
        return Unknown(policy.strip())
    except ValueError:
        _refuse("unknown", f"{policy!r} is not include, exclude or only", policy)


def _number(name: str, text: str) -> float | None:
    if not text.strip():
        return None
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        _refuse(name, f"{text.strip()!r} is not a number; write 50000, 50k or 1.5m", text)
    return float(found["digits"]) * _SUFFIXES[found["suffix"].casefold()]


def _number_text(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _quoted(value: str) -> str:
    if value and value == value.strip() and not set(value) & set(',:@"'):
        return value
    return '"' + value.replace('"', '""') + '"'


def _refuse(field: str, message: str, value: str) -> NoReturn:
    raise InvalidInput([Problem(field=field, message=message, value=value[:80])])

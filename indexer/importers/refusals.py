"""What the checker of lines complains of, in words that say what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from discovery.creator import Platform
from discovery.errors import Problem, did_you_mean
from indexer.importers.bad_line import shown
from indexer.importers.line_model import (
    AudienceLine,
    ContactLine,
    CreatorLine,
    Line,
    OriginLine,
    PostLine,
    PriceLine,
)

MOST_PROBLEMS = 5
"""How many problems of one line are told."""

_PARTS: Mapping[str, type[Line]] = {
    "posts": PostLine,
    "audience": AudienceLine,
    "contacts": ContactLine,
    "prices": PriceLine,
    "provenance": OriginLine,
}
_FIXED: Mapping[str, str] = {
    "missing": "is missing, but required",
    "string_type": "must be text in quotes",
    "string_pattern_mismatch": "holds a NUL character; remove it",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "date_type": "must be an ISO date such as 2026-01-31",
    "list_type": "must be a list: [...]",
    "dict_type": "must be an object: {...}",
    "model_type": "must be an object: {...}",
}
_WITH_LIMIT: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "greater_than_equal": lambda limit: f"must be {_figure(limit['ge'])} or more",
    "less_than_equal": lambda limit: f"must be at most {_figure(limit['le'])}",
    "string_too_short": lambda _: "is empty; leave out what is unknown",
    "string_too_long": lambda limit: f"is longer than {limit['max_length']} characters",
    "too_long": lambda limit: f"has more than {limit['max_length']} entries",
    "value_error": lambda limit: str(limit["error"]),
    "json_invalid": lambda limit: _not_json(limit["error"]),
}


def problems_of(error: ValidationError, most: int = MOST_PROBLEMS) -> list[Problem]:
    """Translate the first problems of a line, in the order of the format's fields."""
    return [_problem(dict(found)) for found in error.errors(include_url=False)[:most]]


def _problem(found: dict[str, Any]) -> Problem:
    whole = found["type"] in {"missing", "json_invalid"}  # the input is then the line, not the value
    value = None if whole else shown(found["input"])
    return Problem(field=_path(found["loc"]), message=_message(found), value=value)


def _message(found: dict[str, Any]) -> str:
    kind = found["type"]
    if kind == "extra_forbidden":
        return _unknown_key(found["loc"])
    if kind == "enum":
        sent = str(shown(found["input"]))
        return f"unknown platform {sent!r}.{did_you_mean(sent, [one.value for one in Platform])}"
    if kind == "less_than_equal" and found["ctx"]["le"] == 1 and found["input"] <= 100:
        return f"is a fraction between 0 and 1; write {found['input'] / 100:g} for {found['input']:g} %"
    if kind in _WITH_LIMIT:
        return _WITH_LIMIT[kind](found["ctx"])
    return _FIXED.get(kind) or found["msg"]


def _unknown_key(place: tuple[int | str, ...]) -> str:
    part = _PARTS.get(str(place[0]), CreatorLine) if len(place) > 1 else CreatorLine
    name = str(place[-1])
    return f"unknown field {shown(name)!r}.{did_you_mean(name, tuple(part.model_fields))}"


def _path(place: tuple[int | str, ...]) -> str:
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{shown(step)}" if path else str(shown(step))
    return path


def _figure(limit: float) -> str:
    return f"{int(limit):,}" if limit == int(limit) else f"{limit:,}"


def _not_json(reason: str) -> str:
    reason, _, place = reason.rpartition(" at line 1 column ")
    if "unicode code point" in reason:
        return f"is not valid UTF-8 (byte {place}); save the file as UTF-8"
    if "recursion" in reason:
        return "is nested too deep"
    if "hex escape" in reason or "surrogate" in reason:
        return f"holds half of a surrogate pair (column {place}); write valid Unicode"
    return f"is not valid JSON: {reason} (column {place})"

"""A parsed body to a request, or all of its problems at once, each with its place as `filters[2].min`."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import FIELDS
from search_api.schema import FilterBody, SeedBody
from search_api.understood_schema import PartBody, UnderstoodBody

Model = TypeVar("Model", bound=BaseModel)
Place = Sequence[str | int]

_OWNERS: Mapping[tuple[str, ...], type[BaseModel]] = {
    ("filters",): FilterBody,
    ("seeds",): SeedBody,
    ("understood",): UnderstoodBody,
    ("understood", "parts"): PartBody,
}


def validate(model: type[Model], body: Mapping[str, object]) -> Model:
    """Build a request from a parsed body.

    Raises:
        InvalidInput: with every problem, in the order of the body's fields; what is missing comes first.
    """
    try:
        return model.model_validate(body)
    except ValidationError as error:
        order = {name: place for place, name in enumerate(body)}
        errors = sorted(error.errors(), key=lambda details: order.get(str((*details["loc"], "")[0]), -1))
        raise InvalidInput([found for details in errors for found in _problems(model, details)]) from None


def path(place: Place) -> str:
    """Render a place in a body: `("filters", 2, "min")` is `filters[2].min`."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def _problems(model: type[BaseModel], details: ErrorDetails) -> list[Problem]:
    place, sent = details["loc"], details["input"]
    if details["type"] == "domain":
        inner: Sequence[Problem] = details["ctx"]["problems"]
        return [_prefixed(place, problem, sent) for problem in inner]
    if details["type"] == "extra_forbidden":
        return [_unknown_key(model, place, sent)]
    return [Problem(field=path(place), message=_message(details), value=_shown(sent))]


def _prefixed(place: Place, problem: Problem, sent: object) -> Problem:
    """Put a domain problem where it belongs; the domain names its fields relative to what it was given."""
    prefix, inner = path(place), problem.field
    if inner == prefix or inner.startswith((f"{prefix}.", f"{prefix}[")):
        field = inner
    elif not inner or (isinstance(sent, Mapping) and inner == sent.get("field") and inner in FIELDS):
        field = prefix
    else:
        field = f"{prefix}.{inner}" if prefix else inner
    return Problem(field=field, message=problem.message, value=_shown(problem.value))


def _unknown_key(model: type[BaseModel], place: Place, sent: object) -> Problem:
    key = str(place[-1])
    known = _keys(_owner(model, place))
    if len(place) == 1 and key in FIELDS:
        hint = f' It is a filter: "filters": [{{"field": "{key}", …}}].'
    else:
        hint = did_you_mean(key, known)
    return Problem(field=path(place), message=f"unknown key {key[:80]!r}.{hint}", value=_shown(sent))


def _owner(model: type[BaseModel], place: Place) -> type[BaseModel]:
    """Which model the object at a place (without its last step) is built of."""
    names = tuple(step for step in place[:-1] if isinstance(step, str))
    return _OWNERS.get(names, model)


def _keys(model: type[BaseModel]) -> list[str]:
    return [entry.alias or name for name, entry in model.model_fields.items()]


_MESSAGES = {
    "string_type": "must be a string",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "date_type": "must be a date as 2026-01-31",
    "missing": "is missing",
    "finite_number": "must be a finite number",
    "too_long": "has {actual_length} entries; at most {max_length} are allowed",
    "too_short": "has {actual_length} entries; at least {min_length} are needed",
    "string_too_long": "is too long; at most {max_length} characters are read",
    "string_too_short": "is empty",
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be at most {le:g}",
}


def _message(details: ErrorDetails) -> str:
    if details["type"] == "literal_error":
        return f"must be {details['ctx']['expected']}.{_near(details)}"
    if details["type"] == "too_short" and not details["ctx"]["actual_length"]:
        return f"is empty; at least {details['ctx']['min_length']} is needed"
    template = _MESSAGES.get(details["type"])
    return template.format(**details.get("ctx", {})) if template else details["msg"]


def _near(details: ErrorDetails) -> str:
    sent = details["input"]
    known = details.get("ctx", {})["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    hint = did_you_mean(sent, known) if isinstance(sent, str) else ""
    return hint if hint.startswith(" Did") else ""


def _shown(value: object) -> object:
    """What was sent, as far as it is short and plain; the sender knows the rest."""
    if isinstance(value, str):
        return value[:80]
    return value if isinstance(value, bool | int | float) else None

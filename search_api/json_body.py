"""From the bytes of a request to a JSON object: bounded in depth, without duplicate keys and without NaN."""

import json
import re
from collections.abc import Mapping
from typing import NoReturn

from discovery.errors import InvalidInput, Problem

MAX_BYTES = 64 * 1024
MAX_JSON_DEPTH = 12

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


class MalformedJson(InvalidInput):
    """The body is not one JSON object that can be read safely."""

    code = "malformed_json"


def parse_object(body: bytes) -> Mapping[str, object]:
    """Parse the body of a request.

    Raises:
        MalformedJson: empty, not UTF-8, not JSON, nested too deeply, a key twice, NaN or Infinity, half of a
            surrogate pair, or not an object.
    """
    if not body.strip():
        _refuse("is empty; send a JSON object")
    if depth(body) > MAX_JSON_DEPTH:
        _refuse(f"is nested more than {MAX_JSON_DEPTH} levels deep")
    parsed = _parse(_decode(body))
    if not isinstance(parsed, dict):
        _refuse('must be a JSON object, such as {"query": "vegan skincare"}')
    if rb"\u" in body:
        _check_surrogates(parsed)
    return parsed


def depth(body: bytes) -> int:
    """How deep the brackets of a text go; those inside strings do not count. Linear, and never recursive."""
    level = deepest = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", body)):
        level += 1 if bracket.group() in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(f"is not UTF-8 (byte {error.start})")


def _parse(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _refuse(f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})")
    except ValueError:  # an integer of thousands of digits
        _refuse("holds a number that is too long")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _refuse(f"has the key {key[:80]!r} twice")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    _refuse(f"holds {name}, which is not JSON; leave the field out or send a number")


def _check_surrogates(parsed: object) -> None:
    try:
        json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        _refuse("holds half of a surrogate pair; send valid Unicode")


def _refuse(message: str) -> NoReturn:
    raise MalformedJson([Problem(field="", message=f"the body {message}")])

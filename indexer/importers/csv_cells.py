"""The cells of one CSV row to a line of the JSON Lines format, which remains to be checked. Pure.

A cell that is not what its field wants is passed on as text, so that the check complains of it by name.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from discovery.creator import Platform
from indexer.importers.column_map import CONTACT_TYPES

_NUMBER = re.compile(r"[0-9]+(\.0+)?")
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_COUNTS = ("followers", "following", "posts_total", "sample_size", "views", "likes", "comments", "shares")
_FLAGS = ("verified", "fictional", "sponsored")
_LISTS = ("categories", "links", "hashtags", "mentions", "sponsors")
_SHARES = ("countries", "ages", "genders", "languages")


def to_line(cells: Mapping[str, str]) -> dict[str, Any]:
    """Build a line from the cells of a row by field name; empty cells are unknown.

    Without an id, platform and handle make one.
    """
    filled = {name: value.strip() for name, value in cells.items() if value.strip()}
    line: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {"post": {}, "audience": {}, "contact": {}}
    for name, text in filled.items():
        prefix, _, rest = name.partition("_")
        if prefix in parts and name != "posts_total":
            parts[prefix][rest] = _value(rest, text)
        else:
            line[name] = _value(name, text)
    if "platform" in line and line["platform"].casefold() in set(Platform):
        line["platform"] = line["platform"].casefold()
    if "id" not in line and "platform" in line and "handle" in line:
        line["id"] = f"{line['platform']}:{line['handle'].lstrip('@').casefold()}"
    if parts["post"]:
        line["posts"] = [parts["post"]]
    if parts["audience"]:
        line["audience"] = parts["audience"]
    if parts["contact"]:
        line["contacts"] = [
            {"type": kind, "value": parts["contact"][kind]}
            for kind in CONTACT_TYPES
            if kind in parts["contact"]
        ]
    return line


def _value(name: str, text: str) -> Any:
    for names, read in _READERS:
        if name in names:
            return read(text)
    return text


def _count(text: str) -> int | str:
    return int(text.partition(".")[0]) if _NUMBER.fullmatch(text) and len(text) < 30 else text


def _flag(text: str) -> bool | str:
    return _WORDS.get(text.casefold(), text)


def _list(text: str) -> list[str]:
    return [word for part in re.split(r"[;|]", text) if (word := part.strip())]


def _shares(text: str) -> dict[str, float | str] | str:
    """Read `DE:0.6; AT:0.2`."""
    shares: dict[str, float | str] = {}
    for part in _list(text):
        key, sign, number = part.rpartition(":")
        if not sign:
            return text
        try:
            shares[key.strip()] = float(number)
        except ValueError:
            shares[key.strip()] = number.strip()
    return shares


_READERS: tuple[tuple[tuple[str, ...], Callable[[str], Any]], ...] = (
    (_COUNTS, _count),
    (_FLAGS, _flag),
    (_LISTS, _list),
    (_SHARES, _shares),
)

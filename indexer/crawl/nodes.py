"""Looking into JSON whose shape nobody vouches for: what is not of the kind that is asked for is unknown."""

from collections.abc import Mapping

import orjson

from indexer.crawl.document import Document

_MOST_DIGITS = 15


def parsed(document: Document) -> object:
    """Return the JSON of a document; `None` when it is none."""
    try:
        value: object = orjson.loads(document.body)
    except orjson.JSONDecodeError:
        return None
    return value


def at(node: object, *path: str | int) -> object:
    """Return what stands at a path of keys and places; `None` when there is nothing."""
    for step in path:
        if isinstance(step, str) and isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(step, int) and isinstance(node, list) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def text(node: object, *path: str | int) -> str | None:
    """Return a text that is more than white space, trimmed."""
    found = at(node, *path)
    return found.strip() or None if isinstance(found, str) else None


def count(node: object, *path: str | int) -> int | None:
    """Return a count: a number that is not negative, or its digits as a text."""
    found = at(node, *path)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= _MOST_DIGITS:
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


def flag(node: object, *path: str | int) -> bool | None:
    """Return a yes or no."""
    found = at(node, *path)
    return found if isinstance(found, bool) else None


def entries(node: object, *path: str | int) -> tuple[Mapping[str, object], ...]:
    """Return the objects of a list."""
    found = at(node, *path)
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def texts(node: object, *path: str | int) -> tuple[str, ...]:
    """Return the texts of a list."""
    found = at(node, *path)
    if not isinstance(found, list):
        return ()
    return tuple(one.strip() for one in found if isinstance(one, str) and one.strip())

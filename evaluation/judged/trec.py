"""What TREC files have in common: fields parted by white space, so ids are percent-encoded."""

import re
from urllib.parse import quote, unquote_to_bytes

from discovery.creator import CreatorId, creator_id
from discovery.errors import InvalidInput
from evaluation.judged.lines import BadField

KEPT = ":"
"""Kept as it is, beside letters, digits and `_.-~`; every other byte of the UTF-8 becomes `%XX`."""
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")


def encode_id(identity: CreatorId) -> str:
    """Write an id so that it holds no white space and no slash."""
    return quote(identity, safe=KEPT)


def decode_id(text: str) -> CreatorId:
    """Read back what `encode_id` wrote; `%c3` and `%C3` are the same.

    Raises:
        BadField: not the encoding of an id.
    """
    try:
        identity = creator_id(unquote_to_bytes(text).decode("utf-8"))
    except UnicodeDecodeError:
        message = f"{text!r} is not percent-encoded UTF-8; encode the bytes of the UTF-8 form of the id"
        raise BadField("id", message, text) from None
    except InvalidInput as error:
        raise BadField("id", error.problems[0].message, text) from None
    expected = encode_id(identity)
    if _ESCAPE.sub(lambda escape: escape.group().upper(), text) != expected:
        raise BadField("id", f"{text!r} is not percent-encoded; write {expected!r}", text)
    return identity


def fields(line: str, names: tuple[str, ...]) -> list[str]:
    """Split a line into its fields.

    Raises:
        BadField: it has more or fewer fields than there are names.
    """
    found = line.split()
    if len(found) != len(names):
        message = f"{len(found)} fields instead of {len(names)}; write {' '.join(names)}, ids percent-encoded"
        raise BadField("line", message, line)
    return found

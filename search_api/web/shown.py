"""Strangers' texts made safe to look at: no control characters, marks by ranges, links only to the web.

Markup is escaped by the templates; here is what escaping leaves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_LINK_LENGTH = 2_000

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACES = {"\x0b": " ", "\x0c": " ", "\r": " ", "\x85": " ", "\u2028": "\n", "\u2029": "\n"}
_EMBEDDINGS = "\u202a\u202b\u202c"
_PICTURES = 0x2400


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a text, marked or not."""

    text: str
    marked: bool = False


def harmless(text: str) -> str:
    """Return a text of the same length without characters that steer a terminal, a parser or the direction.

    Control characters become their pictures (␀), overrides of the direction and halves of surrogate pairs the
    replacement character, embeddings an invisible joiner. Tabs and line breaks stay.
    """
    return _CONTROL.sub(_picture, text)


def segments(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """Cut a text at the ranges to mark: code points, ascending, without overlap; others are passed over."""
    found, reached = [], 0
    for start, end in ranges:
        if not reached <= start < end <= len(text):
            continue
        found += [Segment(text=text[reached:start]), Segment(text=text[start:end], marked=True)]
        reached = end
    found.append(Segment(text=text[reached:]))
    return tuple(Segment(text=harmless(one.text), marked=one.marked) for one in found if one.text)


def safe_link(address: str | None) -> str | None:
    """Return an address that may become a link: http or https, with a host, and nothing hidden in it."""
    if not address or len(address) > MAX_LINK_LENGTH or any(letter <= " " for letter in address):
        return None
    if harmless(address) != address or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return address


def _picture(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in _SPACES:
        return _SPACES[letter]
    if letter in _EMBEDDINGS:
        return "\u2060"
    code = ord(letter)
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\u2421" if code == 0x7F else "\ufffd"

"""Text of a feed without what makes XML dangerous: a document type with definitions is refused. Pure."""

import re
import sys
from html.entities import html5

_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\"'>]|\"[^\"]*\"|'[^']*')*+(.?)", re.IGNORECASE | re.DOTALL)
_ASIDE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
"""An entity that XML itself does not know."""
_NUMBERED = re.compile(
    r"&#(?:0*(\d\d?|\d{5,})(?!\d)|[xX]0*([0-9A-Fa-f]{1,2}|[0-9A-Fa-f]{4,})(?![0-9A-Fa-f]));?", re.ASCII
)
"""A reference by a number of so many digits that it may be one that XML forbids."""


class NoFeed(ValueError):
    """What is no feed, or one that is refused; the message says why."""


def tame_text(text: str) -> str:
    """Return a feed without declaration, document type and forbidden signs; HTML's entities become signs.

    Raises:
        NoFeed: the document type has definitions of its own; it is refused, whatever they are.
    """
    text = _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n")
    declaration = _DECLARATION.match(text)
    text = _without_doctype(text[declaration.end() :] if declaration else text)
    return _ENTITY.sub(_sign, _NUMBERED.sub(_numbered, text))


def _without_doctype(text: str) -> str:
    place = 0
    while aside := _ASIDE.match(text, place):
        place = aside.end()
    start = len(text) - len(text[place:].lstrip())
    found = _DOCTYPE.match(text, start)
    if found is None:
        return text
    if found[1] != ">":
        raise NoFeed("declares entities of its own: refused")
    return text[: found.start()] + text[found.end() :]


def _sign(match: re.Match[str]) -> str:
    sign = html5.get(match[1])
    return match[0] if sign is None or sign in "<&>\"'" else sign


def _numbered(match: re.Match[str]) -> str:
    """Drop references to signs that XML forbids: the parser takes halves of surrogate pairs for signs."""
    digits, base = (match[1], 10) if match[1] else (match[2], 16)
    code = int(digits, base) if len(digits) <= 7 else sys.maxunicode + 1
    return "" if code > sys.maxunicode or _FORBIDDEN.match(chr(code)) else match[0]

"""Text of a feed without what makes XML dangerous: a document type with definitions is refused. Pure."""

import re
from html.entities import html5

_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\"'>]|\"[^\"]*\"|'[^']*')*+(.?)", re.IGNORECASE | re.DOTALL)
_ASIDE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


class DeclaresEntities(ValueError):
    """A document type with definitions of its own: refused, whatever they are."""


def tame_text(text: str) -> str:
    """Return a feed without declaration, document type and forbidden signs; HTML's entities become signs.

    Raises:
        DeclaresEntities: the document type has definitions of its own.
    """
    text = _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n")
    declaration = _DECLARATION.match(text)
    return _ENTITY.sub(_sign, _without_doctype(text[declaration.end() :] if declaration else text))


def _without_doctype(text: str) -> str:
    place = 0
    while aside := _ASIDE.match(text, place):
        place = aside.end()
    start = len(text) - len(text[place:].lstrip())
    found = _DOCTYPE.match(text, start)
    if found is None:
        return text
    if found[1] != ">":
        raise DeclaresEntities
    return text[: found.start()] + text[found.end() :]


def _sign(match: re.Match[str]) -> str:
    sign = html5.get(match[1]) if match[1] not in _OF_XML else None
    return match[0] if sign is None or sign in "<&>\"'" else sign

"""Bytes of a feed to text: which encoding they are in, and that they declare no entities. Pure.

The byte order mark goes first, then the HTTP header, then the XML declaration, then UTF-8, then what the
bytes look like. Only encodings of text are believed in: a codec that unpacks or evaluates is none.
"""

import codecs
import re
from collections.abc import Iterator
from html.entities import html5

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|tis-620|gb2312|gbk|gb18030|big5(?:hkscs)?"
    r"|shift_jis\w*|euc_(?:jp|kr|jis)\w*|iso2022_(?:jp|kr)\w*|johab|hz"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\"'>]|\"[^\"]*\"|'[^']*')*+(.?)", re.IGNORECASE | re.DOTALL)
_ASIDE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_SAMPLE = 64 * 1024


class DeclaresEntities(ValueError):
    """A document type with definitions of its own: refused, whatever they are."""


def xml_text(body: bytes, content_type: str) -> str:
    """Return a feed as text: no declaration, no document type, no forbidden sign, HTML's entities as signs.

    Raises:
        DeclaresEntities: the document type has definitions of its own.
    """
    text = _FORBIDDEN.sub("", _decoded(body, content_type)).lstrip("\ufeff \t\r\n")
    declaration = _DECLARATION.match(text)
    return _ENTITY.sub(_sign, _without_doctype(text[declaration.end() :] if declaration else text))


def _decoded(body: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for encoding in _candidates(body, content_type):
        try:
            text = body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if "<" in text:
            return text
    guess = from_bytes(body[:_SAMPLE]).best()
    return body.decode(guess.encoding if guess and _is_text(guess.encoding) else "cp1252", "replace")


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    stated = [match[1]] if (match := _CHARSET.search(content_type[:500])) else []
    if declared := _DECLARED.match(body[:500]):
        stated.append(declared[1].decode("ascii"))
    yield from filter(_is_text, stated)
    if body[:4] in {b"<\0?\0", b"<\0r\0", b"<\0f\0"}:
        yield "utf-16-le"
    if body[:4] in {b"\0<\0?", b"\0<\0r", b"\0<\0f"}:
        yield "utf-16-be"
    yield "utf-8"


def _is_text(encoding: str) -> bool:
    try:
        return _ENCODINGS.fullmatch(codecs.lookup(encoding).name) is not None
    except (LookupError, ValueError):
        return False


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

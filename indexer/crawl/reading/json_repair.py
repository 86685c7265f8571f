"""JSON as pages hold it: wrapped in comments, with comments in it, commas too many, escaped as HTML. Pure.

Nothing is guessed: only what stands outside of strings, and signs that no string may hold, is mended.
"""

import html
import re
from typing import Any

import orjson

_BEFORE = ("//", "/*<![CDATA[*/", "<![CDATA[", "<!--")
_BEHIND = ("/*]]>*/", "]]>", "-->", "//", ";")
# A string that is not closed is taken to the end: to look for its end from every quote would be quadratic.
_STRING = r'(?P<string>"(?:[^"\\]++|\\.)*+(?:"|\\?\Z))'
_COMMENT = re.compile(_STRING + r"|/\*.*?(?:\*/|\Z)|//[^\n]*+", re.DOTALL)
_COMMA = re.compile(_STRING + r"|,(?=\s*+[}\]])", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def read_json(text: str) -> Any:
    """Parse JSON, mended where that leaves no doubt.

    Raises:
        ValueError: it is not JSON, and would have to be guessed.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        first = error
    for mend in (_unwrapped, _unescaped, _mended):
        text = mend(text)
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
    raise ValueError(str(first))


def _unwrapped(text: str) -> str:
    text = text.strip("\ufeff \t\r\n")
    for _ in range(2):
        for sign in _BEFORE:
            text = text.removeprefix(sign).lstrip()
        for sign in _BEHIND:
            text = text.removesuffix(sign).rstrip()
    return text


def _unescaped(text: str) -> str:
    """Undo HTML's escapes where they stand for the quotes of the JSON itself."""
    return html.unescape(text) if '"' not in text and "&quot;" in text else text


def _mended(text: str) -> str:
    return _COMMA.sub(_mend_string, _COMMENT.sub(lambda found: found["string"] or "", text))


def _mend_string(found: re.Match[str]) -> str:
    string = found["string"]
    if string is None:
        return ""
    return _HALF.sub(r"\\ufffd", _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", string))

"""Texts of strangers on a terminal: no control characters, no reordering of what stands around them."""

import re

_HARMFUL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Return a text without terminal commands and direction marks (each becomes `�`), on one line."""
    return _HARMFUL.sub("�", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))

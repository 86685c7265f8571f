"""Hashtags and mentions as they stand in a text. Pure."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from itertools import islice
from unicodedata import category

MOST = 200
"""How many of each are read from one text."""

_MENTION = re.compile(r"(?<![\w.@＠/])[@＠]([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])?)")


def hashtags_in(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text without `#`, in order, each once (case ignored).

    A hashtag is letters, marks, digits and underscores of any script, not digits alone.
    """
    return _unique(found for found in _hashtag().findall(text) if not found.isdigit())


def mentions_in(text: str) -> tuple[str, ...]:
    """Return the accounts that a text mentions without `@`, in order, each once (case ignored).

    E-mail addresses are not mentions.
    """
    return _unique(_MENTION.findall(text))


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for word in islice(words, MOST):
        seen.setdefault(word.casefold(), word)
    return tuple(seen.values())


@cache
def _hashtag() -> re.Pattern[str]:
    # `\w` leaves out the vowel signs that words of many Indic scripts are written with.
    signs = "".join(chr(code) for code in range(0x300, sys.maxunicode) if category(chr(code)) in {"Mn", "Mc"})
    return re.compile(rf"(?<![\w&/])[#＃]([\w{re.escape(signs)}]{{1,100}})")

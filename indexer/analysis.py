"""The one analyser: text to index terms. Every keyword engine is fed by it, and highlighting asks it too.

Words are folded (NFKC, case, accents) and, where they are plain Latin letters, stemmed. Text without spaces
(Japanese, Chinese) and Korean become overlapping pairs of characters. A hashtag gives its whole word and its
parts (`#VeganFood`: veganfood, vegan, food). An emoji is a term of its own.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

import Stemmer

from discovery.ports import Term

VERSION = "nichescout-1"
MAX_TERM_LENGTH = 64

_CJK = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\U00020000-\U0003134f"
)
_POINTS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed"
)
"""Accents, vowel points and stretching: readers leave them out, so they are no part of a term."""
_MARKS = _POINTS + "\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
_PICTURES = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_CJK_RUN = re.compile(f"[{_CJK}]")
_EMOJI = re.compile(f"[{_PICTURES}]")
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}](?:[^\W_{_CJK}]|[{_MARKS}]|['’\u200d](?=\w))*|[{_PICTURES}]")
_POINT = re.compile(f"[{_POINTS}]")
_UNIT = re.compile("[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
"""One written character of a run: decomposed Korean and kana with their signs count as one."""
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_STEMMER = Stemmer.Stemmer("english", 0)


Piece = tuple[str, int, int]
"""An index term and where it lies in its token."""


class StandardAnalyser:
    """The project's analyser. Pure and safe to share between threads."""

    @property
    def id(self) -> str:
        """Name and version of the rules."""
        return VERSION

    def terms(self, text: str) -> list[str]:
        """Return the index terms of a text in order."""
        return [piece[0] for token in _TOKEN.findall(text) for piece in pieces(token)]

    def find(self, text: str, wanted: Collection[str] | None) -> list[Term]:
        """Return where wanted terms (`None`: all) occur in a text, in order."""
        return [
            Term(term, token.start() + start, token.start() + end)
            for token in _TOKEN.finditer(text)
            for term, start, end in pieces(token.group())
            if wanted is None or term in wanted
        ]


@lru_cache(maxsize=300_000)
def pieces(token: str) -> tuple[Piece, ...]:
    """Return the index terms of one token (a word, a run of characters without spaces, an emoji)."""
    if _CJK_RUN.match(token):
        return _pairs(token)
    if _EMOJI.match(token):
        return ((token, 0, len(token)),)
    return _words(token)


def _pairs(run: str) -> tuple[Piece, ...]:
    """Overlapping pairs of characters; a single character stands for itself."""
    units = list(_UNIT.finditer(run))
    plain = [_compatible(unit.group()) for unit in units]
    if len(units) == 1:
        return ((plain[0], 0, len(run)),)
    return tuple(
        (plain[place] + plain[place + 1], unit.start(), units[place + 1].end())
        for place, unit in enumerate(units[:-1])
    )


def _compatible(text: str) -> str:
    """Compatibility form; some signs stand for several words (U+FDFA), and a term holds no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _words(word: str) -> tuple[Piece, ...]:
    """The whole word, and its parts where capitals mark them."""
    whole = fold(word)
    found = [(whole, 0, len(word))] if whole else []
    if word.isascii() and not word.isupper() and any(map(str.isupper, word[1:])):
        for part in _PARTS.finditer(word):
            if (term := fold(part.group())) != whole and len(term) > 1:
                found.append((term, *part.span()))
    return tuple(found)


def fold(word: str) -> str:
    """Fold one word to its index term: compatibility form, case, accents, possessive, English stem."""
    plain = _compatible(word).casefold().replace("’", "'")
    plain = plain.removesuffix("'s").replace("'", "")
    if not plain.isascii():
        bare = unicodedata.normalize("NFD", plain)
        if _POINT.search(bare):
            plain = unicodedata.normalize("NFC", _POINT.sub("", bare))
    plain = plain[:MAX_TERM_LENGTH]
    return str(_STEMMER.stemWord(plain)) if plain.isascii() and plain.isalpha() else plain

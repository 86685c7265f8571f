"""The one analyser: text to index terms. Every keyword engine is fed by it, and highlighting asks it too.

Words are folded (NFKC, case, accents) and, where they are plain Latin letters, stemmed. Text without spaces
(Japanese, Chinese) and Korean become overlapping pairs of characters. A hashtag gives its whole word and its
parts (`#VeganFood`: veganfood, vegan, food). An emoji is a term of its own.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from discovery.ports import Term

VERSION = "nichescout-1"
MAX_TERM_LENGTH = 64

_CJK = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\U00020000-\U0003134f"
)
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    rf"|(?P<word>[^\W_{_CJK}](?:[^\W_{_CJK}]|[{_MARKS}]|['’\u200d](?=\w))*)"
    r"|(?P<emoji>[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])"
)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_STEMMER = Stemmer.Stemmer("english", 0)


class StandardAnalyser:
    """The project's analyser. Pure and safe to share between threads."""

    @property
    def id(self) -> str:
        """Name and version of the rules."""
        return VERSION

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a text in order, each with the characters it came from."""
        found: list[Term] = []
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            match token.lastgroup:
                case "cjk":
                    found += _pairs(token.group(), start)
                case "emoji":
                    found.append(Term(token.group(), start, end))
                case _:
                    found += _words(token.group(), start, end)
        return found


def _pairs(run: str, start: int) -> list[Term]:
    """Overlapping pairs of characters; a single character stands for itself."""
    if len(run) == 1:
        return [Term(unicodedata.normalize("NFKC", run), start, start + 1)]
    return [
        Term(unicodedata.normalize("NFKC", run[place : place + 2]), start + place, start + place + 2)
        for place in range(len(run) - 1)
    ]


def _words(word: str, start: int, end: int) -> list[Term]:
    whole = fold(word)
    found = [Term(whole, start, end)] if whole else []
    if any(letter.isupper() for letter in word[1:]) and not word.isupper() and word.isascii():
        for part in _PARTS.finditer(word):
            if (term := fold(part.group())) != whole and len(term) > 1:
                found.append(Term(term, start + part.start(), start + part.end()))
    return found


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Fold one word to its index term: compatibility form, case, accents, possessive, English stem."""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    plain = plain.removesuffix("'s").replace("'", "")
    if not plain.isascii():
        bare = unicodedata.normalize("NFD", plain)
        if any("\u0300" <= letter <= "\u036f" for letter in bare):
            plain = "".join(letter for letter in bare if not "\u0300" <= letter <= "\u036f")
    plain = plain[:MAX_TERM_LENGTH]
    return _stem(plain) if plain.isascii() and plain.isalpha() else plain


def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))

"""A brief made ready for rules: folded so that cues need one spelling, with the way back to the text.

Folding lowers letters, drops Latin accents and the nukta of Devanagari, makes full-width signs plain,
writes a repeated space or mark once, and a nasal of Devanagari before a consonant of its row as a dot.
Rules match on `folded`; spans always count characters of `text`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from discovery.understanding.parts import Part, Span

_DROPPED = {chr(code) for code in (*range(0x300, 0x370), 0x93C, 0x200B, 0x200C, 0x200D, 0xFE0F)}
_PLAIN = {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "−": "-", "〜": "~", "ँ": "ं"}
_NASAL = re.compile(r"ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
"""A nasal before a consonant of its own row; Hindi writes it as a dot as well (इन्दौर, इंदौर)."""
_LATIN_END = 0x250
_REPEATED = re.compile(r"[ \t\xa0]{2,}|\n{2,}|([^\w\s\u0900-\u0dff])\1+")


@lru_cache(maxsize=4_096)
def _folded(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _PLAIN:
        return _PLAIN[char]
    plain = unicodedata.normalize("NFKC", char)
    if ord(plain[0]) < _LATIN_END or "\u1e00" <= plain[0] <= "\u1eff" or "\u0958" <= char <= "\u095f":
        plain = unicodedata.normalize("NFKD", char)
    return "".join(one for one in plain.lower() if one not in _DROPPED).replace("ß", "ss")


def fold(text: str) -> str:
    """Fold a text or a word of a gazetteer as `Reading` does."""
    return text.lower() if text.isascii() else "".join(map(_folded, _NASAL.sub("ं", text)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A brief and its folded form. `origin[i]` is the place in `text` that `folded[i]` came from."""

    text: str
    folded: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Fold a text."""
        pieces = list(text.lower()) if text.isascii() else [_folded(char) for char in text]
        for repeated in _REPEATED.finditer(text):
            pieces[repeated.start() + 1 : repeated.end()] = [""] * (len(repeated.group()) - 1)
        for nasal in _NASAL.finditer(text):
            pieces[nasal.start() : nasal.end()] = ["ं", ""]
        origin = [at for at, piece in enumerate(pieces) for _ in piece]
        return cls(text, "".join(pieces), (*origin, len(text)))

    def span(self, start: int, end: int) -> Span:
        """The characters of `text` that folded[start:end] came from; never empty for a match."""
        first = self.origin[start]
        last = self.origin[end - 1] + 1 if end > start else first
        while last < len(self.text) and self.text[last] in _DROPPED:
            last += 1
        return first, last

    def of_match(self, match: re.Match[str], group: int | str = 0) -> Span:
        """The characters of `text` that a group of a match on `folded` came from."""
        return self.span(*match.span(group))

    def without(self, spans: Iterable[Span]) -> "Reading":
        """The same text with spans blanked out, so that no further rule reads them."""
        folded = list(self.folded)
        for start, end in spans:
            first, last = bisect_left(self.origin, start), bisect_left(self.origin, end)
            folded[first:last] = "\x00" * (last - first)
        return Reading(self.text, "".join(folded), self.origin)

    def places(self, spans: Iterable[Span]) -> list[tuple[int, int]]:
        """Where spans of the text stand in `folded`, in order."""
        return sorted(
            (bisect_left(self.origin, start), bisect_left(self.origin, end)) for start, end in spans
        )

    def said(self, span: Span) -> str:
        """The brief's own words in a span."""
        return self.text[span[0] : span[1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A part, and the characters that leave the topic with it (its words, cue and preposition)."""

    part: Part
    cut: tuple[Span, ...]


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any other."""
    return any(span[0] < end and start < span[1] for start, end in others)

"""Names of countries, cities and nationalities in a brief, in any of the eight languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.reading import Reading

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+(?:[.'’][A-Za-zÀ-ɏḀ-ỿ]+)*\.?")
_HINDI_WORD = re.compile(r"[\u0900-\u0963]+")
_KOREAN_WORD = re.compile(r"[가-힣]+")
_KATAKANA_RUN = re.compile(r"[\u30a0-\u30ff]{2,}")
_KANJI_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LONGEST = {"latin": 4, "hindi": 3, "char": 8}
_TIE = re.compile(
    r"\s*(?:,|/|&|,?\s?(?:and|or|und|oder|et|ou|y|o|e)(?:\s(?:in|from|aus|the|de|en|do|da|em|a"
    r"|au|der|la|no|na))?\s|や|か|と|・|、|또는|이?나|와|과|और|या)\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place that is named: folded[start:end]."""

    start: int
    end: int
    country: str
    city: str | None = None
    adjective: bool = False


def chains(reading: Reading, gazetteers: Gazetteers) -> list[list[Named]]:
    """Names of places in the order of the text; those in a row ("Lyon ou Grenoble") stand together."""
    rows: list[list[Named]] = []
    for place in sorted(_named(reading, gazetteers), key=lambda one: one.start):
        last = rows[-1][-1] if rows else None
        if last and place.start < last.end:
            continue
        if last and _TIE.fullmatch(reading.folded, last.end, place.start):
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _named(reading: Reading, gazetteers: Gazetteers) -> Iterator[Named]:
    text = reading.folded
    look = _Lookup(reading, gazetteers)
    latin = [one.span() for one in _LATIN_WORD.finditer(text)]
    yield from _joined(text, latin, look, _LONGEST["latin"])
    yield from _joined(text, [one.span() for one in _HINDI_WORD.finditer(text)], look, _LONGEST["hindi"])
    for run in _KOREAN_WORD.finditer(text):
        yield from _first(run.start(), run.end(), look)
    for run in _KANJI_RUN.finditer(text):
        yield from _first(run.start(), run.end(), look)
    for run in _KATAKANA_RUN.finditer(text):
        if place := look(*run.span()):
            yield place


def _joined(text: str, words: list[tuple[int, int]], look: "_Lookup", longest: int) -> Iterator[Named]:
    """Names of one or several words; the longest that is known at each place."""
    at = 0
    while at < len(words):
        step = 1
        for count in range(min(longest if look.capital(words[at][0]) else 2, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + count - 1][1]
            place = look(start, end) or (look(start, end - 1) if text[end - 1] == "." else None)
            if place:
                yield place
                step = count
                break
        at += step


def _first(start: int, end: int, look: "_Lookup") -> Iterator[Named]:
    for stop in range(min(end, start + _LONGEST["char"]), start + 1, -1):
        if place := look(start, stop):
            yield place
            return


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What folded[start:end] names; Latin names of places begin with a capital."""

    reading: Reading
    gazetteers: Gazetteers

    def __call__(self, start: int, end: int) -> Named | None:
        name = self.reading.folded[start:end]
        known = self.gazetteers
        capital = self.capital(start)
        if capital and name in known.countries and not (name == "us" and self._lower(end)):
            return Named(start=start, end=end, country=known.countries[name])
        if name in known.adjectives and not (name == "us" and self._lower(end)):
            return Named(start=start, end=end, country=known.adjectives[name], adjective=True)
        if capital and name in known.cities and name not in known.languages:
            city = known.cities[name]
            return Named(start=start, end=end, country=city.country, city=city.name)
        return None

    def capital(self, start: int) -> bool:
        """Whether a name may begin here: a capital, or a script without capitals."""
        return self.reading.folded[start] > "z" or self.reading.text[self.reading.origin[start]].isupper()

    def _lower(self, end: int) -> bool:
        return not self.reading.text[self.reading.origin[end - 1]].isupper()

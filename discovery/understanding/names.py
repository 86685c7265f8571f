"""The brand that searches, and competitors whose partners are not wanted."""

from bisect import bisect_left
from collections.abc import Iterator

from discovery.understanding.clauses import Clauses
from discovery.understanding.exclusion_cues import BEFORE
from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.korean_particles import named
from discovery.understanding.name_patterns import (
    BRANDS,
    COMMA,
    COMMON,
    EAST_COMMON,
    EAST_LIST,
    EAST_NOT,
    EAST_RIVALS,
    EAST_WORKED,
    ENDORSED,
    JOIN,
    LATIN_LIST,
    NOT,
    RIVALS,
    SHOP,
    THOSE,
    WORKED,
)
from discovery.understanding.parts import Part, PartKind
from discovery.understanding.reading import Found, Reading, fold


def brand(reading: Reading, gazetteers: Gazetteers) -> list[Found]:
    """The name of the one who searches, when it is said as such."""
    for pattern in BRANDS:
        for match in pattern.finditer(reading.text):
            name = match["name"]
            folded = fold(name)
            known = (gazetteers.countries, gazetteers.languages, gazetteers.adjectives, gazetteers.cities)
            if (
                name
                and (pattern is SHOP or not COMMON.match(name))
                and not any(folded in names for names in known)
            ):
                span = match.span("name")
                part = Part(kind=PartKind.BRAND, text=name, spans=(span,), confidence=0.8)
                compound = reading.text[match.start() - 1 : match.start()] == "-"
                return [Found(part=part, cut=(span if compound else match.span(),))]
    return []


def competitors(reading: Reading, clauses: Clauses) -> list[Found]:
    """Competitors, one part each; the words around them leave the topic too."""
    found: list[Found] = []
    for start, end, cut in _lists(reading, clauses):
        if any(start < last and first < end for one in found for first, last in one.part.spans):
            continue
        for first, last in _single(reading.text, start, end):
            part = Part(
                kind=PartKind.COMPETITOR,
                text=reading.text[first:last],
                spans=((first, last),),
                confidence=0.85,
            )
            found.append(Found(part=part, cut=(cut,)))
    return found


def _lists(reading: Reading, clauses: Clauses) -> Iterator[tuple[int, int, tuple[int, int]]]:
    text = reading.text
    for cue in RIVALS.finditer(text):
        match = LATIN_LIST.match(text, cue.end()) or (
            EAST_LIST.match(text, cue.end()) if cue.group()[0] > "z" else None
        )
        if match:
            yield match.start(), match.end(), _around(reading, clauses, cue.start(), match.end())
    for cue in WORKED.finditer(text):
        match = LATIN_LIST.match(text, cue.end())
        cut = _sentence(reading, clauses, cue.start())
        german = cue.group().strip().lower() in ("für", "mit", "von")
        if (
            match
            and NOT.search(text[cut[0] : cut[1]])
            and (not german or ENDORSED.search(text[match.end() : cut[1]]))
        ):
            yield match.start(), match.end(), _clause_of_refusal(reading, cut, cue.start(), match.end())
    for match in EAST_RIVALS.finditer(text):
        yield *match.span(str(match.lastgroup)), _sentence(reading, clauses, match.start())
    if not RIVALS.search(text):
        yield from _east_worked(reading, clauses)


def _east_worked(reading: Reading, clauses: Clauses) -> Iterator[tuple[int, int, tuple[int, int]]]:
    for match in EAST_WORKED.finditer(reading.text):
        cut = _sentence(reading, clauses, match.start())
        common = EAST_COMMON.fullmatch(match[str(match.lastgroup)])
        if EAST_NOT.search(reading.text[match.end() : cut[1]]) and not common:
            end = _right(reading, match.end(), cut[1])
            end = cut[1] if THOSE.match(reading.text, end) else end
            yield *match.span(str(match.lastgroup)), (cut[0], end)


def _around(reading: Reading, clauses: Clauses, start: int, end: int) -> tuple[int, int]:
    """The clause of a list of competitors; in scripts without capitals what follows belongs to it as well."""
    first, last = bisect_left(reading.origin, start), bisect_left(reading.origin, end)
    left, _ = clauses.clause(first, len(reading.folded))
    bounds = clauses.clause if reading.text[start] <= "ɏ" else clauses.sentence
    _, right = bounds(last, len(reading.folded))
    return reading.origin[left], _right(reading, end, reading.origin[right])


def _right(reading: Reading, end: int, limit: int) -> int:
    """Where the words about competitors end: at the sentence's end, or before another exclusion in it."""
    comma = COMMA.search(reading.text, end, limit)
    if not comma:
        return limit
    if reading.text[end - 1] > "ɏ":
        return comma.start()
    folded = bisect_left(reading.origin, comma.end())
    return comma.start() if BEFORE.match(reading.folded, folded) else limit


def _clause_of_refusal(reading: Reading, sentence: tuple[int, int], at: int, end: int) -> tuple[int, int]:
    """From the word that refuses when it stands before ("nobody who worked with"), else all of it."""
    refusals = [one.start() for one in NOT.finditer(reading.text, sentence[0], at)]
    return (refusals[-1] if refusals else sentence[0]), _right(reading, end, sentence[1])


def _sentence(reading: Reading, clauses: Clauses, at: int) -> tuple[int, int]:
    folded = bisect_left(reading.origin, at)
    first, last = clauses.sentence(folded, len(reading.folded))
    return reading.origin[first], reading.origin[last]


def _single(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for tie in [*JOIN.finditer(text, start, end), None]:
        stop = tie.start() if tie else end
        name = text[at:stop].strip(" 「」『』")
        if "가" <= name[-1:] <= "힣" and len(name) > 2:
            name = named(name, tied=bool(tie and not tie.group().strip(" 와과나")))
        if name:
            first = text.index(name, at)
            yield first, first + len(name)
        at = tie.end() if tie else end

"""Reads a brief: the rules put together. Pure; what names mean comes in as gazetteers."""

from collections.abc import Iterable

from discovery.understanding import (
    boilerplate,
    exclusions,
    followers,
    languages,
    names,
    personal,
    places,
    platforms,
    tongue,
    topic,
    work,
)
from discovery.understanding.clauses import Clauses
from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.money import Money
from discovery.understanding.numbers import Numbers
from discovery.understanding.parts import MAX_PARTS, Part, PartKind, Span, Understood
from discovery.understanding.reading import Found, Reading, overlaps

_IMPLIED = 0.5
_UNWANTED = {PartKind.EXCLUSION, PartKind.COMPETITOR, PartKind.PERSONAL}


class Parser:
    """Free text to what was understood of it; gazetteers say what names mean."""

    def __init__(self, gazetteers: Gazetteers) -> None:
        self._gazetteers = gazetteers
        self._numbers = Numbers(gazetteers.units)
        self._money = Money(gazetteers.currencies)

    def parse(self, text: str) -> Understood:
        """Read a brief. Never raises; the same text gives the same answer."""
        reading = Reading.of(text)
        written = tongue.of(reading)
        found = self._found(reading, written)
        cuts = [span for one in found for span in one.cut]
        sought = boilerplate.seeking(reading)
        topics = topic.clauses(text, [*cuts, *sought, *boilerplate.people(reading)], sought)
        wanted = topics or topic.clauses(text, _cuts(one for one in found if one.part.kind in _UNWANTED), [])
        parts = sorted([*topics, *(one.part for one in found)], key=lambda part: part.spans[:1])
        if written not in (None, "en") and not any(part.kind is PartKind.LANGUAGE for part in parts):
            parts.append(Part(kind=PartKind.LANGUAGE, any_of=(str(written),), confidence=_IMPLIED))
        query = topic.query(wanted) or " ".join(text.split())
        return Understood(query=query, language=written, parts=tuple(parts[:MAX_PARTS]))

    def _found(self, reading: Reading, written: str | None) -> list[Found]:
        clauses = Clauses.of(reading)
        found = _apart(names.competitors(reading, clauses), [])
        rest = reading.without(_cuts(found))
        quantities = self._numbers.find(rest)
        ordered = work.deliverables(rest)
        counted = [*followers.find(rest, quantities), *ordered]
        counted += self._money.find(rest, clauses, quantities, _spans(ordered))
        barriers = [*_cuts(counted), *work.deal_places(rest)]
        asides = _spans(self._asides(rest))
        excluded = exclusions.find(rest, clauses, rest.places(barriers), rest.places(asides), written)
        rest = rest.without(_cuts(excluded))
        others = [*counted, *names.brand(reading, self._gazetteers), *work.deals(rest), *self._asides(rest)]
        return [*found, *excluded, *_apart(others, [*_spans(found), *_spans(excluded)])]

    def _asides(self, rest: Reading) -> list[Found]:
        """Who is sought: languages, traits, places and platforms."""
        return [
            *languages.find(rest, self._gazetteers),
            *personal.find(rest),
            *places.find(rest, self._gazetteers),
            *platforms.find(rest),
        ]


def _apart(found: Iterable[Found], taken: Iterable[Span]) -> list[Found]:
    """Those whose words no earlier one has taken."""
    kept: list[Found] = []
    spans = list(taken)
    for one in found:
        if not any(overlaps(span, spans) for span in one.part.spans):
            kept.append(one)
            spans += one.part.spans
    return kept


def _spans(found: Iterable[Found]) -> list[Span]:
    return [span for one in found for span in one.part.spans]


def _cuts(found: Iterable[Found]) -> list[Span]:
    return [span for one in found for span in one.cut]

"""What is not wanted, each thing as its own part: "no studios, no trailers" gives two."""

import re
from collections.abc import Iterator, Sequence

from discovery.understanding import exclusions_after
from discovery.understanding.clauses import Clauses
from discovery.understanding.exclusion_cues import (
    AFTER,
    BEFORE,
    CONTINUES,
    HARMLESS,
    LEADS,
    NEW_CLAUSE,
    SKIPPED,
    STOPS,
    TAIL,
    TIE,
)
from discovery.understanding.parts import Part, PartKind
from discovery.understanding.reading import Found, Reading, overlaps

Place = tuple[int, int]

_EDGE = " ,.!?-–—\"'“”«»\x00"
_OPENING = re.compile(r"(?:[,;.!?:(–—\n\x00\"-]|(?<![a-z])(?:who|that|die|der|qui|que)(?=\s*$))\s*$")
_RELATIVE = re.compile(r"(?<![a-z])(?:who|that|die|der|qui|que)\s*$")
_GERMAN_VERB = re.compile(
    r"\s(?:machen|posten|zeigen|bewerben|werben|sind|haben|verbreiten)(?=\s*(?:[,.;!]|$))"
)
_PUNCTUATION = re.compile(r"[.,;:!?]")
_WHOEVER = re.compile(
    r"(?:quien|quienes|quem|wer|who|whoever|ceux|celles|those|anyone|das|this|that|it"
    r"|es)(?!\w)"
)
_MAX_WORDS = 9


def find(
    reading: Reading,
    clauses: Clauses,
    barriers: Sequence[Place],
    asides: Sequence[Place] = (),
    written: str | None = None,
) -> list[Found]:
    """Exclusions in the order of the text.

    A list ends where one of `barriers` (amounts, deals) begins, or after a comma where one of `asides` does
    (languages, places). `written` is the language of the brief: in Portuguese "no" means "in the".
    """
    scope = _Scope(reading.folded, clauses, barriers, asides)
    scope.no_is_in = written == "pt"
    found = list(_before(reading, scope))
    found += _after(reading, scope, [span for one in found for span in one.cut])
    for cue, items in exclusions_after.find(reading.folded, barriers, asides):
        found += _parts(reading, cue, items, 0.85)
    return found


class _Scope:
    """How far the cues of one brief reach."""

    def __init__(
        self, text: str, clauses: Clauses, barriers: Sequence[Place], asides: Sequence[Place]
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.barriers = barriers
        self.asides = asides
        self.no_is_in = False
        self.telegraphic = not _PUNCTUATION.search(text)

    def sentence(self, at: int) -> Place:
        return self.clauses.sentence(at, len(self.text))

    def end(self, cue: re.Match[str]) -> int:
        """Where what a cue excludes must have ended."""
        start, end = cue.end(), self.sentence(cue.end())[1]
        if cue["minus"]:
            space = self.text.find(" ", start, end)
            return space if space >= 0 else end
        skipped = SKIPPED.match(self.text, start, end)
        start = skipped.end() if skipped else start
        if stop := STOPS.search(self.text, start, end):
            end = stop.start()
        again = (
            one.start() for one in BEFORE.finditer(self.text, start, end) if one["bare"] not in CONTINUES
        )
        return min([next(again, end), *(first for first, _ in self.barriers if first >= start), end])

    def items(self, start: int, end: int) -> list[Place]:
        """The things in a row between two places."""
        items: list[Place] = []
        for comma, first, last in self.pieces(start, end):
            place = _trimmed(self.text, first, last)
            if place[0] >= place[1]:
                continue
            words = self.text.count(" ", *place) + 1
            aside = comma and (NEW_CLAUSE.match(self.text, first) or overlaps(place, self.asides))
            if words > _MAX_WORDS or aside or overlaps(place, self.barriers):
                break
            items.append(place)
        return items

    def pieces(self, start: int, end: int) -> Iterator[tuple[bool, int, int]]:
        """What ties part, each with whether a comma stands before it."""
        at, comma = start, False
        for tie in TIE.finditer(self.text, start, end):
            yield comma, at, tie.start()
            at, comma = tie.end(), "," in tie.group()
        yield comma, at, end


def _before(reading: Reading, scope: _Scope) -> Iterator[Found]:
    done, text = 0, reading.folded
    for cue in BEFORE.finditer(text):
        continued = done > 0 and not text[done : cue.start()].strip(" ,")
        if (
            cue.start() < done
            or (scope.no_is_in and cue["bare"] == "no")
            or HARMLESS.match(text, cue.end())
            or not (continued or _opens(scope, cue))
        ):
            continue
        items = scope.items(cue.end(), scope.end(cue))
        if items:
            yield from _parts(reading, cue.span(), items, 0.65 if cue["weak"] else 0.9)
            done = items[-1][1]


def _opens(scope: _Scope, cue: re.Match[str]) -> bool:
    """Whether a cue stands where it excludes and not inside a topic ("postres sin azúcar", "eat no meat")."""
    if cue["explicit"] or cue["minus"]:
        return True
    text = scope.text
    first, _ = scope.sentence(cue.start())
    before = text[max(0, cue.start() - 24) : cue.start()]
    if cue["weak"]:
        return bool(_OPENING.search(before)) if cue.start() - first > 1 else first > 0
    if _RELATIVE.search(before):
        return bool(_GERMAN_VERB.search(text, cue.end(), scope.sentence(cue.end())[1]))
    return bool(
        not before.strip() or _OPENING.search(before) or LEADS.match(cue.group()) or scope.telegraphic
    )


def _after(reading: Reading, scope: _Scope, taken: Sequence[Place]) -> Iterator[Found]:
    text = reading.folded
    for cue in AFTER.finditer(text):
        start, end = scope.sentence(cue.start())
        if overlaps(reading.of_match(cue), taken) or start == cue.end():
            continue
        if not text[start : cue.start()].strip(_EDGE) or re.search(r",\s*$", text[start : cue.start()]):
            stop = STOPS.search(text, cue.end() + 1, end)
            items = scope.items(cue.end(), stop.start() if stop else end)
        else:
            items = _row(scope, start, cue.start())
        if items and not _WHOEVER.match(text, items[0][0]):
            yield from _parts(reading, cue.span(), items, 0.85)


def _row(scope: _Scope, start: int, end: int) -> list[Place]:
    """The things in a row that end before a cue; a long one begins it."""
    items: list[Place] = []
    comma = False
    for before, first, last in reversed(list(scope.pieces(start, end))):
        place = _trimmed(scope.text, first, last)
        follows = comma and (len(items) < 2 or scope.text.count(" ", *place) > 2)
        if overlaps(place, scope.barriers) or follows:
            break
        if place[0] < place[1]:
            items.append(place)
        comma = before
    return items[::-1]


def _trimmed(text: str, first: int, last: int) -> Place:
    while first < last and text[first] in _EDGE:
        first += 1
    skipped = SKIPPED.match(text, first, last)
    first = skipped.end() if skipped else first
    while last > first and text[last - 1] in _EDGE:
        last -= 1
    if tail := TAIL.search(text, first, last):
        last = tail.start()
    return first, last


def _parts(reading: Reading, cue: Place, items: Sequence[Place], confidence: float) -> list[Found]:
    found = []
    whole = reading.span(min(cue[0], items[0][0]), max(cue[1], items[-1][1]))
    for at, (start, end) in enumerate(items):
        span = reading.span(start, end)
        part = Part(kind=PartKind.EXCLUSION, text=reading.said(span), spans=(span,), confidence=confidence)
        found.append(Found(part=part, cut=(span,) if at else (whole,)))
    return found

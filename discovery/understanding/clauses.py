"""Where sentences and clauses of a brief end."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from discovery.understanding.reading import Reading

_SENTENCE_END = re.compile(r"[!?。！？।॥;\n]+|\.+(?=[\s\"')\]»”]|$)|\s[-–—•|/]\s")
_SPACE = re.compile(r"\s*")
_CLAUSE_END = re.compile(r"[,、،:()\[\]«»\"]|，")
_FARTHEST = 300


@dataclass(frozen=True, slots=True)
class Clauses:
    """Ends of sentences and of clauses (both count characters of `Reading.folded`), in order."""

    sentence_ends: tuple[tuple[int, int], ...]
    clause_ends: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, reading: Reading) -> "Clauses":
        """Find the ends. A full stop before a small letter or a digit ends nothing ("z. B.", "min. 10k")."""
        sentences = [one.span() for one in _SENTENCE_END.finditer(reading.folded) if _ends(reading, one)]
        clauses = [one.span() for one in _CLAUSE_END.finditer(reading.folded) if not _in_number(one)]
        return cls(tuple(sentences), tuple(sorted([*sentences, *clauses])))

    def sentence(self, at: int, length: int) -> tuple[int, int]:
        """The bounds of the sentence that a place lies in; `length` is that of the folded text.

        A sentence without an end is looked at for `_FARTHEST` characters either way: reading stays linear.
        """
        first, last = _bounds(self.sentence_ends, at, length)
        return max(first, at - _FARTHEST), min(last, at + _FARTHEST)

    def clause(self, at: int, length: int) -> tuple[int, int]:
        """The bounds of the clause that a place lies in."""
        first, last = _bounds(self.clause_ends, at, length)
        return max(first, at - _FARTHEST), min(last, at + _FARTHEST)


def _bounds(ends: tuple[tuple[int, int], ...], at: int, length: int) -> tuple[int, int]:
    after = bisect_left(ends, (at, at))
    before = bisect_right(ends, (at, length)) - 1
    while before >= 0 and ends[before][1] > at:
        before -= 1
    start = ends[before][1] if before >= 0 else 0
    return start, (ends[after][0] if after < len(ends) else length)


def _ends(reading: Reading, match: re.Match[str]) -> bool:
    if not match.group().startswith("."):
        return True
    rest = _SPACE.match(reading.text, reading.origin[match.end()])
    following = reading.text[rest.end() : rest.end() + 1] if rest else ""
    return not (following.islower() or following.isdigit())


def _in_number(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return match.group() == "," and before.isdigit() and after.isdigit()

"""How far two runs put the same creators in the same places: what two engines owe each other."""

from dataclasses import dataclass
from itertools import zip_longest

from evaluation.judged.run_files import Run

DEPTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of `places` in the top ten of all briefs, `same` hold the same creator; `briefs` are those that differ.

    Briefs that only one of the runs answers count as places that differ.
    """

    system: str
    against: str
    places: int
    same: int
    briefs: tuple[str, ...]


def agreement(system: str, mine: Run, against: str, theirs: Run, depth: int = DEPTH) -> Agreement:
    """Compare the tops of two runs, place by place."""
    places = same = 0
    differing = []
    for brief in dict.fromkeys((*mine, *theirs)):
        pairs = list(zip_longest(mine.get(brief, ())[:depth], theirs.get(brief, ())[:depth]))
        equal = sum(one == other for one, other in pairs)
        places, same = places + len(pairs), same + equal
        if equal < len(pairs):
            differing.append(brief)
    return Agreement(system=system, against=against, places=places, same=same, briefs=tuple(differing))

"""Whether briefs that say the same get the same answer: rank-biased overlap of the first ten creators."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import orjson

from discovery.creator import CreatorId
from evaluation.judged.lines import BadField, read_items
from evaluation.judged.systems import Progress, System, no_progress

TARGET = 0.8
"""Least mean overlap of the answers to a brief and to its paraphrases."""
DEPTH = 10
PERSISTENCE = 0.9
"""How likely a reader goes on from one rank to the next (p)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrases:
    """A brief (the first of `briefs`) and other ways of saying it."""

    id: str
    briefs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Mean overlap of the answers to one brief and to each of its paraphrases, 0 to 1."""

    id: str
    mean: float
    lowest: float


def read_paraphrases(path: Path) -> tuple[Paraphrases, ...]:
    """Read JSON Lines with `id` and `briefs`, two or more texts each.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    return tuple(read_items(path, _set))


def overlaps(
    system: System, sets: Sequence[Paraphrases], progress: Progress = no_progress
) -> tuple[Overlap, ...]:
    """Ask a system for every text and compare the answers to each set's first with the others'."""
    found = []
    for done, one in enumerate(sets, start=1):
        first, *others = (system(text, DEPTH) for text in one.briefs)
        values = [rbo(first, other) for other in others]
        found.append(Overlap(id=one.id, mean=fmean(values), lowest=min(values)))
        progress("paraphrases", done, len(sets))
    return tuple(found)


def rbo(
    first: Sequence[CreatorId],
    second: Sequence[CreatorId],
    *,
    p: float = PERSISTENCE,
    depth: int = DEPTH,
) -> float:
    """Rank-biased overlap (Webber, Moffat, Zobel 2010) cut at a depth and brought to 1 for equal lists.

    The mean of the shares that two lists have in common at each depth, weighted by p, p squared, and so on.
    """
    weights = [p**place for place in range(depth)]
    shares = [len({*first[:size]} & {*second[:size]}) / size for size in range(1, depth + 1)]
    return sum(weight * share for weight, share in zip(weights, shares, strict=True)) / sum(weights)


def _set(line: str) -> Paraphrases:
    try:
        record = orjson.loads(line)
        identity, briefs = record["id"], record["briefs"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadField("line", f"is not a record with id and briefs: {error}", line[:80]) from error
    usable = isinstance(briefs, list) and len(briefs) > 1
    if not usable or not all(isinstance(text, str) and text.strip() for text in briefs):
        raise BadField(
            "briefs", "is not a list of two or more texts; give a brief and others like it", briefs
        )
    return Paraphrases(id=str(identity), briefs=tuple(briefs))

"""Exact or approximate? A choice from costs that were measured when the generation was built.

The filters are resolved first, so the number of admitted vectors is known. Comparing just those costs a time
for each; the approximate index runs over the short codes of all vectors, whatever the filter, and compares
the best of them exactly. The costs are part of the generation: the same request takes the same path on every
machine.
"""

from dataclasses import dataclass
from enum import StrEnum


class Path(StrEnum):
    """How the vectors were searched."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Measured on the built index, in nanoseconds.

    `gather` for each vector that is read where it lies, `scan` for each when all are read in one sweep,
    `approximate` for one approximate search. `recall` is the share of the exact 100 best that the
    approximate search found.
    """

    gather: float
    scan: float
    approximate: float
    recall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The path and the sentence that says why."""

    path: Path
    reason: str


def choose(admitted: int, total: int, costs: Costs | None, force: Path | None = None) -> Choice:
    """Choose a path for `admitted` of `total` vectors. `costs` is `None` without an approximate index."""
    if costs is None or admitted == 0:
        return Choice(path=Path.EXACT, reason=f"all {admitted} admitted vectors compared")
    exact = costs.scan * total if admitted == total else costs.gather * admitted
    path = force or (Path.EXACT if exact <= costs.approximate else Path.APPROXIMATE)
    reason = (
        f"{admitted} of {total} vectors admitted: exact about {exact / 1e6:.2g} ms, "
        f"approximate about {costs.approximate / 1e6:.2g} ms"
    )
    return Choice(path=path, reason=reason)

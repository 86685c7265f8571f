"""Exact or approximate? A choice from costs that were measured when the generation was built.

The filters are resolved first, so the number of admitted vectors is known. Reading just those costs a time
for each; the approximate index costs a time for each vector in the lists it probes, and must probe more
lists the narrower the filter is, since the best admitted vectors then lie further away. The costs are part
of the generation: the same request takes the same path on every machine.
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
    """Measured on the built index. Times in nanoseconds a vector.

    `probes` maps a depth (how many nearest vectors must be found without a filter) to the least number of
    lists that found at least 99 % of them; ascending.
    """

    gather: float
    scan: float
    probe: float
    lists: int
    probes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The path, how many lists it probes, and the sentence that says why."""

    path: Path
    probes: int
    reason: str


RECALL_DEPTH = 100
"""How deep the approximate path must be right among the admitted."""
OVERHEAD = 50_000.0
"""Nanoseconds that any approximate search costs on top."""


def choose(admitted: int, total: int, costs: Costs | None, force: Path | None = None) -> Choice:
    """Choose a path for `admitted` of `total` vectors. `costs` is `None` without an approximate index."""
    if costs is None or admitted == 0:
        return Choice(path=Path.EXACT, probes=0, reason=f"all {admitted} admitted vectors compared")
    exact = costs.scan * total if admitted == total else costs.gather * admitted
    probes = probes_for(RECALL_DEPTH * total / admitted, costs)
    approximate = OVERHEAD + costs.probe * total * probes / costs.lists
    path = force or (Path.EXACT if exact <= approximate else Path.APPROXIMATE)
    reason = (
        f"{admitted} of {total} vectors admitted: exact about {exact / 1e6:.2g} ms, "
        f"approximate with {probes} of {costs.lists} lists about {approximate / 1e6:.2g} ms"
    )
    return Choice(path=path, probes=probes, reason=reason)


def probes_for(depth: float, costs: Costs) -> int:
    """Return how many lists to probe so that the nearest `depth` vectors are found; all beyond the table."""
    return next((probes for known, probes in costs.probes if known >= depth), costs.lists)

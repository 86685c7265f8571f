"""Whether one system is better than another, brief by brief: a paired randomisation test, corrected by Holm.

Under the hypothesis that the two are equally good, each brief's difference could as well have the other sign.
The p-value is the share of all choices of signs whose mean difference is at least as large, on either side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.judged.resampling import SEED, Interval, mean_interval

PERMUTATIONS = 10_000
EXACT_UP_TO = 12
"""With at most this many briefs all choices of signs are counted."""
TIE = 1e-9
"""Differences up to this are ties, and rounding of sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """nDCG@10 of `system` minus that of `against`, over the briefs that both were measured on.

    `p` is two-sided; `holm` is the same after correction for all comparisons made together. `wins` counts
    the briefs on which `system` is better.
    """

    system: str
    against: str
    briefs: int
    difference: Interval
    wins: int
    ties: int
    losses: int
    p: float
    holm: float


def compare(system: str, mine: Mapping[str, float], against: str, theirs: Mapping[str, float]) -> Comparison:
    """Compare the values of two systems by brief.

    Raises:
        ValueError: they were measured on different briefs.
    """
    if mine.keys() != theirs.keys():
        raise ValueError(f"{system} and {against} were measured on different briefs")
    differences = np.array([mine[brief] - theirs[brief] for brief in mine], dtype=np.float64)
    p = randomisation_p(differences)
    return Comparison(
        system=system,
        against=against,
        briefs=len(differences),
        difference=mean_interval(differences.tolist()),
        wins=int((differences > TIE).sum()),
        ties=int((np.abs(differences) <= TIE).sum()),
        losses=int((differences < -TIE).sum()),
        p=p,
        holm=p,
    )


def corrected(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return comparisons that were made together with their p-values corrected by Holm's method."""
    together = holm([one.p for one in comparisons])
    return tuple(replace(one, holm=p) for one, p in zip(comparisons, together, strict=True))


def randomisation_p(differences: NDArray[np.float64]) -> float:
    """Two-sided p-value of the mean of paired differences: exact for few, else by 10,000 drawn sign choices.

    Raises:
        ValueError: there are no differences.
    """
    count = len(differences)
    if not count:
        raise ValueError("no differences to test")
    if count <= EXACT_UP_TO:
        reached = _reached(differences, _all_signs(count))
        return float(reached.mean())
    drawn = np.random.default_rng(SEED).integers(0, 2, (PERMUTATIONS, count))
    reached = _reached(differences, 2 * drawn - 1)
    return float((1 + reached.sum()) / (1 + PERMUTATIONS))  # what was observed is one of the choices


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p-values of several tests so that the chance of any false alarm stays that of one test."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for place, index in enumerate(sorted(range(len(p_values)), key=lambda one: p_values[one])):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[index]))
        adjusted[index] = highest
    return adjusted


def _reached(differences: NDArray[np.float64], signs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each choice of signs makes a sum as large as the observed one, on either side."""
    reached: NDArray[np.bool_] = np.abs(signs @ differences) >= abs(float(differences.sum())) - TIE
    return reached


def _all_signs(count: int) -> NDArray[np.int64]:
    bits: NDArray[np.int64] = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    return 2 * bits - 1

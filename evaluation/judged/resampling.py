"""How much a mean over briefs may be a matter of the briefs: the bootstrap, with a fixed seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

SEED = 20_251
RESAMPLES = 10_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean, or another figure over briefs, with its 95 % interval."""

    mean: float
    low: float
    high: float


def mean_interval(values: Sequence[float]) -> Interval:
    """Mean of some briefs' values, and the percentile bootstrap interval over briefs.

    Few briefs make an interval that is too narrow: below ten it is a hint.

    Raises:
        ValueError: there are no values.
    """
    if not len(values):
        raise ValueError("no values to average")
    array = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = ends(array[drawn].mean(axis=1))
    return Interval(mean=float(array.mean()), low=low, high=high)


def ends(resampled: ArrayLike) -> tuple[float, float]:
    """Ends of the percentile interval of a figure that was worked out over resampled briefs."""
    low, high = np.quantile(np.asarray(resampled), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)

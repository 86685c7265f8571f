"""Platt scaling: a logistic curve from a score to the chance of being good, and how well chances hold.

The curve (Platt 1999) is the likeliest one for Platt's targets, which lie just inside 0 and 1, so that pairs
which a score parts cleanly have a fit too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
STEPS = 100
TINY = 1e-10

Floats = NDArray[np.float64]
Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A logistic curve: chance = 1 / (1 + exp(-(slope * score + intercept)))."""

    slope: float
    intercept: float

    def chances(self, scores: Floats) -> Floats:
        """The chance of each score."""
        return _logistic(self.slope * scores + self.intercept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Pairs whose chance lies in [low, high): the mean chance, and how many were good (0..1)."""

    low: float
    high: float
    pairs: int
    expected: float
    observed: float


def fit_curve(scores: Floats, good: Bits) -> Curve:
    """Fit a logistic curve; the pairs must be of both kinds."""
    count = int(good.sum())
    targets = np.where(good, (count + 1) / (count + 2), 1 / (len(good) - count + 2))
    mean, spread = float(scores.mean()), float(scores.std()) or 1.0
    columns = np.stack([(scores - mean) / spread, np.ones(len(scores))], axis=1)
    slope, intercept = _newton(columns, targets)
    return Curve(slope=slope / spread, intercept=intercept - slope * mean / spread)


def _newton(columns: Floats, targets: Floats) -> tuple[float, float]:
    """Maximise the likelihood by Newton's method; a step that goes too far is halved."""
    at = np.zeros(2)
    loss = _loss(columns @ at, targets)
    for _ in range(STEPS):
        chances = _logistic(columns @ at)
        curvature = columns.T @ (columns * (chances * (1 - chances))[:, None])
        step = np.linalg.solve(curvature + TINY * np.eye(2), columns.T @ (chances - targets))
        while (after := _loss(columns @ (at - step), targets)) > loss + TINY:
            step /= 2
        at, loss = at - step, after
        if np.abs(step).max() < TINY:
            break
    return float(at[0]), float(at[1])


def held_out(scores: Floats, good: Bits, briefs: NDArray[np.str_]) -> Floats:
    """The chance of each pair by a curve that was fitted without its brief."""
    chances = np.empty(len(scores))
    for brief in np.unique(briefs):
        mine = briefs == brief
        chances[mine] = fit_curve(scores[~mine], good[~mine]).chances(scores[mine])
    return chances


def calibration_error(chances: Floats, good: Bits, bins: int = BINS) -> float:
    """Expected calibration error over bins of equal width: mean |expected - observed|, weighted by pairs."""
    return sum(
        one.pairs * abs(one.expected - one.observed) for one in reliability(chances, good, bins)
    ) / len(chances)


def reliability(chances: Floats, good: Bits, bins: int = BINS) -> Iterator[Bin]:
    """Yield the bins that hold pairs, lowest first."""
    places = np.minimum((chances * bins).astype(np.int64), bins - 1)
    for place in range(bins):
        mine = places == place
        if mine.any():
            yield Bin(
                low=place / bins,
                high=(place + 1) / bins,
                pairs=int(mine.sum()),
                expected=float(chances[mine].mean()),
                observed=float(good[mine].mean()),
            )


def _logistic(values: Floats) -> Floats:
    chances: Floats = 0.5 * (1 + np.tanh(values / 2))  # does not overflow
    return chances


def _loss(values: Floats, targets: Floats) -> float:
    return float((np.logaddexp(0, values) - targets * values).sum())

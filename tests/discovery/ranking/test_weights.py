"""Signals and weights name the same things."""

import numpy as np

from discovery.ranking.scorer import score
from discovery.ranking.weights import DEFAULT_WEIGHTS
from tests.discovery.ranking.builders import crowd, themes

WITHIN = {"related_words"}
"""Weights of what has no points of its own: it works within another signal."""


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    made = score(
        themes([0.3], [1.0]),
        crowd(),
        DEFAULT_WEIGHTS,
        best_keyword=1.0,
        preferences=np.ones(1),
        exclusions=[np.full(1, 0.1)],
    )
    signals = [name for name in DEFAULT_WEIGHTS if name not in WITHIN]
    assert list(made.values) == list(made.points) == signals
    assert [part.signal for part in made.contributions(0)] == signals
    assert all(0 < weight <= 10 for weight in DEFAULT_WEIGHTS.values())

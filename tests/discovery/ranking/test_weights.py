"""Signals and weights name the same things."""

from discovery.ranking.signals import SIGNALS
from discovery.ranking.weights import DEFAULT_WEIGHTS


def test_every_signal_has_a_weight() -> None:
    assert set(DEFAULT_WEIGHTS) == {*SIGNALS, "preferences"}
    assert all(0 < weight <= 1 for weight in DEFAULT_WEIGHTS.values())

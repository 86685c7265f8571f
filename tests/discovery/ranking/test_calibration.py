"""From scores to probabilities and words, only where they were calibrated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.match import Fit
from discovery.ranking.calibration import ENCODER, calibration, probability
from discovery.ranking.weights import DEFAULT_WEIGHTS

HOLDS = calibration(ENCODER, DEFAULT_WEIGHTS, DEFAULT_WEIGHTS, seeds=False)


@given(st.floats(-40, 60), st.floats(-40, 60))
def test_a_better_score_is_never_less_likely(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= probability(low) <= probability(high) <= 1


def test_it_holds_for_what_it_was_fitted_on_and_nothing_else() -> None:
    assert HOLDS.holds
    assert HOLDS.basis
    own = dict(DEFAULT_WEIGHTS) | {"theme": 1.0}
    for other in (
        calibration("another", DEFAULT_WEIGHTS, DEFAULT_WEIGHTS, seeds=False),
        calibration(ENCODER, own, DEFAULT_WEIGHTS, seeds=False),
        calibration(ENCODER, DEFAULT_WEIGHTS, DEFAULT_WEIGHTS, seeds=True),
    ):
        assert (other.holds, other.basis, other.probability(10.0)) == (False, None, None)


@pytest.mark.parametrize("score", [2.0, 8.0, 11.0, 16.0])
def test_the_word_says_what_the_probability_says(score: float) -> None:
    chance = HOLDS.probability(score)
    assert chance is not None
    bands = {Fit.STRONG: (0.75, 1.0), Fit.GOOD: (0.5, 0.75), Fit.PARTIAL: (0.25, 0.5), Fit.WEAK: (0.0, 0.25)}
    low, high = bands[HOLDS.fit({"keywords": score})]
    assert low <= chance < high


def test_the_word_does_not_move_with_the_callers_weights() -> None:
    own = dict(DEFAULT_WEIGHTS) | {"theme": 0.0}
    values = {"theme": 6.0, "keywords": 3.0, "preferences": 6.0}
    assert calibration("x", own, DEFAULT_WEIGHTS, seeds=True).fit(values) is HOLDS.fit(values)
    assert HOLDS.fit({}) is Fit.WEAK

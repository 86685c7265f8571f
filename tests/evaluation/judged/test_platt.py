"""The logistic curve and the calibration error against what can be worked out by hand."""

from math import log

import numpy as np
import pytest

from evaluation.judged.platt import Curve, calibration_error, fit_curve, held_out, reliability


def logit(chance: float) -> float:
    return log(chance / (1 - chance))


def drawn(slope: float, intercept: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    scores = random.normal(5.0, 4.0, count)
    return scores, random.random(count) < 1 / (1 + np.exp(-(slope * scores + intercept)))


def test_two_scores_have_the_closed_form_with_platts_targets() -> None:
    scores = np.array([1.0] * 10 + [3.0] * 20)
    good = np.array([True] * 2 + [False] * 8 + [True] * 15 + [False] * 5)
    high, low = 18 / 19, 1 / 15
    first, second = (2 * high + 8 * low) / 10, (15 * high + 5 * low) / 20
    curve = fit_curve(scores, good)
    assert curve.slope == pytest.approx((logit(second) - logit(first)) / 2)
    assert curve.intercept == pytest.approx(logit(first) - curve.slope)


@pytest.mark.parametrize(("slope", "intercept"), [(0.4, -4.0), (2.0, -10.0), (-0.3, 1.0)])
def test_the_curve_that_drew_the_pairs_is_found_again(slope: float, intercept: float) -> None:
    curve = fit_curve(*drawn(slope, intercept, 200_000))
    assert curve.slope == pytest.approx(slope, rel=0.03)
    assert curve.intercept == pytest.approx(intercept, rel=0.03)


def test_pairs_that_a_score_parts_cleanly_have_a_fit() -> None:
    curve = fit_curve(np.array([0.0, 1.0, 2.0, 3.0]), np.array([False, False, True, True]))
    assert 0 < curve.slope < 100
    assert curve.chances(np.array([1.5])).tolist() == pytest.approx([0.5])


def test_a_score_that_never_changes_gives_the_base_rate() -> None:
    curve = fit_curve(np.full(100, 7.0), np.arange(100) < 25)
    assert curve.slope == 0
    assert curve.chances(np.array([7.0])).tolist() == pytest.approx([0.25], abs=0.01)


def test_chances_of_far_scores_do_not_overflow() -> None:
    assert Curve(slope=1e3, intercept=0.0).chances(np.array([-1e3, 0.0, 1e3])).tolist() == [0.0, 0.5, 1.0]


def test_a_brief_is_foretold_by_the_others() -> None:
    scores, good = drawn(0.5, -2.0, 300)
    briefs = np.array(["a"] * 100 + ["b"] * 200)
    chances = held_out(scores, good, briefs)
    assert chances[:100].tolist() == fit_curve(scores[100:], good[100:]).chances(scores[:100]).tolist()
    assert chances[100:].tolist() == fit_curve(scores[:100], good[:100]).chances(scores[100:]).tolist()


def test_the_calibration_error_by_hand() -> None:
    chances = np.array([0.05, 0.15, 0.19, 0.95, 1.0])
    good = np.array([False, True, False, True, True])
    bins = list(reliability(chances, good))
    assert [(one.low, one.high, one.pairs) for one in bins] == [(0.0, 0.1, 1), (0.1, 0.2, 2), (0.9, 1.0, 2)]
    assert [one.observed for one in bins] == [0.0, 0.5, 1.0]
    assert calibration_error(chances, good) == pytest.approx((0.05 + 2 * 0.33 + 2 * 0.025) / 5)


def test_true_chances_have_a_small_error_and_false_ones_a_large() -> None:
    scores, good = drawn(0.4, -2.0, 50_000)
    true = Curve(slope=0.4, intercept=-2.0).chances(scores)
    assert calibration_error(true, good) < 0.01
    assert calibration_error(np.sqrt(true), good) > 0.1

"""The paired randomisation test: exact by enumeration, drawn near SciPy, corrected by Holm."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test  # type: ignore[import-untyped]

from evaluation.judged.comparison import EXACT_UP_TO, compare, corrected, holm, randomisation_p
from tests.evaluation.judged.invented import by_brief

DIFFERENCES = st.lists(st.integers(-8, 8).map(lambda eighths: eighths / 8), min_size=1, max_size=8)


def enumerated(differences: list[float]) -> float:
    """Count over every choice of signs."""
    observed = abs(sum(differences))
    sums = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        for signs in product((-1, 1), repeat=len(differences))
    ]
    return sum(one >= observed for one in sums) / len(sums)


@given(DIFFERENCES)
def test_few_briefs_are_counted_exactly(differences: list[float]) -> None:
    assert randomisation_p(np.array(differences)) == enumerated(differences)


def test_worked_out_by_hand() -> None:
    assert randomisation_p(np.array([0.1, 0.1, 0.1])) == 2 / 8
    assert randomisation_p(np.array([0.1, 0.2, 0.4])) == 2 / 8
    assert randomisation_p(np.array([0.1, 0.4, -0.2])) == 6 / 8
    assert randomisation_p(np.zeros(4)) == 1.0
    with pytest.raises(ValueError, match="no differences"):
        randomisation_p(np.array([]))


def test_rounding_does_not_part_what_is_equal() -> None:
    """In floating point 0.1 + 0.2 - 0.3 is a little more than the 0 of the same numbers in another order."""
    assert 0.1 + 0.2 - 0.3 > 0.3 - 0.2 - 0.1
    assert randomisation_p(np.array([0.1, 0.2, -0.3])) == randomisation_p(np.array([0.3, -0.2, -0.1])) == 1.0


@pytest.mark.parametrize("shift", [0.0, 0.03, 0.08])
def test_many_briefs_are_drawn_and_come_near_scipy(shift: float) -> None:
    differences = np.random.default_rng(5).normal(shift, 0.15, 34)
    assert len(differences) > EXACT_UP_TO
    theirs = permutation_test(
        (differences, np.zeros(34)),
        lambda one, other, axis: np.mean(one - other, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=20_000,
        rng=np.random.default_rng(6),
    )
    assert randomisation_p(differences) == pytest.approx(float(theirs.pvalue), abs=0.02)
    assert randomisation_p(differences) == randomisation_p(-differences)


def test_p_of_many_briefs_is_never_0() -> None:
    assert randomisation_p(np.full(40, 0.5)) == pytest.approx(1 / 10_001)


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.6]) == pytest.approx([1.0, 1.0])
    assert holm([0.2]) == [0.2]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_keeps_the_order_and_never_helps(values: list[float]) -> None:
    adjusted = holm(values)
    assert all(p <= q <= 1.0 for p, q in zip(values, adjusted, strict=True))
    order = sorted(range(len(values)), key=lambda one: values[one])
    assert [adjusted[one] for one in order] == sorted(adjusted)


def test_a_comparison() -> None:
    mine, theirs = by_brief([0.5, 0.7, 0.4, 0.3]), by_brief([0.4, 0.7, 0.1, 0.4])
    found = compare("mine", mine, "theirs", theirs)
    assert (found.system, found.against, found.briefs) == ("mine", "theirs", 4)
    assert found.difference.mean == pytest.approx((0.1 + 0.0 + 0.3 - 0.1) / 4)
    assert found.difference.low <= found.difference.mean <= found.difference.high
    assert (found.wins, found.ties, found.losses) == (2, 1, 1)
    assert found.p == found.holm == 12 / 16


def test_different_briefs_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different briefs"):
        compare("mine", {"b1": 0.5}, "theirs", {"b2": 0.5})


def test_comparisons_made_together_are_corrected() -> None:
    mine = by_brief([0.5, 0.6, 0.7])
    pair = [compare("mine", mine, name, by_brief(other)) for name, other in _OTHERS.items()]
    assert [one.p for one in pair] == [0.25, 1.0]
    assert [(one.against, one.holm) for one in corrected(pair)] == [("low", 0.5), ("same", 1.0)]


_OTHERS = {"low": [0.4, 0.5, 0.6], "same": [0.5, 0.6, 0.7]}

"""Measures against values worked out by hand, and against a direct computation over random runs."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import CreatorId
from evaluation.judged.measures import ALL, BriefFigures, by_slice, measure
from evaluation.judged.qrels import Grades
from evaluation.judged.resampling import Interval, mean_interval
from tests.evaluation.judged.invented import brief, figures, grades, ids

NAMES = [f"c{number}" for number in range(14)]
RUNS = st.lists(st.sampled_from(NAMES), max_size=14, unique=True).map(lambda names: ids(*names))
GRADES = st.dictionaries(st.sampled_from(NAMES).map(CreatorId), st.integers(0, 3), min_size=1)


def gain(values: Sequence[int]) -> float:
    """Discounted cumulated gain, linear in the grades."""
    return sum(value / math.log2(place + 2) for place, value in enumerate(values[:10]))


def ndcg(run: Sequence[CreatorId], judged: Grades) -> float:
    """Worked out straight from the definition."""
    ideal = gain(sorted(judged.values(), reverse=True))
    return gain([judged.get(one, 0) for one in run]) / ideal if ideal else 0.0


def test_worked_out_by_hand() -> None:
    judged = grades(a=3, b=2, c=1, d=0, e=2)
    run = ids("b", "unknown", "a", "d")
    (found,) = measure([brief("b1")], {"b1": judged}, {"b1": run})
    ideal = 3 + 2 / math.log2(3) + 2 / 2 + 1 / math.log2(5)
    assert found.ndcg_10 == pytest.approx((2 + 3 / 2) / ideal, abs=1e-12)
    assert found.precision_10 == pytest.approx(2 / 10)
    assert found.recall_100 == pytest.approx(2 / 4)
    assert found.judged_10 == pytest.approx(3 / 4)
    assert found.ndcg_10_of_judged == pytest.approx((2 + 3 / math.log2(3)) / ideal, abs=1e-12)


@given(RUNS, GRADES)
def test_like_the_definitions(run: tuple[CreatorId, ...], judged: dict[CreatorId, int]) -> None:
    (found,) = measure([brief("b1")], {"b1": judged}, {"b1": run})
    top = run[:10]
    relevant = [one for one, grade in judged.items() if grade]
    assert found.ndcg_10 == pytest.approx(ndcg(run, judged), abs=1e-9)
    assert found.ndcg_10_of_judged == pytest.approx(
        ndcg([one for one in run if one in judged], judged), abs=1e-9
    )
    assert found.precision_10 == pytest.approx(sum(judged.get(one, 0) >= 2 for one in top) / 10)
    assert found.recall_100 == pytest.approx(sum(one in run for one in relevant) / max(len(relevant), 1))
    assert found.judged_10 == pytest.approx(sum(one in judged for one in top) / max(len(top), 1))


def test_the_order_of_the_run_counts_and_not_the_ids() -> None:
    judged = grades(a=1, b=3)
    first, second = (
        measure([brief("b1")], {"b1": judged}, {"b1": run})[0].ndcg_10
        for run in (ids("a", "b"), ids("b", "a"))
    )
    assert (first < second, second) == (True, 1.0)


def test_a_brief_without_an_answer_has_0_and_one_without_judgments_is_left_out() -> None:
    briefs = [brief("b1"), brief("b2", "narrow"), brief("b3")]
    found = measure(briefs, {"b1": grades(a=3), "b2": grades(a=3), "b9": grades(a=3)}, {"b2": ids("a")})
    assert [(one.brief, one.slice, one.ndcg_10, one.judged_10) for one in found] == [
        ("b1", "literal", 0.0, 0.0),
        ("b2", "narrow", 1.0, 1.0),
    ]
    assert measure([brief("b3")], {}, {}) == ()


def test_slices_are_means_in_the_order_of_the_briefs() -> None:
    found = by_slice([figures("1", 0.2, "narrow"), figures("2", 0.6), figures("3", 0.7, "narrow")])
    assert [(one.slice, one.briefs, round(one.ndcg_10.mean, 6)) for one in found] == [
        (ALL, 3, 0.5),
        ("narrow", 2, 0.45),
        ("literal", 1, 0.6),
    ]
    assert found[2].ndcg_10 == Interval(mean=0.6, low=0.6, high=0.6)
    assert by_slice([]) == ()


def test_other_measures_are_plain_means() -> None:
    made = [
        BriefFigures(
            brief=name,
            slice="literal",
            ndcg_10=0.0,
            precision_10=value,
            recall_100=2 * value,
            judged_10=3 * value,
            ndcg_10_of_judged=4 * value,
        )
        for name, value in (("1", 0.1), ("2", 0.2))
    ]
    one = by_slice(made)[0]
    assert [one.precision_10, one.recall_100, one.judged_10, one.ndcg_10_of_judged] == pytest.approx(
        [0.15, 0.3, 0.45, 0.6]
    )


def test_the_interval_is_that_of_the_bootstrap() -> None:
    """Of zeros and ones the resampled mean is binomial: its quantiles are known."""
    found = mean_interval([0.0] * 50 + [1.0] * 50)
    assert found.mean == 0.5
    assert (found.low, found.high) == pytest.approx((0.40, 0.60), abs=0.011)
    assert mean_interval([0.0] * 50 + [1.0] * 50) == found
    with pytest.raises(ValueError, match="no values"):
        mean_interval([])

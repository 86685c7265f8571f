"""Rank correlations by hand, and who is looked at: everybody of grade 0, found or not."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.judged.bias import Irrelevant, biases, irrelevant, mean_ranks, spearman
from evaluation.judged.scoring import scores_of
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.evaluation.judged.prolific import prolific, whole_of

VALUES = st.lists(st.integers(-5, 5).map(float), min_size=3, max_size=12)


def made(
    scores: Sequence[float],
    posts: Sequence[int],
    followers: Sequence[int | None] | None = None,
    name: str = "b",
) -> list[Irrelevant]:
    known = followers or [None] * len(scores)
    return [
        Irrelevant(brief=name, score=score, posts=count, followers=follow)
        for score, count, follow in zip(scores, posts, known, strict=True)
    ]


def test_equal_values_share_their_mean_rank() -> None:
    assert mean_ranks(np.array([3.0, 1.0, 3.0, 7.0])).tolist() == [1.5, 0.0, 1.5, 3.0]


@pytest.mark.parametrize(
    ("first", "second", "rho"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 400], 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),
        ([1, 2, 3], [5, 5, 5], 0.0),
    ],
)
def test_rank_correlation_by_hand(first: list[float], second: list[float], rho: float) -> None:
    assert spearman(np.array(first, float), np.array(second, float)) == pytest.approx(rho)


@given(VALUES)
def test_any_rising_function_keeps_the_correlation(values: list[float]) -> None:
    one = np.array(values)
    other = np.arange(len(values), dtype=float)
    assert spearman(np.exp(one), other) == pytest.approx(spearman(one, other))
    assert spearman(one, one) == pytest.approx(1.0 if len(set(values)) > 1 else 0.0)


def test_a_score_that_follows_the_number_of_posts_is_caught_and_one_that_does_not_is_not() -> None:
    random = np.random.default_rng(1)
    counts = random.integers(1, 30, 200).tolist()
    biased = [
        one for name in ("a", "b") for one in made([count * 2.0 for count in counts], counts, name=name)
    ]
    assert [one.rho.mean for one in biases(biased)] == pytest.approx([1.0, 1.0])
    fair = made(random.normal(size=200).tolist(), counts)
    assert abs(biases(fair)[0].rho.mean) < 0.15


def test_briefs_are_brought_to_one_scale_before_they_are_pooled() -> None:
    # One brief has high scores and many posts: that is no bias, within each there is none.
    low = made([1.0, 2.0, 3.0, 2.0], [1, 2, 1, 0], name="low")
    high = made([101.0, 102.0, 103.0, 102.0], [21, 22, 21, 20], name="high")
    alone, pooled = biases(low)[0].rho.mean, biases([*low, *high])[0].rho.mean
    assert alone == 0.0
    assert abs(pooled) < 0.1


def test_unknown_followers_and_too_few_posts_are_left_out() -> None:
    found = biases(
        made([1.0, 2.0, 3.0, 4.0, 0.0], [10, 12, 14, 2, 11], [5, 6, None, 8, 2]) + made([9.0], [30], [9], "c")
    )
    assert [(one.of, one.least_posts, one.pairs) for one in found] == [
        ("number of posts", 0, 5),
        ("number of posts", 10, 4),
        ("log followers", 0, 4),
        ("log followers", 10, 3),
    ]
    assert [one.rho.mean for one in found[2:]] == pytest.approx([1.0, 1.0])


def test_everybody_of_grade_0_is_scored(tmp_path: Path) -> None:
    creators = prolific(20)
    installed = whole_of(Home(tmp_path), creators)
    grades = {one.id: place % 3 for place, one in enumerate(creators)}
    found = irrelevant(installed.matcher, [brief("b", text="chess"), brief("c")], {"b": grades})
    expected = [one for one in creators if grades[one.id] == 0]
    assert [(one.brief, one.posts, one.followers) for one in found] == [
        ("b", 12, one.followers) for one in expected
    ]
    scores = scores_of(installed.matcher, "chess", [one.id for one in expected])
    assert [one.score for one in found] == scores.tolist()

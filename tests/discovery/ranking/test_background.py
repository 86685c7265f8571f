"""The yardstick of a query."""

from dataclasses import replace
from statistics import median as plain_median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.background import EDGE, MAD_TO_SIGMA, MIN_SPREAD, Background, background, median
from tests.discovery.ranking.builders import crowd, sample

cosines = st.floats(-1, 1, width=32)


def test_nobody_gives_a_neutral_yardstick() -> None:
    assert background(sample()) == Background(threshold=0.0, centre=0.0, spread=1.0)


def test_by_hand() -> None:
    """Median of -0.1, 0, 0.1, 0.3, 0.9 is 0.1; the deviations 0, 0.1, 0.2, 0.2, 0.8 have the median 0.2."""
    yardstick = background(sample([0.3, -0.1, 0.9, 0.0, 0.1], [0.2] * 3))
    assert yardstick.centre == pytest.approx(0.1)
    assert yardstick.spread == pytest.approx(0.2 * 1.4826)
    assert yardstick.threshold == pytest.approx(0.2)


def test_of_an_even_number_the_two_in_the_middle_count() -> None:
    """Median of 0, 0.1, 0.2, 0.5 is 0.15; the deviations 0.05, 0.05, 0.15, 0.35 have the median 0.1."""
    yardstick = background(sample([0.5, 0.0, 0.2, 0.1]))
    assert yardstick.centre == pytest.approx(0.15)
    assert yardstick.spread == pytest.approx(0.1 * MAD_TO_SIGMA)


def test_the_edge_is_the_95th_percentile_of_posts() -> None:
    scores = [-1 + place / 50 for place in range(101)]
    assert background(sample([], scores)).threshold == pytest.approx(0.9)
    assert EDGE == 0.95


def test_equal_scores_still_have_a_width() -> None:
    yardstick = background(sample([0.25] * 30, [0.5] * 90))
    assert yardstick == Background(threshold=0.5, centre=0.25, spread=MIN_SPREAD)
    assert MIN_SPREAD == 0.01


def test_a_few_outliers_do_not_move_it() -> None:
    """Forty of a thousand creators are all about the brief."""
    made = crowd(1_000)
    shouting = replace(made, themes=np.concatenate([np.ones(40, np.float32), made.themes[40:]]))
    plain, moved = background(made), background(shouting)
    assert moved.centre == pytest.approx(plain.centre, abs=0.1 * plain.spread)
    assert moved.spread == pytest.approx(plain.spread, rel=0.1)


def test_the_spread_is_that_of_a_normal_distribution() -> None:
    yardstick = background(crowd(20_000, centre=0.2, spread=0.06))
    assert yardstick.centre == pytest.approx(0.2, abs=0.002)
    assert yardstick.spread == pytest.approx(0.06, rel=0.03)
    assert yardstick.threshold == pytest.approx(0.2 + 1.645 * 0.06, abs=0.002)


def test_themes_and_posts_are_measured_apart() -> None:
    made, other = crowd(50), crowd(50, seed=8)
    mixed = background(replace(made, posts=other.posts))
    assert (mixed.centre, mixed.spread) == (background(made).centre, background(made).spread)
    assert mixed.threshold == background(other).threshold


@given(st.lists(cosines, min_size=1, max_size=30), st.lists(cosines, max_size=30))
def test_any_sample_gives_a_yardstick_whatever_its_order(themes: list[float], posts: list[float]) -> None:
    yardstick = background(sample(themes, posts))
    assert min(themes) <= yardstick.centre <= max(themes)
    assert MIN_SPREAD <= yardstick.spread <= max(MIN_SPREAD, 2 * MAD_TO_SIGMA)
    assert yardstick.threshold <= max(posts, default=0.0)
    turned = background(sample(themes[::-1], posts[::-1]))
    assert turned == yardstick


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_the_quick_median_is_the_median(values: list[float]) -> None:
    assert median(np.array(values)) == pytest.approx(plain_median(values), rel=1e-12, abs=1e-12)

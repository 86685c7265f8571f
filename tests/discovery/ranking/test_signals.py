"""The signals on made-up scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.background import Background, background
from discovery.ranking.signals import SCALE, Z_RANGE, keywords, theme
from tests.discovery.ranking.builders import NAN, crowd, sample, themes

YARDSTICK = Background(threshold=0.3, centre=0.1, spread=0.05)

cosines = st.floats(-1, 1, width=32)
scores = st.floats(0, 40, width=16)


# Theme


def test_a_theme_counts_in_deviations_above_the_median() -> None:
    np.testing.assert_allclose(
        theme(themes([0.1, 0.15, 0.3, 0.05]), YARDSTICK), [0.0, 1.0, 4.0, -1.0], atol=1e-6
    )


def test_a_theme_is_bounded() -> None:
    low, high = Z_RANGE
    assert theme(themes([1.0, -1.0]), YARDSTICK).tolist() == [high, low]
    np.testing.assert_allclose(theme(themes([0.7, 0.0]), YARDSTICK), [12.0, -2.0], atol=1e-5)
    assert (low, high) == (-2.0, 12.0)


def test_who_says_nothing_has_no_theme() -> None:
    np.testing.assert_array_equal(np.isnan(theme(themes([NAN, 0.1, NAN]), YARDSTICK)), [True, False, True])
    assert theme(themes([]), YARDSTICK).shape == (0,)


def test_the_number_of_passages_is_no_part_of_it() -> None:
    few, many = (theme(themes([0.2, 0.4], passages=[size] * 2), YARDSTICK) for size in (1, 31))
    assert few.tolist() == many.tolist()


def test_words_are_no_part_of_it() -> None:
    said, silent = (theme(themes([0.2, NAN], keyword), YARDSTICK) for keyword in ([9, 9], [0, 0]))
    np.testing.assert_array_equal(said, silent)


def test_random_creators_are_about_0_with_a_spread_of_1() -> None:
    """On any scale of cosines: narrow and far from 0, or wide and near it."""
    for centre, spread in ((0.8, 0.02), (0.05, 0.1)):
        drawn = crowd(4_000, seed=11, centre=centre, spread=spread).themes.tolist()
        values = theme(themes(drawn), background(crowd(4_000, seed=12, centre=centre, spread=spread)))
        assert float(np.median(values)) == pytest.approx(0.0, abs=0.05)
        assert float(np.mean(np.abs(values) < 1)) == pytest.approx(0.683, abs=0.02)


def test_posting_more_is_not_rewarded() -> None:
    """Of creators whose posts are random draws, one with thirty scores like one with three."""
    random = np.random.default_rng(11)
    sizes = np.repeat([1, 3, 6, 12, 30], 400)
    means = np.stack([random.standard_normal((size, 64)).mean(axis=0) for size in sizes])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    query = random.standard_normal(64)
    drawn = (means @ (query / np.linalg.norm(query))).tolist()
    values = theme(themes(drawn, passages=sizes.tolist()), background(sample(drawn)))
    for size in np.unique(sizes):
        assert float(np.median(values[sizes == size])) == pytest.approx(0.0, abs=0.15)
    assert abs(float(np.corrcoef(np.argsort(np.argsort(values)), sizes)[0, 1])) < 0.08


def test_a_flat_background_is_no_division_by_zero() -> None:
    flat = background(sample([0.5] * 9, [0.5] * 9))
    np.testing.assert_allclose(theme(themes([0.5, 0.51, 0.4]), flat), [0.0, 1.0, -2.0], atol=1e-5)


@given(st.lists(cosines, min_size=2, max_size=8))
def test_nearer_is_never_worse(found: list[float]) -> None:
    values = theme(themes(sorted(found)), YARDSTICK)
    assert (np.diff(values) >= 0).all()


# Words


def test_the_best_words_of_all_count_six() -> None:
    found = keywords(themes([0.0] * 4, [8.0, 4.0, 1.0, 0.0]), 8.0)
    assert found.tolist() == [6.0, 3.0, 0.75, 0.0]
    assert SCALE == 6.0


def test_the_best_may_be_somebody_whom_the_filters_left_out() -> None:
    assert keywords(themes([0.0] * 2, [2.0, 1.0]), 8.0).tolist() == [1.5, 0.75]


def test_words_count_without_a_theme() -> None:
    assert keywords(themes([NAN], [8.0]), 8.0).tolist() == [6.0]


def test_a_rounding_above_the_best_is_the_best() -> None:
    """Two ways to score one creator may differ in the last bit."""
    assert keywords(themes([0.5, 0.5], [1.0000001, 0.5]), 1.0).tolist() == [6.0, 3.0]


def test_no_word_of_the_brief_anywhere_is_zero_for_all() -> None:
    assert keywords(themes([0.1, NAN]), 0.0).tolist() == [0.0, 0.0]
    assert keywords(themes([]), 1.0).shape == (0,)


@given(st.lists(scores, min_size=1, max_size=6))
def test_words_are_worth_up_to_six(found: list[float]) -> None:
    values = keywords(themes([0.0] * len(found), found), 40.0)
    assert ((values >= 0) & (values <= SCALE)).all()
    assert (values > 0).tolist() == [score > 0 for score in found]


@pytest.mark.parametrize("words", [[0.0] * 3, [9.0, 0.0, 3.0]])
def test_meaning_is_no_part_of_them(words: list[float]) -> None:
    near, far = (keywords(themes([cosine] * 3, words), 9.0) for cosine in (0.9, -0.9))
    assert near.tolist() == far.tolist()

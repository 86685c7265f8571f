"""How two legs vote on who is scored exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.votes import PRESENCE, THEME_SHARE, theme_votes, word_votes

scores = st.lists(st.floats(-1_000, 1_000, width=32), min_size=1, max_size=30).map(
    lambda values: np.array(values, dtype=np.float32)
)


def test_votes_by_hand() -> None:
    """The best of a leg has its whole share and a little more, the last of it the little."""
    got = theme_votes(np.array([0.9, 0.5, 0.1], dtype=np.float32))
    assert got.tolist() == pytest.approx([0.525, 0.275, 0.025])
    assert word_votes(np.array([4.0, 20.0], dtype=np.float32)).tolist() == pytest.approx([0.025, 0.525])


def test_nobody_found_is_no_vote() -> None:
    nobody = np.empty(0, dtype=np.float32)
    assert theme_votes(nobody).tolist() == word_votes(nobody).tolist() == []


@pytest.mark.parametrize("score", [-0.4, 0.0, 17.5])
def test_found_all_alike_they_count_as_present(score: float) -> None:
    """Also somebody who was found alone: there is nobody to stand above."""
    for count in (1, 3):
        got = word_votes(np.full(count, score, dtype=np.float32))
        assert got.tolist() == pytest.approx([(1 - THEME_SHARE) * PRESENCE] * count)


@given(scores)
def test_votes_keep_the_order_and_the_bounds(given_scores: NDArray[np.float32]) -> None:
    for votes, share in (
        (theme_votes(given_scores), THEME_SHARE),
        (word_votes(given_scores), 1 - THEME_SHARE),
    ):
        assert votes.dtype == np.float64
        assert votes.min() >= share * PRESENCE - 1e-12
        assert votes.max() <= share * (1 + PRESENCE) + 1e-6
        order = np.argsort(given_scores, kind="stable")
        assert (np.diff(votes[order]) >= 0).all()


@given(scores, st.floats(0.5, 4), st.floats(-10, 10))
def test_only_the_standing_within_a_leg_counts(
    given_scores: NDArray[np.float32], factor: float, shift: float
) -> None:
    """Scores by theme and by word have nothing in common but this."""
    if given_scores.max() - given_scores.min() < 1:
        return
    moved = (given_scores.astype(np.float64) * factor + shift).astype(np.float32)
    np.testing.assert_allclose(theme_votes(moved), theme_votes(given_scores), atol=1e-3)

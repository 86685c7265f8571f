"""Who breaks an exclusion: the three ways, the share, and what it takes away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.exclusions import HARD, MARGIN, PRIOR_PASSAGES, Broken, broken, left_out, penalty
from tests.discovery.ranking.builders import NAN, windows

RANDOM = np.linspace(-0.2, 0.2, 201, dtype=np.float32)
FAR, CLEAR = -0.5, 0.9


def judge(
    *creators: tuple[float, list[float]], said: list[list[bool]] | None = None, to_brief: float = 0.0
) -> Broken:
    """Judge creators given as (cosine of the bio, cosines of the posts) with the exclusion."""
    made = windows(*creators)
    near = np.full(len(made.cosine), to_brief, dtype=np.float32)
    return broken(made, [np.array(word) for word in said or []], near, RANDOM)


def test_about_the_exclusion_rather_than_the_brief() -> None:
    assert judge((NAN, [CLEAR, FAR, FAR])).count.tolist() == [1]
    assert judge((NAN, [CLEAR, FAR, FAR]), to_brief=CLEAR - MARGIN / 2).count.tolist() == [0]
    assert judge((NAN, [0.15, FAR, FAR])).count.tolist() == [0]


def test_saying_all_its_words_is_enough() -> None:
    both = [[False, True, True], [False, True, False]]
    assert judge((NAN, [FAR, FAR]), said=both).count.tolist() == [1]


def test_saying_half_of_its_words_needs_nearness() -> None:
    half = [[False, True, True], [False, False, False]]
    assert judge((NAN, [FAR, FAR]), said=half).count.tolist() == [0]
    assert judge((NAN, [0.19, FAR]), said=half).count.tolist() == [1]


def test_the_share_is_shrunk() -> None:
    found = judge((NAN, [CLEAR, FAR, FAR]), (NAN, [CLEAR] * 30))
    assert found.seen.tolist() == [3, 30]
    assert found.share.tolist() == pytest.approx([1 / (3 + PRIOR_PASSAGES), 30 / (30 + PRIOR_PASSAGES)])


def test_the_profile_counts_twice_unless_it_is_all_there_is() -> None:
    found = judge((CLEAR, [FAR, FAR]), (CLEAR, []))
    assert found.count.tolist() == [1, 1]
    assert found.share.tolist() == pytest.approx([2 / (3 + PRIOR_PASSAGES), 1 / (1 + PRIOR_PASSAGES)])


def test_one_passage_alone_leaves_nobody_out() -> None:
    assert not left_out([judge((CLEAR, [])).share])[0]


def test_nothing_to_judge_by() -> None:
    found = judge((NAN, []))
    assert (found.count.tolist(), found.seen.tolist(), found.share.tolist()) == ([0], [0], [0.0])


def test_nobody_random_to_compare_with() -> None:
    found = broken(windows((NAN, [CLEAR])), [], np.zeros(2, np.float32), np.empty(0, np.float32))
    assert found.count.tolist() == [0]


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6),
    st.lists(st.floats(-5, 20), min_size=1, max_size=1),
)
def test_a_penalty_takes_at_most_what_there_is(shares: list[float], total: list[float]) -> None:
    points = np.array(total * len(shares))
    lost = penalty([np.array(shares)], points)
    assert (lost <= 0).all()
    assert (points + lost >= np.minimum(points, 0) - 1e-9).all()
    for share, value, taken in zip(shares, points, lost, strict=True):
        assert taken == pytest.approx(-max(value, 0) * min(share / HARD, 1))


def test_the_worst_exclusion_decides() -> None:
    shares = [np.array([0.0, 0.1]), np.array([0.05, 0.3])]
    assert left_out(shares).tolist() == [False, True]
    assert penalty(shares, np.array([8.0, 8.0])).tolist() == pytest.approx([-2.0, -8.0])

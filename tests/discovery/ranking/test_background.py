"""The yardstick of a query."""

from dataclasses import fields

import numpy as np
import pytest

from discovery.ranking.background import (
    BUCKETS,
    MAD_TO_SIGMA,
    MIN_PEERS,
    TOP_POSTS,
    Background,
    background,
)
from discovery.ranking.table import Table, table
from tests.discovery.ranking.builders import NAN, crowd, windows


def sample(*creators: tuple[float, list[float]]) -> Table:
    """Lay creators out."""
    return table(windows(*creators))


def test_nobody_gives_a_neutral_yardstick() -> None:
    yardstick = background(sample())
    assert (yardstick.threshold, yardstick.temperature) == (0.5, 0.001)
    assert yardstick.centre.tolist() == [0.5] * (BUCKETS.size + 1)
    assert yardstick.spread == 1.0
    assert (yardstick.bio_centre, yardstick.bio_spread) == (0.5, 1.0)


def test_threshold_is_the_95th_percentile_of_posts() -> None:
    scores = [-1 + place / 50 for place in range(101)]
    yardstick = background(sample(*((NAN, [score]) for score in scores)))
    assert yardstick.threshold == pytest.approx(0.95)
    assert yardstick.temperature == pytest.approx(0.15 * (0.99 - 0.5))


def test_equal_scores_still_have_a_width() -> None:
    yardstick = background(sample(*[(0.0, [0.0] * 3)] * 30))
    assert yardstick.temperature == 0.001
    assert yardstick.spread == 0.005
    assert yardstick.bio_spread == 0.005


@pytest.mark.parametrize(
    ("posts", "bucket"), [(1, 0), (4, 0), (5, 1), (8, 2), (12, 3), (18, 4), (25, 5), (30, 5)]
)
def test_creators_are_compared_with_those_who_post_as_much(posts: int, bucket: int) -> None:
    few = table(crowd([3] * MIN_PEERS))
    many = table(windows(*[(NAN, [0.9] * posts)] * MIN_PEERS))
    both = Table(
        posts=np.vstack([few.posts, many.posts]),
        citing=np.vstack([few.citing, many.citing]),
        bio=np.concatenate([few.bio, many.bio]),
        citing_bio=np.concatenate([few.citing_bio, many.citing_bio]),
        lexical=np.concatenate([few.lexical, many.lexical]),
        counts=np.concatenate([few.counts, many.counts]),
        stand_in=np.concatenate([few.stand_in, many.stand_in]),
    )
    centre = background(both).centre
    if bucket:
        assert centre[bucket] == pytest.approx(0.95)
        assert centre[0] == pytest.approx(float(np.median(few.top(TOP_POSTS))))


def test_too_few_peers_are_compared_with_everybody() -> None:
    made = table(crowd([3] * 50 + [30] * (MIN_PEERS - 1)))
    assert background(made).centre[5] == pytest.approx(float(np.median(made.top(TOP_POSTS))))


def test_one_spread_for_all_who_post_much_or_little() -> None:
    """Measured over the whole sample, so that few peers of one size cannot make it small by chance."""
    made = table(crowd([3] * 50 + [9] * 40 + [30] * 30))
    best = made.top(TOP_POSTS)
    deviation = float(np.median(np.abs(best - np.median(best))))
    assert background(made).spread == pytest.approx(MAD_TO_SIGMA * deviation, rel=1e-12)


def test_words_do_not_move_the_yardstick() -> None:
    """It measures meaning; a brief with words and one without have the same."""
    few = [(0.1 * place, [0.05 * place, -0.02 * place]) for place in range(-9, 10)]
    found = windows(*few, keywords=[place % 5 for place in range(3 * len(few))])
    with_words, without = (background(table(found, best)) for best in (4.0, None))
    for one in fields(Background):
        np.testing.assert_array_equal(getattr(with_words, one.name), getattr(without, one.name))

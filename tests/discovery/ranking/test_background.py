"""The yardstick of a query."""

import numpy as np
import pytest

from discovery.ranking.background import BUCKETS, MIN_PEERS, background
from discovery.ranking.post_scores import Ceiling
from discovery.ranking.table import Table, table
from tests.discovery.ranking.builders import NAN, crowd, windows

BEST = Ceiling(cosine=1.0, keyword=0.0)


def sample(*creators: tuple[float, list[float]]) -> Table:
    """Lay creators out with the ceiling at 1."""
    return table(windows(*creators), BEST, has_terms=False)


def test_nobody_gives_a_neutral_yardstick() -> None:
    yardstick = background(sample())
    assert (yardstick.threshold, yardstick.temperature) == (0.5, 0.001)
    assert yardstick.centre.tolist() == [0.5] * (BUCKETS.size + 1)
    assert yardstick.spread.tolist() == [1.0] * (BUCKETS.size + 1)
    assert (yardstick.bio_centre, yardstick.bio_spread) == (0.5, 1.0)


def test_threshold_is_the_95th_percentile_of_posts() -> None:
    scores = [-1 + place / 50 for place in range(101)]
    yardstick = background(sample(*((NAN, [score]) for score in scores)))
    assert yardstick.threshold == pytest.approx(0.95)
    assert yardstick.temperature == pytest.approx(0.15 * (0.99 - 0.5))


def test_equal_scores_still_have_a_width() -> None:
    yardstick = background(sample(*[(0.0, [0.0] * 3)] * 30))
    assert yardstick.temperature == 0.001
    assert (yardstick.spread == 0.01).all()
    assert yardstick.bio_spread == 0.01


@pytest.mark.parametrize(
    ("posts", "bucket"), [(1, 0), (4, 0), (5, 1), (8, 2), (12, 3), (18, 4), (25, 5), (30, 5)]
)
def test_creators_are_compared_with_those_who_post_as_much(posts: int, bucket: int) -> None:
    few = table(crowd([3] * MIN_PEERS), BEST, has_terms=False)
    many = table(windows(*[(NAN, [0.9] * posts)] * MIN_PEERS), BEST, has_terms=False)
    both = Table(
        posts=np.vstack([few.posts, many.posts]),
        bio=np.concatenate([few.bio, many.bio]),
        lexical=np.concatenate([few.lexical, many.lexical]),
        counts=np.concatenate([few.counts, many.counts]),
        stand_in=np.concatenate([few.stand_in, many.stand_in]),
    )
    centre = background(both).centre
    if bucket:
        assert centre[bucket] == pytest.approx(0.95)
        assert centre[0] == pytest.approx(float(np.median(few.top(5))))


def test_too_few_peers_are_compared_with_everybody() -> None:
    made = table(crowd([3] * 50 + [30] * (MIN_PEERS - 1)), BEST, has_terms=False)
    assert background(made).centre[5] == pytest.approx(float(np.median(made.top(5))))

"""Properties of the signals on made-up scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.background import Background, background
from discovery.ranking.post_scores import ceiling
from discovery.ranking.signals import (
    SCALE,
    SIGNALS,
    Z_RANGE,
    best_posts,
    bio,
    keywords,
    niche_share,
    shrunk_share,
)
from discovery.ranking.table import Table, table
from tests.discovery.ranking.builders import NAN, crowd, windows

SAMPLE = crowd([2, 3, 5, 6, 8, 10, 12, 15, 18, 22, 25, 30] * 60)
BEST = ceiling(SAMPLE)
YARDSTICK = background(table(SAMPLE, BEST, has_terms=False))
ON_NICHE, OFF_NICHE = 0.6, -0.3


def rows(*creators: tuple[float, list[float]]) -> Table:
    """Lay creators out against the sample's ceiling."""
    return table(windows(*creators), BEST, has_terms=False)


def test_posting_more_is_not_rewarded() -> None:
    """Creators whose posts are random draws score the same on average, however many posts they have."""
    sizes = np.repeat([3, 6, 9, 14, 20, 30], 400)
    made = table(crowd(sizes.tolist(), seed=11), BEST, has_terms=False)
    z, share = best_posts(made, YARDSTICK), niche_share(made, YARDSTICK)
    for size in np.unique(sizes):
        assert abs(float(np.median(z[sizes == size]))) < 0.25
        assert float(np.median(share[sizes == size])) == pytest.approx(float(np.median(share)), abs=0.35)


def test_the_plain_mean_of_the_best_would_reward_it() -> None:
    """What the comparison with peers corrects is really there."""
    many, few = (table(crowd([size] * 400, seed=3), BEST, has_terms=False).top(5) for size in (30, 6))
    assert float(np.median(many)) > float(np.median(few)) + 2 * YARDSTICK.spread[5]


def test_three_posts_prove_little() -> None:
    """(3 + 8 x 0.05) / (3 + 8): however well three posts fit."""
    share = shrunk_share(rows((NAN, [1.0] * 3), (NAN, [1.0] * 30)), YARDSTICK)
    assert share[0] == pytest.approx(3.4 / 11, abs=1e-9)
    assert share[0] < 0.31
    assert share[1] == pytest.approx(30.4 / 38, abs=1e-9)


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=3))
def test_no_three_posts_exceed_the_bound(scores: list[float]) -> None:
    (share,) = shrunk_share(rows((NAN, scores)), YARDSTICK)
    assert 0 < share <= (len(scores) + 0.4) / (len(scores) + 8) + 1e-12


def test_share_grows_with_the_posts_on_the_niche() -> None:
    made = rows(*((NAN, [ON_NICHE] * on + [OFF_NICHE] * (20 - on)) for on in range(21)))
    share = niche_share(made, YARDSTICK)
    assert (np.diff(share) >= 0).all()
    assert share[0] == pytest.approx(SCALE * (0.4 / 28) / 0.5, abs=0.01)
    assert share[-1] == SCALE


def test_consistency_beats_one_lucky_post() -> None:
    lucky, steady = (NAN, [0.9, *[OFF_NICHE] * 19]), (NAN, [ON_NICHE] * 20)
    made = rows(lucky, steady)
    for signal in (best_posts, niche_share):
        first, second = signal(made, YARDSTICK)
        assert second > first


def test_z_scores_are_bounded() -> None:
    made = rows((1.0, [1.0] * 5), (-1.0, [-1.0] * 5))
    assert best_posts(made, YARDSTICK).tolist() == list(reversed(Z_RANGE))
    assert bio(made, YARDSTICK).tolist() == list(reversed(Z_RANGE))


def test_an_average_bio_is_zero() -> None:
    cosine = YARDSTICK.bio_centre * (BEST.cosine + 1) - 1
    assert bio(rows((cosine, [])), YARDSTICK)[0] == pytest.approx(0.0, abs=1e-4)


def test_words_of_the_best_creator_count_six() -> None:
    made = windows((NAN, [0.0]), (NAN, [0.0]), (NAN, [0.0]), keywords=[0, 4, 2, 0, 0, 0])
    assert keywords(table(made, ceiling(made), has_terms=True), YARDSTICK).tolist() == [6.0, 3.0, 0.0]


def test_signals_abstain_without_data() -> None:
    made = rows((NAN, []), (NAN, [NAN]), (0.1, []), (NAN, [0.1]))
    known = {name: (~np.isnan(signal(made, YARDSTICK))).tolist() for name, signal in SIGNALS.items()}
    assert known == {
        "best_posts": [False, False, True, True],
        "niche_share": [False, False, True, True],
        "bio": [False, False, True, False],
        "keywords": [True, True, True, True],
    }


def test_a_flat_background_is_no_division_by_zero() -> None:
    flat = Background(
        threshold=0.5,
        temperature=1e-3,
        centre=np.full(6, 0.5),
        spread=np.full(6, 0.01),
        bio_centre=0.5,
        bio_spread=0.01,
    )
    for signal in SIGNALS.values():
        assert np.isfinite(signal(rows((0.5, [0.5, -1.0, 1.0])), flat)).all()

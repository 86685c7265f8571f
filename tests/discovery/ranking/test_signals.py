"""Properties of the signals on made-up scores."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from discovery.ranking.background import TOP_POSTS, Background, background
from discovery.ranking.post_scores import Floats
from discovery.ranking.signals import (
    SCALE,
    SIGNALS,
    Z_RANGE,
    Signal,
    best_posts,
    bio,
    keywords,
    niche_share,
    shrunk_share,
)
from discovery.ranking.table import Table, table
from tests.discovery.ranking.builders import NAN, crowd, windows

SAMPLE = crowd([2, 3, 5, 6, 8, 10, 12, 15, 18, 22, 25, 30] * 60)
YARDSTICK = background(table(SAMPLE))
ON_NICHE, OFF_NICHE = 0.6, -0.3


def rows(*creators: tuple[float, list[float]]) -> Table:
    """Lay creators out in rows."""
    return table(windows(*creators))


def test_posting_more_is_not_rewarded() -> None:
    """Creators whose posts are random draws score the same on average, however many posts they have."""
    sizes = np.repeat([3, 6, 9, 14, 20, 30], 400)
    made = table(crowd(sizes.tolist(), seed=11))
    z, share = best_posts(made, YARDSTICK), niche_share(made, YARDSTICK)
    for size in np.unique(sizes):
        assert abs(float(np.median(z[sizes == size]))) < 0.25
        assert float(np.median(share[sizes == size])) == pytest.approx(float(np.median(share)), abs=0.35)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_rank_does_not_follow_the_number_of_posts(seed: int) -> None:
    """Spearman's correlation of value and number of posts over random creators of every size from 3 to 30.

    Of best posts; the share is shrunk, so that many posts move it less and its order says nothing here.
    """
    random = np.random.default_rng(seed)
    sizes, others = random.integers(3, 31, 4_000), random.integers(3, 31, 8_000)
    yardstick = background(table(crowd(others.tolist(), seed=seed + 50)))
    made = table(crowd(sizes.tolist(), seed=seed))
    assert abs(spearman(best_posts(made, yardstick), sizes)) < 0.08
    assert spearman(made.top(TOP_POSTS), sizes) > 0.6, "there is nothing to correct"


def spearman(first: Floats, second: NDArray[np.int64]) -> float:
    """Rank correlation; equal values share the mean of their places."""
    places: list[Floats] = []
    for values in (first, second):
        _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
        places.append((np.cumsum(counts) - (counts - 1) / 2)[group])
    return float(np.corrcoef(places[0], places[1])[0, 1])


def test_the_plain_mean_of_the_best_would_reward_it() -> None:
    """What the comparison with peers corrects is really there."""
    many, few = (table(crowd([size] * 400, seed=3)).top(TOP_POSTS) for size in (30, 6))
    assert float(np.median(many)) > float(np.median(few)) + YARDSTICK.spread


def test_best_posts_are_three_against_peers_by_hand() -> None:
    made = rows((NAN, [0.9, 0.1, 0.6, 0.3, -0.5, 0.2]), (NAN, [0.9, 0.1]))
    six, two = (1.9 + 1.6 + 1.3) / 3 / 2, (1.9 + 1.1) / 2 / 2
    np.testing.assert_allclose(
        best_posts(made, YARDSTICK),
        [(six - YARDSTICK.centre[1]) / YARDSTICK.spread, (two - YARDSTICK.centre[0]) / YARDSTICK.spread],
        rtol=1e-6,
    )


def test_a_fourth_post_changes_nothing_but_the_peers() -> None:
    made = rows((NAN, [0.5, 0.4, 0.3, -0.9, -0.9]), (NAN, [0.5, 0.4, 0.3, 0.3, 0.3]))
    first, second = best_posts(made, YARDSTICK)
    assert first == second


@pytest.mark.parametrize("signal", [best_posts, niche_share, bio])
def test_words_count_in_the_signal_of_words_alone(signal: Signal) -> None:
    creators: list[tuple[float, list[float]]] = [(0.3, [0.2, 0.6, -0.1]), (0.1, []), (NAN, [0.4])]
    with_words, without = (
        table(windows(*creators, keywords=scores), best_keyword=9.0)
        for scores in ([9.0, 3, 0, 1, 2, 5, 9], [0.0] * 7)
    )
    np.testing.assert_array_equal(signal(with_words, YARDSTICK), signal(without, YARDSTICK))
    assert (keywords(with_words, YARDSTICK) > keywords(without, YARDSTICK)).all()


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
    near = replace(YARDSTICK, bio_spread=0.01)
    assert bio(made, near).tolist() == list(reversed(Z_RANGE))


def test_an_average_bio_is_zero() -> None:
    cosine = YARDSTICK.bio_centre * 2 - 1
    assert bio(rows((cosine, [0.1])), YARDSTICK)[0] == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize("posts", [[], [NAN], [NAN, NAN]])
def test_a_bio_that_stands_in_for_posts_is_judged_as_one(posts: list[float]) -> None:
    """It has the values of a creator with that one post, and is scored as a bio too."""
    stand_in, one_post = rows((0.6, posts), (NAN, [0.6])), rows((NAN, [0.6]))
    assert np.isfinite(bio(stand_in, YARDSTICK)).tolist() == [True, False]
    for signal in (best_posts, niche_share):
        assert signal(stand_in, YARDSTICK).tolist() == signal(one_post, YARDSTICK).tolist() * 2


def test_the_best_words_in_three_passages_count_six() -> None:
    """Means of three over the best passage of the index: 8 / 8, (8 + 2 + 2) / 24, 8 / 24 and no word."""
    made = windows(
        (NAN, [0.0] * 3),
        (NAN, [0.0] * 3),
        (NAN, [0.0]),
        (NAN, [0.0]),
        keywords=[0, 8, 8, 8, 8, 2, 2, 2, 8, 0, 0, 0],
    )
    found = keywords(table(made, best_keyword=8.0), YARDSTICK)
    np.testing.assert_allclose(found, [6.0, 3.0, 2.0, 0.0], rtol=1e-12)


def test_words_said_in_three_passages_beat_words_said_once() -> None:
    """And a fourth passage adds nothing."""
    made = windows(
        (NAN, [0.0] * 4),
        (NAN, [0.0] * 4),
        (NAN, [0.0] * 4),
        keywords=[3, 0, 0, 0, 0, *[1.5] * 3, 0, 0, *[1.5] * 5],
    )
    once, thrice, always = keywords(table(made, best_keyword=3.0), YARDSTICK)
    assert (once, thrice, always) == (2.0, 3.0, 3.0)


def test_no_word_of_the_brief_anywhere_is_zero_for_all() -> None:
    made = rows((0.1, [0.2]), (NAN, []))
    assert keywords(made, YARDSTICK).tolist() == [0.0, 0.0]
    assert keywords(table(windows((0.1, [0.2])), best_keyword=0.0), YARDSTICK).tolist() == [0.0]
    assert keywords(table(windows(), best_keyword=1.0), YARDSTICK).shape == (0,)


@given(st.lists(st.lists(st.floats(0, 40, width=16), min_size=1, max_size=6), min_size=1, max_size=5))
def test_words_are_worth_up_to_six(scores: list[list[float]]) -> None:
    made = windows(
        *((0.0, [0.0] * (len(own) - 1)) for own in scores), keywords=[one for own in scores for one in own]
    )
    found = keywords(table(made, best_keyword=40.0), YARDSTICK)
    assert ((found >= 0) & (found <= SCALE)).all()
    assert (found > 0).tolist() == [any(own) for own in scores]


def test_signals_abstain_without_data() -> None:
    made = rows((NAN, []), (NAN, [NAN]), (0.1, []), (NAN, [0.1]), (0.1, [0.1]))
    known = {name: (~np.isnan(signal(made, YARDSTICK))).tolist() for name, signal in SIGNALS.items()}
    assert known == {
        "best_posts": [False, False, True, True, True],
        "niche_share": [False, False, True, True, True],
        "bio": [False, False, True, False, True],
        "keywords": [True, True, True, True, True],
    }


def test_a_flat_background_is_no_division_by_zero() -> None:
    flat = Background(
        threshold=0.5,
        temperature=1e-3,
        centre=np.full(6, 0.5),
        spread=0.01,
        bio_centre=0.5,
        bio_spread=0.01,
    )
    for signal in SIGNALS.values():
        assert np.isfinite(signal(rows((0.5, [0.5, -1.0, 1.0])), flat)).all()

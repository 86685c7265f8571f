"""Passages as a rectangle."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import WINDOW
from discovery.ranking.post_scores import ALPHA
from discovery.ranking.table import WORD_PASSAGES, table
from tests.discovery.ranking.builders import NAN, windows


def test_each_creator_has_a_row() -> None:
    made = table(windows((0.0, [1.0, -1.0]), (NAN, [0.0])))
    assert made.posts.shape == (2, WINDOW)
    np.testing.assert_allclose(made.posts[:, :3], [[1.0, 0.0, NAN], [0.5, NAN, NAN]])
    np.testing.assert_allclose(made.bio, [0.5, NAN])
    assert made.counts.tolist() == [2, 1]
    assert made.stand_in.tolist() == [False, False]


def test_a_bio_stands_in_where_there_is_no_post_with_words() -> None:
    made = table(windows((0.0, []), (1.0, [NAN]), (NAN, []), (NAN, [NAN])))
    assert made.stand_in.tolist() == [True, True, False, False]
    assert made.counts.tolist() == [1, 1, 0, 0]
    np.testing.assert_allclose(made.posts[:, 0], [0.5, 1.0, NAN, NAN])


def test_words_are_the_mean_of_the_three_best_passages() -> None:
    """Of any passages, the profile among them; those that are not there say nothing."""
    made = table(
        windows(
            (NAN, [0.0]), (0.0, []), (0.0, [0.0] * 4), (NAN, []), keywords=[2, 1, 0, 1, 2, 0.5, 1, 0.5, 2]
        ),
        best_keyword=2.0,
    )
    np.testing.assert_allclose(made.lexical, [1.5 / 3, 0.0, 2.0 / 3, 1.0 / 3], rtol=1e-15)


@given(
    st.lists(
        st.lists(st.integers(0, 8).map(lambda eighths: eighths / 4), min_size=1, max_size=31),
        min_size=1,
        max_size=5,
    )
)
def test_words_by_the_plain_formula(keywords: list[list[float]]) -> None:
    """Saying the words a fourth time, or between passages without them, changes nothing."""
    made = table(
        windows(
            *((0.0, [0.0] * (len(own) - 1)) for own in keywords),
            keywords=[score for own in keywords for score in own],
        ),
        best_keyword=2.0,
    )
    wanted = [sum(sorted(own, reverse=True)[:WORD_PASSAGES]) / 2.0 / WORD_PASSAGES for own in keywords]
    np.testing.assert_allclose(made.lexical, wanted, rtol=1e-12)


def test_words_mix_into_what_is_cited_and_into_nothing_else() -> None:
    found = windows((0.0, [1.0, -1.0]), (NAN, [0.0]), (0.5, []), keywords=[2, 0, 1, 1, 2, 0])
    made, plain = (table(found, best) for best in (2.0, None))
    np.testing.assert_allclose(made.posts[:, :3], [[1.0, 0.0, NAN], [0.5, NAN, NAN], [0.75, NAN, NAN]])
    np.testing.assert_array_equal(made.posts, plain.posts)
    np.testing.assert_array_equal(made.bio, plain.bio)
    share = 1 - ALPHA
    np.testing.assert_allclose(
        made.citing[:, :3],
        [[ALPHA, share * 0.5, NAN], [ALPHA * 0.5 + share, NAN, NAN], [NAN, NAN, NAN]],
        atol=1e-15,
    )
    np.testing.assert_allclose(made.citing_bio, [ALPHA * 0.5 + share, NAN, ALPHA * 0.75])
    assert made.citing.shape == made.posts.shape == (3, WINDOW)


def test_a_bio_that_stands_in_is_not_cited_as_a_post() -> None:
    made = table(windows((0.0, [NAN])))
    assert made.stand_in.tolist() == [True]
    assert np.isnan(made.citing).all()
    assert made.citing_bio.tolist() == made.bio.tolist() == [0.5]


def test_a_brief_without_words_finds_none() -> None:
    made = table(windows((0.0, [1.0]), keywords=[3, 4]))
    assert made.lexical.tolist() == [0.0]
    np.testing.assert_array_equal(made.citing, made.posts)
    np.testing.assert_array_equal(made.citing_bio, made.bio)


def test_top_is_the_mean_of_the_best() -> None:
    made = table(windows((NAN, [-1.0, 1.0, 0.0]), (NAN, [0.0]), (NAN, [])))
    np.testing.assert_allclose(made.top(1), [1.0, 0.5, NAN])
    np.testing.assert_allclose(made.top(2), [0.75, 0.5, NAN])
    np.testing.assert_allclose(made.top(5), [0.5, 0.5, NAN])


def test_nobody() -> None:
    made = table(windows(), best_keyword=2.0)
    assert made.posts.shape == (0, WINDOW)
    assert made.citing.shape == (0, WINDOW)
    assert made.lexical.shape == made.citing_bio.shape == made.top(5).shape == (0,)

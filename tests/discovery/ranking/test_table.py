"""Passages as a rectangle."""

import numpy as np

from discovery.creator import WINDOW
from discovery.ranking.post_scores import Ceiling
from discovery.ranking.table import table
from tests.discovery.ranking.builders import NAN, windows

BEST = Ceiling(cosine=1.0, keyword=2.0)


def test_each_creator_has_a_row() -> None:
    made = table(windows((0.0, [1.0, -1.0]), (NAN, [0.0])), BEST, has_terms=False)
    assert made.posts.shape == (2, WINDOW)
    np.testing.assert_allclose(made.posts[:, :3], [[1.0, 0.0, NAN], [0.5, NAN, NAN]])
    np.testing.assert_allclose(made.bio, [0.5, NAN])
    assert made.counts.tolist() == [2, 1]
    assert made.stand_in.tolist() == [False, False]


def test_a_bio_stands_in_where_there_is_no_post_with_words() -> None:
    made = table(windows((0.0, []), (1.0, [NAN]), (NAN, []), (NAN, [NAN])), BEST, has_terms=False)
    assert made.stand_in.tolist() == [True, True, False, False]
    assert made.counts.tolist() == [1, 1, 0, 0]
    np.testing.assert_allclose(made.posts[:, 0], [0.5, 1.0, NAN, NAN])


def test_words_are_taken_from_any_passage() -> None:
    made = table(windows((NAN, [0.0]), (0.0, []), keywords=[2, 1, 0]), BEST, has_terms=True)
    assert made.lexical.tolist() == [1.0, 0.0]


def test_top_is_the_mean_of_the_best() -> None:
    made = table(windows((NAN, [-1.0, 1.0, 0.0]), (NAN, [0.0]), (NAN, [])), BEST, has_terms=False)
    np.testing.assert_allclose(made.top(1), [1.0, 0.5, NAN])
    np.testing.assert_allclose(made.top(2), [0.75, 0.5, NAN])
    np.testing.assert_allclose(made.top(5), [0.5, 0.5, NAN])


def test_nobody() -> None:
    made = table(windows(), BEST, has_terms=True)
    assert made.posts.shape == (0, WINDOW)
    assert made.top(5).shape == (0,)

"""The scores of single passages for citing: by meaning, by words, and both mixed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.background import Floats
from discovery.ranking.post_scores import ALPHA, lexical_scores, mixed_scores, semantic_scores
from tests.discovery.ranking.builders import NAN


def mixed(cosines: list[float], keywords: list[float]) -> Floats:
    """Mix the two scores of one creator's passages."""
    return mixed_scores(semantic_scores(np.array(cosines)), lexical_scores(np.array(keywords)))


def test_meaning_and_words_are_scored_apart() -> None:
    np.testing.assert_array_equal(semantic_scores(np.array([NAN, 0.5, -1.0, 1.0])), [NAN, 0.75, 0.0, 1.0])
    assert lexical_scores(np.array([1.0, 0.0, 4.0, 2.0])).tolist() == [0.25, 0.0, 1.0, 0.5]


def test_the_mix_is_four_parts_meaning_and_one_part_words() -> None:
    np.testing.assert_allclose(
        mixed([NAN, 1.0, 0.0], [4.0, 0.0, 4.0]), [NAN, ALPHA, ALPHA * 0.5 + (1 - ALPHA)]
    )
    assert ALPHA == 0.8


def test_no_word_found_anywhere() -> None:
    assert lexical_scores(np.zeros(2)).tolist() == [0.0, 0.0]
    assert mixed([0.5, -0.5], [0.0, 0.0]).tolist() == [ALPHA * 0.75, ALPHA * 0.25]
    assert lexical_scores(np.empty(0)).shape == (0,)


def test_the_best_passage_of_a_creator_is_their_own_yardstick() -> None:
    """Whether others said the words more often moves nothing."""
    assert lexical_scores(np.array([0.5, 0.25])).tolist() == lexical_scores(np.array([8.0, 4.0])).tolist()


@given(
    st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=6),
    st.lists(st.floats(0, 50, width=32), min_size=6, max_size=6),
)
def test_scores_are_between_0_and_1_and_grow_with_both(cosines: list[float], keywords: list[float]) -> None:
    keywords = keywords[: len(cosines)]
    scores = mixed(cosines, keywords)
    for values in (scores, semantic_scores(np.array(cosines)), lexical_scores(np.array(keywords))):
        assert (values >= 0).all()
        assert (values <= 1).all()
    for one in range(len(cosines)):
        for other in range(len(cosines)):
            if cosines[one] <= cosines[other] and keywords[one] <= keywords[other]:
                assert scores[one] <= scores[other] + 1e-9

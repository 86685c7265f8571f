"""The scores of single passages: by meaning, by words, and both mixed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discovery.ports import Windows
from discovery.ranking.post_scores import ALPHA, Floats, lexical_scores, mixed_scores, semantic_scores
from tests.discovery.ranking.builders import NAN, windows


def mixed(made: Windows, best: float) -> Floats:
    """Mix the two scores of every passage."""
    return mixed_scores(semantic_scores(made), lexical_scores(made, best))


def test_meaning_and_words_are_scored_apart() -> None:
    made = windows((NAN, [0.5, -1.0, 1.0]), keywords=[1, 0, 4, 2])
    np.testing.assert_array_equal(semantic_scores(made), [NAN, 0.75, 0.0, 1.0])
    assert lexical_scores(made, 4.0).tolist() == [0.25, 0.0, 1.0, 0.5]


def test_the_mix_is_four_parts_meaning_and_one_part_words() -> None:
    made = windows((NAN, [1.0, 0.0]), keywords=[4, 0, 4])
    np.testing.assert_allclose(mixed(made, 4.0), [NAN, ALPHA, ALPHA * 0.5 + (1 - ALPHA)])
    assert ALPHA == 0.8


def test_no_word_found_anywhere() -> None:
    assert lexical_scores(windows((0.5, [0.5])), 0.0).tolist() == [0.0, 0.0]


def test_a_rounding_above_the_best_is_the_best() -> None:
    """Two ways to score one passage may differ in the last bit."""
    made = windows((0.5, [0.5]), keywords=[1.0000001, 0.5])
    assert lexical_scores(made, 1.0).tolist() == [1.0, 0.5]


@given(
    st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=6),
    st.lists(st.floats(0, 50, width=32), min_size=7, max_size=7),
)
def test_scores_are_between_0_and_1_and_grow_with_both(cosines: list[float], keywords: list[float]) -> None:
    made = windows((cosines[0], cosines[1:]), keywords=keywords[: len(cosines)])
    best = max(keywords)
    scores = mixed(made, best)
    for values in (scores, semantic_scores(made), lexical_scores(made, best)):
        assert (values >= 0).all()
        assert (values <= 1).all()
    for one in range(len(cosines)):
        for other in range(len(cosines)):
            if cosines[one] <= cosines[other] and keywords[one] <= keywords[other]:
                assert scores[one] <= scores[other] + 1e-9


@given(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=6))
def test_a_passage_scores_the_same_in_any_company(cosines: list[float]) -> None:
    """Whom the filters let through moves no score."""
    together = windows((cosines[0], cosines[1:]), keywords=[1.0] * len(cosines))
    alone = windows((cosines[0], []), keywords=[1.0])
    assert mixed(together, 3.0)[0] == mixed(alone, 3.0)[0]

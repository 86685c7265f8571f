"""The hybrid score of a passage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.post_scores import ALPHA, Ceiling, ceiling, lexical_scores, passage_scores
from tests.discovery.ranking.builders import NAN, windows


def test_ceiling_is_the_best_of_all_groups() -> None:
    first, second = windows((0.2, [0.9]), keywords=[0, 3]), windows((0.95, [NAN]), keywords=[1, 2])
    best = ceiling(first, second)
    assert best.cosine == pytest.approx(0.95)
    assert best.keyword == 3.0


def test_ceiling_of_nothing() -> None:
    assert ceiling(windows()) == Ceiling(cosine=1.0, keyword=0.0)
    assert ceiling(windows((NAN, []))) == Ceiling(cosine=1.0, keyword=0.0)


def test_without_words_only_the_vector_counts() -> None:
    made = windows((NAN, [1.0, 0.0, -1.0]), keywords=[5, 5, 5, 5])
    np.testing.assert_allclose(
        passage_scores(made, Ceiling(cosine=1.0, keyword=5.0), has_terms=False), [NAN, 1.0, 0.5, 0.0]
    )


def test_with_words_both_count() -> None:
    made = windows((NAN, [1.0, 0.0]), keywords=[4, 0, 4])
    np.testing.assert_allclose(
        passage_scores(made, Ceiling(cosine=1.0, keyword=4.0), has_terms=True),
        [NAN, ALPHA, ALPHA * 0.5 + (1 - ALPHA)],
    )


def test_no_word_found_anywhere() -> None:
    made = windows((0.5, [0.5]))
    assert lexical_scores(made, ceiling(made)).tolist() == [0.0, 0.0]


@given(
    st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=6),
    st.lists(st.floats(0, 50, width=32), min_size=7, max_size=7),
    st.booleans(),
)
def test_scores_are_between_0_and_1_and_grow_with_both(
    cosines: list[float], keywords: list[float], has_terms: bool
) -> None:
    made = windows((cosines[0], cosines[1:]), keywords=keywords[: len(cosines)])
    scores = passage_scores(made, ceiling(made), has_terms=has_terms)
    assert (scores >= 0).all()
    assert (scores <= 1 + 1e-6).all()
    for one in range(len(cosines)):
        for other in range(len(cosines)):
            if cosines[one] <= cosines[other] and keywords[one] <= keywords[other]:
                assert scores[one] <= scores[other] + 1e-9

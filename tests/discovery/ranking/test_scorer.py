"""The sum of the signals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.background import Floats, background
from discovery.ranking.scorer import Scored, score
from tests.discovery.ranking.builders import NAN, crowd, sample, themes

WEIGHTS = {"theme": 1.4, "keywords": 1.0, "preferences": 0.15, "exclusions": 1.0}
SAMPLE = crowd()
FLAT = sample([0.1] * 9, [0.5] * 9)
"""A centre of 0.1 and the least spread, 0.01: figures that can be checked by head."""


def scored(
    cosine: Sequence[float],
    keyword: Sequence[float] | None = None,
    *,
    passages: Sequence[int] | None = None,
    weights: Mapping[str, float] = WEIGHTS,
    best_keyword: float | None = None,
    preferences: Floats | None = None,
    exclusions: Sequence[Floats] = (),
) -> Scored:
    """Score creators against the sample."""
    return score(
        themes(cosine, keyword, passages),
        SAMPLE,
        weights,
        best_keyword=best_keyword,
        preferences=preferences,
        exclusions=exclusions,
    )


cosines = st.one_of(st.just(NAN), st.floats(-1, 1, width=32))
shares = st.floats(0, 1)


@given(
    cosine=st.lists(cosines, min_size=1, max_size=6),
    weights=st.fixed_dictionaries({name: st.floats(0, 10) for name in WEIGHTS}),
    preferred=st.none() | shares,
    best_keyword=st.none() | st.just(0.0) | st.floats(0.01, 50),
    broken=st.lists(shares, max_size=2),
)
def test_contributions_add_up_exactly(
    cosine: list[float],
    weights: dict[str, float],
    preferred: float | None,
    best_keyword: float | None,
    broken: list[float],
) -> None:
    """Exactly, as a reader with a pencil would check: in decimal arithmetic, not within a tolerance."""
    made = scored(
        cosine,
        [7.0 * (place % 8) for place in range(len(cosine))],
        weights=weights,
        best_keyword=best_keyword,
        preferences=None if preferred is None else np.full(len(cosine), preferred),
        exclusions=[np.full(len(cosine), share) for share in broken],
    )
    for row in range(len(cosine)):
        parts = [Decimal(str(part.points)) for part in made.contributions(row)]
        total = Decimal(str(float(made.scores[row])))
        assert sum(parts, Decimal(0)) == total
        assert all(abs(part.as_tuple().exponent) <= 4 for part in (*parts, total))  # type: ignore[arg-type]
        assert str(total) != "-0.0"


@given(st.lists(cosines, min_size=1, max_size=6))
def test_order_is_by_score_then_id(cosine: list[float]) -> None:
    made = scored(cosine)
    keys = [(-float(made.scores[row]), made.creators[row]) for row in made.order]
    assert keys == sorted(keys)
    assert sorted(made.order) == [row for row, one in enumerate(cosine) if not np.isnan(one)]


def test_by_hand() -> None:
    """Two deviations above the centre and half of the best words: 1.4 x 2 + 1 x 3; six deviations: 8.4."""
    made = score(
        themes([0.12, 0.16, NAN], [4.0, 0.0, 8.0]),
        FLAT,
        WEIGHTS,
        best_keyword=8.0,
        preferences=np.array([1.0, 0.0, 0.5]),
    )
    assert made.points["theme"].tolist() == pytest.approx([2.8, 8.4, 0.0], abs=1e-4)
    assert made.points["keywords"].tolist() == [3.0, 0.0, 6.0]
    assert made.points["preferences"].tolist() == [0.9, 0.0, 0.45]
    assert made.scores.tolist() == pytest.approx([6.7, 8.4, 6.45], abs=2e-4)
    assert made.order == [1, 0, 2]
    assert [part.value for part in made.contributions(2)] == [None, 6.0, 3.0]


def test_equal_creators_are_ordered_by_id() -> None:
    made = scored([0.4] * 5)
    assert [made.creators[row] for row in made.order] == sorted(made.creators)
    assert len(set(made.scores.tolist())) == 1


def test_who_says_nothing_is_not_ranked() -> None:
    """Neither a theme nor a word of the brief; a word of the name is enough."""
    made = scored([NAN, -0.9, NAN], [0.0, 0.0, 1.0], best_keyword=2.0)
    assert made.order == [2, 1]
    assert made.scores[0] == 0.0


def test_the_theme_may_abstain() -> None:
    made = scored([NAN, NAN])
    assert made.scores.tolist() == [0.0, 0.0]
    for part in made.contributions(0):
        assert (part.points, part.value) == (0.0, None)
        assert part.basis == "abstains: neither posts nor a bio with words"
    assert made.order == []


def test_nobody_to_score() -> None:
    made = scored([], best_keyword=1.0, preferences=np.empty(0), exclusions=[np.empty(0)])
    assert (made.order, made.ruled_out) == ([], 0)
    assert made.scores.shape == (0,)


def test_no_background_is_no_error() -> None:
    made = score(themes([0.5], [1.0]), sample(), WEIGHTS, best_keyword=1.0, preferences=None)
    assert made.scores.tolist() == pytest.approx([1.4 * 0.5 + 6.0])


def test_the_yardstick_is_that_of_the_sample() -> None:
    assert scored([0.3]).yardstick == background(SAMPLE)


def test_weight_zero_silences_a_signal() -> None:
    silent = WEIGHTS | {"theme": 0.0}
    made = scored([1.0, -1.0], [1.0, 2.0], weights=silent, best_keyword=2.0)
    assert [part.signal for part in made.contributions(0)] == ["keywords"]
    assert made.scores.tolist() == [3.0, 6.0]


def test_words_are_a_signal_only_where_the_brief_has_some() -> None:
    assert list(scored([0.1]).values) == ["theme"]
    assert list(scored([0.1], [2.0], best_keyword=2.0).values) == ["theme", "keywords"]
    nowhere = scored([0.1], [0.0], best_keyword=0.0)
    assert nowhere.values["keywords"].tolist() == [0.0]


def test_preferences_raise() -> None:
    made = scored([0.3] * 3, preferences=np.array([0.0, 1.0, 0.5]))
    assert made.order == [1, 2, 0]
    first, second, third = (float(made.scores[row]) for row in made.order)
    assert first - third == pytest.approx(0.15 * 6.0)
    assert second - third == pytest.approx(0.15 * 3.0)
    assert made.contributions(1)[-1].signal == "preferences"


def test_weights_decide_the_order() -> None:
    cosine, keyword = [0.9, -0.5], [1.0, 9.0]
    nothing = dict.fromkeys(WEIGHTS, 0.0)
    for signal, order in (("theme", [0, 1]), ("keywords", [1, 0])):
        made = scored(cosine, keyword, weights=nothing | {signal: 1.0}, best_keyword=9.0)
        assert made.order == order
    assert scored(cosine, keyword, weights=nothing, best_keyword=9.0).scores.tolist() == [0.0, 0.0]


def test_the_basis_says_what_a_signal_rests_on() -> None:
    made = scored(
        [0.9, NAN],
        [2.0, 2.0],
        passages=[7, 0],
        best_keyword=2.0,
        preferences=np.ones(2),
        exclusions=[np.array([0.1, 0.0])],
    )
    several, nothing = ({part.signal: part.basis for part in made.contributions(row)} for row in range(2))
    assert several == {
        "theme": "the mean of 7 passages, against random creators",
        "keywords": "words of the brief in all they say, against the best creator of all",
        "preferences": "preferred conditions that are met",
        "exclusions": "passages that break an exclusion",
    }
    assert nothing == several | {"theme": "abstains: neither posts nor a bio with words"}


@pytest.mark.parametrize(("count", "told"), [(1, "1 passage"), (2, "2 passages"), (31, "31 passages")])
def test_a_single_passage_is_one(count: int, told: str) -> None:
    (theme,) = scored([0.9], passages=[count]).contributions(0)
    assert theme.basis == f"the mean of {told}, against random creators"


def test_the_score_of_a_creator_does_not_depend_on_the_others() -> None:
    """Nothing is shared but the yardstick and the best creator of the index, which no filter moves."""
    for words in (None, 4.0):
        alone = scored([0.3], [2.0], best_keyword=words)
        company = scored([0.3, 0.9, NAN], [2.0, 4.0, 3.0], best_keyword=words)
        assert alone.scores[0] == company.scores[0]


def test_words_do_not_move_the_theme() -> None:
    made, plain = scored([0.3, 0.1], [9.0, 3.0], best_keyword=9.0), scored([0.3, 0.1])
    assert made.yardstick == plain.yardstick
    assert made.points["theme"].tolist() == plain.points["theme"].tolist()
    assert made.values["keywords"].tolist() == [6.0, 2.0]


# Exclusions


def test_who_breaks_an_exclusion_now_and_then_loses_points_and_too_often_the_place() -> None:
    """At a share of 0.2 all is lost; half of that costs half of the score, and the worst one counts."""
    made = scored([0.5] * 4, exclusions=[np.array([0.0, 0.1, 0.05, 0.2]), np.array([0.0, 0.05, 0.05, 0.0])])
    whole = float(made.points["theme"][0])
    np.testing.assert_allclose(made.scores, [whole, whole / 2, 0.75 * whole, 0.0], atol=1e-4)
    assert made.order == [0, 2, 1]
    assert made.ruled_out == 1


def test_who_breaks_nothing_loses_nothing() -> None:
    for cosine in (0.5, -1.0):
        (_, exclusions) = scored([cosine], exclusions=[np.zeros(1)]).contributions(0)
        assert (str(exclusions.points), str(exclusions.value)) == ("0.0", "0.0")


def test_a_score_below_zero_is_not_made_better_by_breaking_an_exclusion() -> None:
    made = scored([-1.0, -1.0], exclusions=[np.array([0.0, 0.19])])
    assert made.scores[0] == made.scores[1] < 0


def test_exclusions_of_weight_zero_leave_nobody_out() -> None:
    made = scored([0.5] * 2, weights=WEIGHTS | {"exclusions": 0.0}, exclusions=[np.array([0.0, 1.0])])
    assert made.scores[0] == made.scores[1] == scored([0.5]).scores[0]
    assert (made.order, made.ruled_out) == ([0, 1], 0)
    assert list(made.values) == ["theme"]


def test_who_says_nothing_is_not_counted_as_ruled_out() -> None:
    made = scored([NAN, 0.5], exclusions=[np.array([1.0, 1.0])])
    assert (made.order, made.ruled_out) == ([], 1)

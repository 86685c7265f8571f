"""The sum of the signals."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.ranking.post_scores import Floats
from discovery.ranking.scorer import Scored, score
from discovery.ranking.weights import DEFAULT_WEIGHTS
from tests.discovery.ranking.builders import NAN, crowd, windows

SAMPLE = crowd([3, 9, 20] * 30)


def scored(
    *creators: tuple[float, list[float]],
    keywords: list[float] | None = None,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
    best_keyword: float | None = None,
    preferences: Floats | None = None,
) -> Scored:
    """Score creators against the sample."""
    return score(
        windows(*creators, keywords=keywords),
        SAMPLE,
        weights,
        best_keyword=best_keyword,
        preferences=preferences,
    )


cosines = st.one_of(st.just(NAN), st.floats(-1, 1, width=32))


@given(
    creators=st.lists(st.tuples(cosines, st.lists(cosines, max_size=4)), min_size=1, max_size=6),
    weights=st.fixed_dictionaries({name: st.floats(0, 10) for name in DEFAULT_WEIGHTS}),
    preferred=st.none() | st.floats(0, 1),
    best_keyword=st.none() | st.floats(0, 50),
)
def test_contributions_add_up_exactly(
    creators: list[tuple[float, list[float]]],
    weights: dict[str, float],
    preferred: float | None,
    best_keyword: float | None,
) -> None:
    """Exactly, as a reader with a pencil would check: in decimal arithmetic, not within a tolerance."""
    preferences = None if preferred is None else np.full(len(creators), preferred)
    passages = sum(1 + len(posts) for _, posts in creators)
    made = scored(
        *creators,
        keywords=[7.0 * (place % 8) for place in range(passages)],
        weights=weights,
        best_keyword=best_keyword,
        preferences=preferences,
    )
    for row in range(len(creators)):
        parts = [Decimal(str(part.points)) for part in made.contributions(row)]
        total = Decimal(str(float(made.scores[row])))
        assert sum(parts, Decimal(0)) == total
        assert all(abs(part.as_tuple().exponent) <= 4 for part in (*parts, total))  # type: ignore[arg-type]
        assert str(total) != "-0.0"


@given(st.lists(st.tuples(cosines, st.lists(cosines, max_size=4)), min_size=1, max_size=6))
def test_order_is_by_score_then_id(creators: list[tuple[float, list[float]]]) -> None:
    made = scored(*creators)
    keys = [(-float(made.scores[row]), made.creators[row]) for row in made.order]
    assert keys == sorted(keys)
    assert len(set(made.order)) == len(made.order)


def test_equal_creators_are_ordered_by_id() -> None:
    made = scored(*[(0.3, [0.4, 0.1])] * 5)
    assert [made.creators[row] for row in made.order] == sorted(made.creators)
    assert len(set(made.scores.tolist())) == 1


def test_all_signals_may_abstain() -> None:
    made = scored((NAN, []), (NAN, [NAN]))
    assert made.scores.tolist() == [0.0, 0.0]
    for part in made.contributions(0):
        assert (part.points, part.value) == (0.0, None)
        assert part.basis.startswith("abstains")
    assert made.on_niche(0) == 0


def test_nobody_to_score() -> None:
    made = scored()
    assert made.order == []
    assert made.scores.shape == (0,)


def test_no_background_is_no_error() -> None:
    made = score(windows((0.5, [0.5])), windows(), DEFAULT_WEIGHTS, best_keyword=1.0, preferences=None)
    assert np.isfinite(made.scores).all()


def test_weight_zero_silences_a_signal() -> None:
    silent = dict(DEFAULT_WEIGHTS) | {"bio": 0.0}
    made = scored((1.0, [0.1]), weights=silent)
    assert [part.signal for part in made.contributions(0)] == ["best_posts", "niche_share"]
    assert made.scores.tolist() == scored((-1.0, [0.1]), (1.0, [-1.0]), weights=silent).scores.tolist()[:1]


def test_words_are_a_signal_only_where_the_brief_has_some() -> None:
    assert "keywords" not in scored((0.1, [0.1])).values
    made = scored((0.1, [0.1]), keywords=[0, 2], best_keyword=2.0)
    assert "keywords" in made.values


def test_preferences_raise() -> None:
    made = scored(*[(0.3, [0.4])] * 3, preferences=np.array([0.0, 1.0, 0.5]))
    assert made.order == [1, 2, 0]
    first, second, third = (float(made.scores[row]) for row in made.order)
    assert first - third == pytest.approx(0.15 * 6.0)
    assert second - third == pytest.approx(0.15 * 3.0)
    assert made.contributions(1)[-1].signal == "preferences"


def test_weights_decide_the_order() -> None:
    creators = ((1.0, [-0.5] * 9), (-0.5, [1.0] * 9))
    nothing = dict.fromkeys(DEFAULT_WEIGHTS, 0.0)
    assert scored(*creators, weights=nothing | {"bio": 1.0}).order == [0, 1]
    assert scored(*creators, weights=nothing | {"best_posts": 1.0}).order == [1, 0]
    assert scored(*creators, weights=nothing).scores.tolist() == [0.0, 0.0]


def test_the_basis_says_what_a_signal_rests_on() -> None:
    made = scored((0.9, [0.9] * 7), (0.9, []), (NAN, [0.9]))
    several, none, no_bio = (
        {part.signal: part.basis for part in made.contributions(row)} for row in range(3)
    )
    assert several == {
        "best_posts": "best 3 of 7 recent posts, against creators with as many",
        "niche_share": "7 of 7 recent posts on the niche, shrunk towards 5 %",
        "bio": "the bio, against bios of other creators",
    }
    assert none["best_posts"] == none["niche_share"] == "no posts with words: the bio stands in for one"
    assert none["bio"] == "the bio, against bios of other creators"
    assert no_bio["bio"] == "abstains: no bio"


@pytest.mark.parametrize(("posts", "on"), [([0.9, -0.9, 0.9], 2), ([-0.9], 0), ([], 0)])
def test_posts_on_the_niche_are_counted(posts: list[float], on: int) -> None:
    assert scored((0.95, posts)).on_niche(0) == on


def test_the_score_of_a_creator_does_not_depend_on_the_others() -> None:
    """Nothing is shared but the yardstick and the best passage of the index, which no filter moves."""
    for words in (None, 4.0):
        alone = scored((0.3, [0.8, 0.2]), keywords=[1, 2, 0], best_keyword=words)
        company = scored(
            (0.3, [0.8, 0.2]), (0.1, [0.9]), (NAN, []), keywords=[1, 2, 0, 4, 3, 0], best_keyword=words
        )
        assert alone.scores[0] == company.scores[0]


def test_words_change_neither_the_threshold_nor_who_is_on_the_niche() -> None:
    creators = ((0.3, [0.8, 0.2, -0.4]), (0.1, [0.7]))
    made = scored(*creators, keywords=[0, 0, 0, 9, 9, 0], best_keyword=9.0)
    plain = scored(*creators)
    assert made.yardstick.threshold == plain.yardstick.threshold
    assert [made.on_niche(row) for row in range(2)] == [plain.on_niche(row) for row in range(2)]
    for name in ("best_posts", "niche_share", "bio"):
        assert made.points[name].tolist() == plain.points[name].tolist()
    assert made.values["keywords"].tolist() == [2.0, 2.0]

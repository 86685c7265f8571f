"""Bounds of a brief; every problem is reported at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import MAX_DEPTH, MAX_FILTERS, MAX_QUERY_LENGTH, MAX_SEEDS, Brief, Seed
from discovery.creator import creator_id
from discovery.errors import InvalidInput
from discovery.filters import Filter
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.understanding.parts import Part, PartKind, Understood

ADA = creator_id("instagram:ada")


def problems(**given_fields: Any) -> dict[str, str]:
    """Return the problems of a brief by field."""
    with pytest.raises(InvalidInput) as caught:
        Brief(**given_fields)
    return {problem.field: problem.message for problem in caught.value.problems}


def test_the_smallest_briefs() -> None:
    assert Brief(query="vegan").all_weights == dict(DEFAULT_WEIGHTS)
    assert Brief(seeds=(Seed(creator=ADA),)).query == ""


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_a_brief_must_say_something(query: str) -> None:
    assert problems(query=query) == {"query": "is empty; say what you sell or whom you look for"}


def test_a_query_has_an_end() -> None:
    assert Brief(query="x" * MAX_QUERY_LENGTH)
    assert problems(query="x" * 2_001) == {"query": "is 2001 characters long; at most 2000 are read"}


def test_a_query_beside_seeds_has_an_end() -> None:
    assert problems(query="x" * 2_001, seeds=(Seed(creator=ADA),)).keys() == {"query"}


@pytest.mark.parametrize("weight", [0.0, -1.0, 10.5, float("nan"), float("inf")])
def test_seed_weights(weight: float) -> None:
    seeds = (Seed(creator=ADA), Seed(creator=ADA, weight=weight))
    assert problems(seeds=seeds) == {"seeds[1].weight": "must be above 0 and at most 10"}


def test_how_many_filters_and_seeds() -> None:
    item = Filter(field="followers", min=1)
    assert problems(query="x", filters=(item,) * (MAX_FILTERS + 1)) == {"filters": "at most 50 filters"}
    assert problems(seeds=(Seed(creator=ADA),) * (MAX_SEEDS + 1)) == {"seeds": "at most 20 seeds"}


@pytest.mark.parametrize(
    ("page", "field"),
    [({"limit": 0}, "limit"), ({"limit": MAX_DEPTH + 1}, "limit"), ({"offset": -1}, "offset"),
     ({"offset": MAX_DEPTH + 1}, "offset")],
)  # fmt: skip
def test_page_bounds(page: dict[str, int], field: str) -> None:
    assert problems(query="x", **page).keys() == {field}


def test_spans_lie_in_the_query() -> None:
    part = Part(kind=PartKind.TOPIC, text="x", spans=((0, 1), (1, 4)))
    found = problems(query="xyz", understood=Understood(query="x", parts=(part,)))
    assert found == {"understood.parts[0].spans": "ends beyond the query, which has 3 characters"}


def test_unknown_signal_gets_the_nearest() -> None:
    assert problems(query="x", weights={"keyword": 1.0}) == {
        "weights.keyword": "unknown signal 'keyword'. Did you mean 'keywords'?"
    }


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan")])
def test_weight_bounds(value: float) -> None:
    assert problems(query="x", weights={"theme": value}) == {"weights.theme": "must be 0 to 10"}


def test_all_problems_at_once() -> None:
    found = problems(query=" ", limit=0, offset=-1, weights={"theme": 99, "x": 1})
    assert list(found) == ["query", "limit", "offset", "weights.theme", "weights.x"]


@given(st.dictionaries(st.sampled_from(list(DEFAULT_WEIGHTS)), st.floats(0, 10)))
def test_weights_override_single_defaults(weights: dict[str, float]) -> None:
    assert Brief(query="x", weights=weights).all_weights == dict(DEFAULT_WEIGHTS) | weights
    assert list(Brief(query="x", weights=weights).all_weights) == list(DEFAULT_WEIGHTS)


def test_another_page_of_the_same_brief() -> None:
    brief = Brief(query="x", weights={"theme": 1})
    assert brief.page(offset=20, limit=5) == Brief(query="x", weights={"theme": 1}, offset=20, limit=5)

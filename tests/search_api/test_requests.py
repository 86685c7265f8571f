"""Requests are strict, and every problem of a request is told at once, in its place."""

from typing import Any

import orjson
import pytest

from discovery.errors import InvalidInput
from search_api.schema import ExportRequest, SearchRequest, SimilarRequest
from search_api.validation import path, validate
from tests.search_api.world import World, problem

Body = dict[str, Any]
GOOD: Body = {"query": "vegan recipes"}


def problems_of(model: Any, body: Body) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        validate(model, body)
    return [(item.field, item.message) for item in caught.value.problems]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"query": ""}, "query", "is empty"),
        ({"query": " \n"}, "query", "is empty; say what you sell or whom you look for"),
        ({"query": "x" * 2_001}, "query", "is too long; at most 2000 characters are read"),
        ({"query": 7}, "query", "must be a string"),
        ({"query": None}, "query", "must be a string"),
        ({"limit": 0}, "limit", "must be 1 or more"),
        ({"limit": 101}, "limit", "must be at most 100"),
        ({"limit": 10.0}, "limit", "must be a whole number"),
        ({"limit": True}, "limit", "must be a whole number"),
        ({"limit": "10"}, "limit", "must be a whole number"),
        ({"as_of": "2026-02-30"}, "as_of", "must be a date as 2026-01-31"),
        ({"as_of": "20260201"}, "as_of", "must be a date as 2026-01-31"),
        ({"as_of": 3}, "as_of", "must be a date as 2026-01-31"),
        ({"cursor": "x" * 513}, "cursor", "is too long; at most 512 characters are read"),
        ({"filter": []}, "filter", "unknown key 'filter'. Did you mean 'filters'?"),
        (
            {"offset": 3},
            "offset",
            "unknown key 'offset'. Known: filters, weights, as_of, limit, cursor, query, understood.",
        ),
        (
            {"followers": {"min": 1}},
            "followers",
            'unknown key \'followers\'. It is a filter: "filters": [{"field": "followers", …}].',
        ),
        ({"filters": {}}, "filters", "must be a list"),
        ({"filters": [1]}, "filters[0]", "must be an object"),
        (
            {"filters": [{"field": "verified", "is": True}] * 51},
            "filters",
            "has 51 entries; at most 50 are allowed",
        ),
        ({"weights": {"teme": 1}}, "weights.teme", "unknown signal 'teme'. Did you mean 'theme'?"),
        ({"weights": {"theme": 11}}, "weights.theme", "must be 0 to 10"),
        ({"weights": {"theme": "1"}}, "weights.theme", "must be a number"),
        ({"weights": []}, "weights", "must be an object"),
    ],
)
def test_one_problem(change: Body, field: str, message: str) -> None:
    assert problems_of(SearchRequest, GOOD | change) == [(field, message)]


@pytest.mark.parametrize(
    ("filter_", "field", "message"),
    [
        ({}, "filters[0].field", "is missing"),
        (
            {"field": "folowers", "min": 1},
            "filters[0].field",
            "unknown filter 'folowers'. Did you mean 'followers'?",
        ),
        ({"field": "followers"}, "filters[0]", "says nothing: give max and min"),
        ({"field": "followers", "mni": 1}, "filters[0].mni", "unknown key 'mni'. Did you mean 'min'?"),
        ({"field": "followers", "min": "1k"}, "filters[0].min", "must be a number"),
        ({"field": "followers", "min": True}, "filters[0].min", "must be a number"),
        ({"field": "followers", "min": -1}, "filters[0].min", "must be a finite number, 0 or more"),
        ({"field": "followers", "min": float("inf")}, "filters[0].min", "must be a finite number"),
        ({"field": "followers", "min": 2, "max": 1}, "filters[0].min", "2 is above max 1; swap them"),
        (
            {"field": "engagement_rate", "min": 3},
            "filters[0].min",
            "is a fraction between 0 and 1; write 0.03 for 3 %",
        ),
        (
            {"field": "country", "any_of": ["Germany"]},
            "filters[0].any_of[0]",
            "unknown country 'Germany'. Did you mean 'DE'?",
        ),
        ({"field": "country", "any_of": "DE"}, "filters[0].any_of", "must be a list"),
        ({"field": "country", "any_of": []}, "filters[0].any_of", "is empty; give at least one value"),
        (
            {"field": "country", "any_of": ["DE"], "mode": "mst"},
            "filters[0].mode",
            "must be 'must', 'should' or 'not'. Did you mean 'must'?",
        ),
        (
            {"field": "country", "any_of": ["DE"], "unknown": "drop"},
            "filters[0].unknown",
            "must be 'include', 'exclude' or 'only'.",
        ),
        ({"field": "verified", "is": 1}, "filters[0].is", "must be true or false"),
        ({"field": "verified", "is_": True}, "filters[0].is_", "unknown key 'is_'. Did you mean 'is'?"),
        ({"field": "verified", "min": 1}, "filters[0].min", "does not apply to 'verified', which takes is"),
        (
            {"field": "audience_country", "any_of": ["DE"], "weight": 30},
            "filters[0].weight",
            "must be a fraction above 0, at most 1; write 0.3 for 30 %",
        ),
    ],
)
def test_one_problem_of_a_filter(filter_: Body, field: str, message: str) -> None:
    assert (field, message) in problems_of(SearchRequest, GOOD | {"filters": [filter_]})


def test_all_problems_at_once_in_the_order_of_the_body() -> None:
    body = {
        "limit": 0,
        "filters": [
            {"field": "country", "any_of": ["DE", "Gemany"]},
            {"field": "views", "min": 5},
            {"field": "engagement_rate", "max": 12, "unknwon": "only"},
        ],
        "weights": {"theme": -1, "keyword": 1},
        "colour": "red",
    }
    assert [field for field, _ in problems_of(SearchRequest, body)] == [
        "query",
        "limit",
        "filters[0].any_of[1]",
        "filters[2].unknwon",
        "weights.theme",
        "weights.keyword",
        "colour",
    ]


@pytest.mark.parametrize(
    ("seeds", "field", "message"),
    [
        ([], "seeds", "is empty; at least 1 is needed"),
        ([{"creator": "a"}] * 21, "seeds", "has 21 entries; at most 20 are allowed"),
        ([{"creator": ""}], "seeds[0].creator", "is empty; give an id such as 'instagram:handle'"),
        (
            [{"creator": ".."}],
            "seeds[0].creator",
            "'..' cannot be part of a URL; add the platform: 'platform:..'",
        ),
        ([{"creator": "x" * 513}], "seeds[0].creator", "is too long; at most 512 characters are read"),
        ([{"creator": "a", "weight": 0}], "seeds[0].weight", "must be above 0"),
        ([{"creator": "a", "wieght": 1}], "seeds[0].wieght", "unknown key 'wieght'. Did you mean 'weight'?"),
        (["a"], "seeds[0]", "must be an object"),
    ],
)
def test_seeds(seeds: list[Any], field: str, message: str) -> None:
    assert problems_of(SimilarRequest, {"seeds": seeds}) == [(field, message)]


def test_an_export_needs_a_query_or_seeds() -> None:
    assert problems_of(ExportRequest, {}) == [("query", "is empty; say what you sell, or give seeds")]
    assert validate(ExportRequest, {"seeds": [{"creator": "a"}]}).to_brief().limit == 100
    assert problems_of(ExportRequest, {"query": "a", "limit": 501}) == [("limit", "must be at most 500")]
    assert problems_of(ExportRequest, {"query": "a", "format": "xlsx"}) == [
        ("format", "must be 'csv' or 'ndjson'.")
    ]


def test_the_brief_says_what_the_request_said() -> None:
    asked = validate(
        SearchRequest,
        {
            "query": "vegan",
            "filters": [{"field": "verified", "is": False, "mode": "not", "unknown": "exclude"}],
            "weights": {"theme": 0},
            "as_of": "2026-03-01",
            "limit": 5,
        },
    )
    brief = asked.to_brief(offset=20)
    assert (brief.query, brief.offset, brief.limit, str(brief.as_of)) == ("vegan", 20, 5, "2026-03-01")
    assert brief.weights == {"theme": 0}
    (item,) = brief.filters
    assert (item.field, item.is_, item.mode, item.unknown) == ("verified", False, "not", "exclude")


def test_an_unknown_category_and_an_unknown_seed_are_told_with_their_place(world: World) -> None:
    body = {"query": "a", "filters": [{"field": "category", "any_of": ["fod"]}]}
    (found,) = problem(world.post("/v1/search", body), 400, "invalid_input")["problems"]
    assert (found["field"], found["value"]) == ("filters[0].any_of[0]", "fod")
    assert "Did you mean 'food'?" in found["message"]
    seeds = {"seeds": [{"creator": "instagram:nobody.at.all"}]}
    (found,) = problem(world.post("/v1/similar", seeds), 400, "invalid_input")["problems"]
    assert found["field"] == "seeds[0].creator"


def test_what_was_sent_is_shown_only_while_it_is_short(world: World) -> None:
    answer = problem(world.post("/v1/search", {"query": "a", "limit": "9" * 500}), 400, "invalid_input")
    assert answer["problems"][0]["value"] == "9" * 80


def test_the_echo_can_be_sent_again_and_says_the_same(world: World) -> None:
    body = {
        "query": "vegan",
        "filters": [
            {"field": "followers", "min": 1000},
            {"field": "audience_country", "any_of": ["gb"], "mode": "should"},
            {"field": "verified", "is": False, "mode": "not"},
        ],
    }
    first = orjson.loads(world.post("/v1/search", body).data)
    echo = first["request"]
    again = world.post("/v1/search", {name: echo[name] for name in echo if name != "seeds"})
    assert orjson.loads(again.data) == first
    assert echo["filters"][1] == {
        "field": "audience_country",
        "min": None,
        "max": None,
        "any_of": ["GB"],
        "weight": 0.2,
        "is": None,
        "mode": "should",
        "unknown": "include",
    }


def test_paths() -> None:
    assert path(("filters", 2, "any_of", 0)) == "filters[2].any_of[0]"
    assert path(()) == ""

"""What is sent back of an understanding is checked strictly, each problem in its place."""

from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from discovery.understanding.parts import MAX_PART_TEXT, MAX_PARTS
from search_api.openapi import openapi_json
from search_api.schema import ExportRequest, SearchRequest, SimilarRequest
from search_api.validation import validate
from tests.search_api.reading import BRIEF, gold_briefs
from tests.search_api.test_requests import problems_of
from tests.search_api.world import World

QUERY = "vegan recipes, no dogs"


def found(part: dict[str, Any]) -> list[tuple[str, str]]:
    body = {"query": QUERY, "understood": {"query": "vegan recipes", "parts": [{"kind": "topic"}, part]}}
    return problems_of(SearchRequest, body)


@pytest.mark.parametrize(
    ("part", "field", "message"),
    [
        ({}, "kind", "is missing"),
        ({"kind": "exclusoin"}, "kind", "unknown kind 'exclusoin'. Did you mean 'exclusion'?"),
        ({"kind": 3}, "kind", "must be a string"),
        ({"kind": "country", "any_of": ["Germany"]}, "any_of[0]", "unknown country 'Germany'."),
        ({"kind": "country", "any_of": ["DE", "XX"]}, "any_of[1]", "unknown country 'XX'."),
        ({"kind": "platform", "any_of": ["tiktik"]}, "any_of[0]", "unknown platform 'tiktik'."),
        ({"kind": "brand", "any_of": ["x"]}, "any_of", "a part of kind 'brand' takes none"),
        ({"kind": "country", "any_of": "DE"}, "any_of", "must be a list"),
        ({"kind": "country", "any_of": [1]}, "any_of[0]", "must be a string"),
        ({"kind": "country", "any_of": ["DE"] * 201}, "any_of", "has 201 entries; at most 200 are allowed"),
        ({"kind": "followers", "min": 5, "max": 1}, "min", "5 is above max 1; swap them"),
        ({"kind": "followers", "min": -1}, "min", "must be a finite number, 0 or more"),
        ({"kind": "followers", "max": "1k"}, "max", "must be a number"),
        ({"kind": "budget", "currency": "eur"}, "currency", "must be a code of ISO 4217, such as EUR"),
        ({"kind": "budget", "currency": "€"}, "currency", "must be a code of ISO 4217, such as EUR"),
        ({"kind": "exclusion"}, "text", "is empty; say what is meant"),
        ({"kind": "exclusion", "text": " "}, "text", "is empty; say what is meant"),
        ({"kind": "personal"}, "text", "is empty; say what is meant"),
        ({"kind": "city", "text": "x" * 501}, "text", f"at most {MAX_PART_TEXT} characters are read"),
        ({"kind": "topic", "spans": [[3]]}, "spans[0]", "has 1 entries; at least 2 are needed"),
        ({"kind": "topic", "spans": [[1, 2, 3]]}, "spans[0]", "has 3 entries; at most 2 are allowed"),
        (
            {"kind": "topic", "spans": [[4, 4]]},
            "spans[0]",
            "must begin at 0 or later and end after it begins",
        ),
        ({"kind": "topic", "spans": [[-1, 4]]}, "spans[0][0]", "must be 0 or more"),
        ({"kind": "topic", "spans": [[0.5, 4]]}, "spans[0][0]", "must be a whole number"),
        ({"kind": "topic", "spans": [[0, 23]]}, "spans", "ends beyond the query, which has 22 characters"),
        ({"kind": "topic", "confidence": 1.5}, "confidence", "must be at most 1"),
        ({"kind": "topic", "use": "no"}, "use", "must be true or false"),
        ({"kind": "topic", "effect": 3}, "effect", "must be a string"),
        ({"kind": "topic", "txt": "x"}, "txt", "unknown key 'txt'. Did you mean 'text'?"),
    ],
)
def test_a_problem_of_a_part_is_told_in_its_place(part: dict[str, Any], field: str, message: str) -> None:
    ((where, told),) = found(part)
    assert where == f"understood.parts[1].{field}"
    assert message in told


@pytest.mark.parametrize(
    ("understood", "field", "message"),
    [
        ([], "understood", "must be an object"),
        ({}, "understood.query", "is missing"),
        ({"query": 1}, "understood.query", "must be a string"),
        ({"query": "x" * 2_001}, "understood.query", "is too long; at most 2000 characters are read"),
        ({"query": "", "language": "German"}, "understood.language", "unknown language 'German'."),
        ({"query": "", "langauge": "de"}, "understood.langauge", "Did you mean 'language'?"),
        ({"query": "", "parts": {}}, "understood.parts", "must be a list"),
        (
            {"query": "", "parts": [{"kind": "topic"}] * (MAX_PARTS + 1)},
            "understood.parts",
            f"has {MAX_PARTS + 1} entries; at most {MAX_PARTS} are allowed",
        ),
    ],
)
def test_a_problem_of_the_whole_is_told_in_its_place(understood: Any, field: str, message: str) -> None:
    ((where, told),) = problems_of(SearchRequest, {"query": QUERY, "understood": understood})
    assert where == field
    assert message in told


def test_all_problems_are_told_at_once() -> None:
    understood = {"parts": [{"kind": "country", "any_of": ["XX"]}, {"kind": "exclusion"}], "x": 1}
    body = {"query": QUERY, "understood": understood, "limit": 0}
    assert [field for field, _ in problems_of(SearchRequest, body)] == [
        "understood.query",
        "understood.parts[0].any_of[0]",
        "understood.parts[1].text",
        "understood.x",
        "limit",
    ]


def test_only_a_text_can_be_understood() -> None:
    body = {"seeds": [{"creator": "a"}], "understood": {"query": "x"}}
    assert problems_of(SimilarRequest, body) == [
        (
            "understood",
            "unknown key 'understood'. Did you mean 'cursor'?",
        )
    ]
    assert problems_of(ExportRequest, body) == [
        ("understood", "needs the text that it is about; give `query`, or leave it out")
    ]
    assert validate(ExportRequest, body | {"understood": None}).to_brief().understood is None


@pytest.mark.parametrize("text", [BRIEF, *gold_briefs()[::7]])
def test_what_answers_carry_is_what_requests_may_say(reading: World, text: str) -> None:
    schemas = orjson.loads(openapi_json())["components"]["schemas"]
    understood = orjson.loads(reading.post("/v1/search", {"query": text}).data)["understood"]
    reference = {"components": {"schemas": schemas}, "$ref": "#/components/schemas/UnderstoodBody"}
    Draft202012Validator(reference).validate(understood)
